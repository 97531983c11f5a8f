// Until the formats have moved: crawler/decode/linked/document-records.ts.
export { graphRecords, type JsonLdRaw, type JsonLdRecord, type PlacedNode } from './linked/document-records.ts';
