import { randomUUID } from 'node:crypto';
import { createPostgresBackend, Queue, type QueueOptions, runMigrations, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { PgliteClient } from '../../catalogue/store/pglite-pool.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { formatError, NotNow, SourceBusy } from '../errors.ts';
import { levelled } from '../log.ts';
import type { Harvester } from './harvester.ts';
import { throughTrouble } from './through-trouble.ts';
import { createUpkeep } from './upkeep.ts';

export const QUEUE_NAME = 'harvest';

/** After so long a source whose other run was in the way is looked at again. */
const BUSY_MS = 30_000;

/** What a job says. The run itself is in the store, so a lost or doubled job does no harm. */
interface HarvestJob {
  source: string;
  /** Made by a schedule, not asked for. */
  scheduled?: true;
}

export interface HarvestQueue {
  /** Asks for a run of the source; a source that waits or runs already is not queued twice. */
  enqueue(source: string): Promise<void>;
  /** Makes the schedules those of the given sources; workers see to it that they stay, and take up runs that nobody is alive on. */
  schedule(sources: readonly SourceDefinition[]): Promise<void>;
  /** How many jobs wait or run. */
  depth(): Promise<number>;
  close(): Promise<void>;
}

interface Backend {
  options(): QueueOptions;
  /** Undefined: BullMQ's own, Redis. */
  factory?: never;
  /** Its server does not answer now. */
  away(): boolean;
  close(): void;
}

/** BullMQ on Redis, by URL. */
function redisBackend(url: string, onReady: () => void): Backend {
  const clients: Redis[] = [];
  return {
    options() {
      const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (n) => Math.min(n * 200, 5_000) });
      client.on('error', () => {}); // told through the queue's own 'error' event
      client.on('ready', onReady);
      clients.push(client);
      return { connection: client };
    },
    away: () => clients.some((client) => client.status !== 'ready'),
    close: () => clients.forEach((client) => void client.disconnect()),
  };
}

/** BullMQ on the store's own Postgres or PGlite. */
async function postgresBackend(store: Store): Promise<Backend> {
  const connection = store.db.queueConnection;
  if (store.db.kind === 'pglite') {
    const client = await (connection as { connect(): Promise<PgliteClient> }).connect();
    await runMigrations(client as never);
    client.release();
  }
  return {
    options: () => ({ connection }) as QueueOptions,
    // BullMQ's types tie the factory to its own connection type; the pool is one by shape.
    factory: createPostgresBackend as never,
    away: () => false,
    close: () => {},
  };
}

