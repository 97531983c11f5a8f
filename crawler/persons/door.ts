import { currencyCode } from '../../schema/parse/price.ts';
import { maskContacts, mayHoldContact } from './mask-contacts.ts';
import { type MemberMeaning, memberMeaning } from './member-names.ts';
import { MARKUP, withoutPersonalAttributes } from './person-markup.ts';
import { looksLikePersonName } from './person-names.ts';
import { DEEPEST, isBodyType, isPersonType, isTypeMember, namesBody } from './person-types.ts';
import { bodiesIn, collectIds, isMembers, type Members, withoutReferences } from './references.ts';

/** What stayed outside: how often, by the word for it; never what it said. */
export type LeftOut = Map<string, number>;

/** Where a raw record notes what stayed outside, so that reading it again from the store tells the same. */
export const LEFT_OUT = '@persons';

/** What went, in words; the same word twice is counted together. */
export function tellLeftOut(left: Iterable<readonly [string, number]>): string {
  const sums: LeftOut = new Map();
  for (const [what, n] of left) sums.set(what, (sums.get(what) ?? 0) + n);
  return [...sums].map(([what, n]) => `${n} × ${what}`).join(', ');
}

/** What a format says of its raw records, so that the door knows what nobody reads. */
export interface DoorOptions {
  /** Whether the format reads a member of that name; a text that looks like a name of a person in another one stays outside. */
  reads?: (name: string) => boolean;
}

/** XML as it is kept: `crawler/decode/xml-element.ts`. What has other members is none: nobody would look at these. */
const isElement = (value: Members, inChildren: boolean): boolean =>
  typeof value.name === 'string' &&
  (inChildren || value.children !== undefined || value.attributes !== undefined) &&
  Object.keys(value).every((part) => isPartOfElement(part, value[part]));

function isPartOfElement(part: string, value: unknown): boolean {
  if (value === undefined || part === 'name') return true;
  if (part === 'children') return Array.isArray(value);
  if (part === 'attributes') return isMembers(value);
  return (part === 'text' || part === 'namespace' || part === 'language') && typeof value === 'string';
}

/** Where a format keeps the record itself, or a table of nodes. */
const MAIN = new Set(['main', 'node', 'nodes']);
/** Members whose keys are addresses or terms, not names of members. */
const KEYED_BY_OTHERS = new Set(['@context', 'context', 'nodes']);
const NAME_OF_PAIR = [
  'name',
  'key',
  'label',
  'field',
  'property',
  'attribute',
  'propertyID',
  'itemprop',
  'class',
  'role',
];
const VALUE_OF_PAIR = new Set(['value', 'values', 'text', 'content', 'val', '#text', '_']);
const LARGEST_PAIR = 4;
/** Elements that say in an attribute what they are. */
const GENERIC =
  /^(?:field|item|property|attribute|param(?:eter)?|data|value|entry|custom|extra|meta|span|div|p|a|li|td|extension|element)$/i;
/** A number of persons (`students: 25`), not one of them. */
const COUNT = /^\s*(?:<|>|≤|≥|max\.?|min\.?|ca\.?|~)?\s*\d{1,5}(?:\s*[-–/]\s*\d{1,5})?\s*$/;
/** What only a person has; an object that has it is one. Identity numbers and addresses are not in it: bodies have these too. */
const MARKS_OF_PERSON =
  /^(?:person_?id|orcid|(?:given|family|first|last|middle|fore|sur)_?names?|honorific_?(?:prefix|suffix)|birth_?date|date_?of_?birth|vornamen?|nachnamen?|familienname|prénom|prenom|cognome|apellidos?|sobrenome|voornaam|achternaam|fornavn|efternavn|etternavn|förnamn|efternamn|etunimi|sukunimi|eesnimi|perekonnanimi|imię|imie|nazwisko|příjmení|prijmeni|priezvisko|priimek|prezime|keresztnév|vezetéknév|prenume|фамилия|прізвище|επώνυμο|soyadı?)$/i;
const REMOVED = /[\s,;:(|-]*\[(?:e-mail|telephone) removed\][\s,;)|]*/g;
const WORTH_MASKING = /.@.|%40|\d{2}.?\d{2}/;
const MARKS_OF_BODY = ['legalName', 'organizationId', 'organisationId', 'vatID', 'taxID', 'leiCode', 'duns'];
const CTID = /(?:^|[/:])ce-[0-9a-f]{8}-/i;

/** Parts of raw records that came out of this door on their way. */
const through = new WeakSet<object>();

/** Says of a part of a raw record that it came out of the door already: it is not looked at again within the record. */
export function hasPassed<T extends object>(part: T): T {
  through.add(part);
  return part;
}

/**
 * The one door through which persons leave: whatever the syntax (JSON, JSON-LD, rows, XML), an object that is a person by its type
 * or its members goes, a member about persons goes by its name, e-mail addresses and telephone numbers are masked in every text
 * and key. What is nested too deep to be looked at goes as well, so that nothing after the door needs to mind. Answers the same value
 * where nothing had to go, and notes in `left` what went. One pass, linear.
 */
