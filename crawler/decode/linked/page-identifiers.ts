import type { Problem } from '../../../schema/index.ts';
import { problemOf } from '../../problems/notes.ts';
import { nodeUrl, withoutHash } from './addresses.ts';
import type { Candidate } from './candidates.ts';
import { type LinkedNode, list } from './node.ts';

/** A candidate with the identifier it goes by; none when another one of the same page already has it. */
export interface Identified {
  candidate: Candidate;
  identifier?: string;
  /** Further runs with the same name and address, which are no credentials of their own. */
  runs: LinkedNode[];
  notes: Problem[];
}

/** Whether an address is the front page of its site, which no course is known by. */
export const isRoot = (url: string): boolean =>
  URL.canParse(url) && new URL(url).pathname === '/' && !new URL(url).search;

/** A short, readable, stable form of a code or name: letters and digits of any script, hyphens between. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);

/** The first name of a node in the form in which names are compared; '' when it has none. */
export function nameKey(node: LinkedNode): string {
  const name = list(node.name)[0];
  const text = typeof name === 'object' && name !== null ? (name as Record<string, unknown>)['@value'] : name;
  return typeof text === 'string'
    ? text.slice(0, 2000).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
    : '';
}

/**
 * Gives the courses of one page (or the lines of one feed) their identifiers: the course's own URL; without one the
 * page's, with `#` and the course code or name when several courses share it. A file is known by its name only, for
 * where it lies on a disk says nothing.
 */
export function createIdentifier(pageUrl: string, base: string, feed: boolean) {
  const used = new Set<string>();
  const numbers = new Map<string, number>();
  const page = pageUrl.startsWith('file:') ? decodeURI(pageUrl.split('/').at(-1) ?? 'file') : withoutHash(pageUrl);

  return function* identify(all: readonly Candidate[]): Generator<Identified> {
    const groups = groupRuns(all, base);
    const urls = groups.map(({ candidate }) => nodeUrl(candidate.node, base));
    const counts = new Map<string, number>();
    for (const url of urls) if (url) counts.set(withoutHash(url), (counts.get(withoutHash(url)) ?? 0) + 1);
    for (const [i, { candidate, runs }] of groups.entries()) {
      const notes: Problem[] = [];
      let url = urls[i];
      if (url && isRoot(url) && !isRoot(pageUrl) && !pageUrl.startsWith('file:')) {
        notes.push(problemOf('/node/url', 'url-is-front-page', url));
        url = undefined;
      }
      const wanted = url
        ? (counts.get(withoutHash(url)) ?? 0) > 1
          ? url
          : withoutHash(url)
        : feed || groups.length > 1
          ? `${page}#${localName(candidate)}`
          : page;
      const named = `${withoutHash(wanted)}#${localName(candidate)}`;
      let identifier = [wanted, named].find((id) => !used.has(id));
      if (identifier === undefined && !url) {
        // Same name, no address: numbered in the order of the page, for losing it would be worse.
        for (let n = numbers.get(named) ?? 2; identifier === undefined; n++) {
          if (!used.has(`${named}-${n}`)) identifier = `${named}-${n}`;
          numbers.set(named, n + 1);
        }
        notes.push(problemOf('/node', 'name-not-unique', identifier));
      }
      if (identifier !== undefined) used.add(identifier);
      yield { candidate, runs, notes, ...(identifier === undefined ? {} : { identifier }) };
    }
  };
}

/** What tells a course from the others of its page: its code, else its name, for a dated run its start as well. */
function localName(candidate: Candidate): string {
  const { node, isRun } = candidate;
  const code = list(node.courseCode)[0];
  const text = typeof code === 'string' && code.trim() && !/[${}<>]/.test(code) ? code : nameKey(node);
  const start = isRun ? list(node.startDate)[0] : undefined;
  const parts = [slug(text), typeof start === 'string' ? slug(start.slice(0, 10)) : ''].filter(Boolean);
  return parts.join('-') || 'unnamed';
}

/** Lone runs with the same name and address are runs of one thing. */
function groupRuns(all: readonly Candidate[], base: string): { candidate: Candidate; runs: LinkedNode[] }[] {
  const groups: { candidate: Candidate; runs: LinkedNode[] }[] = [];
  const byKey = new Map<string, { candidate: Candidate; runs: LinkedNode[] }>();
  for (const candidate of all) {
    const url = nodeUrl(candidate.node, base);
    const key = candidate.isRun && url ? `${url} ${nameKey(candidate.node)}` : undefined;
    const group = key ? byKey.get(key) : undefined;
    if (group) {
      group.runs.push(candidate.node);
      continue;
    }
    const fresh = { candidate, runs: [] };
    groups.push(fresh);
    if (key) byKey.set(key, fresh);
  }
  return groups;
}
