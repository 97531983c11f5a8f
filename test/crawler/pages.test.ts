import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { preview } from '../../crawler/harvest/preview.ts';
import { createTurns } from '../../crawler/harvest/turns.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const course = (n: number) => ({ courseId: `course-${n}`, name: [{ language: 'nl-NL', value: `Cursus ${n}` }] });
const page = (from: number, to: number, pageNumber: number, hasNextPage: boolean) =>
  JSON.stringify({
    pageSize: 10,
    pageNumber,
    hasPreviousPage: pageNumber > 1,
    hasNextPage,
    items: Array.from({ length: to - from + 1 }, (_, i) => course(from + i)),
  });

describe.each(storeKinds)('pages of a run, into $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let n = 0;
  let id: string;

  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    id = `pages-${n++}`;
    server = await createFeedServer();
    return () => server.close();
  });

  const crawling = async (over: Store = store) => {
    const crawl = await createTestCrawl(over);
    return { ...crawl, [Symbol.asyncDispose]: crawl.close };
  };
  /** A store in which taking a batch in waits for something. */
  const held = (wait: () => Promise<void>): Store => ({
    ...store,
    ingest: {
      ...store.ingest,
      apply: async (batch) => {
        await wait();
        return store.ingest.apply(batch);
      },
    },
  });
  const asked = (path: string) => server.requests.filter((request) => request.path === path).length;

  test('the next page is asked for while the last records of this one are still to be stored', async () => {
    server.routes['/courses'] = page(1, 5, 1, true);
    server.routes['/courses?pageNumber=2'] = page(6, 9, 2, false);
    let waited = false;
    await using crawl = await crawling(
      held(async () => {
        for (let tries = 0; !waited && !asked('/courses?pageNumber=2'); tries++) {
          if (tries > 200) throw new Error('the second page is not asked for before the first is stored');
          await sleep(20);
        }
        waited = true;
      }),
    );
    const run = await crawl.harvest(testSource({ id, format: 'ooapi', url: `${server.origin}/courses` }));
    expect(run).toMatchObject({ state: 'complete', seen: 9, created: 9, requests: 2 });
    expect(server.asked()).toEqual(['/courses', '/courses?pageNumber=2']);
  });

  test('what was read ahead and is not needed is counted and given back', async () => {
    server.routes['/courses'] = page(1, 5, 1, true);
    server.routes['/courses?pageNumber=2'] = page(6, 9, 2, false);
    await using crawl = await crawling(
      held(async () => {
        while (!asked('/courses?pageNumber=2')) await sleep(20);
        throw new Error('stopped');
      }),
    );
    const source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses` });
    const run = await crawl.harvester.start(source);
    await expect(crawl.harvester.continue(run)).rejects.toThrow('stopped');
    expect(await store.runs.get(run)).toMatchObject({ state: 'running', requests: 1, seen: 0 });
    await using next = await crawling();
    expect(await next.harvester.continue(run)).toMatchObject({ state: 'complete', seen: 9, created: 9, requests: 3 });
  });

  test('a page that is paused is not read ahead', async () => {
    server.routes['/courses'] = (_request, response) =>
      void store.pauses.set({ source: id }, { reason: 'maintenance' }).then(() => response.end(page(1, 5, 1, true)));
    server.routes['/courses?pageNumber=2'] = page(6, 9, 2, false);
    const source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses` });
    await using crawl = await crawling();
    await expect(crawl.harvest(source)).rejects.toThrow(/is paused/);
    expect(server.asked()).toEqual(['/courses']);
  });

  test('a page begun ahead that still waits for its host is called off when the source is paused', async () => {
    server.routes['/courses'] = page(1, 5, 1, true);
    server.routes['/courses?pageNumber=2'] = page(6, 9, 2, false);
    const politeness = { requestsPerSecond: 0.2, concurrency: 1, blackout: [] };
    const source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses`, politeness });
    await using crawl = await crawling(held(() => store.pauses.set({ source: id }, {}).then(() => {})));
    const started = performance.now();
    await expect(crawl.harvest(source)).rejects.toThrow(/is paused/);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(server.asked()).toEqual(['/courses']);
  });

  test('pages whose worker died: one that is slow to answer does not hold up the others', async () => {
    const slow = await createFeedServer();
    const asked: string[] = [];
    slow.routes['/courses'] = (_request, response) => {
      asked.push('slow');
      setTimeout(() => response.end(page(1, 3, 1, false)), 2_000);
    };
    server.routes['/courses'] = (_request, response) => {
      asked.push('quick');
      response.end(page(1, 3, 1, false));
    };
    await using crawl = await crawling();
    const begin = async (name: string, origin: string) => {
      const run = await crawl.harvester.start(testSource({ id: name, format: 'ooapi', url: `${origin}/courses` }));
      // As a worker does that is then killed.
      await store.runs.nextPage(run);
      return run;
    };
    const runs = [await begin(`${id}-slow`, slow.origin), await begin(`${id}-quick`, server.origin)];
    const started = performance.now();
    const [first, second] = runs.map((run) => crawl.harvester.continue(run));
    expect(await second).toMatchObject({ state: 'complete', seen: 3 });
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(await first).toMatchObject({ state: 'complete', seen: 3 });
    await slow.close();
  });

  test('a course and its offerings stand at two addresses, and each is asked for conditionally', async () => {
    const tagged = (body: string) => (request: IncomingMessage, response: ServerResponse) => {
      const etag = `"${body.length}"`;
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
      response.writeHead(200, { 'content-type': 'application/json', etag }).end(body);
    };
    server.routes['/courses'] = tagged(page(1, 1, 1, false));
    const offering = { offeringId: 'run-1', course: 'course-1', startDate: '2031-05-05' };
    server.routes['/courses/course-1/offerings'] = tagged(
      JSON.stringify({ pageNumber: 1, hasNextPage: false, items: [offering] }),
    );
    const options = { offerings: true };
    const source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses`, options });
    await using crawl = await crawling();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', seen: 2 });
    server.asked();
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', seen: 2, unchanged: 2, bytes: 0 });
    expect(server.asked()).toHaveLength(2);
  });

  const site = (names: string[]) => {
    server.routes['/sitemap.xml'] = {
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${names
        .map((name) => `<url><loc>${server.origin}/site/${name}</loc></url>`)
        .join('')}</urlset>`,
    };
    for (const name of names) {
      const course = {
        '@context': 'https://schema.org',
        '@type': 'Course',
        '@id': `urn:c:${name}`,
        name: `About ${name}`,
      };
      server.routes[`/site/${name}`] = {
        headers: { 'content-type': 'text/html' },
        body: `<html><script type="application/ld+json">${JSON.stringify(course)}</script></html>`,
      };
    }
    return testSource({ id, format: 'schema-org', url: `${server.origin}/sitemap.xml` });
  };

  test.each([404, 410])(
    'a web page that answers %i is gone, and does not keep the run from its end',
    async (status) => {
      await using crawl = await crawling();
      const source = site(['bread', 'cheese', 'wine']);
      expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 3 });
      server.routes['/site/cheese'] = { status, body: 'gone' };
      const dry = await preview({ store, reader: crawl.reader, formats: await loadFormats() }, source);
      expect(dry.run).toMatchObject({ state: 'complete', seen: 2, missing: 1, problems: 1 });
      expect(dry.findings).toMatchObject([{ rule: 'page-gone', identifier: null }]);
      const run = await crawl.harvest(source);
      expect(run).toMatchObject({ state: 'complete', seen: 2, missing: 1, rejected: 0, problems: 1 });
      expect((await store.read.sources.problems([run.id], 10))[0]).toMatchObject([
        { rule: 'page-gone', severity: 'warning', identifier: null, found: `${status} ${server.origin}/site/cheese` },
      ]);
    },
  );

  test('a web page that fails otherwise keeps the run open, and a feed that is not found is a failure', async () => {
    await using crawl = await crawling();
    const source = site(['bread', 'cheese']);
    await crawl.harvest(source);
    server.routes['/site/cheese'] = { status: 403, body: 'no' };
    expect(await crawl.harvest(source)).toMatchObject({ state: 'incomplete', missing: 0 });
    delete server.routes['/sitemap.xml'];
    expect(await crawl.harvest(source)).toMatchObject({ state: 'failed', missing: 0 });
  });

  test('how large a body may be is the source’s to say', async () => {
    await using crawl = await crawling();
    const large = (count: number) => {
      const items = Array.from({ length: count }, (_, n) => ({
        ...course(n),
        admissionRequirements: 'x '.repeat(4_000),
      }));
      return JSON.stringify({ pageSize: 250, pageNumber: 1, hasPreviousPage: false, hasNextPage: false, items });
    };
    server.routes['/courses'] = large(200);
    const source = testSource({ id, format: 'ooapi', url: `${server.origin}/courses`, largestBody: 1 });
    const refused = await crawl.harvest(source);
    expect(refused.state).toBe('incomplete');
    expect(refused.reason).toMatch(/larger than 1048576|1048576 are allowed/);
    expect(refused.reason).toContain('set largestBody (in MiB) of the source');
    server.routes['/courses'] = large(100);
    const small = { ...source, id: `${id}-small` };
    expect(await crawl.harvest(small)).toMatchObject({ state: 'complete', seen: 100 });
  });

  test.each(['with', 'without'])('a CSV %s a told end', async (told) => {
    await using crawl = await crawling();
    const rows = (k: number) =>
      `identifier,title\n${Array.from({ length: k }, (_, i) => `c${i},Course ${i}\n`).join('')}`;
    server.routes['/courses.csv'] = { headers: { 'content-type': 'text/csv' }, body: rows(12) };
    const source = testSource({ id, format: 'csv', url: `${server.origin}/courses.csv` });
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', created: 12 });
    const body = rows(11);
    server.routes['/courses.csv'] = (_request, response) => {
      // As a server does that ends a body with its connection.
      const length = told === 'with' ? `Content-Length: ${body.length}\r\n` : '';
      response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n${length}Connection: close\r\n\r\n${body}`);
    };
    const run = await crawl.harvest(source);
    if (told === 'with') expect(run).toMatchObject({ state: 'complete', missing: 1 });
    else expect(run).toMatchObject({ state: 'incomplete', missing: 0, reason: expect.stringContaining('cut short') });
  });
});

test('turns: alone means alone, beside means beside, and nobody is passed over', async () => {
  const turns = createTurns();
  const log: string[] = [];
  const work = async (name: string, turn: Promise<() => void>) => {
    const leave = await turn;
    log.push(`${name} begins`);
    await sleep(5);
    log.push(`${name} ends`);
    leave();
    leave();
  };
  await Promise.all([
    work('a', turns.beside()),
    work('b', turns.beside()),
    work('suspect', turns.alone()),
    work('c', turns.beside()),
    work('other suspect', turns.alone()),
  ]);
  expect(log.slice(0, 2)).toEqual(['a begins', 'b begins']);
  expect(log.slice(4)).toEqual(['suspect', 'c', 'other suspect'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
