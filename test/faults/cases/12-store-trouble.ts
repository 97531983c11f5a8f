import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openStore, type Store } from '../../../catalogue/store/store.ts';
import { type Case, type Context, check, crawlerIn, same, sourceOf } from '../context.ts';
import { courses, page } from '../feed.ts';
import { ledger } from '../ledger.ts';
import { until } from '../servers.ts';

const family = '12 the store in trouble';
const PAGES = 4;
const SIZE = 30;

interface Scene {
  store: Store;
  /** A session beside those of the crawler. */
  other: pg.Client;
  /** Pages that were asked for. */
  asked(): number;
  /** Lines for the operator. */
  told: string[];
}

/** A crawler in this process is in the middle of a run when `trouble` begins; it must end whole, and nobody be blamed. */
const troubled = (name: string, trouble: (scene: Scene) => Promise<void>, settings = ''): Case => ({
  family,
  name,
  seconds: 90,
  track: 'beside',
  async run(context: Context) {
    const databaseUrl = await context.database();
    const store = await openStore({
      databaseUrl: settings ? `${databaseUrl}?options=${encodeURIComponent(settings)}` : databaseUrl,
    });
    const other = new pg.Client(databaseUrl);
    await other.connect();
    other.on('error', () => {});
    const server = await context.server({
      '*': (request, response) => {
        const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('pageNumber') ?? '1');
        setTimeout(() => response.end(page(courses((n - 1) * SIZE + 1, n * SIZE), n, n < PAGES)), 150);
      },
    });
    const told: string[] = [];
    const crawler = crawlerIn(context, store, { log: (line) => told.push(line) });
    try {
      const running = crawler.harvest(sourceOf({ id: 's-trouble', url: `${server.origin}/courses` }));
      running.catch(() => {});
      const asked = () => server.pages().length;
      await until('the second page', () => asked() >= 2, 20);
      await trouble({ store, other, asked, told });
      const run = await running;
      same(run.state, 'complete', `state (${run.reason})`);
      same([run.seen, run.created, run.rejected], [PAGES * SIZE, PAGES * SIZE, 0], 'seen, created, rejected');
      const blamed = await store.db.query(`select identifier from problems where rule = 'quarantined'`);
      same(blamed, [], 'records that were blamed');
      const deaths = await store.db.query('select url, attempts from pages where attempts > 1');
      same(deaths, [], 'pages of which a worker is said to have died');
      check(told.length >= 1, 'nobody was told');
      check(told.length <= 2 * told.filter((line) => /in trouble/.test(line)).length, `told: ${told.join(' | ')}`);
      const wrong = await ledger(store);
      check(!wrong.length, wrong.join('; '));
    } finally {
      await other.end().catch(() => {});
      await crawler.close();
      await store.close();
    }
  },
});

/** Locks a table against writers for as long as `work` takes. */
async function locked(other: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  await other.query('begin');
  await other.query(`lock table ${table} in share row exclusive mode`);
  await work().finally(() => other.query('rollback'));
}

/** Until a batch is under way and wants the records, which are locked. */
const batchWaits = (store: Store) =>
  until(
    'a batch that waits',
    async () =>
      (await store.db.query(`select 1 from pg_locks where not granted and relation = 'observations'::regclass`)).length,
    20,
    20,
  );

const untilTold = (told: string[]) => until('somebody is told', () => told.length > 0, 20);

export const cases: Case[] = [
  troubled(
    'statements run into their timeout for 8 s',
    ({ other, told }) => locked(other, 'observations', () => untilTold(told).then(() => sleep(8_000))),
    '-c statement_timeout=300',
  ),
  troubled(
    'a lock is not to be had for 5 s (lock_timeout)',
    ({ other, told }) => locked(other, 'credentials', () => untilTold(told).then(() => sleep(5_000))),
    '-c lock_timeout=200',
  ),
  troubled(
    'the note which record is in hand cannot be written, nor the page given back',
    ({ other, told }) => locked(other, 'pages', () => untilTold(told).then(() => sleep(3_000))),
    '-c statement_timeout=300',
  ),
  troubled('its connections are ended in the middle of batches, five times', async ({ store, other, told }) => {
    for (let n = 0; n < 5; n++) {
      await locked(other, 'observations', async () => {
        await batchWaits(store);
        await other.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
      });
    }
    await untilTold(told);
  }),
  troubled(
    'a deadlock with another session, three times',
    async ({ store, other, told }) => {
      for (let n = 0; n < 3; n++) {
        // A batch holds the lease of its run and then writes records; the other holds the records and then wants the lease.
        await other.query('begin');
        await other.query(`set local deadlock_timeout = '12s'`);
        await other.query('lock table observations in share row exclusive mode');
        await batchWaits(store);
        // Whoever looks first finds the circle and gives way; on a busy machine that may be the other.
        await other.query('select 1 from run_leases for update').catch(() => {});
        await other.query('rollback');
        await sleep(50);
      }
      await untilTold(told);
    },
    '-c deadlock_timeout=3s',
  ),
  troubled('the database only reads for 4 s, as a standby does', async ({ other, told }) => {
    const [{ name }] = (await other.query('select current_database() as name')).rows as [{ name: string }];
    const end = (readOnly: string) =>
      other.query(`alter database ${name} set default_transaction_read_only = ${readOnly};
          select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    await end('on');
    await untilTold(told);
    await sleep(4_000);
    await other.query('set default_transaction_read_only = off');
    await end('off');
  }),
];
