import type { Problem } from '../../../schema/index.ts';
import { SourceBroken } from '../../errors.ts';
import type { Page, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { parseLenientJson } from '../lenient-json.ts';
import { lines } from '../sitemap.ts';
import { type OpenedBody, readWhole } from '../structured-page.ts';
import { siteOf } from './addresses.ts';
import type { NodeKinds } from './candidates.ts';
import { createGraph, type LinkedGraph } from './graph.ts';
import { documentReader } from './json-ld.ts';
import { LIMITS } from './limits.ts';
import { listedPages } from './listed-pages.ts';
import { list } from './node.ts';
import { createIdentifier } from './page-identifiers.ts';
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
      const add = documentReader(graph, base);
      for (const value of values) add(value, `line ${number}`);
      yield* pageRecords(kinds, [['json-ld', graph]], about, identifier, [
        ...(values.length ? encoding() : []),
        ...repairs.map((repair) => repaired(`line ${number}`, repair)),
      ]);
    }
    return;
  }
  const text = await readWhole(opened.text, LIMITS.json, page.url);
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
  const add = documentReader(graph, base);
  for (const [i, value] of read.values.entries()) add(value, read.values.length > 1 ? `/${i}` : '');
  if (inArray || read.values.length > 1) yield* untyped(graph, kinds);
  yield* listedPages([['json-ld', graph]], base, page);
  yield* pageRecords(kinds, [['json-ld', graph]], about, identifier, [
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
      graph.places.get(root) ?? '',
      'missing-type',
      root.name,
      'give the node an @type: without one it is not known to be a course',
    );
  }
}

const brokenJson = (path: string, error: string): RecordFault =>
  fault(null, path, 'json-syntax', error, 'publish valid JSON', true);
