import { maskContacts } from './mask-contacts.ts';
import { type MemberMeaning, memberMeaning } from './member-names.ts';
import { looksLikePersonName } from './person-names.ts';
import { isBodyType, isPersonType, isTypeMember, namesBody } from './person-types.ts';

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

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** XML as it is kept: `crawler/decode/xml-records.ts`. */
const isElement = (value: Members, inChildren: boolean): boolean =>
  typeof value.name === 'string' &&
  (inChildren || Array.isArray(value.children) || (isMembers(value.attributes) && !('@type' in value)));

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

/**
 * The one door through which persons leave: whatever the syntax (JSON, JSON-LD, rows, XML), an object that is a person by its type
 * or its members goes, a member about persons goes by its name, e-mail addresses and telephone numbers are masked in every text
 * and key. Answers the same value where nothing had to go, and notes in `left` what went. One pass, linear.
 */
export function leaveOutPersons(raw: unknown, left: LeftOut, { reads }: DoorOptions = {}): unknown {
  const gone = new Set<string>();
  const note = (what: string, n = 1) => left.set(what, (left.get(what) ?? 0) + n);
  const aliases = aliasesIn(raw);

  const text = (value: string): string => {
    const bare = MARKUP.test(value) ? withoutPersonalAttributes(value, () => note('attribute of markup')) : value;
    const { text: masked, emails, telephones } = maskContacts(bare);
    if (emails) note('e-mail address', emails);
    if (telephones) note('telephone number', telephones);
    return masked;
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
  const isKnownBody = (id: string): boolean => {
    bodies ??= bodiesIn(raw);
    return bodies.has(id);
  };

  /** The value without persons; undefined when it is one. `key`: the member it stands in. */
  const clean = (value: unknown, key: string, unread: boolean, top: boolean): unknown => {
    if (typeof value === 'string') {
      const kept = text(value);
      if (unread && looksLikePersonName(kept.replace(REMOVED, ''))) return leave('text like a name of a person');
      return kept;
    }
    if (Array.isArray(value)) return cleanList(value, key, unread);
    if (!isMembers(value)) return value;
    const inChildren = key === 'children';
    if (isElement(value, inChildren)) return cleanElement(value, unread);
    if (!top && !MAIN.has(key) && isPerson(value)) return leave('person', value);
    return cleanMembers(value, key, unread);
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
      const unreadHere = unread || (reads !== undefined && !byOthers && !name.startsWith('@') && !reads(name));
      const meaning = byOthers || name === LEFT_OUT || isTypeMember(name) ? undefined : meaningOf(name);
      const said = meaning ?? (pair && VALUE_OF_PAIR.has(name) ? pair : undefined);
      const kept = said && goes(said, member, isKnownBody) ? leave(said.word) : clean(member, name, unreadHere, false);
      const called = WORTH_MASKING.test(name) ? text(name) : name;
      if (!out && (kept !== member || called !== name)) out = names.slice(0, i).map((n) => [n, value[n]]);
      if (out && (kept !== undefined || member === undefined)) out.push([called, kept]);
    }
    return out ? Object.fromEntries(out) : value;
  };

  const cleanElement = (element: Members, unread: boolean): Members | undefined => {
    const name = element.name as string;
    const meaning = meaningOf(name) ?? attributeMeaning(name, element.attributes);
    if (meaning && goes(meaning, element.children ? element : (element.text ?? element), isKnownBody))
      return leave(meaning.word);
    const attributes = element.attributes;
    if (isMembers(attributes) && Object.entries(attributes).some(([n, v]) => isTypeMember(n) && isPersonType(n, v)))
      return leave('person', element);
    const unreadHere = unread || (reads !== undefined && !reads(name));
    const kept = {
      text: typeof element.text === 'string' ? clean(element.text, 'text', unreadHere, false) : element.text,
      attributes: isMembers(attributes) ? cleanMembers(attributes, 'attributes', unreadHere) : attributes,
      children: Array.isArray(element.children)
        ? cleanList(element.children, 'children', unreadHere)
        : element.children,
    };
    const changed = Object.entries(kept).filter(([part, value]) => value !== element[part]);
    if (!changed.length) return element;
    return Object.fromEntries(
      [...Object.entries({ ...element, ...Object.fromEntries(changed) })].filter(([, value]) => value !== undefined),
    );
  };

  let out = clean(raw, '', false, true);
  if (gone.size) out = withoutReferences(out, gone);
  return out;
}

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

