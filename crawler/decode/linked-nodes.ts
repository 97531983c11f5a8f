import { asText, bareRecord, type Problem } from '../../schema/index.ts';
import { problemOf } from '../problems/notes.ts';
import type { RuleId } from '../problems/rules.ts';
import { resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';
import { applyReverse, isNode, type LinkedGraph, list, occurrences, resolve } from './linked-data.ts';

export type Syntax = 'json-ld' | 'microdata' | 'rdfa';

/** One course as a page has it: one node with all that belongs to it. */
export interface Candidate {
  node: LinkedNode;
  type: string;
  isRun: boolean;
  syntax: Syntax;
  path: string;
  notes: Problem[];
}

/** What a format wants of the linked data in pages. */
export interface NodeKinds {
  /** The kind of a node that is a record, a run or a credential; undefined for all others. */
  kindOf(node: LinkedNode): string | undefined;
  /** The kinds of what has runs, of a run, and of what is awarded. */
  course: string;
  run: string;
  credential: string;
  /** Properties of a run that lead to its course. */
  toCourse: readonly string[];
  /** Properties of a course that hold its runs; runs found elsewhere are put under the first one. */
  toRuns: readonly [string, ...string[]];
  toCredential: readonly string[];
  /** A record named there is pointed at, not described, unless it says more than its name. */
  pointers: ReadonlySet<string>;
  /** Properties that list records. */
  lists: ReadonlySet<string>;
  /** Properties that say more than a name. */
  substance: readonly string[];
  /** What says nothing about the record and may be large or written by third parties. */
  noise: ReadonlySet<string>;
  /** What a broken block says that may have held a record. */
  mentions: RegExp;
}

const MAX_NODES = 3000;

/** All records of one graph, runs under their courses. */
export function nodeCandidates(graph: LinkedGraph, syntax: Syntax, kinds: NodeKinds): Candidate[] {
  const { kindOf, course: COURSE, run: RUN } = kinds;
  const [RUNS] = kinds.toRuns;
  applyReverse(graph);
  const all = [...occurrences(graph)];
  const folded = new Set<LinkedNode>();
  const runsOf = new Map<LinkedNode, Set<unknown>>();
  for (const { node } of all) {
    const type = kindOf(node);
    if (type !== RUN) continue;
    for (const property of kinds.toCourse) {
      for (const link of list(node[property])) {
        const course = isNode(link) ? resolve(graph, link) : undefined;
        if (!course || course === node || kindOf(course) !== COURSE) continue;
        const runs =
          runsOf.get(course) ?? new Set(list(course[RUNS]).map((run) => (isNode(run) ? resolve(graph, run) : run)));
        runsOf.set(course, runs.add(node));
        delete node[property];
        folded.add(node);
      }
    }
  }
  for (const [course, runs] of runsOf) course[RUNS] = [...runs];
  for (const { node, parent, property } of all) {
    const parentType = parent && kindOf(parent);
    if (!parent || !property) continue;
    if (kinds.toRuns.includes(property) && (parentType || folded.has(parent))) folded.add(node);
    // A lecture marked as a CourseInstance inside a CourseInstance is a part of the run, not a run.
    else if (parentType === RUN && kindOf(node) === RUN) folded.add(node);
    else if (kinds.toCredential.includes(property)) folded.add(node);
  }
  const own = new Set<LinkedNode>();
  for (const { node, parent, property } of all) {
    const type = kindOf(node);
    if (!type || folded.has(node) || own.has(node)) continue;
    if (stands(kinds, node, type, parent, property)) own.add(node);
  }
  return [...own].map((node) => {
    const notes: Problem[] = [];
    const type = kindOf(node) as string;
    const path = graph.paths.get(node) ?? '';
    return { node: embed(graph, node, notes, kinds), type, isRun: type === RUN, syntax, path, notes };
  });
}

function stands(kinds: NodeKinds, node: LinkedNode, type: string, parent?: LinkedNode, property?: string): boolean {
  if (!parent || !property || property === '@graph') return true;
  if (type === kinds.credential) return kinds.lists.has(property) && node.name !== undefined;
  if (kinds.pointers.has(property))
    return kinds.substance.some((key) => node[key] !== undefined) && node.name !== undefined;
  return node.name !== undefined || kinds.toRuns.some((key) => node[key] !== undefined) || kinds.lists.has(property);
}

/** A copy of a node with what it refers to put in its place: other courses as pointers. */
function embed(graph: LinkedGraph, top: LinkedNode, notes: Problem[], kinds: NodeKinds): LinkedNode {
  let nodes = 0;
  const note = (path: string, rule: RuleId, value: string, remedy?: string) => {
    if (notes.length < 50 && !notes.some((n) => n.path === path && n.rule === rule)) {
      notes.push(problemOf(path, rule, value, remedy));
    }
  };

  function copy(node: LinkedNode, open: ReadonlySet<LinkedNode>, path: string): LinkedNode {
    const out = bareRecord<LinkedNode>();
    const inside = new Set(open).add(node);
    for (const [key, value] of Object.entries(node)) {
      if (kinds.noise.has(key)) continue;
      const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const kept = list(value).flatMap((item): unknown[] => {
        if (typeof item === 'string') return item.startsWith('data:') ? [] : [item];
        if (!isNode(item)) return [item];
        const target = resolve(graph, item);
        if (inside.has(target) || ++nodes > MAX_NODES || inside.size > 12) {
          if (nodes > MAX_NODES) {
            note('', 'too-many-nodes', `more than ${MAX_NODES}`);
          }
          return target['@id'] ? [{ '@id': target['@id'] }] : [];
        }
        const type = kinds.kindOf(target);
        if (type && !kinds.toRuns.includes(key) && !kinds.toCredential.includes(key)) {
          return type === kinds.credential ? [copy(target, inside, at)] : [pointer(target)];
        }
        return [copy(target, inside, at)];
      });
      if (kept.length) out[key] = Array.isArray(value) || kept.length > 1 ? kept : kept[0];
    }
    return out;
  }
  return copy(top, new Set(), '/node');
}

function pointer(node: LinkedNode): LinkedNode {
  const out = bareRecord<LinkedNode>();
  for (const key of ['@type', '@id', 'name', 'url', 'courseCode']) if (node[key] !== undefined) out[key] = node[key];
  return out;
}

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id)$/i;

