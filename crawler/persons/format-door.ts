import type { Problem, Rejection } from '../../schema/index.ts';
import {
  type Format,
  isFault,
  type Normalised,
  type PageRequest,
  type RawRecord,
  type RecordFault,
} from '../format.ts';
import { problemOf } from '../problems/notes.ts';
import { LEFT_OUT, type LeftOut, leaveOutPersons, tellLeftOut } from './door.ts';
import { holdsEmail, maskContacts, mayHoldContact } from './mask-contacts.ts';

const masked = (text: string): string => (mayHoldContact(text) ? maskContacts(text).text : text);

/**
 * The format with the door for persons before it: whatever reads records through it (a harvest, a dry run, `validate`, a replay of
 * what was stored) gets them without persons, and no report, fault or error of it quotes one.
 */
export function behindDoor(format: Format): Format {
  // What came in by `records` need not be looked at again.
  const passed = new WeakSet<object>();

  function clean(raw: unknown): unknown {
    if (typeof raw !== 'object' || raw === null || passed.has(raw)) return raw;
    const left: LeftOut = new Map();
    let out = leaveOutPersons(raw, left, { reads: format.reads }) as Record<string, unknown>;
    if (left.size && !Array.isArray(out)) {
      const before = Object.hasOwn(out, LEFT_OUT) ? [String(out[LEFT_OUT])] : [];
      out = { ...out, [LEFT_OUT]: [...before, tellLeftOut(left)].join(', ') };
    }
    passed.add(out);
    return out;
  }

  async function* records(...[body, page]: Parameters<Format['records']>): AsyncGenerator<RawRecord | RecordFault> {
    for await (const item of format.records(body, page)) {
      if (isFault(item)) yield { ...item, rejection: maskReport(item.rejection) };
      else {
        const { identifier, part, path, raw, gone } = item;
        yield {
          identifier: masked(identifier),
          ...(part === undefined ? {} : { part: masked(part) }),
          path: masked(path),
          raw: clean(raw),
          ...(gone ? { gone } : {}),
        };
      }
    }
  }

  function normalise(...[raw, source, identifier, parts]: Parameters<Format['normalise']>): Normalised {
    const kept = clean(raw);
    const result = format.normalise(withoutNote(kept), source, identifier, parts.map(clean).map(withoutNote));
    const problems = result.problems.map(maskReport);
    const left = noteOf(kept);
    if (left !== undefined) problems.push(problemOf('', 'personal-data', left));
    if ('rejection' in result) return { rejection: maskReport(result.rejection), problems };
    const { credential, providers } = result;
    return {
      ...(credential ? { credential: maskedTexts(credential) } : {}),
      providers: maskedTexts(providers),
      problems,
    };
  }

  /** What could not be kept without naming somebody is not asked for, unless the operator wrote it. */
  const askable = (page: { source: { url: string } }, requests: PageRequest[]): PageRequest[] =>
    holdsEmail(page.source.url) ? requests : requests.filter(({ url }) => !holdsEmail(url));

  return {
    ...format,
    ...(format.next ? { next: (page, count) => askable(page, format.next?.(page, count) ?? []) } : {}),
    records,
    normalise,
    clean,
  };
}

const noteOf = (raw: unknown): string | undefined => {
  const note =
    typeof raw === 'object' &&
    raw !== null &&
    Object.hasOwn(raw, LEFT_OUT) &&
    (raw as Record<string, unknown>)[LEFT_OUT];
  return typeof note === 'string' ? note : undefined;
};

function withoutNote(raw: unknown): unknown {
  if (noteOf(raw) === undefined) return raw;
  const { [LEFT_OUT]: _, ...rest } = raw as Record<string, unknown>;
  return rest;
}

/** Once more, for what only the reading of markup put together: `&amp;amp;#64;`. Most records are left as they are. */
function maskedTexts<V>(value: V): V {
  return holdsContact(value) ? (withoutContacts(value) as V) : value;
}

function holdsContact(value: unknown): boolean {
  if (typeof value === 'string') return masked(value) !== value;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsContact);
  for (const key of Object.keys(value)) if (holdsContact((value as Record<string, unknown>)[key])) return true;
  return false;
}

function withoutContacts(value: unknown): unknown {
  if (typeof value === 'string') return masked(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutContacts);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutContacts(member)]));
}

function maskReport<R extends Problem | Rejection>(report: R): R {
  const { path, found, remedy, identifier } = report as Rejection;
  return {
    ...report,
    path: masked(path),
    found: masked(found),
    remedy: masked(remedy),
    ...(typeof identifier === 'string' ? { identifier: masked(identifier) } : {}),
  };
}
