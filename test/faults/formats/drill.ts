import { setTimeout as sleep } from 'node:timers/promises';
import type { Format, PageRequest } from '../../../crawler/format.ts';
import { completeCredential, stated } from '../../../schema/index.ts';

interface DrillRecord {
  id: string;
  title: string;
  /**
   * `normalise` and `read`: the process that normalises the record, or reads on to it, ends on the spot. `spin` and `spin-read`: it does
   * not come to an end there; `spin-wait`: after it has waited, so that nobody can interrupt it. `slow`: it takes so many milliseconds.
   */
  poison?: 'normalise' | 'read' | 'spin' | 'spin-read' | 'spin-wait';
  slow?: number;
}

/**
 * A feed for drills: one JSON object `{ items, next, total }` a page. `next` leads wherever a case wants it to, and a record
 * may end the process that touches it, as one too large for the memory would.
 */
export const drill: Format = {
  name: 'drill',
  title: 'Drill',
  specification: 'https://example.org/drill',
  mediaTypes: ['application/json'],
  documentation: { reads: '', elements: [], derived: [], quirks: [], options: {}, members: [] },
  version: 1,
  detect: () => 0,
  async *records(body, page) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    const feed = JSON.parse(Buffer.concat(chunks).toString()) as {
      items: DrillRecord[];
      next?: string;
      total?: number;
    };
    page.envelope.next = feed.next;
    if (feed.total !== undefined) page.total = feed.total;
    for (const [n, item] of feed.items.entries()) {
      if (item.poison === 'read') process.kill(process.pid, 'SIGKILL');
      if (item.poison === 'spin-wait') await new Promise((done) => setTimeout(done, 300));
      if (item.poison === 'spin-read' || item.poison === 'spin-wait') for (;;);
      if (item.slow) await sleep(item.slow);
      yield { identifier: item.id, path: `/items/${n}`, raw: item };
    }
  },
  normalise(raw, source, identifier) {
    const item = raw as DrillRecord;
    if (item.poison === 'normalise') process.kill(process.pid, 'SIGKILL');
    if (item.poison === 'spin') for (;;);
    const credential = completeCredential({
      source: source.id,
      identifier,
      title: stated([{ language: 'en', value: item.title }], '/title'),
    });
    return { credential, providers: [], problems: [] };
  },
  next: (page): PageRequest[] =>
    typeof page.envelope.next === 'string' ? [{ url: new URL(page.envelope.next, page.url).href }] : [],
};
