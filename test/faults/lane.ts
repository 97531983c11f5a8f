import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { createHarvestQueue, type HarvestQueue } from '../../crawler/harvest/queue.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Context } from './context.ts';
import { type Daemon, daemon, until } from './servers.ts';

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** A catalogue of its own with real workers on it, each a process that can be killed. */
export interface Lane {
  store: Store;
  queue: HarvestQueue;
  workers: Daemon[];
  databaseUrl: string;
  /** The worker that holds the source's run; undefined while nobody does. */
  owner(source: string): Promise<Daemon | undefined>;
  /** Waits until the search index has all changes. */
  indexed(): Promise<void>;
  /** Waits for the end of the newest run of a source that began after `after`. */
  ended(source: string, seconds: number, runs?: number): Promise<{ id: string; state: string; reason: string | null }>;
  close(): Promise<void>;
}

/** `program`: `cli`: `node cli.ts worker`; `drill`: the same parts put together with the formats of the drills. */
export async function createLane(
  context: Context,
  options: {
    redisUrl?: string;
    workers: number;
    program?: 'cli' | 'drill';
    extra?: SourceDefinition[];
    env?: Record<string, string>;
  },
): Promise<Lane> {
  const databaseUrl = await context.database();
  const store = await openStore({ databaseUrl });
  const drill = options.program === 'drill';
  const workers = Array.from({ length: options.workers }, (_, n) =>
    daemon({
      name: `worker ${n}`,
      command: process.execPath,
      args: drill ? [WORKER, JSON.stringify(options.extra ?? [])] : [CLI, 'worker'],
      env: {
        DATABASE_URL: `${databaseUrl}?application_name=worker-${n}`,
        REDIS_URL: options.redisUrl ?? '',
        MEILI_URL: '',
        CONTACT: `https://worker-${n}.example`,
        ...options.env,
      },
      ready: (output) => output.includes('worker: ready'),
    }),
  );
  await Promise.all(workers.map((worker) => worker.start()));
  const queue = await createHarvestQueue({
    store,
    harvester: { start: async () => '', continue: async () => undefined },
    redisUrl: options.redisUrl,
    concurrency: 0,
    log: () => {},
  });
  return {
    store,
    queue,
    workers,
    databaseUrl,
    async owner(source) {
      const [run] = await store.db.query<{ owner: string | null }>(
        `select l.owner from runs r join run_leases l on l.run = r.id where r.source = $1 and r.state = 'running'`,
        [source],
      );
      const pid = Number(run?.owner?.split(':').at(-2));
      return workers.find((worker) => worker.pid === pid);
    },
    indexed: async () => {
      await until(
        'the search index',
        async () => (await store.changes.position.get('search-indexer')) >= (await store.changes.last()),
        30,
      );
    },
    ended: (source, seconds, runs = 1) =>
      until(
        `the run of ${source}`,
        async () => {
          const rows = await store.db.query<{ id: string; state: string; reason: string | null }>(
            'select id, state, reason from runs where source = $1 order by started_at desc',
            [source],
          );
          return rows.length >= runs && rows[0]?.state !== 'running' ? rows[0] : undefined;
        },
        seconds,
      ),
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await Promise.race([queue.close(), new Promise((done) => setTimeout(done, 1_000))]);
      await store.close();
    },
  };
}
