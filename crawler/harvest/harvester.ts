import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Counts } from '../../catalogue/store/ingest.ts';
import type { KnownResource } from '../../catalogue/store/resources.ts';
import { RunTakenOver } from '../../catalogue/store/run-fence.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { isPart } from '../decode/smaller-pages.ts';
import { AddressRefused, ConfigError, NotNow, RetryLater, SourceBroken } from '../errors.ts';
import { ServerFailed } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import type { Format, Page, PageRequest } from '../format.ts';
import { formatNamed } from '../registry.ts';
import { endRun } from './end-run.ts';
import { mayRead } from './may-read.ts';
import { type Cost, preparePage } from './open-page.ts';
import { cutShort, type PageEnded, pageEnded, silenceOfPage } from './page-ends.ts';
import { type Chain, follow, instead, newChain, onward } from './paging.ts';
import { processPage } from './process-page.ts';
import { createReadAhead, type ReadAhead } from './read-ahead.ts';
import type { Reader } from './reader.ts';
import { replayRun } from './replay.ts';
import { createTurns } from './turns.ts';

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
}

/** A worker that gives no sign of life for so long has lost its runs; together with the queue's look for orphans this keeps a restart within 15 s. */
const LEASE_SECONDS = 8;
const HEARTBEAT_MS = 2_000;
/** No suspect waits longer for another that is slow. */
const TURN_MS = 5_000;
const MAX_PAGES = 100_000;
const MAX_ATTEMPTS = 3;
/** What a record's reading depends on besides its raw text: the format's version and the source's own settings. */
export function normaliserOf(format: Format, source: SourceDefinition): string {
  const settings = JSON.stringify([source.defaults, source.lookups, source.options]);
  return `${format.name}.${format.version}.${createHash('sha256').update(settings).digest('base64url').slice(0, 8)}`;
}

/** Runs live in the store; whoever holds a run's lease carries it on from its cursor. */
export function createHarvester(deps: HarvesterDeps) {
  const { store, formats } = deps;
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const underWay = new Set<string>();
  /** Pages whose worker died are read one at a time: if it dies again, the one in hand is to blame. */
  const suspects = createTurns(TURN_MS);

  return {
    /** Starts a run of a source, or answers the one under way, or the one that the same job of the queue started before. */
    async start(source: SourceDefinition, trigger: RunSummary['trigger'] = 'command', job?: string): Promise<string> {
      const format = formatNamed(formats, source.format);
      await store.putSource(source);
      const strange = await store.dropFutureMarks(source.id);
      if (strange) deps.tell?.(strange);
      await mayRead(store.pauses, source);
      const first = [{ url: source.url }];
      const { id } = await store.runs.start(source.id, format.name, normaliserOf(format, source), first, trigger, job);
      return id;
    },

    /**
     * Carries a run to its end and answers its summary; undefined when another worker is alive on it.
     * Safe to call again after a crash at any point.
     */
    async continue(runId: string): Promise<RunSummary | undefined> {
      const run = await store.runs.get(runId);
      if (!run) throw new ConfigError(`run ${runId} is not in the store`, 'List runs with "credatlas status".');
      if (run.state !== 'running') return run;
      if (underWay.has(runId)) return undefined;
      underWay.add(runId);
      try {
        return await whileLeased(run);
      } finally {
        underWay.delete(runId);
      }
    },
  };

  async function whileLeased(run: RunSummary): Promise<RunSummary | undefined> {
    if (!(await store.runs.lease(run.id, owner, LEASE_SECONDS))) return undefined;
    const renew = () => void store.runs.lease(run.id, owner, LEASE_SECONDS).catch(() => {});
    const heartbeat = setInterval(renew, HEARTBEAT_MS);
    try {
      const [stored] = await store.read.sources.byIds([run.source]);
      if (!stored)
        throw new ConfigError(`source ${run.source} is not in the store`, 'Harvest it by file or URL first.');
      return await carryOn(run, stored.definition, formatNamed(formats, run.format));
    } catch (error) {
      if (error instanceof RunTakenOver) return undefined;
      throw error;
    } finally {
      clearInterval(heartbeat);
      await store.runs.release(run.id, owner).catch(() => {});
    }
  }

  async function carryOn(run: RunSummary, source: SourceDefinition, format: Format): Promise<RunSummary> {
    const normaliser = normaliserOf(format, source);
    if (run.trigger === 'replay') {
      return replayRun({ store, format }, { run, source, normaliser, owner }, deps.onProgress);
    }
    let read = 0;
    const chain = newChain();
    const allowed = (url: string) => mayRead(store.pauses, source, url);
    const ahead = createReadAhead(store.runs, run.id, async (page) => {
      await allowed(page.url);
      return preparePage(deps, source, page, normaliser);
    });
    try {
      for (let page = await store.runs.nextPage(run.id); page; page = await store.runs.nextPage(run.id)) {
        const at: At = { run: run.id, source, format, normaliser, page, chain, ahead, cost: { requests: 0, bytes: 0 } };
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
          // Also when it is a redirect of the page that leads to what is not to be read now.
          if (error instanceof NotNow) await store.runs.giveBack(run.id, page.url);
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
        await sleep(error.seconds * 1000);
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
    const { run, source, normaliser, page, cost } = at;
    const begun = await at.ahead.take(page);
    const opened = begun?.opened.finally(() => {
      cost.requests += begun.cost.requests;
    });
    const { known, response } = await (opened ??
      preparePage(deps, source, page, normaliser).then((open) => open(cost)));
    if (!response) {
      if (known) await unmodified(at, known);
      return;
    }
    try {
      if (response.notModified && known) return await unmodified(at, known);
      if (known) await store.runs.forgetResource(run, page.url);
      await (page.attempts > 1 ? suspects(() => readBody(at, response)) : readBody(at, response));
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
    let links: PageRequest[] = [];
    const result = await processPage(
      {
        intake: store.ingest,
        format,
        onCounts: (counts) => deps.onProgress?.(progress(at, counts)),
        async onRead(read) {
          links = format.next?.(open, read.records) ?? [];
          const suspect = read.incomplete || !read.records || chain.stale || chain.idle;
          if (!careful && !suspect) await at.ahead.begin(page, onward(page, open, links));
        },
        inHand: careful ? (record, step) => store.runs.recordInHand(run, page.url, record, step) : undefined,
      },
      { run, source, page: open, key: page.url, normaliser, skip: page.records, owner },
      response.body,
    ).finally(() => {
      cost.bytes += response.bytes.wire;
    });
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

/** Where in a run a page is read, and what that has cost. */
interface At {
  run: string;
  source: SourceDefinition;
  format: Format;
  normaliser: string;
  page: QueuedPage;
  chain: Chain;
  ahead: ReadAhead;
  cost: Cost;
}

export type Harvester = ReturnType<typeof createHarvester>;

const progress = (at: { run: string; source: SourceDefinition; page: QueuedPage }, counts: Counts): Progress => ({
  run: at.run,
  source: at.source.id,
  page: at.page.url,
  counts,
});
