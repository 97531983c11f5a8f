// Until the formats have moved: crawler/decode/linked/addresses.ts.
export { resolveUrl } from './linked/addresses.ts';
