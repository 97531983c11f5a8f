import type { PageLink } from '../../catalogue/store/page-link.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { isPart } from '../decode/smaller-pages.ts';
import type { Format, Page } from '../format.ts';
import type { PageResult } from './process-page.ts';

/** What the pages of a run so far say of the next one. */
export interface Chain {
  /** Pages in a row that gave nothing but records known already. */
  stale: number;
  /** Pages in a row that gave nothing new of any kind. */
  idle: number;
  /** How many records a page has, by what the last one said. */
  size?: number;
  /** Smaller pages asked for instead of pages that failed. */
  parts: number;
  /** Pages in a row that their server failed to make. */
  failed: number;
}

export const newChain = (): Chain => ({ stale: 0, idle: 0, parts: 0, failed: 0 });

/** Pages in a row that give records, all of them known from earlier pages of the run, and still lead on. */
const MAX_STALE_PAGES = 2;
/** Pages in a row that give nothing new of any kind and still lead on. */
const MAX_IDLE_PAGES = 50;
/** Smaller pages that a run asks for at most: enough to find three bad records among pages of 250. */
const MAX_PARTS = 60;
/** Failures in a row that are no longer one bad record but a server that is out of order. */
const MAX_FAILED = 6;
const REMEDY = 'Let paging lead on, or the last page say that it is the last.';

/** Where a page leads besides to itself. */
export const onward = (at: { url: string }, page: Page, links: readonly PageLink[]): PageLink[] =>
  links.filter((link) => link.url !== at.url && link.url !== page.url);

/** Which of a page's links are followed, or why its paging is not: it leads back, or on and on without anything new. */
export async function follow(
  runs: Store['runs'],
  at: { run: string; page: QueuedPage; chain: Chain },
  page: Page,
  links: readonly PageLink[],
  result: PageResult,
): Promise<{ next: PageLink[]; broken?: string }> {
  const { run, chain } = at;
  const next = onward(at.page, page, links);
  const news = result.fresh > 0 || at.page.records > 0;
  chain.idle = news || !links.length ? 0 : chain.idle + 1;
  chain.stale = !news && result.known > 0 && links.length ? chain.stale + 1 : 0;
  const [only, ...others] = links;
  // A page that says it is broken and gave nothing leads nowhere.
  if (result.incomplete && result.fresh + result.known === 0) return { next: [] };
  if (!only) return { next };
  // A page of one thing that several lists name is no paging.
  if (!others.length && only.role !== 'page') {
    const back = next.length ? (await runs.alreadyRead(run, [only.url])).length > 0 : true;
    if (back) return { next: [], broken: `paging leads back to ${only.url}, which was read already. ${REMEDY}` };
  }
  const twin = result.records ? await runs.sameBody(run, at.page.url, result.hash) : undefined;
  if (twin) return { next: [], broken: `page repeats: the same body as ${twin}. ${REMEDY}` };
  if (chain.stale >= MAX_STALE_PAGES || chain.idle >= MAX_IDLE_PAGES) {
    const pages = chain.stale >= MAX_STALE_PAGES ? chain.stale : chain.idle;
    return { next: [], broken: `the last ${pages} pages gave nothing new and paging still leads on. ${REMEDY}` };
  }
  return { next };
}

/**
 * What to read instead of a page that its server fails to make (GeoNetwork's page bisection): one bad record must not
 * hide the others on its page. Nothing when smaller pages would only trouble a server that is out of order.
 */
export function instead(format: Format, page: QueuedPage, chain: Chain): ReturnType<NonNullable<Format['instead']>> {
  const none = { parts: [], next: [] };
  const ofTheFeed = page.role === null || isPart(page.role);
  if (!format.instead || !ofTheFeed || page.records > 0 || chain.failed > MAX_FAILED) return none;
  const { parts, next } = format.instead({ url: page.url, role: page.role ?? undefined }, chain.size);
  if (chain.parts + parts.length > MAX_PARTS) return none;
  chain.parts += parts.length;
  return { parts, next };
}
