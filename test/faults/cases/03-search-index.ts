import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, type Context, check, same, sourceOf } from '../context.ts';
import { courses, page } from '../feed.ts';
import { createLane, type Lane } from '../lane.ts';
import { indexDrift, ledger } from '../ledger.ts';
import { createMeilisearch, lacksMeilisearch, until } from '../servers.ts';

const family = '3 search index gone';

/** Ids in the index against ids in the store. */
async function drift(lane: Lane, url: string): Promise<string[]> {
  const rows = await lane.store.db.query<{ id: string }>(
    `select id from credentials where status <> 'withdrawn' order by id`,
  );
  const { results: indexes } = (await (await fetch(`${url}/indexes?limit=100`)).json()) as {
    results: { uid: string }[];
  };
  const sizes = await Promise.all(
    indexes.map(async ({ uid }) => {
      const answer = await fetch(`${url}/indexes/${uid}/documents?limit=2000&fields=id`);
      return ((await answer.json()) as { results: { id: string }[] }).results.map((row) => row.id).sort();
    }),
  );
  const wanted = JSON.stringify(rows.map((row) => row.id).sort());
  return sizes.some((ids) => JSON.stringify(ids) === wanted)
    ? []
    : [`${rows.length} in the store, ${sizes.map((s) => s.length)} in the index`];
}

let shared: Promise<{ lane: Lane; meili: Awaited<ReturnType<typeof createMeilisearch>> }> | undefined;
const scene = (context: Context) => {
  shared ??= (async () => {
    const meili = await createMeilisearch(context.directory);
    const lane = await createLane(context, {
      workers: 1,
      redisUrl: (await context.redis()).url,
      env: { MEILI_URL: meili.url },
    });
    context.later(async () => {
      await lane.close();
      await meili.server.kill();
    });
    return { lane, meili };
  })();
  return shared;
};

const outage = (
  name: string,
  fault: (it: Awaited<ReturnType<typeof scene>>, harvest: () => Promise<void>) => Promise<void>,
): Case => ({
  family,
  name,
  lacks: lacksMeilisearch,
  seconds: 150,
  track: 'beside',
  async run(context) {
    const it = await scene(context);
    const id = context.id('meili');
    const server = await context.server({ '*': page(courses(1, 50)) });
    await it.lane.store.putSource(sourceOf({ id, url: `${server.origin}/${id}` }));
    await fault(it, async () => {
      await it.lane.queue.enqueue(id);
      same((await it.lane.ended(id, 30)).state, 'complete', 'the harvest, index or no index');
    });
    await until('the index converges', async () => (await drift(it.lane, it.meili.url)).length === 0, 90, 500);
    const wrong = await ledger(it.lane.store);
    check(!wrong.length, wrong.join('; '));
  },
});

export const cases: Case[] = [
  outage('Meilisearch is down during a run and comes back', async ({ meili }, harvest) => {
    await meili.server.kill();
    await harvest();
    // So that the indexer has tried, and failed, before it is back.
    await sleep(2_500);
    await meili.server.start();
  }),
  outage('Meilisearch hangs for 5 s during a run', async ({ meili }, harvest) => {
    meili.server.freeze();
    await harvest();
    await sleep(5_000);
    meili.server.thaw();
  }),
  outage('the index is wiped', async ({ meili, lane }, harvest) => {
    await harvest();
    await until('the index', async () => (await drift(lane, meili.url)).length === 0, 60, 500);
    await meili.server.kill();
    meili.wipe();
    await meili.server.start();
  }),
  {
    family,
    name: 'one hundredth of the records is taken out of the index by hand',
    seconds: 120,
    track: 'beside',
    async run(context) {
      const redis = await context.redis();
      const lane = await createLane(context, { workers: 1, redisUrl: redis.url });
      try {
        const server = await context.server({ '*': page(courses(1, 200)) });
        const id = context.id('drift');
        await lane.store.putSource(sourceOf({ id, url: `${server.origin}/${id}` }));
        await lane.queue.enqueue(id);
        same((await lane.ended(id, 30)).state, 'complete', 'state');
        await lane.indexed();
        await lane.store.db.query('delete from search_documents where id in (select id from search_documents limit 2)');
        check((await indexDrift(lane.store)).length === 2, 'nothing was taken out');
        await until('it is found and mended', async () => (await indexDrift(lane.store)).length === 0, 90, 500);
      } finally {
        await lane.close();
        await redis.kill();
      }
    },
  },
];
