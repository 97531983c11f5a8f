import { isObject } from '../../../schema/index.ts';
import { numberedPages } from '../../decode/json-pages.ts';
import type { Page, PageRequest, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';
import codes from './codes.json' with { type: 'json' };
import { COURSE_IDS, MAIN_IDS, OFFERING_IDS, ORGANISATION_IDS, SPECIFICATION_ID, SPECIFICATIONS } from './ids.ts';

/** The sizes that the standard allows; 10 unless told (OOAPI 5.0, parameter `pageSize`). */
export const paging = numberedPages({ page: 'pageNumber', size: 'pageSize' }, [10, 20, 50, 100, 250]);

/** Resources that are none of ours, although they may name a course or an organisation. */
const OTHER_IDS = codes.otherResources.split(' ');
const PARENTS = ['course', 'program', 'programme'];
const OFFERING_LISTS = ['offerings', 'courseOfferings', 'programmeOfferings', 'programOfferings'];
const OFFERINGS_URL = /\/(?:courses|programs|programmes)\/([^/]+)\/(?:course-|programme-|program-)?offerings\/?$/;
const SPECIFICATIONS_URL = /\/education-?specifications(?:\/[^/]+)?\/?$/i;
/** Education specifications held back at most until all of the page is read; what comes before them is known by then. */
const MOST_HELD = 5_000;

const has = (raw: Json, names: readonly string[]): string | undefined => names.find((name) => Object.hasOwn(raw, name));

/**
 * Cuts the items of a page into courses, programmes, organisations, and their offerings.
 *
 * An education specification "clusters programs … It is used to aggregate education objects" (OOAPI 5.0, EducationSpecification): where
 * a course or programme of the same page refers to it, it is no credential but a part of that one, which is then related to it. It is
 * one where it alone carries the offer: in the standard's own lists of specifications, and in a document in which nobody refers to
 * it. A list of the standard holds one kind of thing, so that kinds are mixed only in documents that are given whole: the answer hangs
 * neither on the order in a page nor on how a list was cut into pages, and is the same in every run.
 */
export function cut(page: Page): Cut {
  const address = URL.canParse(page.url) ? new URL(page.url).pathname : '';
  const ofAddress = decoded(OFFERINGS_URL.exec(address)?.[1]);
  const seen = new Set<string>();
  const wanted = page.source.options.offerings === true && page.role !== 'offerings';
  /** Specifications of which it is not yet known whether somebody refers to them. */
  let held: { identifier: string; raw: Json; path: string }[] = [];
  const mayCluster = !SPECIFICATIONS_URL.test(address);
  /** Who refers to a specification. */
  const referrers = new Map<string, Set<string>>();

  function* item(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    if (has(raw, OFFERING_IDS)) return yield* offering(raw, path, ofAddress);
    const other = has(raw, OTHER_IDS);
    if (other) return yield fault(null, path, 'other-resource', `an item with ${other}`, REMEDY.other);
    const identifier = identifierIn(raw, [...MAIN_IDS, ...ORGANISATION_IDS]);
    if (identifier !== undefined) return yield* main(raw, identifier, path);
    const remedy = 'contactEmail' in raw && 'specification' in raw ? REMEDY.service : REMEDY.identifier;
    const names = Object.keys(raw).slice(0, 12).join(', ');
    yield fault(null, path, 'missing-identifier', `an item with: ${names}`, remedy);
  }

  function* main(raw: Json, identifier: string, path: string): Iterable<RawRecord | RecordFault> {
    seen.add(identifier);
    if (mayCluster && !identifierIn(raw, COURSE_IDS) && identifierIn(raw, [SPECIFICATION_ID])) {
      if (held.length >= MOST_HELD) yield* release();
      held.push({ identifier, raw, path });
      return;
    }
    if (mayCluster && has(raw, COURSE_IDS))
      for (const id of specificationsOf(raw)) referrers.set(id, (referrers.get(id) ?? new Set()).add(identifier));
    if (wanted) note(raw, identifier);
    const lists = OFFERING_LISTS.filter((name) => Array.isArray(raw[name]) && raw[name].some(isObject));
    yield { identifier, path, raw: lists.length ? without(raw, (name) => lists.includes(name)) : raw };
    for (const list of lists)
      for (const [n, one] of (raw[list] as unknown[]).entries())
        if (isObject(one)) yield* offering(one, `${path}/${list}/${n}`, identifier);
  }

  function* offering(raw: Json, path: string, known: string | undefined): Iterable<RawRecord | RecordFault> {
    const id = identifierIn(raw, OFFERING_IDS);
    const expanded = PARENTS.map((name) => raw[name]).find(
      (parent): parent is Json => isObject(parent) && identifierIn(parent, MAIN_IDS) !== undefined,
    );
    const parent =
      (expanded && identifierIn(expanded, MAIN_IDS)) ??
      identifierIn(raw, ['courseId', 'programmeId', 'programId', ...PARENTS]) ??
      known;
    if (id === undefined) {
      yield fault(parent ?? null, path, 'missing-identifier', 'an offering without id', 'give offeringId');
    } else if (parent === undefined) {
      yield fault(null, path, 'run-without-credential', `offering ${id}`, REMEDY.parent);
    } else {
      if (expanded && !seen.has(parent)) yield* main(expanded, parent, `${path}/course`);
      const bare = without(raw, (name, value) => PARENTS.includes(name) && isObject(value));
      yield { identifier: parent, part: `offering:${id}`, path, raw: bare };
    }
  }

  /** Specifications that somebody refers to are parts of those, the others records. */
  function* release(): Iterable<RawRecord | RecordFault> {
    for (const { identifier, raw, path } of held) {
      const clustered = referrers.get(identifier);
      if (!clustered) yield { identifier, path, raw };
      for (const referrer of clustered ?? [])
        yield { identifier: referrer, part: `specification:${identifier}`, path, raw };
    }
    held = [];
  }

  /** A course whose offerings are to be asked for. */
  function note(raw: Json, id: string): void {
    if (has(raw, ['organisationId', 'teachingLanguages', 'modesOfDelivery'])) page.envelope.version = 6;
    const kind = has(raw, COURSE_IDS)?.replace('Id', 's');
    page.envelope.offeringsOf ??= [];
    if (kind) offeringsWanted(page).push({ kind, id });
  }

  return { item, end: release };
}

const REMEDY = {
  other: 'let the source point to courses, programmes, organisations or their offerings',
  service: 'this is the service document: let the source point to /courses or /programs',
  identifier: 'give courseId, programId, organizationId or offeringId, a text that is not empty',
  parent: 'let the offering name its course (course, courseId) or ask for /courses/{courseId}/offerings',
};

function decoded(step: string | undefined): string | undefined {
  try {
    return step && decodeURIComponent(step);
  } catch {
    return step;
  }
}

const without = (raw: Json, leave: (name: string, value: unknown) => boolean): Json =>
  Object.fromEntries(Object.entries(raw).filter(([name, value]) => !leave(name, value)));

/** The education specifications that a course or programme refers to. */
const specificationsOf = (raw: Json): string[] =>
  SPECIFICATIONS.flatMap((name) => (Array.isArray(raw[name]) ? raw[name] : [raw[name]])).flatMap(
    (one) => identifierIn(isObject(one) ? one : { [SPECIFICATION_ID]: one }, [SPECIFICATION_ID]) ?? [],
  );

/** Whose offerings are to be asked for, by the list in which they stand (`courses`, `programs`, `programmes`). */
type Asked = { kind: string; id: string };
const offeringsWanted = (page: Page): Asked[] => (page.envelope.offeringsOf ?? []) as Asked[];

/** The next page, and the offerings of the courses on this one where the source says so. */
export function next(page: Page, count: number): PageRequest[] {
  const requests = paging.next(page, count);
  // An upload is one file; that its feed goes on is said (and refused) rather than passed over.
  if (!/^https?:/.test(page.url) || !URL.canParse(page.url)) return requests;
  for (const course of offeringsWanted(page)) requests.push({ url: offeringsUrl(page, course), role: 'offerings' });
  return requests;
}

const LIST_PARAMETERS =
  /^(?:pageNumber|pageSize|q|search|sort|level|modeOfDelivery|teachingLanguage|primaryCode|expand|filter.*)$/;

function offeringsUrl(page: Page, { kind, id }: Asked): string {
  const url = new URL(page.url);
  const v6 = page.envelope.version === 6 || kind === 'programmes';
  const list = v6 ? (kind === 'courses' ? 'course-offerings' : 'programme-offerings') : 'offerings';
  const base = url.pathname.replace(/\/(?:courses|programs|programmes|organi[sz]ations)(?:\/.*)?$/, '');
  url.pathname = `${base}/${kind}/${encodeURIComponent(id)}/${list}`;
  for (const name of [...url.searchParams.keys()]) if (LIST_PARAMETERS.test(name)) url.searchParams.delete(name);
  url.searchParams.set('pageSize', '250');
  return url.href;
}
