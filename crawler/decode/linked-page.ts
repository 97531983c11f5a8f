import type { Problem } from '../../schema/index.ts';
import { SourceBroken } from '../errors.ts';
import type { Page, RawRecord, RecordFault } from '../format.ts';
import { holdsEmail } from '../persons/mask-contacts.ts';
import { quoted } from '../persons/quoted.ts';
import { problemOf } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';
import { extractHtmlData, resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';
import { parseLenientJson } from './lenient-json.ts';
import { addDocument, createGraph, isNode, type LinkedGraph, list, occurrences } from './linked-data.ts';
import { createIdentifier } from './linked-identifiers.ts';
import { type Candidate, mergeCandidates, type NodeKinds, nodeCandidates, type Syntax } from './linked-nodes.ts';
import { lines, readRobots, readSitemapText, readSitemapXml, type SitemapReading } from './sitemap.ts';
import { selectPages, sitemapRules } from './sitemap-rules.ts';
import { type OpenedBody, openBody, readWhole } from './structured-page.ts';

/** One course as it is kept: the node with all that belongs to it, and what is known of its page. */
export interface RawNode {
  type: string;
  syntax: Syntax;
  /** `feed`: one document with many courses, so its address is no course's page. */
  page: { url?: string; language?: string; feed?: true };
  /** Base of relative URLs in `node`. */
  base: string;
  node: LinkedNode;
  /** Further runs given as separate nodes under the same name and address. */
  runs?: LinkedNode[];
  /** What was noticed while reading the page. */
  notes?: Problem[];
}

const MAX_HTML = 32 * 1024 * 1024;
const MAX_JSON = 64 * 1024 * 1024;

type Item = RawRecord | RecordFault;

/** Reads any body that a source of linked data may give: robots.txt, sitemaps, HTML pages, JSON-LD, JSON lines. */
export async function* readLinkedPage(
  body: AsyncIterable<Uint8Array>,
  page: Page,
  kinds: NodeKinds,
): AsyncGenerator<Item> {
  const opened = await openBody(body, { charset: page.charset, where: page.url });
  switch (opened.kind) {
    case 'sitemap':
      return yield* keepPages(await readSitemapXml(opened.text), page);
    case 'text-sitemap':
      return yield* keepPages(await readSitemapText(opened.text), page);
    case 'robots':
      return yield* keepPages(await readRobots(opened.text, page.url), page);
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

function* keepPages(reading: SitemapReading, page: Page): Generator<Item> {
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

async function* readHtml(opened: OpenedBody, page: Page, kinds: NodeKinds): AsyncGenerator<Item> {
  const promised = /json/i.test(page.mediaType ?? '') || /\.(json|jsonld|jsonl|ndjson)$/i.test(pathOf(page.url));
  if (promised || page.role === 'sitemap') {
    throw new SourceBroken(
      `${page.url}: HTML where ${promised ? 'JSON' : 'a sitemap'} was promised: "${quoted(opened.head, 'not-json').slice(0, 80)}"`,
      'check the address; the server may answer with a login or error page',
    );
  }
  const html = await readWhole(opened.text, MAX_HTML, page.url);
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
  const graphs: [Syntax, LinkedGraph][] = [];
  const json = createGraph();
  const notes: Problem[] = opened.repairs.map(misencoded);
  for (const { block, text, values, repairs, error } of data.jsonLd) {
    const place = `/script[${block}]`;
    values.forEach((value, i) => {
      addDocument(json, value, values.length > 1 ? `${place}/${i}` : place, data.base);
    });
    for (const repair of repairs) notes.push(repaired(place, repair));
    if (error) {
      yield fault(
        null,
        place,
        'json-syntax',
        error,
        `mend block ${block} of type application/ld+json: it must be valid JSON`,
        kinds.mentions.test(text),
      );
    }
  }
  graphs.push(['json-ld', json]);
  for (const [syntax, nodes] of [
    ['microdata', data.microdata],
    ['rdfa', unreferenced(data.rdfa)],
  ] as const) {
    const graph = createGraph();
    nodes.forEach((node, i) => {
      addDocument(graph, node, `/${syntax}/${i}`, data.base, 'html');
    });
    if (syntax === 'rdfa') {
      // Nodes that only others refer to are known by their id, but are no roots.
      const hidden = createGraph();
      data.rdfa.forEach((node, i) => {
        addDocument(hidden, node, `/rdfa/${i}`, data.base, 'html');
      });
      for (const [id, node] of hidden.byId) if (!graph.byId.has(id)) graph.byId.set(id, node);
      for (const [node, path] of hidden.paths) graph.paths.set(node, path);
    }
    graphs.push([syntax, graph]);
  }
  const about: PageFacts = {
    base: data.base,
    url: ownAddress(data.canonical, page.url),
    feed: false,
    ...(data.language ? { language: data.language } : {}),
  };
  yield* listedPages(graphs, data.base, page);
  const identifier = createIdentifier(about.url, about.base, false);
  for (const [, graph] of graphs) yield* depthFaults(graph);
  yield* emit(kinds, graphs, about, identifier, notes);
}

/** The canonical address, unless all pages of the site claim to be its front page. */
function ownAddress(canonical: string | undefined, url: string): string {
  if (!canonical || (pathOf(canonical) === '/' && pathOf(url) !== '/' && !url.startsWith('file:'))) return url;
  return canonical;
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

/** RDFa comes as a flat list: what another node refers to stands below that one. */
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

async function* readJson(opened: OpenedBody, page: Page, kinds: NodeKinds): AsyncGenerator<Item> {
  const base = siteOf(page.url);
  const identifier = createIdentifier(page.url, base, true);
  let told = false;
  const encoding = (): Problem[] => {
    if (told || !opened.repairs.length) return [];
    told = true;
    return opened.repairs.map(misencoded);
  };
  const language = page.source.defaults.language;
  const about: PageFacts = { base, url: page.url, feed: true, ...(language ? { language } : {}) };
  if (isJsonLines(opened.head)) {
    let number = 0;
    let good = 0;
    for await (const line of lines(opened.text)) {
      number++;
      if (!line.trim()) continue;
      const { values, repairs, error } = parseLenientJson(line);
      if (error) yield brokenJson(`line ${number}`, error);
      else good++;
      if (good === 0 && number >= 100) {
        throw new SourceBroken(`${page.url}: none of the first 100 lines is JSON`, 'publish one JSON object a line');
      }
      const graph = createGraph();
      for (const value of values) addDocument(graph, value, `line ${number}`, base);
      yield* depthFaults(graph);
      yield* emit(kinds, [['json-ld', graph]], about, identifier, [
        ...(values.length ? encoding() : []),
        ...repairs.map((repair) => repaired(`line ${number}`, repair)),
      ]);
    }
    return;
  }
  const text = await readWhole(opened.text, MAX_JSON, page.url);
  let read = parseLenientJson(text);
  let inArray = read.values.length === 1 && Array.isArray(read.values[0]);
  if (read.error && /^\s*\[/.test(text)) {
    // A truncated array: its whole elements can still be had.
    read = { ...parseLenientJson(text.replace(/^\s*\[/, '')), error: read.error };
    inArray = false;
  }
  if (read.error && read.values.length === 0) {
    throw new SourceBroken(`${page.url}: not valid JSON: ${read.error}`, 'publish the whole, valid document');
  }
  if (read.error) yield brokenJson(`after element ${read.values.length}`, read.error);
  const graph = createGraph();
  read.values.forEach((value, i) => {
    addDocument(graph, value, read.values.length > 1 ? `/${i}` : '', base);
  });
  yield* depthFaults(graph);
  if (inArray || read.values.length > 1) yield* untyped(graph, kinds);
  yield* listedPages([['json-ld', graph]], base, page);
  yield* emit(kinds, [['json-ld', graph]], about, identifier, [
    ...encoding(),
    ...read.repairs.map((repair) => repaired('', repair)),
  ]);
}

function isJsonLines(head: string): boolean {
  const [first = '', ...rest] = head.trimStart().split(/\r\n?|\n/);
  const next = rest.find((line) => line.trim());
  if (!first.startsWith('{') || !next?.trimStart().startsWith('{')) return false;
  return first.trimEnd().endsWith('}') || !next.startsWith(' ');
}

/** In a list of courses, what has a name but no type may have been meant as one: said, not guessed. */
function* untyped(graph: LinkedGraph, kinds: NodeKinds): Generator<RecordFault> {
  if (!graph.roots.some((root) => kinds.kindOf(root))) return;
  for (const root of graph.roots) {
    if (list(root['@type']).length || kinds.kindOf(root) || root.name === undefined) continue;
    yield fault(
      null,
      graph.paths.get(root) ?? '',
      'missing-type',
      root.name,
      'give the node an @type: without one it is not known to be a course',
    );
  }
}

function* depthFaults(graph: LinkedGraph): Generator<RecordFault> {
  const [first] = graph.tooDeep;
  if (first === undefined) return;
  yield fault(null, first, 'json-too-deep', 'more than 60 levels', 'nest less: refer to nodes by @id', true);
}

const brokenJson = (path: string, error: string): RecordFault =>
  fault(null, path, 'json-syntax', error, 'publish valid JSON', true);

/** Where a page's relative addresses lead; a file on a disk has no site. */
const siteOf = (url: string): string => (/^https?:/i.test(url) ? url : '');

const misencoded = (what: string): Problem => problemOf('', 'wrong-encoding', what);

const repaired = (path: string, repair: string): Problem => problemOf(path, 'json-repaired', repair);

interface PageFacts {
  base: string;
  url: string;
  feed: boolean;
  language?: string;
}

function* emit(
  kinds: NodeKinds,
  graphs: readonly (readonly [Syntax, LinkedGraph])[],
  page: PageFacts,
  identify: ReturnType<typeof createIdentifier>,
  notes: readonly Problem[],
): Generator<Item> {
  const candidates = graphs.flatMap(([syntax, graph]) => nodeCandidates(graph, syntax, kinds));
  const merged = mergeCandidates(candidates, page.base);
  const items = [...identify(merged)];
  const named = items.filter(({ identifier }) => identifier !== undefined);
  // What was noticed of the page is said once: with the first record that stands there, else with the first one.
  const owner = new Map(
    notes.map((note) => [note, named.find(({ candidate }) => isBelow(candidate.path, note.path)) ?? named[0]]),
  );
  for (const item of items) {
    const { candidate, identifier, runs, notes: found } = item;
    const all = [...notes.filter((note) => owner.get(note) === item), ...candidate.notes, ...found];
    if (identifier === undefined) {
      yield fault(
        null,
        candidate.path,
        'duplicate-identifier',
        candidate.node.url ?? candidate.node['@id'] ?? '',
        'give each course a url of its own; a second one with the same url and name is not read',
      );
      continue;
    }
    yield { identifier, path: candidate.path, raw: rawNode(candidate, page, runs, all) };
  }
}

const isBelow = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

function rawNode(candidate: Candidate, page: PageFacts, runs: LinkedNode[], notes: Problem[]): RawNode {
  const raw: RawNode = {
    type: candidate.type,
    syntax: candidate.syntax,
    page: {
      ...(/^https?:/.test(page.url) ? { url: page.url } : {}),
      ...(page.language ? { language: page.language } : {}),
      ...(page.feed ? { feed: true as const } : {}),
    },
    base: /^https?:/.test(page.base) ? page.base : '',
    node: candidate.node,
  };
  if (runs.length) raw.runs = runs;
  if (notes.length) raw.notes = notes;
  return raw;
}

/** A list page (ItemList whose entries have only a `url`) leads to the pages of its courses. */
function* listedPages(
  graphs: readonly (readonly [Syntax, LinkedGraph])[],
  base: string,
  page: Page,
): Generator<RecordFault> {
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
      if (url && /^https?:/.test(url)) urls.push(url.replace(/#.*$/, ''));
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
