import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Counts } from '../../catalogue/store/ingest.ts';
import type { KnownResource, PageLink, QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { sweep, sweepParts } from '../../catalogue/store/sweep.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import type { Format, Page } from '../format.ts';
import { formatNamed } from '../registry.ts';
import { processPage } from './process-page.ts';
import type { Reader } from './reader.ts';
import { renormalise } from './renormalise.ts';

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

const LEASE_SECONDS = 15;
const MAX_PAGES = 100_000;
const MAX_ATTEMPTS = 3;
const SITEMAP_TRUST_DAYS = 7;

/** What a record's reading depends on besides its raw text: the format's version and the source's own settings. */
export function normaliserOf(format: Format, source: SourceDefinition): string {
  const settings = JSON.stringify([source.defaults, source.lookups, source.options]);
  return `${format.name}.${format.version}.${createHash('sha256').update(settings).digest('base64url').slice(0, 8)}`;
}

/** Runs live in the store; whoever holds a run's lease carries it on from its cursor. */
export function createHarvester(deps: HarvesterDeps) {
  const { store, reader, formats } = deps;
  const owner = randomUUID();

  return {
    /** Starts a run of a source, or answers the one under way. */
    async start(source: SourceDefinition): Promise<string> {
      const format = formatNamed(formats, source.format);
      await store.putSource(source);
      const { id } = await store.runs.start(source.id, format.name, normaliserOf(format, source), [
        { url: source.url },
      ]);
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
      if (!(await store.runs.lease(runId, owner, LEASE_SECONDS))) return undefined;
      const heartbeat = setInterval(() => void store.runs.lease(runId, owner, LEASE_SECONDS).catch(() => {}), 5_000);
      try {
        const [stored] = await store.read.sources.byIds([run.source]);
        if (!stored)
          throw new ConfigError(`source ${run.source} is not in the store`, 'Harvest it by file or URL first.');
        return await carryOn(run, stored.definition, formatNamed(formats, run.format));
      } finally {
        clearInterval(heartbeat);
        await store.runs.release(runId, owner).catch(() => {});
      }
    },
  };

  async function carryOn(run: RunSummary, source: SourceDefinition, format: Format): Promise<RunSummary> {
    const normaliser = normaliserOf(format, source);
    let read = 0;
    for (let page = await store.runs.nextPage(run.id); page; page = await store.runs.nextPage(run.id)) {
      if (++read > MAX_PAGES) {
        await store.runs.pageFailed(run.id, page.url, `more than ${MAX_PAGES} pages`, { requests: 0, bytes: 0 });
        break;
      }
      await readPage({ run: run.id, source, format, normaliser, page });
    }
    return finish(run, source, format);
  }

  async function readPage(at: {
    run: string;
    source: SourceDefinition;
    format: Format;
    normaliser: string;
    page: QueuedPage;
  }) {
    const { run, source, page, normaliser } = at;
    const cost = { requests: 0, bytes: 0 };
    const fail = (reason: string) => store.runs.pageFailed(run, page.url, reason, cost);
    const known = await knownResource(source, page, normaliser);
    if (known && unchangedBySitemap(page, known)) {
      const counts = await store.ingest.unmodified(run, source.id, page.url);
      deps.onProgress?.(progress(at, counts));
      await store.runs.pageDone(run, page.url, known.next, cost, known.total ?? undefined);
      return;
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

  async function readOnce(
    at: { run: string; source: SourceDefinition; format: Format; normaliser: string; page: QueuedPage },
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
        const counts = await store.ingest.unmodified(run, source.id, page.url);
        deps.onProgress?.(progress(at, counts));
        await store.runs.pageDone(run, page.url, known.next, cost, known.total ?? undefined);
        return;
      }
      const open: Page = {
        url: response.url,
        role: page.role ?? undefined,
        mediaType: response.mediaType,
        charset: response.charset,
        source,
        envelope: {},
      };
      const result = await processPage(
        { intake: store.ingest, format, onCounts: (counts) => deps.onProgress?.(progress(at, counts)) },
        { run, source, page: open, key: page.url, normaliser, skip: page.records },
        response.body,
      ).finally(() => {
        cost.bytes += response.bytes.wire;
      });
      const next = follow(format, open, result.records);
      if (result.incomplete) {
        await store.runs.pageDone(run, page.url, next, { requests: 0, bytes: 0 }, open.total);
        await store.runs.pageFailed(run, page.url, result.incomplete, cost);
        await store.runs.resources.forget(source.id, page.url);
        return;
      }
      await store.runs.pageDone(run, page.url, next, cost, open.total);
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

  /** What the last clean read of this page by this normaliser found; nothing when it must be read in full. */
  async function knownResource(source: SourceDefinition, page: QueuedPage, normaliser: string) {
    if (page.url.startsWith('file:') || page.records > 0) return undefined;
    const known = await store.runs.resources.get(source.id, page.url);
    return known?.normaliser === normaliser ? known : undefined;
  }

  async function finish(run: RunSummary, source: SourceDefinition, format: Format): Promise<RunSummary> {
    const pages = await store.runs.pageCounts(run.id);
    const nothing = { missing: 0, withdrawn: 0 };
    if (pages.failed > 0) {
      const state = pages.read === 0 && (await store.runs.get(run.id))?.seen === 0 ? 'failed' : 'incomplete';
      return store.runs.finish(run.id, state, pages.firstFailure ?? 'a page could not be read', nothing);
    }
    if (pages.total !== null && pages.records < pages.total) {
      const reason = `the feed says it has ${pages.total} records, its pages gave ${pages.records}`;
      return store.runs.finish(run.id, 'incomplete', reason, nothing);
    }
    const swept = await sweep(store.db, run.id, source.id);
    if (swept.held) return store.runs.finish(run.id, 'held', swept.reason, nothing);
    const losing = await sweepParts(store.db, run.id, source.id);
    if (losing.length) {
      const normaliser = normaliserOf(format, source);
      await renormalise({ intake: store.ingest, format }, { run: run.id, source, normaliser }, losing);
    }
    return store.runs.finish(run.id, 'complete', undefined, swept);
  }
}

export type Harvester = ReturnType<typeof createHarvester>;

const progress = (at: { run: string; source: SourceDefinition; page: QueuedPage }, counts: Counts): Progress => ({
  run: at.run,
  source: at.source.id,
  page: at.page.url,
  counts,
});

/** Where the format says a page leads; a page that leads to itself has no next. */
function follow(format: Format, page: Page, records: number): PageLink[] {
  const links = format.next?.(page, records) ?? [];
  return links.filter((link) => link.url !== page.url);
}

/** A sitemap that says a page is older than our last reading is believed for some days. */
function unchangedBySitemap(page: QueuedPage, known: KnownResource): boolean {
  if (!page.modified || !Number.isFinite(Date.parse(page.modified))) return false;
  const readAt = known.readAt.getTime();
  const trusted = Date.now() - readAt < SITEMAP_TRUST_DAYS * 86_400_000;
  return trusted && Date.parse(page.modified) < readAt - 86_400_000;
}
