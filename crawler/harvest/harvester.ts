import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Counts } from '../../catalogue/store/ingest.ts';
import type { KnownResource } from '../../catalogue/store/resources.ts';
import { RunTakenOver } from '../../catalogue/store/run-fence.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { isPart } from '../decode/smaller-pages.ts';
import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import { ServerFailed } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import type { Format, Page, PageRequest } from '../format.ts';
import { endRun } from './end-run.ts';
import { createEnding, RunLeft } from './ending.ts';
import { mayRead } from './may-read.ts';
import { type Cost, preparePage } from './open-page.ts';
import { cutShort, type PageEnded, pageEnded, silenceOfPage } from './page-ends.ts';
import { type Chain, follow, instead, newChain, onward } from './paging.ts';
import { processPage } from './process-page.ts';
import { createReadAhead, type ReadAhead } from './read-ahead.ts';
import type { Reader } from './reader.ts';
import { replayRun } from './replay.ts';
import { secondChance } from './second-chance.ts';
import { normaliserOf, startHarvest } from './start.ts';
import { createSuspicion, inTurn, onDisk, type Suspicion } from './suspicion.ts';
import { throughTrouble } from './through-trouble.ts';
import { createTurns, type Turns } from './turns.ts';

export interface Progress {
  run: string;
  source: string;
  page: string;
  counts: Counts;
}

export interface HarvesterDeps {
  store: Store;
  reader: Reader;
  formats: ReadonlyMap<string, Format>;
  onProgress?: (progress: Progress) => void;
  /** Hears what the operator should know and no report of a provider says. */
  tell?: (line: string) => void;
  /** Longest wait for a busy host inside a run, in seconds; longer waits end the run incomplete. */
  patienceSeconds?: number;
  /** Aborted when the process is to end: runs are left where they are, after the page in hand. */
  ending?: AbortSignal;
  /** Longest wait for a store that is in trouble, in milliseconds; after that the run rests where it is. */
  storePatienceMs?: number;
  /** Those of the process; left out, nothing else in it harvests. */
  turns?: Turns;
  /** Hears of troubles that come and go. */
  log?: (line: string) => void;
}

/** A worker that gives no sign of life for so long has lost its runs; together with the queue's look for orphans this keeps a restart within 15 s. */
const LEASE_SECONDS = 8;
const HEARTBEAT_MS = 2_000;
const MAX_PAGES = 100_000;
const MAX_ATTEMPTS = 3;

