import { decodeHTMLStrict } from 'entities';
import { asText, bareRecord } from '../../../schema/index.ts';
import { problemOf } from '../../problems/notes.ts';
import { nodeUrl } from './addresses.ts';
import type { Candidate, NodeKinds, Syntax } from './candidates.ts';
import { LIMITS } from './limits.ts';
import { isNode, type LinkedNode } from './node.ts';
import { nameKey } from './page-identifiers.ts';
import { contradictions, joinRuns, sameProvider } from './same-course.ts';

/** A candidate with what it is recognised by, worked out once. */
interface Known {
  candidate: Candidate;
  name: string;
  url: string | undefined;
  syntaxes: Set<Syntax>;
  /** The scripts that describe it. */
  scripts: Set<string>;
}

/**
 * Puts together what several syntaxes or several scripts of one page say of the same course: the richer description wins, the
 * poorer adds what it lacks.
 *
 * Two syntaxes say one page twice: same URL, or same name where one of them gives no URL. Two scripts may as well be two entries of
 * a list: beside the name they have the address or the provider in common, or the page has no other course, and nothing that
 * tells courses apart differs.
 */
export function mergeCandidates(candidates: readonly Candidate[], base: string, kinds: NodeKinds): Candidate[] {
  const merged: Known[] = [];
  const index = new Map<string, Known[]>();
  const file = (key: string, known: Known) => {
    const group = index.get(key) ?? [];
    if (!group.includes(known)) index.set(key, [...group, known]);
  };
  const all = candidates.map((candidate) => know(candidate, base));
  const only = all.every(({ name }) => name === all[0]?.name);
  for (const fresh of all) {
    const keys = [
      ...(fresh.name ? [`name ${fresh.name} ${fresh.url ?? ''}`, `name ${fresh.name}`] : []),
      ...(fresh.url ? [`url ${fresh.url}`] : []),
    ];
    // Many courses of one name or one address: only the first few can be the same.
    const match = keys
      .flatMap((key) => index.get(key)?.slice(0, LIMITS.alike) ?? [])
      .find((known) => same(known, fresh, base, only));
    const known = match ?? fresh;
    if (match) merge(match, fresh, kinds);
    else merged.push(fresh);
    for (const key of keys) if ((index.get(key)?.length ?? 0) < LIMITS.alike) file(key, known);
  }
  return merged.map(({ candidate }) => candidate);
}

function know(candidate: Candidate, base: string): Known {
  const name = nameKey(candidate.node);
  return {
    candidate,
    // One of two plugins may have escaped it.
    name: name.includes('&') ? decodeHTMLStrict(name) : name,
    url: nodeUrl(candidate.node, base),
    syntaxes: new Set([candidate.syntax]),
    scripts: new Set(/^\/script\[\d+\]/.exec(candidate.path)?.slice(0, 1)),
  };
}

/** Adds to a candidate what another description of the same course says beyond it. */
function merge(match: Known, fresh: Known, kinds: NodeKinds): void {
  const [first, second] = [match.candidate, fresh.candidate];
  const [rich, poor] = weight(second.node) > weight(first.node) ? [second, first] : [first, second];
  const node = bareRecord<LinkedNode>({ ...poor.node, ...rich.node });
  const notes = [...rich.notes, ...poor.notes];
  if (match.syntaxes.has(second.syntax)) {
    for (const key of kinds.toRuns) {
      const [runs, others] = [rich.node[key], poor.node[key]];
      if (runs !== undefined && others !== undefined) node[key] = joinRuns([runs].flat(), [others].flat());
    }
    for (const { property, found } of contradictions(rich.node, poor.node)) {
      notes.push(problemOf(`/node/${property}`, 'contradiction', found));
    }
  }
  match.candidate = { ...rich, node, notes };
  match.syntaxes.add(second.syntax);
  for (const script of fresh.scripts) match.scripts.add(script);
  match.url ??= fresh.url;
}

function same(a: Known, b: Known, base: string, only: boolean): boolean {
  if (a.candidate.isRun !== b.candidate.isRun) return false;
  const sameName = a.name !== '' && a.name === b.name;
  const named = sameName || !a.name || !b.name;
  if (a.syntaxes.has(b.candidate.syntax)) {
    // Twice in one syntax: two courses, unless it is the same name under the same address.
    if (!sameStart(a.candidate.node, b.candidate.node)) return false;
    if (sameName && a.url !== undefined && a.url === b.url) return true;
    return named && inAnotherScript(a, b) && oneCourse(a, b, base, only && sameName);
  }
  if (a.url && a.url === b.url && named) return true;
  if (!sameName || !a.url || !b.url) return sameName;
  return bare(a.url) === bare(b.url) || bare(a.url) === bare(base) || bare(b.url) === bare(base);
}

const inAnotherScript = (a: Known, b: Known): boolean =>
  a.scripts.size > 0 && b.scripts.size > 0 && ![...b.scripts].some((script) => a.scripts.has(script));

/** Whether two scripts describe one course; `only`: the page has no course of another name. */
function oneCourse(a: Known, b: Known, base: string, only: boolean): boolean {
  const [first, second] = [a.candidate.node, b.candidate.node];
  const sameUrl = a.url && b.url ? sameAddress(a.url, b.url) : undefined;
  const provider = sameProvider(first, second, base);
  if (sameUrl === false || provider === false || contradictions(first, second).length > 0) return false;
  return sameUrl || (a.name !== '' && a.name === b.name && (provider === true || only));
}

/** Two fragments of one page are two places; a fragment and the page itself may be one. */
const sameAddress = (a: string, b: string): boolean =>
  a === b || (bare(a) === bare(b) && !(a.includes('#') && b.includes('#')));

const sameStart = (a: LinkedNode, b: LinkedNode): boolean => asText(a.startDate) === asText(b.startDate);
const bare = (url: string): string =>
  url
    .replace(/#.*$/, '')
    .replace(/\/$/, '')
    .replace(/^http:/, 'https:');

function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weight(item), 0);
  if (isNode(value)) return Object.values(value).reduce<number>((sum, item) => sum + weight(item), 0);
  return value === '' || value === undefined ? 0 : 1;
}