/** The queue that drives harvests: one job a source, schedules; its workers carry runs on. */
export async function createHarvestQueue(deps: {
  store: Store;
  harvester: Harvester;
  redisUrl?: string;
  /** Jobs at once in this process; 0 only enqueues. */
  concurrency: number;
  log: (line: string) => void;
  /** The harvester's: a run that is left then has not ended. */
  ending?: AbortSignal;
  /** After each run that ended in this process. */
  onRun?: (source: string) => Promise<void> | void;
  /** After each job whose source is not to be read now (paused, blackout). */
  onSkip?: (source: string) => Promise<void> | void;
}): Promise<HarvestQueue> {
  const { store, harvester } = deps;
  const log = levelled(deps.log);
  // A server that is away is told of once, and once more when it is back.
  let trouble: string | undefined;
  const troubled = ({ message }: Error) => {
    if (message !== trouble) log.warn(`queue: ${message}. It is tried again.`);
    trouble = message;
  };
  const well = () => {
    if (trouble) log('queue: it works again');
    trouble = undefined;
  };
  const backend = deps.redisUrl ? redisBackend(deps.redisUrl, well) : await postgresBackend(store);
  const queue = new Queue<HarvestJob>(QUEUE_NAME, backend.options(), backend.factory as never);
  queue.on('error', troubled);
  await queue.waitUntilReady();

  const keep = { removeOnComplete: 100, removeOnFail: 100 };
  const waiting = new Map<string, string>();

  const work = async ({ source, scheduled }: HarvestJob, job: string | undefined) => {
    const [stored] = await store.read.sources.byIds([source]);
    if (!stored) return;
    // A job that waited while its source was switched off: only by name, and not by the queue, is that one harvested.
    if (stored.switched === false) return await deps.onSkip?.(source);
    try {
      const run = await harvester.start(stored.definition, scheduled ? 'schedule' : 'command', job);
      const ended = await harvester.continue(run);
      if (!ended && deps.ending?.aborted) return;
    } catch (error) {
      // A run of what the source read before is under way: this one's turn comes.
      if (error instanceof SourceBusy)
        return await later(source, { until: new Date(Date.now() + BUSY_MS), waitMs: BUSY_MS });
      if (!(error instanceof NotNow)) throw error;
      if (waiting.get(source) !== error.message) log(`${source} is not harvested now: ${formatError(error)}`);
      waiting.set(source, error.message);
      await later(source, error);
      return await deps.onSkip?.(source);
    }
    waiting.delete(source);
    await deps.onRun?.(source);
  };

  /** Asks again when what keeps a source from being read has ended; the job of one source and end is one job. */
  const later = async (source: string, { until, waitMs = 0 }: Pick<NotNow, 'until' | 'waitMs'>) => {
    if (!until) return;
    const delay = waitMs + 1_000;
    const job = {
      name: 'run',
      data: { source },
      opts: { ...keep, delay, jobId: `${source}-after-${until.getTime()}` },
    };
    await queue.add(job.name, job.data, job.opts);
  };

  const worker =
    deps.concurrency > 0
      ? new Worker<HarvestJob>(
          QUEUE_NAME,
          async (job) => {
            const tell = (line: string) => log.warn(`harvest of ${job.data.source} ${line}`);
            await throughTrouble(() => work(job.data, job.id), { tell, ending: deps.ending }).catch(
              (error: unknown) => {
                log.error(`harvest of ${job.data.source} failed: ${formatError(error)}`);
                throw error;
              },
            );
          },
          {
            ...backend.options(),
            concurrency: deps.concurrency,
            drainDelay: 1,
            lockDuration: 15_000,
            stalledInterval: 5_000,
            maxStalledCount: 3,
            maxStartedAttempts: 3,
          } as WorkerOptions,
          backend.factory as never,
        )
      : undefined;
  worker?.on('error', troubled);
  worker?.on('active', well);
  worker?.on('drained', well);
  await worker?.waitUntilReady();

  const enqueue = async (source: string) => {
    // Numbers handed out by the queue begin anew when it is wiped; the run of a job is known by its id.
    await queue.add('run', { source }, { ...keep, jobId: randomUUID(), deduplication: { id: source } });
  };
  let wanted: readonly SourceDefinition[] = [];
  const missingSchedules = async () => {
    const there = new Set((await queue.getJobSchedulers()).map(({ key }) => key));
    return wanted.filter(({ id }) => !there.has(id));
  };
  const upsertSchedule = ({ id, schedule }: SourceDefinition) =>
    queue.upsertJobScheduler(
      id,
      { pattern: schedule, tz: 'UTC' },
      { name: 'run', data: { source: id, scheduled: true }, opts: keep },
    );
  const upkeep =
    deps.concurrency > 0
      ? createUpkeep({
          ...deps,
          async rebuild() {
            for (const source of await missingSchedules()) {
              await upsertSchedule(source);
              log.warn(`queue: the schedule of ${source.id} was gone and is there again`);
            }
          },
        })
      : undefined;
  return {
    enqueue,
    async schedule(sources) {
      wanted = sources.filter((source) => source.schedule);
      const ids = new Set(wanted.map((source) => source.id));
      for (const { key } of await queue.getJobSchedulers()) {
        if (key && !ids.has(key)) await queue.removeJobScheduler(key);
      }
      for (const source of wanted) {
        await upsertSchedule(source).catch((error: Error) => {
          log.error(
            `${source.id} is not scheduled: "${source.schedule}": ${error.message}. Correct its cron expression.`,
          );
        });
      }
    },
    async depth() {
      const counts = await queue.getJobCounts('waiting', 'active', 'prioritized');
      return Object.values(counts).reduce((sum, n) => sum + n, 0);
    },
    async close() {
      // What waits for a server that is away would wait for ever; its jobs are taken up by others.
      const away = backend.away();
      if (away) backend.close();
      await Promise.all([upkeep?.stop(), worker?.close(away)]);
      await queue.close();
      backend.close();
    },
  };
}