/** Runs live in the store; whoever holds a run's lease carries it on from its cursor. */
export function createHarvester(deps: HarvesterDeps) {
  const { store, formats } = deps;
  const turns = deps.turns ?? createTurns();
  const intake = { ...store.ingest, purged: store.purges.among };
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const underWay = new Set<string>();
  const ending = createEnding(deps.ending);
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
    const renew = () => void store.runs.lease(run.id, owner, LEASE_SECONDS).catch(() => {});
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
        const at: At = { run: run.id, source, format, normaliser, page, chain, ahead, suspicion, cost };
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
    return endRun({ store, format }, { run: run.id, source, normaliser, owner });
  }

  async function readPage(at: At) {
    const { run, page } = at;
    for (let attempt = page.attempts; ; attempt++) {
      try {
        return await readOnce(at);
      } catch (error) {
        if (ending.cut.aborted) throw new RunLeft();
        const ended = pageEnded(page, error);
        if (ended) return await endedItself(at, ended);
        if (
          !(
            error instanceof RetryLater ||
            error instanceof SourceBroken ||
            error instanceof AddressRefused ||
            error instanceof ConfigError
          )
        )
          throw error;
        const reason = `${error.message}. ${error.remedy}`;
        const serverFailed = error instanceof ServerFailed;
        // A part is asked for because its page failed again and again: that it fails too is an answer.
        const patient =
          error instanceof RetryLater &&
          attempt < (serverFailed && isPart(page.role ?? undefined) ? 1 : MAX_ATTEMPTS) &&
          error.seconds <= (deps.patienceSeconds ?? 60);
        if (!patient) return await failed(at, reason, serverFailed);
        await ending.wait(error.seconds * 1000);
        page.records = await store.runs.recordsOf(run, page.url);
      }
    }
  }

  /** A page that cannot be read. One that its server fails to make is asked for in smaller pieces, if it has any. */
  async function failed(at: At, reason: string, serverFailed: boolean): Promise<void> {
    const { run, format, page, chain, cost } = at;
    chain.failed = serverFailed ? chain.failed + 1 : 0;
    const { parts, next } = serverFailed ? instead(format, page, chain) : { parts: [], next: [] };
    const broken = parts.length ? undefined : reason;
    await store.runs.pageDone(run, page.url, { next: [...parts, ...next], cost, broken, resource: null, owner });
  }

  /** A web page that its sitemap still names: it gives no records any more, and that is told. */
  async function endedItself(at: At, { problem, silence }: PageEnded): Promise<void> {
    const { run, page, cost } = at;
    await store.runs.pageDone(run, page.url, { next: [], cost, resource: null, problems: [problem], silence, owner });
  }

  /** Everything read there last time counts as seen, and it leads where it led: in one step, so that a crash loses neither. */
  async function unmodified(at: At, known: KnownResource): Promise<void> {
    const { run, source, page, cost, chain, ahead } = at;
    if (page.attempts <= 1) await ahead.begin(page, known.next);
    const { next, records, hash } = known;
    const end = { next, cost, total: known.total ?? undefined, hash, unmodified: records, owner };
    const counts = await store.ingest.unmodified(run, source.id, page.url, end);
    chain.failed = 0;
    chain.stale = 0;
    chain.idle = counts.seen ? 0 : chain.idle + 1;
    deps.onProgress?.(progress(at, counts));
  }

  async function readOnce(at: At): Promise<void> {
    const { source, normaliser, page, cost } = at;
    const begun = await at.ahead.take(page);
    const opened = begun?.opened.finally(() => {
      cost.requests += begun.cost.requests;
    });
    const { known, response } = await (opened ??
      preparePage(deps, source, page, normaliser).then((open) => open(cost, ending.cut)));
    if (!response) {
      if (known) await unmodified(at, known);
      return;
    }
    try {
      if (response.notModified && known) return await unmodified(at, known);
      if (known) await store.runs.forgetResource(source.id, page.url);
      await readBody(at, response);
    } finally {
      await response.dispose();
    }
  }

  async function readBody(at: At, response: GateResponse): Promise<void> {
    const { run, source, format, normaliser, page, chain, cost } = at;
    const open: Page = {
      url: response.url,
      role: page.role ?? undefined,
      mediaType: response.mediaType,
      charset: response.charset,
      source,
      envelope: {},
    };
    // A page that was begun before may hold what killed its worker: it is read record by record, and nothing beside it.
    const careful = page.attempts > 1;
    const working = careful ? { body: onDisk(response.body), done: () => {} } : inTurn(turns, response.body);
    let links: PageRequest[] = [];
    const result = await processPage(
      {
        intake,
        format,
        onCounts: (counts) => deps.onProgress?.(progress(at, counts)),
        async onRead(read) {
          links = format.next?.(open, read.records) ?? [];
          const suspect = read.incomplete || !read.records || chain.stale || chain.idle;
          if (!careful && !suspect) await at.ahead.begin(page, onward(page, open, links));
        },
        signal: ending.cut,
        suspicion: careful ? at.suspicion : undefined,
      },
      { run, source, page: open, key: page.url, normaliser, skip: page.records, owner },
      working.body,
    ).finally(() => {
      working.done();
      cost.bytes += response.bytes.wire;
    });
    await secondChance({ intake, format, turns }, { run, source, normaliser, key: page.url, owner }, result);
    chain.failed = 0;
    if (!page.role) chain.size = open.size ?? chain.size;
    const { next, broken } = await follow(store.runs, at, open, links, result);
    const failure = result.incomplete ?? broken ?? cutShort(format, response);
    const resource = {
      normaliser,
      finalUrl: response.url,
      etag: response.etag ?? null,
      lastModified: response.lastModified ?? null,
      hash: result.hash,
      records: result.records,
      total: open.total ?? null,
      next,
    };
    await store.runs.pageDone(run, page.url, {
      next,
      cost,
      total: open.total,
      hash: result.hash,
      broken: failure,
      ...(failure || page.records ? {} : silenceOfPage(page, response.url, result)),
      resource: page.url.startsWith('file:') ? undefined : result.clean && !failure ? resource : null,
      owner,
    });
  }
}

/** How carrying a run on came out: ended, another's, or what is to be read instead. */
type Carried = RunSummary | { startAnew: SourceDefinition; trigger: RunSummary['trigger'] } | undefined;

/** Where in a run a page is read, and what that has cost. */
interface At {
  run: string;
  source: SourceDefinition;
  format: Format;
  normaliser: string;
  page: QueuedPage;
  chain: Chain;
  ahead: ReadAhead;
  suspicion: Suspicion;
  cost: Cost;
}

export type Harvester = ReturnType<typeof createHarvester>;

const progress = (at: { run: string; source: SourceDefinition; page: QueuedPage }, counts: Counts): Progress => ({
  run: at.run,
  source: at.source.id,
  page: at.page.url,
  counts,
});
