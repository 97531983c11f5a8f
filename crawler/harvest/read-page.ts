import type { Counts } from '../../catalogue/store/batch.ts';
import type { KnownResource } from '../../catalogue/store/resources.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { isPart } from '../decode/smaller-pages.ts';
import { AddressRefused, ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import { ServerFailed } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import type { Format, Page, PageRequest } from '../format.ts';
import { type Ending, RunLeft } from './ending.ts';
import { type Cost, preparePage } from './open-page.ts';
import { cutShort, type PageEnded, pageEnded, silenceOfPage } from './page-ends.ts';
import { type Chain, follow, instead, onward } from './paging.ts';
import { processPage } from './process-page.ts';
import type { ReadAhead } from './read-ahead.ts';
import type { Reader } from './reader.ts';
import { compareBody } from './same-body.ts';
import { secondChance } from './second-chance.ts';
import { inTurn, onDisk, type Suspicion } from './suspicion.ts';
import type { Turns } from './turns.ts';

const MAX_ATTEMPTS = 3;

export interface Progress {
  run: string;
  source: string;
  page: string;
  counts: Counts;
}

/** Where in a run a page is read, and what that has cost. */
export interface At {
  run: string;
  /** The run reads only what has changed since then. */
  changesSince: string | undefined;
  source: SourceDefinition;
  format: Format;
  normaliser: string;
  page: QueuedPage;
  chain: Chain;
  ahead: ReadAhead;
  suspicion: Suspicion;
  cost: Cost;
}

/** Reads pages of runs to their end, whatever that is: what they give is stored, and so is how they ended. */
export function createPageReader(deps: {
  store: Store;
  reader: Reader;
  ending: Ending;
  turns: Turns;
  /** Who holds the runs. */
  owner: string;
  onProgress?: (progress: Progress) => void;
  /** Longest wait for a busy host, in seconds. */
  patienceSeconds?: number;
}) {
  const { store, ending, turns, owner } = deps;
  const intake = { ...store.ingest, purged: store.purges.among };
  return readPage;

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
    if (!page.role) chain.size = known.size ?? chain.size;
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
      let { body } = response;
      if (known?.plain && page.attempts <= 1 && response.url === known.finalUrl) {
        const compared = await compareBody(body, known.hash);
        if (compared.same) {
          cost.bytes += response.bytes.wire;
          return await unmodified(at, known);
        }
        body = compared.body;
      }
      if (known) await store.runs.forgetResource(source.id, page.url);
      await readBody(at, response, body);
    } finally {
      await response.dispose();
    }
  }

  async function readBody(at: At, response: GateResponse, body: AsyncIterable<Uint8Array>): Promise<void> {
    const { run, source, format, normaliser, page, chain, cost } = at;
    // A page that was begun before may hold what killed its worker: it is read record by record, and nothing beside it.
    const careful = page.attempts > 1;
    const open: Page = {
      url: response.url,
      role: page.role ?? undefined,
      mediaType: response.mediaType,
      charset: response.charset,
      link: response.headers.link,
      source,
      envelope: {},
      ...(careful ? { oneByOne: true } : {}),
    };
    const working = careful ? { body: onDisk(body), done: () => {} } : inTurn(turns, body);
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
    const changes = at.changesSince !== undefined || open.changes === true;
    if (open.changes) await store.runs.onlyChanges(run);
    const resource = {
      normaliser,
      finalUrl: response.url,
      etag: response.etag ?? null,
      lastModified: response.lastModified ?? null,
      hash: result.hash,
      records: result.records,
      total: open.total ?? null,
      plain: result.records > 0 && result.fresh === result.records && result.rejected === 0,
      size: open.size ?? null,
      next,
    };
    await store.runs.pageDone(run, page.url, {
      next,
      cost,
      total: open.total,
      hash: result.hash,
      broken: failure,
      ...(failure || page.records ? {} : silenceOfPage(page, response.url, result)),
      // Nobody asks for the same changes again.
      resource: page.url.startsWith('file:') || changes ? undefined : result.clean && !failure ? resource : null,
      owner,
    });
  }
}

const progress = (at: { run: string; source: SourceDefinition; page: QueuedPage }, counts: Counts): Progress => ({
  run: at.run,
  source: at.source.id,
  page: at.page.url,
  counts,
});
