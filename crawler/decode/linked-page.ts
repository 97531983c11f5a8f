// Until the formats have moved: crawler/decode/linked/linked-page.ts, page-records.ts.
export { readLinkedPage } from './linked/linked-page.ts';
export type { RawNode } from './linked/page-records.ts';
