// Until the formats have moved: crawler/decode/linked/terms.ts, isObject of schema/table.ts for isNode.
export { isObject as isNode } from '../../schema/index.ts';
export type { JsonNode } from './linked/node.ts';
export { createTerms, type JsonLdProfile, typesOf } from './linked/terms.ts';
