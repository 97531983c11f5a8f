import { plainText } from '../../schema/parse/plain-text.ts';

/** Kept to the letter: identifiers, addresses, and places inside the raw record. */
const LETTERS = new Set([
  'id',
  'publicId',
  'identifier',
  'alternates',
  'url',
  'uri',
  'links',
  'path',
  'source',
  'target',
]);
/** What is nothing without such a member is left out when it was only markup. */
const CORE = new Set(['value', 'scheme', 'level']);
/** Lists that say something by being there, or must be. */
const MAY_BE_EMPTY = new Set(['identifiers', 'evidence', 'opportunities', 'relations', 'codes', 'kinds', 'claims']);
/** Texts without any of these have passed already, or need not. */
const SIGNS = /[<&*_#[\]]|\p{Cc}|\p{Cf}|\p{Cs}/u;

/**
 * The one door for texts: whatever a format makes of a feed, no text of a published record has markup, controls or what a
 * reader does not see. In place; idempotent for what is plain.
 */
export function plainRecord<T extends object>(record: T): T {
  walk(record);
  return record;
}

/** Whether anything is left of it. */
function walk(holder: object): boolean {
  return Array.isArray(holder) ? walkList(holder) : walkMembers(holder as Record<string, unknown>);
}

function walkList(list: unknown[]): boolean {
  const before = list.length;
  let left = 0;
  for (const entry of list) {
    const kept = plain(entry);
    if (kept !== undefined) list[left++] = kept;
  }
  list.length = left;
  return left > 0 || before === 0;
}

function walkMembers(members: Record<string, unknown>): boolean {
  let lost = false;
  let whole = true;
  for (const key of Object.keys(members)) {
    if (LETTERS.has(key)) continue;
    const value = members[key];
    const kept = plain(value);
    if (kept === value || (kept === undefined && MAY_BE_EMPTY.has(key))) continue;
    if (kept !== undefined) members[key] = kept;
    else {
      delete members[key];
      lost = true;
      if (CORE.has(key)) whole = false;
    }
  }
  if (lost && !Object.values(members).some(saysSomething)) whole = false;
  if (whole || !('state' in members)) return whole;
  // An element whose value was only markup says nothing.
  members.state = 'not-stated';
  delete members.origin;
  return true;
}

/** What is left of a value: undefined when it was only markup. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return (SIGNS.test(value) ? plainText(value) : value) || undefined;
  return value && typeof value === 'object' && !walk(value) ? undefined : value;
}

const saysSomething = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);
