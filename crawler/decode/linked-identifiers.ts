// Until the formats have moved: crawler/decode/linked/page-identifiers.ts.
export { slug } from './linked/page-identifiers.ts';
