import { createHash } from 'node:crypto';
import { isObject, shortDigest } from '../../../schema/index.ts';
import { problemOf } from '../../problems/notes.ts';
import type { JsonLdRecord } from './document-record.ts';
import type { JsonNode } from './node.ts';
import { type JsonLdProfile, scalarsAt } from './terms.ts';

type Term = (key: string) => string;

/**
 * Takes records apart that share an identifier. Those of one name are one record: the fullest one, with the others as its parts.
 * Those of different names are told apart by what stays when a title is mended, the first of these that none of the others has: an
 * address of its own, a code of its own, the few words that sort it (type, subject, owner, …), those of what belongs to it, its
 * numbers. Where nothing but the names differs, they are numbered in the order of the document.
 */
export function separate(records: JsonLdRecord[], term: Term, profile: JsonLdProfile): JsonLdRecord[] {
  const groups = Map.groupBy(records, ({ identifier }) => identifier);
  for (const [identifier, group] of groups) {
    if (identifier === undefined || group.length === 1) continue;
    const alike = [...Map.groupBy(group, (record) => nameOf(record, term)).values()];
    const ids = alike.length > 1 ? apart(alike, identifier, term, profile) : [identifier];
    for (const [i, same] of alike.entries()) {
      // In an order that does not depend on the feed's.
      const sorted = same
        .map((record) => ({ record, text: JSON.stringify(record.raw.main) }))
        .sort((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1));
      const times = new Map<string, number>();
      for (const [n, { record, text }] of sorted.entries()) {
        record.identifier = ids[i] ?? identifier;
        const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
        times.set(hash, (times.get(hash) ?? 0) + 1);
        if (n > 0) record.part = `${hash}-${times.get(hash)}`;
      }
      const first = sorted[0]?.record;
      if (first && alike.length > 1) {
        const what = `${alike.length} records with different names have the identifier ${identifier}`;
        first.raw.notes = [problemOf('/main/@id', 'identifier-used-twice', what)];
      }
    }
  }
  // Main records before their parts.
  return [...records.filter((r) => r.part === undefined), ...records.filter((r) => r.part !== undefined)];
}

const nameOf = ({ raw }: JsonLdRecord, term: Term): string =>
  JSON.stringify(Object.entries(raw.main).find(([key]) => term(key) === 'name')?.[1] ?? '');

/** An identifier for each of several records of one identifier; records of one name go together. */
function apart(alike: readonly JsonLdRecord[][], identifier: string, term: Term, profile: JsonLdProfile): string[] {
  const tells = alike.map((records) => tellsOf(records, identifier, term, profile));
  const times = new Map<string, number>();
  for (const tell of tells.flatMap((one) => [...new Set(one)])) times.set(tell, (times.get(tell) ?? 0) + 1);
  return tells.map((one, i) => `${identifier}#${one.find((tell) => times.get(tell) === 1) ?? i + 1}`);
}

/** What tells a record from others of its identifier, the most lasting first; never its name. */
function tellsOf(records: readonly JsonLdRecord[], identifier: string, term: Term, profile: JsonLdProfile): string[] {
  const common = (read: (main: JsonNode) => Iterable<string>): string[] => {
    const [first = [], ...others] = records.map(({ raw }) => [...read(raw.main)]);
    return first.filter((text) => others.every((texts) => texts.includes(text)));
  };
  const named = ['@id', 'id', ...profile.pages, ...(profile.codes ?? [])];
  const own = common((main) => named.flatMap((name) => scalarsAt(main, name, term)));
  const sorting = common((main) => words(main, term, false));
  const inside = common((main) => words(main, term, true));
  // A digest: among the words may be names of persons.
  const digest = (...texts: string[]): string => shortDigest([...new Set(texts)].sort().join('\n'));
  return [
    ...own.filter((text) => !text.startsWith('_:') && profile.key(text) !== identifier),
    digest(...sorting),
    digest(...inside),
    digest(...inside, ...common(figures)),
  ];
}

/**
 * Texts of a few words that are in no language: types, addresses, subjects, bodies; those of nodes inside only with `inside`. Prose,
 * names, dates and amounts come and go.
 */
function* words(value: unknown, term: Term, inside: boolean, depth = 0): Generator<string> {
  if (typeof value === 'string') {
    const text = value.trim();
    const short = text !== '' && text.length <= 200 && text.split(/\s+/, 5).length <= 4;
    if (short && (!/\d/.test(text) || ADDRESS.test(text))) yield text;
  } else if (Array.isArray(value)) for (const item of value) yield* words(item, term, inside, depth);
  else if (isObject(value) && !isTagged(value) && (inside || depth === 0 || isWrapped(value))) {
    for (const [key, member] of Object.entries(value)) {
      if (depth > 0 || !/(?:name|title|label)$/i.test(term(key))) yield* words(member, term, inside, depth + 1);
    }
  }
}

/** Numbers, and the codes and short texts that hold some; no dates. */
function* figures(value: unknown): Generator<string> {
  if (typeof value === 'number') yield String(value);
  else if (typeof value === 'string' && value.length <= 40) {
    if (/\d/.test(value) && !/\d{4}-\d\d|\s\S+\s/.test(value)) yield value;
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* figures(member);
  }
}

const ADDRESS = /^[a-z][a-z\d+.-]{0,20}:\S+$/i;

/** A value or a reference in the wrapping of expanded JSON-LD. */
const isWrapped = (value: Record<string, unknown>): boolean =>
  '@value' in value || (Object.keys(value).length === 1 && '@id' in value);

/** A language map, or a text with its language. */
const isTagged = (value: Record<string, unknown>): boolean =>
  '@language' in value || Object.keys(value).every((key) => /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i.test(key));
