import type { Problem } from '../../../schema/index.ts';
import { SourceBroken } from '../../errors.ts';
import type { Page } from '../../format.ts';
import { quoted } from '../../persons/quoted.ts';
import { fault } from '../../problems/rules.ts';
import { readRobots, readSitemapText, readSitemapXml } from '../sitemap.ts';
import { type OpenedBody, openBody, readWhole } from '../structured-page.ts';
import { pathOf, siteOf } from './addresses.ts';
import type { NodeKinds, Syntax } from './candidates.ts';
import { createGraph, type LinkedGraph } from './graph.ts';
import { extractHtmlData } from './html-data.ts';
import { documentReader } from './json-ld.ts';
import { readJson } from './json-page.ts';
import { LIMITS } from './limits.ts';
import { listedPages, sitemapPages } from './listed-pages.ts';
import { isNode, type LinkedNode, list } from './node.ts';
import { createIdentifier } from './page-identifiers.ts';
import { type Item, misencoded, type PageFacts, pageRecords, repaired } from './page-records.ts';

/** Reads any body that a source of linked data may give: robots.txt, sitemaps, HTML pages, JSON-LD, JSON lines. */
export async function* readLinkedPage(
  body: AsyncIterable<Uint8Array>,
  page: Page,
  kinds: NodeKinds,
): AsyncGenerator<Item> {
  const opened = await openBody(body, { charset: page.charset, where: page.url });
  switch (opened.kind) {
    case 'sitemap':
      return yield* sitemapPages(await readSitemapXml(opened.text), page);
    case 'text-sitemap':
      return yield* sitemapPages(await readSitemapText(opened.text), page);
    case 'robots':
      return yield* sitemapPages(await readRobots(opened.text, page.url), page);
    case 'html':
      return yield* readHtml(opened, page, kinds);
    case 'json':
      return yield* readJson(opened, page, kinds);
    default:
      // A sitemap may list a PDF or an empty page: no course there, and no fault.
      if (page.role === 'page') return;
      throw new SourceBroken(
        `${page.url}: ${opened.kind === 'empty' ? 'the body is empty' : opened.kind === 'feed' ? 'an RSS or Atom feed' : `neither a sitemap nor a page: "${quoted(opened.head, 'not-json').slice(0, 60)}"`}`,
        'give the address of a sitemap, a robots.txt, an HTML page or a JSON-LD document',
      );
  }
}

async function* readHtml(opened: OpenedBody, page: Page, kinds: NodeKinds): AsyncGenerator<Item> {
  const promised = /json/i.test(page.mediaType ?? '') || /\.(json|jsonld|jsonl|ndjson)$/i.test(pathOf(page.url));
  if (promised || page.role === 'sitemap') {
    throw new SourceBroken(
      `${page.url}: HTML where ${promised ? 'JSON' : 'a sitemap'} was promised: "${quoted(opened.head, 'not-json').slice(0, 80)}"`,
      'check the address; the server may answer with a login or error page',
    );
  }
  const html = await readWhole(opened.text, LIMITS.html, page.url);
  const data = extractHtmlData(html, siteOf(page.url), { xhtml: /xhtml/i.test(page.mediaType ?? '') });
  if (data.cut) {
    yield fault(
      null,
      '/html',
      'page-too-complex',
      `${html.length} characters`,
      'close elements and do not nest marked-up items',
      true,
    );
  }
  const notes: Problem[] = opened.repairs.map(misencoded);
  const json = createGraph();
  const add = documentReader(json, data.base);
  for (const { block, text, values, repairs, error, broken } of data.jsonLd) {
    const place = `/script[${block}]`;
    for (const [i, value] of values.entries()) add(value, values.length > 1 ? `${place}/${i}` : place);
    for (const repair of repairs) notes.push(repaired(place, repair));
    const pieces = error === undefined ? broken : [{ path: '', error }];
    for (const piece of pieces) {
      yield fault(
        null,
        place + piece.path,
        'json-syntax',
        piece.error,
        `mend block ${block} of type application/ld+json: it must be valid JSON`,
        kinds.mentions.test(text),
      );
    }
  }
  const graphs: [Syntax, LinkedGraph][] = [
    ['json-ld', json],
    ['microdata', graphOf(data.microdata, 'microdata', data.base)],
    ['rdfa', rdfaGraph(data.rdfa, data.base)],
  ];
  const about: PageFacts = {
    base: data.base,
    url: ownAddress(data.canonical, page.url),
    feed: false,
    ...(data.language ? { language: data.language } : {}),
  };
  yield* listedPages(graphs, data.base, page);
  yield* pageRecords(kinds, graphs, about, createIdentifier(about.url, about.base, false), notes);
}

/** The canonical address, unless all pages of the site claim to be its front page. */
function ownAddress(canonical: string | undefined, url: string): string {
  if (!canonical || (pathOf(canonical) === '/' && pathOf(url) !== '/' && !url.startsWith('file:'))) return url;
  return canonical;
}

function graphOf(nodes: readonly LinkedNode[], syntax: Syntax, base: string): LinkedGraph {
  const graph = createGraph();
  const add = documentReader(graph, base, 'html');
  for (const [i, node] of nodes.entries()) add(node, `/${syntax}/${i}`);
  return graph;
}

/** RDFa comes as a flat list: what another node refers to stands below that one, known by its id, and is no root. */
function rdfaGraph(nodes: readonly LinkedNode[], base: string): LinkedGraph {
  const roots = unreferenced(nodes);
  const graph = graphOf(roots, 'rdfa', base);
  if (roots.length === nodes.length) return graph;
  const all = graphOf(nodes, 'rdfa', base);
  for (const [id, node] of all.byId) if (!graph.byId.has(id)) graph.byId.set(id, node);
  for (const [node, path] of all.places) graph.places.set(node, path);
  const { foreign, notes } = all;
  return { ...graph, foreign, notes };
}

function unreferenced(nodes: readonly LinkedNode[]): LinkedNode[] {
  const referred = new Set<unknown>();
  for (const node of nodes) {
    for (const value of Object.values(node)) {
      for (const item of list(value)) if (isNode(item) && item['@id'] !== node['@id']) referred.add(item['@id']);
    }
  }
  const roots = nodes.filter((node) => !referred.has(node['@id']));
  return roots.length ? roots : [...nodes];
}
