import { bareRecord, type Problem } from '../../../schema/index.ts';
import { problemOf } from '../../problems/notes.ts';
import type { RuleId } from '../../problems/rules.ts';
import { pointerStep } from '../../record/pointer.ts';
import { isEscapedAddress } from './addresses.ts';
import { applyReverse, type LinkedGraph, occurrences, resolve } from './graph.ts';
import { LIMITS } from './limits.ts';
import { isNode, type LinkedNode, list } from './node.ts';

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

/** All records of one graph, runs under their courses. */
export function nodeCandidates(graph: LinkedGraph, syntax: Syntax, kinds: NodeKinds): Candidate[] {
  const { kindOf, course: COURSE, run: RUN } = kinds;
  const [RUNS] = kinds.toRuns;
  let all = [...occurrences(graph)];
  const reversed = all.flatMap(({ node }) => ('@reverse' in node ? [node] : []));
  if (reversed.length) {
    const find = (other: unknown) => (isNode(other) ? resolve(graph, other) : undefined);
    applyReverse(graph, reversed, find, (node) => node['@id']);
    all = [...occurrences(graph)];
  }
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
    const path = graph.places.get(node) ?? '';
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
  const note = (path: string, rule: RuleId, value: string) => {
    if (notes.length < LIMITS.notes && !notes.some((n) => n.path === path && n.rule === rule)) {
      notes.push(problemOf(path, rule, value));
    }
  };

  function copy(node: LinkedNode, open: ReadonlySet<LinkedNode>, path: string): LinkedNode {
    const out = bareRecord<LinkedNode>();
    const inside = new Set(open).add(node);
    for (const [key, value] of Object.entries(node)) {
      if (kinds.noise.has(key)) continue;
      const kept: unknown[] = [];
      for (const item of list(value)) {
        const at = `${path}/${pointerStep(key)}${Array.isArray(value) ? `/${kept.length}` : ''}`;
        if (typeof item === 'string' && isEscapedAddress(item)) note(at, 'escaped-address', item);
        const copied = isNode(item) ? linked(item, key, inside, at) : item;
        if (copied !== undefined && !(typeof copied === 'string' && copied.startsWith('data:'))) kept.push(copied);
      }
      if (kept.length) out[key] = Array.isArray(value) || kept.length > 1 ? kept : kept[0];
    }
    return out;
  }

  function linked(item: LinkedNode, key: string, inside: ReadonlySet<LinkedNode>, at: string): LinkedNode | undefined {
    const target = resolve(graph, item);
    if (inside.has(target) || ++nodes > LIMITS.embedded || inside.size > LIMITS.levels) {
      if (nodes > LIMITS.embedded) note('', 'too-many-nodes', `more than ${LIMITS.embedded}`);
      return target['@id'] ? { '@id': target['@id'] } : undefined;
    }
    const type = kinds.kindOf(target);
    if (type && type !== kinds.credential && !kinds.toRuns.includes(key) && !kinds.toCredential.includes(key))
      return pointer(target);
    return copy(target, inside, at);
  }
  return copy(top, new Set(), '/node');
}

function pointer(node: LinkedNode): LinkedNode {
  const out = bareRecord<LinkedNode>();
  for (const key of ['@type', '@id', 'name', 'url', 'courseCode']) if (node[key] !== undefined) out[key] = node[key];
  return out;
}
