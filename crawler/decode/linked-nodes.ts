// Until the formats have moved: crawler/decode/linked/candidates.ts, addresses.ts.
export { nodeUrl } from './linked/addresses.ts';
export type { NodeKinds } from './linked/candidates.ts';
