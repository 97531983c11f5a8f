// Until the formats have moved: crawler/decode/linked/node.ts.
export { isNode, list } from './linked/node.ts';
