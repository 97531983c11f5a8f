import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import { RunTakenOver } from '../../catalogue/store/run-fence.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { ConfigError } from '../errors.ts';
import type { Format } from '../format.ts';
import { endRun } from './end-run.ts';
import { createEnding, RunLeft } from './ending.ts';
import { mayRead } from './may-read.ts';
import { preparePage } from './open-page.ts';
import { newChain } from './paging.ts';
import { createReadAhead } from './read-ahead.ts';
import { type At, createPageReader, type Progress } from './read-page.ts';
import type { Reader } from './reader.ts';
import { replayRun } from './replay.ts';
import { normaliserOf, startHarvest } from './start.ts';
import { createSuspicion } from './suspicion.ts';
import { throughTrouble } from './through-trouble.ts';
import { createTurns, type Turns } from './turns.ts';

export interface HarvesterDeps {
  store: Store;
  reader: Reader;
  formats: ReadonlyMap<string, Format>;
  onProgress?: (progress: Progress) => void;
  /** Longest wait for a busy host inside a run, in seconds; longer waits end the run incomplete. */
  patienceSeconds?: number;
  /** Aborted when the process is to end: runs are left where they are, after the page in hand. */
  ending?: AbortSignal;
  /** Longest wait for a store that is in trouble, in milliseconds; after that the run rests where it is. */
  storePatienceMs?: number;
  /** Those of the process; left out, nothing else in it harvests. */
  turns?: Turns;
  /** Hears what the operator should know and no report of a provider says. */
  log?: (line: string) => void;
}

/** A worker that gives no sign of life for so long has lost its runs; together with the queue's look for orphans this keeps a restart within 15 s. */
const LEASE_SECONDS = 8;
const HEARTBEAT_MS = 2_000;
const MAX_PAGES = 100_000;

/** Runs live in the store; whoever holds a run's lease carries it on from its cursor. */
export function createHarvester(deps: HarvesterDeps) {
  const { store, formats } = deps;
  const turns = deps.turns ?? createTurns();
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const underWay = new Set<string>();
  const ending = createEnding(deps.ending);
  const readPage = createPageReader({ ...deps, ending, turns, owner });
  /** Pages that were begun and must be given back, when the store can be told: this worker did not die of them. */
  const owed = new Map<string, { url: string; inHand: number | undefined }>();

  return {
    start: (source: SourceDefinition, trigger?: RunSummary['trigger'], job?: string) =>
      startHarvest(deps, source, trigger, job),

    /**
     * Carries a run to its end and answers its summary; undefined when another worker is alive on it, or the process ends.
     * One whose source reads something else by now gives way to a new one.
     * Safe to call again after a crash at any point.
     */
    async continue(runId: string): Promise<RunSummary | undefined> {
      if (underWay.has(runId)) return undefined;
      underWay.add(runId);
      let ended: Awaited<ReturnType<typeof whileRunning>>;
      try {
        const tell = (line: string) => deps.log?.(`run ${runId} ${line}`);
        ended = await throughTrouble(() => whileRunning(runId), {
          tell,
          patienceMs: deps.storePatienceMs,
          ending: deps.ending,
        });
      } finally {
        underWay.delete(runId);
      }
      if (!ended || !('startAnew' in ended)) return ended;
      return this.continue(await startHarvest(deps, ended.startAnew, ended.trigger));
    },
  };

  async function whileRunning(runId: string): Promise<Carried> {
    const run = await store.runs.get(runId);
    if (!run) throw new ConfigError(`run ${runId} is not in the store`, 'List runs with "credatlas status".');
    return run.state === 'running' ? whileLeased(run) : run;
  }

  async function whileLeased(run: RunSummary): Promise<Carried> {
    const debt = owed.get(run.id);
    if (debt) await store.runs.giveBack(run.id, debt.url, debt.inHand);
    owed.delete(run.id);
    if (!(await store.runs.lease(run.id, owner, LEASE_SECONDS))) return undefined;
    const renew = () => void store.runs.renew(run.id, owner, LEASE_SECONDS).catch(() => {});
    const heartbeat = setInterval(renew, HEARTBEAT_MS);
    try {
      const [stored] = await store.read.sources.byIds([run.source]);
      const format = formats.get(run.format);
      // Nobody could ever carry it on: it ends by itself.
      if (!stored || !format) {
        const reason = stored
          ? `there is no format "${run.format}" any more`
          : 'its source is not in the store any more';
        return await store.runs.finish(run.id, 'failed', reason, owner);
      }
      const { definition } = stored;
      const own =
        run.trigger === 'replay' || (await store.runs.readsThis(run.id, definition, normaliserOf(format, definition)));
      if (!own) return { startAnew: definition, trigger: run.trigger };
      return await carryOn(run, definition, format);
    } catch (error) {
      if (error instanceof RunTakenOver || error instanceof RunLeft) return undefined;
      throw error;
    } finally {
      clearInterval(heartbeat);
      await store.runs.release(run.id, owner).catch(() => {});
    }
  }

  async function carryOn(run: RunSummary, source: SourceDefinition, format: Format): Promise<RunSummary> {
    const normaliser = normaliserOf(format, source);
    if (run.trigger === 'replay') {
      return replayRun({ store, format, turns, ending }, { run, source, normaliser, owner }, deps.onProgress);
    }
    let read = 0;
    const chain = newChain();
    const allowed = (url: string) => mayRead(store.pauses, source, url);
    const ahead = createReadAhead(store.runs, run.id, async (page) => {
      await allowed(page.url);
      const open = await preparePage(deps, source, page, normaliser);
      return (cost, signal) => open(cost, ending.orCut(signal));
    });
    try {
      for (;;) {
        ending.check();
        const page = await store.runs.nextPage(run.id);
        if (!page) break;
        const suspicion = createSuspicion(store.runs, turns, run.id, page.url);
        const cost = { requests: 0, bytes: 0 };
        const { id, changesSince } = run;
        const at: At = { run: id, changesSince, source, format, normaliser, page, chain, ahead, suspicion, cost };
        if (++read > MAX_PAGES) {
          await store.runs.pageDone(run.id, page.url, {
            next: [],
            cost: at.cost,
            broken: `more than ${MAX_PAGES} pages`,
            owner,
          });
          break;
        }
        try {
          await allowed(page.url);
          await readPage(at);
        } catch (error) {
          // Whatever it was, it was not the end of the process: neither the page nor a record of it is to blame.
          const debt = { url: page.url, inHand: suspicion.inHand };
          const back =
            error instanceof RunLeft
              ? store.runs.leavePage(run.id, debt.url, cost, debt.inHand)
              : store.runs.giveBack(run.id, debt.url, debt.inHand);
          await back.catch(() => owed.set(run.id, debt));
          throw error;
        }
      }
    } finally {
      await ahead.drop();
    }
    // A page may have said so only now.
    const changesSince = (await store.runs.get(run.id))?.changesSince;
    return endRun({ store, format }, { run: run.id, source, normaliser, owner, changesSince });
  }
}

/** How carrying a run on came out: ended, another's, or what is to be read instead. */
type Carried = RunSummary | { startAnew: SourceDefinition; trigger: RunSummary['trigger'] } | undefined;

export type Harvester = ReturnType<typeof createHarvester>;
