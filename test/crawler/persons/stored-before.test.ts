import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { replayPage } from '../../../crawler/harvest/replay.ts';
import { normaliserOf } from '../../../crawler/harvest/start.ts';
import { formatNamed, loadFormats } from '../../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../../support/crawl.ts';
import { createFeedServer } from '../../support/feed-server.ts';
import { storeKinds } from '../../support/stores.ts';

const COURSES = JSON.stringify({ items: [{ courseId: 'c1', name: [{ language: 'en', value: 'Clay' }] }] });
const OFFERINGS = (name: string) =>
  JSON.stringify({
    items: [{ offeringId: 'o1', course: 'c1', startDate: '2027-03-01', name: [{ language: 'en', value: name }] }],
  });

/** As a version without the door would have kept it. */
const BEFORE = {
  courseId: 'c1',
  name: [{ language: 'en', value: 'Clay' }],
  description: [{ language: 'en', value: 'Ask anna@canary.example.' }],
  lecturers: ['Anna Canary'],
};
const PART = {
  offeringId: 'o1',
  course: 'c1',
  startDate: '2027-03-01',
  link: 'https://x.example/?to=anna@canary.example',
  teachers: ['Anna Canary'],
};

for (const { kind, open } of storeKinds) {
  test(`raw records that were stored before the door are cleaned when they are replayed, ${kind}`, async () => {
    const store = await open();
    const server = await createFeedServer({ '/courses': COURSES, '/offerings': OFFERINGS('Spring') });
    const crawl = await createTestCrawl(store);
    try {
      const source = testSource({ id: 'clay', format: 'ooapi', url: `${server.origin}/courses` });
      await crawl.harvest(source);
      await crawl.harvest({ ...source, url: `${server.origin}/offerings` });
      for (const [part, raw] of [
        ['', BEFORE],
        ['offering:o1', PART],
      ] as const)
        await store.db.query(`update observations set raw = $1, normaliser = 'ooapi.1.x' where part = $2`, [
          zstdCompressSync(JSON.stringify(raw)),
          part,
        ]);
      const format = formatNamed(await loadFormats(), 'ooapi');
      const page = { url: replayPage('clay') };
      const { id } = await store.runs.start(source, normaliserOf(format, source), [page], 'replay');
      expect(await crawl.harvester.continue(id)).toMatchObject({ state: 'complete', updated: 1 });

      const rows = await store.db.query<{ part: string; raw: Uint8Array }>('select part, raw from observations', []);
      const raws = rows.map(({ raw }) => zstdDecompressSync(raw).toString());
      expect(raws.length).toBe(2);
      for (const raw of raws) expect(raw).not.toMatch(/canary/i);
      expect(raws.join()).toContain('Ask [e-mail removed].');
      const [credential] = await store.db.query<{ document: object }>('select document from credentials', []);
      expect(JSON.stringify(credential)).toContain('Ask [e-mail removed].');
      expect(JSON.stringify(credential)).not.toMatch(/canary/i);
      const [problems] = await store.read.sources.problems([id], 10);
      expect(problems?.map(({ rule }) => rule)).toContain('personal-data');
      // Read once more it is what it was, to the letter.
      const again = await store.runs.start(source, normaliserOf(format, source), [page], 'replay');
      expect(await crawl.harvester.continue(again.id)).toMatchObject({ state: 'complete', updated: 0, unchanged: 1 });
    } finally {
      await crawl.close();
      await server.close();
      await store.close();
    }
  });
}
