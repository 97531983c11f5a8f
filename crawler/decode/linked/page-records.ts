import type { Problem } from '../../../schema/index.ts';
import type { RawRecord, RecordFault } from '../../format.ts';
import { quoted } from '../../persons/quoted.ts';
import { problemOf } from '../../problems/notes.ts';
import { fault } from '../../problems/rules.ts';
import { siteOf } from './addresses.ts';
import { type Candidate, type NodeKinds, nodeCandidates, type Syntax } from './candidates.ts';
import type { LinkedGraph } from './graph.ts';
import { mergeCandidates } from './merge.ts';
import type { LinkedNode } from './node.ts';
import type { createIdentifier } from './page-identifiers.ts';

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

export type Item = RawRecord | RecordFault;
export type Graphs = readonly (readonly [Syntax, LinkedGraph])[];

/** What is known of a page beside its graphs. */
export interface PageFacts {
  base: string;
  url: string;
  feed: boolean;
  language?: string;
}

/** The records of a page, and what of it could not be read. */
export function* pageRecords(
  kinds: NodeKinds,
  graphs: Graphs,
  page: PageFacts,
  identify: ReturnType<typeof createIdentifier>,
  noticed: readonly Problem[],
): Generator<Item> {
  for (const [, graph] of graphs) yield* unread(graph, kinds);
  const candidates = graphs.flatMap(([syntax, graph]) => nodeCandidates(graph, syntax, kinds));
  const notes = [...noticed, ...graphs.flatMap(([, graph]) => graph.notes)];
  const items = [...identify(mergeCandidates(candidates, page.base, kinds))];
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

/** What was nested too deep, and what would be a record if its vocabulary were known. */
function* unread({ tooDeep: [deep], foreign }: LinkedGraph, kinds: NodeKinds): Generator<RecordFault> {
  if (deep !== undefined) {
    yield fault(null, deep, 'json-too-deep', 'more than 60 levels', 'nest less: refer to nodes by @id', true);
  }
  const one = foreign.find(({ type }) => kinds.kindOf({ '@type': [type] }) !== undefined);
  if (one)
    yield fault(null, one.place, 'unknown-vocabulary', `${one.type} in ${quoted(one.context, 'unknown-vocabulary')}`);
}

function rawNode(candidate: Candidate, page: PageFacts, runs: LinkedNode[], notes: Problem[]): RawNode {
  const url = siteOf(page.url);
  const raw: RawNode = {
    type: candidate.type,
    syntax: candidate.syntax,
    page: {
      ...(url ? { url } : {}),
      ...(page.language ? { language: page.language } : {}),
      ...(page.feed ? { feed: true as const } : {}),
    },
    base: siteOf(page.base),
    node: candidate.node,
  };
  if (runs.length) raw.runs = runs;
  if (notes.length) raw.notes = notes;
  return raw;
}

/** Bytes in another encoding than declared. */
export const misencoded = (what: string): Problem => problemOf('', 'wrong-encoding', what);

/** JSON that could only be read after a repair. */
export const repaired = (path: string, repair: string): Problem => problemOf(path, 'json-repaired', repair);