/** The web address of a node (`url`, else `@id`), absolute and without tracking parameters. */
export function nodeUrl(node: LinkedNode, base: string): string | undefined {
  for (const value of [...list(node.url), node['@id']]) {
    const text = isNode(value) ? value['@id'] : value;
    if (typeof text !== 'string' || text.startsWith('_:') || /^[.#\s]*$/.test(text) || /[${}<>\s]/.test(text.trim()))
      continue;
    const resolved = resolveUrl(text, base);
    if (!resolved || !/^https?:/.test(resolved)) continue;
    const url = new URL(resolved);
    for (const key of [...url.searchParams.keys()]) if (TRACKING.test(key)) url.searchParams.delete(key);
    return url.href;
  }
  return undefined;
}

/** A candidate with what it is recognised by, worked out once. */
interface Known {
  candidate: Candidate;
  name: string;
  url: string | undefined;
  syntaxes: Set<Syntax>;
}

/**
 * Puts together what several syntaxes of one page say of the same course (same URL, or same name where one of them
 * gives no URL): the richer description wins, the poorer adds what it lacks.
 */
export function mergeCandidates(candidates: readonly Candidate[], base: string): Candidate[] {
  const merged: Known[] = [];
  const index = new Map<string, Known[]>();
  const file = (key: string, known: Known) => {
    const group = index.get(key) ?? [];
    if (!group.includes(known)) index.set(key, [...group, known]);
  };
  for (const candidate of candidates) {
    const { node, syntax } = candidate;
    const fresh: Known = { candidate, name: nameKey(node), url: nodeUrl(node, base), syntaxes: new Set([syntax]) };
    const keys = [
      ...(fresh.name ? [`name ${fresh.name} ${fresh.url ?? ''}`, `name ${fresh.name}`] : []),
      ...(fresh.url ? [`url ${fresh.url}`] : []),
    ];
    // Many courses of one name or one address: only the first few can be the same.
    const match = keys.flatMap((key) => index.get(key)?.slice(0, 20) ?? []).find((known) => same(known, fresh, base));
    const known = match ?? fresh;
    if (match) {
      const [rich, poor] =
        weight(node) > weight(match.candidate.node) ? [candidate, match.candidate] : [match.candidate, candidate];
      match.syntaxes.add(syntax);
      match.candidate = {
        ...rich,
        node: bareRecord<LinkedNode>({ ...poor.node, ...rich.node }),
        notes: [...rich.notes, ...poor.notes],
      };
      match.url ??= fresh.url;
    } else merged.push(fresh);
    for (const key of keys) if ((index.get(key)?.length ?? 0) < 20) file(key, known);
  }
  return merged.map(({ candidate }) => candidate);
}

function same(a: Known, b: Known, base: string): boolean {
  if (a.candidate.isRun !== b.candidate.isRun) return false;
  const sameName = a.name !== '' && a.name === b.name;
  if (a.syntaxes.has(b.candidate.syntax)) {
    // Twice in one syntax: two courses, unless it is the same name under the same address.
    return sameName && a.url !== undefined && a.url === b.url && sameRun(a.candidate.node, b.candidate.node);
  }
  if (a.url && a.url === b.url && (sameName || !a.name || !b.name)) return true;
  if (!sameName || !a.url || !b.url) return sameName;
  return bare(a.url) === bare(b.url) || bare(a.url) === bare(base) || bare(b.url) === bare(base);
}

const sameRun = (a: LinkedNode, b: LinkedNode): boolean => asText(a.startDate) === asText(b.startDate);
const bare = (url: string): string =>
  url
    .replace(/#.*$/, '')
    .replace(/\/$/, '')
    .replace(/^http:/, 'https:');

export function nameKey(node: LinkedNode): string {
  const name = list(node.name)[0];
  const text = typeof name === 'object' && name !== null ? (name as Record<string, unknown>)['@value'] : name;
  return typeof text === 'string'
    ? text.slice(0, 2000).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
    : '';
}

function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weight(item), 0);
  if (isNode(value)) return Object.values(value).reduce<number>((sum, item) => sum + weight(item), 0);
  return value === '' || value === undefined ? 0 : 1;
}
