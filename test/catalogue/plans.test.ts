import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIndexer, type Indexer } from '../../catalogue/search/indexer.ts';
import { createPostgresEngine } from '../../catalogue/search/postgres.ts';
import { migrate } from '../../catalogue/store/migrate.ts';
import { createStore, type Store } from '../../catalogue/store/store.ts';
import { indexerStore } from '../../commands/open-catalogue.ts';
import { type Format, isFault } from '../../crawler/format.ts';
import { formatNamed, loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { explainedPostgres, type Work } from '../support/explained-database.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const server = process.env.TEST_DATABASE_URL;
const SMALL = 1_500;
const LARGE = 6_000;
const PAGE = 250;

/** What the feed has now: how many courses, which of them say something new, which are gone. */
interface Feed {
  size: number;
  changed: (n: number) => boolean;
  gone: (n: number) => boolean;
}

const course = (n: number, feed: Feed) => ({
  courseId: `c-${n}`,
  name: [{ language: 'nl-NL', value: `Cursus ${n}${feed.changed(n) ? ' vernieuwd' : ''}` }],
  description: [{ language: 'nl-NL', value: 'Een cursus. '.repeat(20) }],
  // a word that no list has: each record has a problem
  level: 'onbekend',
  studyLoad: { studyLoadUnit: 'ects', value: 3 },
  ...(n % 10 === 0
    ? {
        courseOfferings: [0, 1].map((m) => ({
          offeringId: `o-${n}-${m}`,
          startDate: feed.changed(n) ? '2027-09-01' : '2027-02-01',
        })),
      }
    : {}),
});

/** The format, of a feed that says what has changed: it marks what is gone. */
const withChanges = (format: Format, asked: () => boolean): Format => ({
  ...format,
  changedSince: (url) => (asked() ? `${url}?changes=yes` : undefined),
  async *records(...given) {
    for await (const item of format.records(...given)) {
      const gone = !isFault(item) && (item.raw as { deleted?: boolean }).deleted;
      yield gone ? { ...item, raw: null, gone } : item;
    }
  },
});

function serve(
  feeds: Map<string, Feed>,
  page: (path: string, items: unknown[], number: number, more: boolean) => string,
) {
  return createFeedServer(
    new Proxy({} as Record<string, string>, {
      get: (_, path: string) => {
        const url = new URL(path, 'http://x');
        const feed = feeds.get(url.pathname);
        if (!feed) return undefined;
        const number = Number(url.searchParams.get('pageNumber') ?? 1);
        const items = Array.from(
          { length: Math.min(PAGE, feed.size - (number - 1) * PAGE) },
          (_, i) => (number - 1) * PAGE + i,
        )
          .filter((n) => (url.searchParams.has('changes') ? feed.changed(n) || feed.gone(n) : !feed.gone(n)))
          .map((n) => ({ ...course(n, feed), ...(feed.gone(n) ? { deleted: true } : {}) }));
        return page(url.pathname, items, number, number * PAGE < feed.size);
      },
    }),
  );
}

describe.skipIf(!server)(
  'work grows with the records, whatever the tables know of themselves (needs TEST_DATABASE_URL)',
  () => {
    let explained: Awaited<ReturnType<typeof explainedPostgres>>;
    let store: Store;
    let feedServer: FeedServer;
    let indexer: Indexer;
    let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
    const feeds = new Map<string, Feed>();
    let changesOnly = false;

    beforeAll(async () => {
      explained = await explainedPostgres(server as string);
      await migrate(explained.db);
      await explained.withoutStatistics();
      store = createStore(explained.db);
      feedServer = await serve(feeds, (_, items, pageNumber, hasNextPage) =>
        JSON.stringify({ pageSize: PAGE, pageNumber, hasNextPage, items }),
      );
      indexer = createIndexer({ store: indexerStore(store), engine: createPostgresEngine(explained.db) });
      const formats = await loadFormats();
      const ooapi = withChanges(formatNamed(formats, 'ooapi'), () => changesOnly);
      crawl = await createTestCrawl(store, { formats: new Map([['ooapi', ooapi]]) });
    }, 60_000);
    afterAll(async () => {
      await crawl?.close();
      await feedServer?.close();
      await explained?.db.close();
    });

    const source = (id: string) =>
      testSource({
        id,
        format: 'ooapi',
        url: `${feedServer.origin}/${id}`,
        politeness: { requestsPerSecond: 1_000, concurrency: 2, blackout: [] },
      });

    /** All kinds of runs of one source; what each statement cost, by kind of run. */
    async function allRuns(id: string, size: number): Promise<Map<string, Map<string, Work>>> {
      const feed: Feed = { size, changed: () => false, gone: () => false };
      feeds.set(`/${id}`, feed);
      const out = new Map<string, Map<string, Work>>();
      const run = async (kind: string, expected: object) => {
        explained.taken();
        const ended = await crawl.harvest(source(id));
        expect({ kind, ...ended }).toMatchObject({ kind, state: 'complete', ...expected });
        await indexer.catchUp();
        out.set(kind, explained.taken());
      };
      const tenth = Math.ceil(size / 10);
      await run('first run', { created: size + 2 * tenth });
      await run('unchanged', { unchanged: size + 2 * tenth, updated: 0 });
      feed.changed = (n) => n % 5 === 0;
      await run('changed', { unchanged: size + 2 * tenth - size / 5 - 2 * tenth });
      feed.gone = (n) => n % 8 === 0;
      await run('an eighth gone', { missing: Math.ceil(size / 8) });
      await run('their grace is over', { missing: 0, withdrawn: Math.ceil(size / 8) });
      feed.gone = () => false;
      await run('back again', { missing: 0 });
      changesOnly = true;
      feed.gone = (n) => n % 8 === 0;
      await run('changes only, an eighth said to be gone', { missing: 0, withdrawn: Math.ceil(size / 8) });
      changesOnly = false;
      return out;
    }

    test('each statement of each kind of run, on tables without statistics', async () => {
      const small = await allRuns('small', SMALL);
      const large = await allRuns('large', LARGE);
      // Beside a source four times as large.
      const beside = await allRuns('beside', SMALL);
      expect(await explained.hasStatistics()).toBe(false);
      const wrong: string[] = [];
      let statements = 0;
      for (const [kind, works] of large) {
        for (const [statement, work] of works) {
          statements++;
          const less = small.get(kind)?.get(statement);
          const other = beside.get(kind)?.get(statement);
          const told = `${kind}: ${statement.slice(0, 160)}\n  ${work.plan}`;
          // Linear is 4 times the small source's. A lookup by key costs a few blocks, where a small table is read whole.
          for (const [measure, each] of [
            ['blocks', 6],
            ['rows', 8],
          ] as const) {
            const before = less?.[measure] ?? 0;
            const bound = 1.5 * (LARGE / SMALL) * before + each * LARGE + 40 * work.times;
            if (work[measure] > bound) wrong.push(`${measure} ${before} → ${work[measure]} in ${told}`);
            const now = other?.[measure] ?? 0;
            const same = 1.5 * before + each * SMALL + 40 * (other?.times ?? 0);
            if (now > same) wrong.push(`${measure} ${before} → ${now} beside another, in ${told}\n  ${other?.plan}`);
          }
        }
      }
      expect(wrong.join('\n')).toBe('');
      expect(statements).toBeGreaterThan(100);
    }, 300_000);
  },
);