export function leaveOutPersons(raw: unknown, left: LeftOut, { reads }: DoorOptions = {}): unknown {
  const gone = new Set<string>();
  const note = (what: string, n = 1) => left.set(what, (left.get(what) ?? 0) + n);
  const aliases = aliasesIn(raw);

  const text = (value: string): string => {
    const bare = MARKUP.test(value) ? withoutPersonalAttributes(value, () => note('attribute of markup')) : value;
    if (!mayHoldContact(bare)) return bare;
    const { text: masked, emails, telephones } = maskContacts(bare);
    if (emails) note('e-mail address', emails);
    if (telephones) note('telephone number', telephones);
    return masked;
  };

  let level = 0;
  /** What becomes of a list or object one level further down. */
  const below = (walk: () => unknown): unknown => {
    if (level === DEEPEST) return leave(`something more than ${DEEPEST} levels deep`);
    level++;
    const kept = walk();
    level--;
    return kept;
  };

  const leave = (what: string, person?: unknown): undefined => {
    note(what);
    if (person !== undefined) collectIds(person, gone, 0);
    return undefined;
  };

  const meaningOf = (name: string): MemberMeaning | undefined => {
    const meaning = aliases?.get(name) ?? memberMeaning(name);
    return meaning?.loose && reads?.(name) ? undefined : meaning;
  };

  let bodies: ReadonlySet<string> | undefined;
  const isKnownBody = (id: unknown): boolean => {
    if (typeof id !== 'string') return false;
    bodies ??= bodiesIn(raw);
    return CTID.test(id) || bodies.has(id);
  };

  /** Whether a value names a body. What is read and does not look like the name of a person is taken for one. */
  const isBody =
    (unread: boolean) =>
    (value: unknown): boolean => {
      const isName = (name: string) =>
        namesBody(name) || (!unread && reads !== undefined && !looksLikePersonName(name) && !/[@/]/.test(name));
      if (typeof value === 'string') return isKnownBody(value) || isName(value);
      if (!isMembers(value)) return true;
      if (isBodyType(value['@type'] ?? value.type) || MARKS_OF_BODY.some((mark) => mark in value)) return true;
      const name = value.name ?? value['@value'] ?? value.text;
      return isKnownBody(value['@id'] ?? value.id) || (typeof name === 'string' && isName(name));
    };

  /** What stays of a member that is about persons. */
  const judged = (said: MemberMeaning, member: unknown, name: string, unread: boolean): unknown => {
    if (!unread && typeof member === 'string' && isCurrency(member)) return member;
    const body = isBody(unread);
    if (said.kind === 'either' && Array.isArray(member)) {
      const kept = member.flatMap((one): unknown[] => {
        if (Array.isArray(one))
          return [below(() => judged(said, one, name, unread))].filter((list) => list !== undefined);
        return body(one) || leave(said.word) ? [one] : [];
      });
      const same = kept.length === member.length && kept.every((one, i) => one === member[i]);
      return kept.length ? clean(same ? member : kept, name, unread, false) : undefined;
    }
    return goes(said, member, body) ? leave(said.word) : clean(member, name, unread, false);
  };

  /** The value without persons; undefined when it is one. `key`: the member it stands in. */
  const clean = (value: unknown, key: string, unread: boolean, top: boolean): unknown => {
    if (typeof value === 'string') {
      const kept = text(value);
      if (unread && looksLikePersonName(kept.replace(REMOVED, ''))) return leave('text like a name of a person');
      return kept;
    }
    if (Array.isArray(value)) return below(() => cleanList(value, key, unread));
    if (!isMembers(value)) return value;
    const inChildren = key === 'children';
    if (isElement(value, inChildren)) return below(() => cleanElement(value, unread));
    if (!top && !MAIN.has(key) && isPerson(value)) return leave('person', value);
    return below(() => cleanMembers(value, key, unread));
  };

  const cleanList = (list: readonly unknown[], key: string, unread: boolean): readonly unknown[] => {
    let out: unknown[] | undefined;
    for (const [i, item] of list.entries()) {
      const kept = clean(item, key, unread, false);
      if (kept !== item && !out) out = list.slice(0, i);
      if (out && (kept !== undefined || item === undefined)) out.push(kept);
    }
    return out ?? list;
  };

  const cleanMembers = (value: Members, key: string, unread: boolean): Members => {
    const byOthers = KEYED_BY_OTHERS.has(key);
    let out: [string, unknown][] | undefined;
    const names = Object.keys(value);
    const pair = byOthers || names.length > LARGEST_PAIR ? undefined : pairMeaning(value);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const member = value[name];
      if (level === 1 && isMembers(member) && through.has(member)) {
        out?.push([name, member]);
        continue;
      }
      const unreadHere = unread || (reads !== undefined && !byOthers && !name.startsWith('@') && !reads(name));
      const meaning = byOthers || name === LEFT_OUT || isTypeMember(name) ? undefined : meaningOf(name);
      const said = meaning ?? (pair && VALUE_OF_PAIR.has(name) ? pair : undefined);
      const kept = said ? judged(said, member, name, unreadHere) : clean(member, name, unreadHere, false);
      const called = WORTH_MASKING.test(name) ? text(name) : name;
      if (!out && (kept !== member || called !== name)) out = names.slice(0, i).map((n) => [n, value[n]]);
      if (out && (kept !== undefined || member === undefined)) out.push([called, kept]);
    }
    return out ? Object.fromEntries(out) : value;
  };

  /** Of a block of contact data that the format reads (LHEO's `coordonnees` of a venue): the blocks in it that it reads (the address). */
  const blocksIn = ({ children }: Members): unknown[] =>
    (Array.isArray(children) ? children : []).filter(
      (child) => isMembers(child) && Array.isArray(child.children) && reads?.(String(child.name)),
    );

  const cleanElement = (element: Members, unread: boolean): Members | undefined => {
    const name = element.name as string;
    const meaning = meaningOf(name) ?? attributeMeaning(name, element.attributes);
    // Who examines (openQ-cat's EXAMINER) may be a chamber; only what is read and calls itself a body is taken for one.
    const chamber = meaning?.kind === 'person' && reads?.(name) && !element.children && namesBody(String(element.text));
    if (meaning && !chamber && goes(meaning, element.children ? element : (element.text ?? element), isBody(unread))) {
      const block = meaning.kind === 'contact' && reads?.(name) ? blocksIn(element) : [];
      leave(meaning.word);
      if (!block.length) return undefined;
      return { name, children: cleanList(block, 'children', unread) };
    }
    const attributes = element.attributes;
    if (isMembers(attributes))
      for (const name of Object.keys(attributes))
        if (isTypeMember(name) && isPersonType(name, attributes[name])) return leave('person', element);
    const unreadHere = unread || (reads !== undefined && !reads(name));
    const text = typeof element.text === 'string' ? clean(element.text, 'text', unreadHere, false) : element.text;
    const said = isMembers(attributes) ? cleanMembers(attributes, 'attributes', unreadHere) : attributes;
    const inside = element.children;
    const children = Array.isArray(inside) ? cleanList(inside, 'children', unreadHere) : inside;
    if (text === element.text && said === attributes && children === inside) return element;
    const kept = Object.entries({ ...element, text, attributes: said, children });
    return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
  };

  let out = clean(raw, '', false, true);
  if (gone.size) out = withoutReferences(out, gone);
  return out;
}

