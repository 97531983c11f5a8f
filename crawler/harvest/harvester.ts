import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Counts } from '../../catalogue/store/ingest.ts';
import { RunTakenOver } from '../../catalogue/store/run-fence.ts';
import type { KnownResource, PageLink, QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { lostParts, sweep, sweepParts } from '../../catalogue/store/sweep.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import type { Format, Page } from '../format.ts';
import { formatNamed } from '../registry.ts';
import { mayRead } from './may-read.ts';
import { type PageResult, processPage } from './process-page.ts';
import type { Reader } from './reader.ts';
import { renormalise } from './renormalise.ts';
import { replayRun } from './replay.ts';

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
  /** Longest wait for a busy host inside a run, in seconds; longer waits end the run incomplete. */
  patienceSeconds?: number;
}

/** A worker that gives no sign of life for so long has lost its runs; together with the queue's look for orphans this keeps a restart within 15 s. */
const LEASE_SECONDS = 8;
const HEARTBEAT_MS = 2_000;
const MAX_PAGES = 100_000;
const MAX_ATTEMPTS = 3;
const SITEMAP_TRUST_DAYS = 7;
/** After so many days a page is read in full whatever its validators say: an ETag may be frozen. */
const FULL_READ_DAYS = 7;
/** Pages in a row that give records, all of them known from earlier pages of the run, and still lead on. */
const MAX_STALE_PAGES = 2;
/** Pages in a row that give nothing new of any kind and still lead on. */
const MAX_IDLE_PAGES = 50;

/** What a record's reading depends on besides its raw text: the format's version and the source's own settings. */
export function normaliserOf(format: Format, source: SourceDefinition): string {
  const settings = JSON.stringify([source.defaults, source.lookups, source.options]);
  return `${format.name}.${format.version}.${createHash('sha256').update(settings).digest('base64url').slice(0, 8)}`;
}

