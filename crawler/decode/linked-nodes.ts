import type { Problem } from '../../schema/index.ts';
import { resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';
import { applyReverse, isNode, type LinkedGraph, list, occurrences, resolve } from './linked-data.ts';

/** The schema.org types that describe what the catalogue holds. */
export const COURSE_TYPES = [
  'Course',
  'CourseInstance',
  'EducationalOccupationalProgram',
  'WorkBasedProgram',
  'EducationalOccupationalCredential',
] as const;
export type CourseType = (typeof COURSE_TYPES)[number];

export type Syntax = 'json-ld' | 'microdata' | 'rdfa';

/** One course as a page has it: one node with all that belongs to it, free of personal data. */
export interface Candidate {
  node: LinkedNode;
  type: CourseType;
  syntax: Syntax;
  path: string;
  notes: Problem[];
}

const BY_LOWER = new Map(COURSE_TYPES.map((type) => [type.toLowerCase(), type]));
const PROFILE = /^https?:\/\/bioschemas\.org\/profiles\/(CourseInstance|Course)\//i;
const CONFORMS = 'http://purl.org/dc/terms/conformsTo';

/** The wanted type of a node: by its `@type`, else by the Bioschemas profile that it says it conforms to. */
export function courseType(node: LinkedNode): CourseType | undefined {
  const types = list(node['@type']).flatMap((type) =>
    typeof type === 'string' ? (BY_LOWER.get(type.toLowerCase()) ?? []) : [],
  );
  if (types.length) return types.includes('Course') ? 'Course' : types[0];
  if (list(node['@type']).length) return undefined;
  for (const profile of list(node[CONFORMS])) {
    const name = PROFILE.exec(String(isNode(profile) ? profile['@id'] : profile))?.[1];
    if (name) return name.toLowerCase() === 'course' ? 'Course' : 'CourseInstance';
  }
  return undefined;
}

/** Links from a run to its course; schema.org names no inverse of `hasCourseInstance`, so people use what they find. */
const TO_COURSE = ['isPartOf', 'superEvent', 'course', 'instanceOf', 'isInstanceOf', 'courseInstanceOf', 'about'];
const TO_RUNS = ['hasCourseInstance', 'courseInstance', 'subEvent', 'subEvents'];
const TO_CREDENTIAL = ['educationalCredentialAwarded', 'credentialAwarded', 'occupationalCredentialAwarded'];
/** A course named there is pointed at, not described, unless it says more than its name. */
const POINTERS = new Set(
  'coursePrerequisites programPrerequisites isPartOf isRelatedTo isSimilarTo isBasedOn isBasedOnUrl mentions citation sameAs about subjectOf workExample exampleOfWork translationOfWork workTranslation isVariantOf'.split(
    ' ',
  ),
);
const LISTS = new Set(['@graph', 'itemListElement', 'item', 'mainEntity', 'itemOffered', 'hasPart']);
const SUBSTANCE = ['description', 'hasCourseInstance', 'offers', 'teaches', 'provider'];

/** People and ways to reach them: never kept, not even in the raw record. */
const PERSONAL = new Set(
  'instructor performer performers attendee attendees actor director editor author contributor contactPoint contactPoints email telephone faxNumber employee employees member members founder founders alumni accountablePerson translator knows hasCredential'.split(
    ' ',
  ),
);
/** What says nothing about the course and may be large or written by third parties. */
const NOISE = new Set(
  'image logo photo thumbnail thumbnailUrl primaryImageOfPage video aggregateRating review reviews comment comments interactionStatistic potentialAction speakable breadcrumb'.split(
    ' ',
  ),
);

const MAX_NODES = 3000;

/** All courses, runs, programmes and credentials of one graph, runs under their courses. */
export function courseCandidates(graph: LinkedGraph, syntax: Syntax): Candidate[] {
  applyReverse(graph);
  const all = [...occurrences(graph)];
  const folded = new Set<LinkedNode>();
  const runsOf = new Map<LinkedNode, Set<unknown>>();
  for (const { node } of all) {
    const type = courseType(node);
    if (type !== 'CourseInstance') continue;
    for (const property of TO_COURSE) {
      for (const link of list(node[property])) {
        const course = isNode(link) ? resolve(graph, link) : undefined;
        if (!course || course === node || courseType(course) !== 'Course') continue;
        const runs =
          runsOf.get(course) ??
          new Set(list(course['hasCourseInstance']).map((run) => (isNode(run) ? resolve(graph, run) : run)));
        runsOf.set(course, runs.add(node));
        delete node[property];
        folded.add(node);
      }
    }
  }
  for (const [course, runs] of runsOf) course['hasCourseInstance'] = [...runs];
  for (const { node, parent, property } of all) {
    const parentType = parent && courseType(parent);
    if (!parent || !property) continue;
    if (TO_RUNS.includes(property) && (parentType || folded.has(parent))) folded.add(node);
    // A lecture marked as a CourseInstance inside a CourseInstance is a part of the run, not a run.
    else if (parentType === 'CourseInstance' && courseType(node) === 'CourseInstance') folded.add(node);
    else if (TO_CREDENTIAL.includes(property)) folded.add(node);
  }
  const own = new Set<LinkedNode>();
  for (const { node, parent, property } of all) {
    const type = courseType(node);
    if (!type || folded.has(node) || own.has(node)) continue;
    if (stands(node, type, parent, property)) own.add(node);
  }
  return [...own].map((node) => {
    const notes: Problem[] = [];
    const type = courseType(node) as CourseType;
    const path = graph.paths.get(node) ?? '';
    return { node: embed(graph, node, notes), type, syntax, path, notes };
  });
}

function stands(node: LinkedNode, type: CourseType, parent?: LinkedNode, property?: string): boolean {
  if (!parent || !property || property === '@graph') return true;
  if (type === 'EducationalOccupationalCredential') return LISTS.has(property) && node['name'] !== undefined;
  if (POINTERS.has(property)) return SUBSTANCE.some((key) => node[key] !== undefined) && node['name'] !== undefined;
  return node['name'] !== undefined || node['hasCourseInstance'] !== undefined || LISTS.has(property);
}

/** A copy of a node with what it refers to put in its place: other courses as pointers, people left out. */
function embed(graph: LinkedGraph, top: LinkedNode, notes: Problem[]): LinkedNode {
  let nodes = 0;
  const note = (path: string, rule: string, found: string, remedy: string, severity: Problem['severity'] = 'info') => {
    if (notes.length < 50 && !notes.some((n) => n.path === path && n.rule === rule)) {
      notes.push({ path, rule, severity, found, remedy });
    }
  };

  function copy(node: LinkedNode, open: ReadonlySet<LinkedNode>, path: string): LinkedNode {
    const out: LinkedNode = {};
    const inside = new Set(open).add(node);
    for (const [key, value] of Object.entries(node)) {
      if (NOISE.has(key)) continue;
      const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (PERSONAL.has(key)) {
        note(at, 'personal-data', key, 'nothing to do: names and contact data of people are not kept');
        continue;
      }
      const kept = list(value).flatMap((item): unknown[] => {
        if (typeof item === 'string') return item.startsWith('data:') ? [] : [item];
        if (!isNode(item)) return [item];
        const target = resolve(graph, item);
        if (list(target['@type']).some((type) => String(type).toLowerCase() === 'person')) {
          note(at, 'personal-data', `${key} is a Person`, 'name the organisation: names of people are not kept');
          return [];
        }
        if (inside.has(target) || ++nodes > MAX_NODES || inside.size > 12) {
          if (nodes > MAX_NODES) {
            note(
              '',
              'too-many-nodes',
              `more than ${MAX_NODES}`,
              'describe each course on a page of its own',
              'warning',
            );
          }
          return target['@id'] ? [{ '@id': target['@id'] }] : [];
        }
        const type = courseType(target);
        if (type && !TO_RUNS.includes(key) && !TO_CREDENTIAL.includes(key)) {
          return type === 'EducationalOccupationalCredential' ? [copy(target, inside, at)] : [pointer(target)];
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
  const out: LinkedNode = {};
  for (const key of ['@type', '@id', 'name', 'url', 'courseCode']) if (node[key] !== undefined) out[key] = node[key];
  return out;
}

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id)$/i;

/** The web address of a node (`url`, else `@id`), absolute and without tracking parameters. */
export function nodeUrl(node: LinkedNode, base: string): string | undefined {
  for (const value of [...list(node['url']), node['@id']]) {
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
      match.candidate = { ...rich, node: { ...poor.node, ...rich.node }, notes: [...rich.notes, ...poor.notes] };
      match.url ??= fresh.url;
    } else merged.push(fresh);
    for (const key of keys) if ((index.get(key)?.length ?? 0) < 20) file(key, known);
  }
  return merged.map(({ candidate }) => candidate);
}

function same(a: Known, b: Known, base: string): boolean {
  if ((a.candidate.type === 'CourseInstance') !== (b.candidate.type === 'CourseInstance')) return false;
  const sameName = a.name !== '' && a.name === b.name;
  if (a.syntaxes.has(b.candidate.syntax)) {
    // Twice in one syntax: two courses, unless it is the same name under the same address.
    return sameName && a.url !== undefined && a.url === b.url && sameRun(a.candidate.node, b.candidate.node);
  }
  if (a.url && a.url === b.url && (sameName || !a.name || !b.name)) return true;
  if (!sameName || !a.url || !b.url) return sameName;
  return bare(a.url) === bare(b.url) || bare(a.url) === bare(base) || bare(b.url) === bare(base);
}

const sameRun = (a: LinkedNode, b: LinkedNode): boolean => String(a['startDate']) === String(b['startDate']);
const bare = (url: string): string =>
  url
    .replace(/#.*$/, '')
    .replace(/\/$/, '')
    .replace(/^http:/, 'https:');

export function nameKey(node: LinkedNode): string {
  const name = list(node['name'])[0];
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
