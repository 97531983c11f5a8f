// Until the formats have moved: crawler/decode/linked/node.ts.
export type { LinkedNode } from './linked/node.ts';