/** Runs live in the store; whoever holds a run's lease carries it on from its cursor. */
export function createHarvester(deps: HarvesterDeps) {
  const { store, reader, formats } = deps;
  const owner = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const underWay = new Set<string>();

  return {
    /** Starts a run of a source, or answers the one under way, or the one that the same job of the queue started before. */
    async start(source: SourceDefinition, trigger: RunSummary['trigger'] = 'command', job?: string): Promise<string> {
      const format = formatNamed(formats, source.format);
      await store.putSource(source);
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
    const chain: Chain = { stale: 0, idle: 0 };
    for (let page = await store.runs.nextPage(run.id); page; page = await store.runs.nextPage(run.id)) {
      if (++read > MAX_PAGES) {
        await store.runs.pageFailed(run.id, page.url, `more than ${MAX_PAGES} pages`, { requests: 0, bytes: 0 }, owner);
        break;
      }
      try {
        await mayRead(store.pauses, source, page.url);
      } catch (error) {
        await store.runs.giveBack(run.id, page.url);
        throw error;
      }
      await readPage({ run: run.id, source, format, normaliser, page, chain });
    }
    return finish(run, source, format);
  }

  async function readPage(at: At) {
    const { run, source, page, normaliser } = at;
    const cost = { requests: 0, bytes: 0 };
    const fail = (reason: string) => store.runs.pageFailed(run, page.url, reason, cost, owner);
    const known = await knownResource(source, page, normaliser);
    if (known && unchangedBySitemap(page, known)) {
      return await unmodified(at, known, cost);
    }
    for (let attempt = page.attempts; ; attempt++) {
      try {
        await readOnce(at, known, cost);
        return;
      } catch (error) {
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
        const patient =
          error instanceof RetryLater && attempt < MAX_ATTEMPTS && error.seconds <= (deps.patienceSeconds ?? 60);
        if (!patient) return void (await fail(reason));
        await sleep(error.seconds * 1000);
        page.records = await store.runs.recordsOf(run, page.url);
      }
    }
  }

  /** Everything read there last time counts as seen, and it leads where it led: in one step, so that a crash loses neither. */
  async function unmodified(at: At, known: KnownResource, cost: { requests: number; bytes: number }): Promise<void> {
    const counts = await store.ingest.unmodified(at.run, at.source.id, at.page.url, {
      next: known.next,
      cost,
      total: known.total ?? undefined,
      hash: known.hash,
      unmodified: known.records,
      owner,
    });
    at.chain.stale = 0;
    at.chain.idle = counts.seen ? 0 : at.chain.idle + 1;
    deps.onProgress?.(progress(at, counts));
  }

  async function readOnce(
    at: At,
    known: KnownResource | undefined,
    cost: { requests: number; bytes: number },
  ): Promise<void> {
    const { run, source, format, normaliser, page } = at;
    const upload = page.url.startsWith('file:');
    if (!upload) cost.requests++;
    const validators =
      known && (known.etag || known.lastModified)
        ? {
            etag: known.etag ?? undefined,
            lastModified: known.lastModified ?? undefined,
            url: known.finalUrl ?? undefined,
          }
        : undefined;
    const response = await reader.read(source, page, validators);
    try {
      if (response.notModified && known) {
        return await unmodified(at, known, cost);
      }
      // From here on the store holds something between the last clean read and this one.
      if (known) await store.runs.resources.forget(source.id, page.url);
      const open: Page = {
        url: response.url,
        role: page.role ?? undefined,
        mediaType: response.mediaType,
        charset: response.charset,
        source,
        envelope: {},
      };
      const result = await processPage(
        {
          intake: store.ingest,
          format,
          onCounts: (counts) => deps.onProgress?.(progress(at, counts)),
          // A page that was begun before may hold what killed its worker: then it is read record by record.
          inHand:
            page.attempts > 1 ? (record, step) => store.runs.recordInHand(run, page.url, record, step) : undefined,
        },
        { run, source, page: open, key: page.url, normaliser, skip: page.records, owner },
        response.body,
      ).finally(() => {
        cost.bytes += response.bytes.wire;
      });
      const { next, broken } = await follow(at, open, result);
      await store.runs.pageDone(run, page.url, { next, cost, total: open.total, hash: result.hash, owner });
      if (broken || result.incomplete) {
        const reason = result.incomplete ?? broken ?? '';
        await store.runs.pageFailed(run, page.url, reason, { requests: 0, bytes: 0 }, owner);
        await store.runs.resources.forget(source.id, page.url);
        return;
      }
      if (upload) return;
      if (result.clean) {
        await store.runs.resources.put(source.id, {
          url: page.url,
          normaliser,
          finalUrl: response.url,
          etag: response.etag ?? null,
          lastModified: response.lastModified ?? null,
          hash: result.hash,
          records: result.records,
          total: open.total ?? null,
          next,
        });
      } else await store.runs.resources.forget(source.id, page.url);
    } finally {
      await response.dispose();
    }
  }

  /** Where a page leads, or why its paging is not to be followed: it leads back, or on and on without anything new. */
  async function follow(at: At, page: Page, result: PageResult): Promise<{ next: PageLink[]; broken?: string }> {
    const { run, chain } = at;
    const links = at.format.next?.(page, result.records) ?? [];
    const next = links.filter((link) => link.url !== at.page.url && link.url !== page.url);
    const news = result.fresh > 0 || at.page.records > 0;
    chain.idle = news || !links.length ? 0 : chain.idle + 1;
    chain.stale = !news && result.known > 0 && links.length ? chain.stale + 1 : 0;
    const [only, ...others] = links;
    // A page that says it is broken and gave nothing leads nowhere.
    if (result.incomplete && result.fresh + result.known === 0) return { next: [] };
    if (!only) return { next };
    const remedy = 'Let paging lead on, or the last page say that it is the last.';
    if (!others.length) {
      const back = next.length ? (await store.runs.alreadyRead(run, [only.url])).length > 0 : true;
      if (back) return { next: [], broken: `paging leads back to ${only.url}, which was read already. ${remedy}` };
    }
    const twin = result.records ? await store.runs.sameBody(run, at.page.url, result.hash) : undefined;
    if (twin) return { next: [], broken: `page repeats: the same body as ${twin}. ${remedy}` };
    if (chain.stale >= MAX_STALE_PAGES || chain.idle >= MAX_IDLE_PAGES) {
      const pages = chain.stale >= MAX_STALE_PAGES ? chain.stale : chain.idle;
      return { next: [], broken: `the last ${pages} pages gave nothing new and paging still leads on. ${remedy}` };
    }
    return { next };
  }

  /** What the last clean read of this page by this normaliser found; nothing when it must be read in full. */
  async function knownResource(source: SourceDefinition, page: QueuedPage, normaliser: string) {
    if (page.url.startsWith('file:') || page.records > 0) return undefined;
    const known = await store.runs.resources.get(source.id, page.url);
    if (known?.normaliser !== normaliser) return undefined;
    const days = (Date.now() - known.readAt.getTime()) / 86_400_000;
    return days < (source.fullReadDays ?? FULL_READ_DAYS) ? known : undefined;
  }

  async function finish(run: RunSummary, source: SourceDefinition, format: Format): Promise<RunSummary> {
    const pages = await store.runs.pageCounts(run.id);
    const nothing = { missing: 0, withdrawn: 0 };
    const end = (state: RunSummary['state'], reason: string | undefined, swept = nothing) =>
      store.runs.finish(run.id, state, reason, swept, owner);
    if (pages.failed > 0) {
      const state = pages.read === 0 && (await store.runs.get(run.id))?.seen === 0 ? 'failed' : 'incomplete';
      return end(state, pages.firstFailure ?? 'a page could not be read');
    }
    if (pages.total !== null && pages.records < pages.total) {
      return end('incomplete', `the feed says it has ${pages.total} records, its pages gave ${pages.records}`);
    }
    const swept = await sweep(store.db, run.id, source.id, { ...source, owner });
    if (swept.held) return end('held', swept.reason);
    // Worked out anew before they go: after a crash in between, the list is still there.
    const losing = await lostParts(store.db, run.id, source.id);
    if (losing.length) {
      const normaliser = normaliserOf(format, source);
      const intake = {
        ...store.ingest,
        raw: (id: string, identifiers: readonly string[]) => store.ingest.raw(id, identifiers, run.id),
      };
      await renormalise({ intake, format }, { run: run.id, source, normaliser }, losing);
      await sweepParts(store.db, run.id, source.id);
    }
    return end('complete', undefined, swept);
  }
}

/** Where in a run a page is read. */
interface At {
  run: string;
  source: SourceDefinition;
  format: Format;
  normaliser: string;
  page: QueuedPage;
  chain: Chain;
}

/** How many pages in a row gave nothing but records known already, and how many nothing new at all. */
interface Chain {
  stale: number;
  idle: number;
}

export type Harvester = ReturnType<typeof createHarvester>;

const progress = (at: { run: string; source: SourceDefinition; page: QueuedPage }, counts: Counts): Progress => ({
  run: at.run,
  source: at.source.id,
  page: at.page.url,
  counts,
});

/** A sitemap that says a page is older than our last reading is believed for some days. */
function unchangedBySitemap(page: QueuedPage, known: KnownResource): boolean {
  if (!page.modified || !Number.isFinite(Date.parse(page.modified))) return false;
  const readAt = known.readAt.getTime();
  const trusted = Date.now() - readAt < SITEMAP_TRUST_DAYS * 86_400_000;
  return trusted && Date.parse(page.modified) < readAt - 86_400_000;
}
