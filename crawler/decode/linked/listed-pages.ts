import type { Page, RecordFault } from '../../format.ts';
import { holdsEmail } from '../../persons/mask-contacts.ts';
import { fault } from '../../problems/rules.ts';
import type { SitemapReading } from '../sitemap.ts';
import { selectPages, sitemapRules } from '../sitemap-rules.ts';
import { resolveUrl, siteOf, withoutHash } from './addresses.ts';
import { occurrences } from './graph.ts';
import { list } from './node.ts';
import type { Graphs } from './page-records.ts';

/** The pages that a sitemap or robots.txt leads to are asked for. */
export function* sitemapPages(reading: SitemapReading, page: Page): Generator<RecordFault> {
  const rules = sitemapRules(page.source, page.url);
  const { requests, foreign, capped } = selectPages(reading.entries, rules);
  page.envelope.requests = requests;
  if (reading.dropped.length) {
    const [first] = reading.dropped;
    yield fault(
      null,
      '/urlset',
      'sitemap-entry',
      `${reading.dropped.length} × ${first?.reason}: ${first?.found}`,
      'give an absolute http(s) URL of at most 2,048 characters in each entry',
    );
  }
  if (foreign) yield foreignHosts('/urlset', foreign);
  if (capped || reading.incomplete) {
    yield fault(
      null,
      '/urlset',
      capped ? 'sitemap-too-many-pages' : 'sitemap-incomplete',
      capped ? `${capped} page(s) beyond ${rules.maxPages}` : (reading.incomplete ?? ''),
      capped ? 'narrow "include" or raise "maxPages"' : 'publish the whole sitemap, split by a sitemap index',
      true,
    );
  }
}

/** A list page (ItemList whose entries have only a `url`) leads to the pages of its courses. */
export function* listedPages(graphs: Graphs, base: string, page: Page): Generator<RecordFault> {
  if (page.role) return;
  const urls: string[] = [];
  let links = 0;
  for (const [, graph] of graphs) {
    for (const { node, property } of occurrences(graph)) {
      if (property !== 'itemListElement' || node.item !== undefined || typeof node.url !== 'string') continue;
      // An entry that describes its course is read where it stands.
      if (list(node['@type']).some((type) => type !== 'ListItem')) continue;
      links++;
      const url = resolveUrl(node.url, base);
      if (url && /^https?:/.test(url)) urls.push(withoutHash(url));
    }
  }
  if (!links) return;
  const personal = urls.filter(holdsEmail).length;
  if (personal) yield fault(null, '/itemListElement', 'sitemap-entry', `${personal} × an e-mail address in the URL`);
  if (!siteOf(page.url)) {
    const remedy = 'harvest the site by URL: the pages of a list in a file are not asked for';
    yield fault(
      null,
      '/itemListElement',
      'list-of-links',
      `${links} link(s), the first is ${urls[0] ?? 'relative'}`,
      remedy,
    );
    return;
  }
  const rules = sitemapRules(page.source, page.url);
  const entries = urls.filter((url) => !holdsEmail(url)).map((url) => ({ url, role: 'page' as const }));
  const { requests, foreign } = selectPages(entries, { ...rules, anyHost: false });
  page.envelope.requests = requests.filter(({ url }) => url !== page.url);
  if (foreign) yield foreignHosts('/itemListElement', foreign);
}

const foreignHosts = (path: string, { count, first }: { count: number; first: string }) =>
  fault(
    null,
    path,
    'sitemap-foreign-host',
    `${count} URL(s) of other hosts, the first is ${first}`,
    'list the hosts in the source option "hosts" if they are to be read',
  );
