import { isObject, own, type Problem } from '../../../schema/index.ts';
import { SourceBroken } from '../../errors.ts';
import { isFault, type Page, type RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { parseLenientJson } from '../lenient-json.ts';
import { lines } from '../sitemap.ts';
import { type OpenedBody, readWhole } from '../structured-page.ts';
import { nodeUrl, siteOf, withoutHash } from './addresses.ts';
import { addressIn, type BrokenPiece, parseJsonLd } from './broken-json.ts';
import type { NodeKinds } from './candidates.ts';
import { createGraph, type LinkedGraph } from './graph.ts';
import { documentReader } from './json-ld.ts';
import { LIMITS } from './limits.ts';
import { listedPages } from './listed-pages.ts';
import { list } from './node.ts';
import { createIdentifier, isRoot } from './page-identifiers.ts';
import { type Item, misencoded, type PageFacts, pageRecords, repaired } from './page-records.ts';

/** A JSON-LD document, or one a line. */
export async function* readJson(opened: OpenedBody, page: Page, kinds: NodeKinds): AsyncGenerator<Item> {
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
  const broken: Broken[] = [];
  const given = new Set<string>();
  function* records(graph: LinkedGraph, notes: readonly Problem[]): Generator<Item> {
    for (const item of pageRecords(kinds, [['json-ld', graph]], about, identifier, notes)) {
      if (!isFault(item)) given.add(withoutHash(item.identifier));
      yield item;
    }
  }
  if (isJsonLines(opened.head)) {
    let number = 0;
    let good = 0;
    let last: BrokenPiece | undefined;
    for await (const line of lines(opened.text)) {
      number++;
      if (!line.trim()) continue;
      // Only of a line that another one follows is it known that it is whole.
      if (last) broken.push(pieceOf({ ...last, whole: true }, base));
      last = undefined;
      const { values, repairs, error } = parseLenientJson(line);
      if (error) last = { path: `line ${number}`, text: line, error, whole: false };
      else good++;
      if (good === 0 && number >= 100) {
        throw new SourceBroken(`${page.url}: none of the first 100 lines is JSON`, 'publish one JSON object a line');
      }
      const graph = createGraph();
      const add = documentReader(graph, base);
      for (const value of values) {
        add(value, `line ${number}`);
        yield* noNodes([value], () => `line ${number}`);
      }
      yield* records(graph, [
        ...(values.length ? encoding() : []),
        ...repairs.map((repair) => repaired(`line ${number}`, repair)),
      ]);
    }
    if (last) broken.push(pieceOf(last, base));
    yield* brokenJson(broken, given);
    return;
  }
  const text = await readWhole(opened.text, LIMITS.json, page.url);
  const read = parseJsonLd(text);
  if (read.error !== undefined && read.values.length === 0) {
    throw new SourceBroken(`${page.url}: not valid JSON: ${read.error}`, 'publish the whole, valid document');
  }
  if (read.error !== undefined) {
    const path = `after element ${read.values.length}`;
    broken.push({ path, error: read.error, whole: false });
  }
  for (const piece of read.broken) broken.push(pieceOf(piece, base));
  const inArray = read.values.length === 1 && Array.isArray(read.values[0]);
  const graph = createGraph();
  const add = documentReader(graph, base);
  for (const [i, value] of read.values.entries()) add(value, read.values.length > 1 ? `/${i}` : '');
  for (const [i, value] of read.values.entries()) {
    const place = read.values.length > 1 ? `/${i}` : '';
    if (Array.isArray(value)) yield* noNodes(value, (n) => `${place}/${n}`);
    else if (isObject(value)) yield* noNodes(list(own(value, '@graph')), (n) => `${place}/@graph/${n}`);
  }
  if (inArray || read.values.length > 1) yield* untyped(graph, kinds);
  yield* listedPages([['json-ld', graph]], base, page);
  yield* records(graph, [...encoding(), ...read.repairs.map((repair) => repaired('', repair))]);
  yield* brokenJson(broken, given);
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
      graph.places.get(root) ?? '',
      'missing-type',
      root.name,
      'give the node an @type: without one it is not known to be a course',
    );
  }
}

/** A text or number where a node should stand. */
function* noNodes(values: readonly unknown[], place: (n: number) => string): Generator<RecordFault> {
  for (const [n, value] of values.entries()) {
    if (value === null || typeof value === 'object') continue;
    yield fault(null, place(n), 'not-a-record', value, 'let every item of the list be a node, an object of its own');
  }
}

/** A broken piece as it is told: with the address that it says before it breaks. */
type Broken = Omit<BrokenPiece, 'text'> & { url?: string };

function pieceOf({ text, ...piece }: BrokenPiece, base: string): Broken {
  const address = addressIn(text);
  const url = address && nodeUrl(address, base);
  return url ? { ...piece, url } : piece;
}

/**
 * Known by its address where that is what its record goes by: no front page, of no other course. Else, and where more may be lost
 * with it, nothing is known of what is missing.
 */
function* brokenJson(pieces: readonly Broken[], given: Set<string>): Generator<RecordFault> {
  for (const { path, error, whole, url } of pieces) {
    const named = url !== undefined && !url.includes('#') && !isRoot(url) && !given.has(url);
    if (url) given.add(withoutHash(url));
    yield fault(named ? url : null, path, 'json-syntax', error, 'publish valid JSON', !whole || !named);
  }
}