const MARKUP = /<[a-z][^<>=]{1,200}=/i;

/** What a text says of persons in its markup, where no reader sees it: `<p data-teacher="…">`. */
const withoutPersonalAttributes = (text: string, note: () => void): string =>
  text.replace(/<[a-z][^<>]{1,4000}>/gi, (tag) =>
    tag.replace(
      /\s([^\s"'<>=/]{1,100})\s?=\s?(?:"([^"]*)"|'([^']*)')/gu,
      (attribute, name: string, value = '', other = '') => {
        if (!memberMeaning(name) && !looksLikePersonName(value || other)) return attribute;
        note();
        return '';
      },
    ),
  );

/** Whether the value of such a member goes. Flags and headcounts stay, bodies stay where a body may stand. */
function goes({ kind, identifies }: MemberMeaning, value: unknown, isKnownBody: (id: string) => boolean): boolean {
  if (value === null || value === undefined || typeof value === 'boolean' || value === '') return false;
  if (kind === 'either') return !isBody(value, isKnownBody);
  const count = typeof value === 'number' || (typeof value === 'string' && COUNT.test(value));
  return !(kind === 'person' && count && !identifies);
}

function isBody(value: unknown, isKnownBody: (id: string) => boolean): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => isBody(one, isKnownBody));
  if (typeof value === 'string') return CTID.test(value) || isKnownBody(value) || namesBody(value);
  if (!isMembers(value)) return true;
  if (isBodyType(value['@type'] ?? value.type) || MARKS_OF_BODY.some((mark) => mark in value)) return true;
  const id = value['@id'] ?? value.id;
  if (typeof id === 'string' && (CTID.test(id) || isKnownBody(id))) return true;
  const name = value.name ?? value['@value'] ?? value.text;
  return typeof name === 'string' && namesBody(name);
}

/** What the bodies that a record describes are referred to by. */
function bodiesIn(raw: unknown): ReadonlySet<string> {
  const ids = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    if (!isMembers(value)) return;
    const id = value['@id'] ?? value.id;
    if (typeof id === 'string' && isBodyType(value['@type'] ?? value.type)) ids.add(id);
    for (const key of Object.keys(value)) look(value[key]);
  };
  look(raw);
  return ids;
}

/** What a person that went was referred to by. */
function collectIds(value: unknown, into: Set<string>, depth: number): void {
  if (depth > 4 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const item of value) collectIds(item, into, depth + 1);
  else
    for (const key of ['@id', 'id', 'personId']) {
      const id = (value as Members)[key];
      if (typeof id === 'string' && id.length > 1) into.add(id);
    }
}

/** References to persons that went: the address of one may say the name. */
function withoutReferences(value: unknown, gone: ReadonlySet<string>): unknown {
  const isGone = (item: unknown): boolean => {
    if (typeof item === 'string') return gone.has(item) && !/^https?:/i.test(item);
    if (!isMembers(item)) return false;
    const id = item['@id'] ?? item.id;
    return typeof id === 'string' && gone.has(id) && Object.keys(item).length === 1;
  };
  if (Array.isArray(value)) return value.filter((item) => !isGone(item)).map((item) => withoutReferences(item, gone));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !gone.has(key) && (key === '@id' || key === 'id' || !isGone(member)))
      .map(([key, member]) => [key, withoutReferences(member, gone)]),
  );
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