/** "Mena" is Slovak for names and for a currency: the code of one, in a member that is read, names nobody. */
const isCurrency = (text: string): boolean =>
  /^(?:[A-Z]{3}|\p{Sc}|Kč)$/u.test(text) && currencyCode(text) !== undefined;

function isPerson(value: Members): boolean {
  for (const name of Object.keys(value)) {
    if (isTypeMember(name) ? isPersonType(name, value[name]) : MARKS_OF_PERSON.test(localOf(name))) return true;
  }
  return false;
}

const localOf = (name: string): string => name.split(/[#/:]/).at(-1) ?? '';

/** `{ name: 'Instructor', value: 'Anna' }`: what the pair is about. */
function pairMeaning(value: Members): MemberMeaning | undefined {
  for (const name of NAME_OF_PAIR) {
    const said = value[name];
    if (typeof said !== 'string' || said.length > 60) continue;
    const meaning = memberMeaning(said);
    if (meaning && meaning.kind !== 'either') return meaning;
  }
  return undefined;
}

const attributeMeaning = (name: string, attributes: unknown): MemberMeaning | undefined =>
  GENERIC.test(name) && isMembers(attributes) ? pairMeaning(attributes) : undefined;

/** Whether the value of such a member goes. Flags and headcounts stay, bodies stay where a body may stand. */
function goes({ kind, identifies }: MemberMeaning, value: unknown, body: (value: unknown) => boolean): boolean {
  if (value === null || value === undefined || typeof value === 'boolean' || value === '') return false;
  if (kind === 'either') return !body(value);
  const count = typeof value === 'number' || (typeof value === 'string' && COUNT.test(value));
  return !(kind === 'person' && count && !identifies);
}

/** Terms that an inline context of the record gives to members about persons: `"lead": "https://schema.org/instructor"`. */
function aliasesIn(raw: unknown): ReadonlyMap<string, MemberMeaning> | undefined {
  if (!isMembers(raw)) return undefined;
  const context = raw.context ?? raw['@context'];
  let aliases: Map<string, MemberMeaning> | undefined;
  for (const part of Array.isArray(context) ? context : [context]) {
    if (!isMembers(part)) continue;
    for (const [term, meant] of Object.entries(part)) {
      const iri = isMembers(meant) ? meant['@id'] : meant;
      const meaning =
        typeof iri === 'string' && !term.startsWith('@') && iri.includes(':') ? memberMeaning(iri) : undefined;
      if (!meaning) continue;
      aliases ??= new Map();
      aliases.set(term, meaning);
    }
  }
  return aliases;
}
