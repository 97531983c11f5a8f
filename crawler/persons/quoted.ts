import { found } from '../../schema/index.ts';
import { maskContacts } from './mask-contacts.ts';
import { looksLikePersonName, withoutNames } from './person-names.ts';

const LONGEST = 2_000;
/** Rules whose reports quote what could not be divided into members: nothing tells whose a name in it is. */
const QUOTES_UNREAD = /^(?:(?:json|xml|csv|turtle)-|not-json|not-a-record|unsafe-text|duplicate-identifier)/;

/**
 * A value as a report of that rule may quote it: one line, at most 200 characters, no e-mail address or telephone number. Of an
 * object only its members are named, of what nobody reads a name of a person is counted, not quoted.
 */
export function quoted(value: unknown, rule: string): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isText(value))
    return maskContacts(found(`an object with ${Object.keys(value).slice(0, 20).join(', ')}`)).text;
  // Masked before it is cut: half an address is not known as one.
  const text = found(
    typeof value === 'string' ? maskContacts(value.slice(0, LONGEST)).text : maskContacts(found(value)).text,
  );
  if (rule === 'not-mapped' && looksLikePersonName(text)) return `1 text like a name of a person`;
  return QUOTES_UNREAD.test(rule) ? withoutNames(text) : text;
}

const isText = (value: object): boolean => Object.keys(value).every((key) => /^@?(?:language|value)$/.test(key));
