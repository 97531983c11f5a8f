import { foldLetters } from '../../schema/parse/fold-letters.ts';
import words from './member-names.json' with { type: 'json' };

/**
 * What a member is about by its name: a `person` (or several), what only persons have (`name`: a surname, a birth date), a way
 * to reach somebody (`contact`), or `either` a person or a body (`creator`).
 */
export interface MemberMeaning {
  kind: 'person' | 'name' | 'contact' | 'either';
  /** The word of `member-names.json` by which it was known; never the member's own name, which may hold a person's. */
  word: string;
  /** It says which person it is (Student ID): a number there is no headcount. */
  identifies: boolean;
  /** Known by a part of a longer name only. */
  loose?: true;
}

type Kind = MemberMeaning['kind'];
type Role = 'before' | 'attribute' | 'after' | 'link';

const LONGEST_NAME = 200;
const MOST_TOKENS = 12;
const LONGEST_PHRASE = 5; // words
/** So many letters may follow a stem (`vyučujíc*`): the endings of a declension. */
const LONGEST_ENDING = 4;

/** Words without case and accents, split at punctuation, `camelCase`, `snake_case` and digits. */
const tokensOf = (name: string): string[] =>
  foldLetters(
    name
      .slice(0, LONGEST_NAME)
      .replace(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\p{N})|(\p{N})(?=\p{L})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$& '),
  )
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Phrases are compared written together: `contact person`, `contactPerson`, `contactperson` are one. */
const cores = new Map<string, Kind>();
const stems = new Map<string, Kind>();
const roles: Record<Role, Set<string>> = { before: new Set(), attribute: new Set(), after: new Set(), link: new Set() };
/** Known wherever they stand in a name, because they mean nothing else. */
const plain = new Set<string>();

const KINDS: readonly (readonly [string, Kind])[] = [
  ['person', 'person'],
  ['name', 'name'],
  ['contact', 'contact'],
  ['email', 'contact'],
  ['telephone', 'contact'],
  ['either', 'either'],
];

for (const language of Object.values(words) as Readonly<Record<string, string>>[]) {
  for (const [list, kind] of KINDS) {
    for (const phrase of language[list]?.split(', ') ?? []) {
      const tokens = tokensOf(phrase);
      const key = tokens.join('');
      const into = phrase.endsWith('*') ? stems : cores;
      if (!into.has(key)) into.set(key, kind);
      const telling = list === 'email' || list === 'telephone' || list === 'name';
      if (
        (tokens.length > 1 && key.length > 8) ||
        (telling && key.length > 6 && !key.startsWith('mobil')) ||
        key === 'email'
      )
        plain.add(key);
    }
  }
  for (const role of Object.keys(roles) as Role[])
    for (const phrase of language[role]?.split(', ') ?? []) roles[role].add(tokensOf(phrase).join(''));
}

/** Words of which a headcount or an audience may be said: with an unknown word before them they stay ("price per person"). */
const ALSO_COUNTED =
  /^(?:person|persons|people|individuals?|students?|learners?|pupils?|participants?|users?|members?|candidates?|staff|holder|teilnehmer|studierende|lernende|personen|isik|isikud|osob|osoby|dalyviai)$/;
/** What is written to a word: `leadinstructor`, `instructoremail`, `studentid`. */
const GLUED_BEFORE = /^(?:lead|main|head|guest|course|module|primary|haupt|ext)(.{5,})$/;
const GLUED = /^(.{4,}?)(names?|ids?|e?mails?|phone|nr|number|nummer|name|namen|info|list|url|expanded)$/;

function coreOf(key: string): Kind | undefined {
  const exact = cores.get(key);
  if (exact) return exact;
  for (let end = key.length; end >= 4 && key.length - end <= LONGEST_ENDING; end--) {
    const kind = stems.get(key.slice(0, end));
    if (kind) return kind;
  }
  const glued = (GLUED_BEFORE.exec(key) ?? GLUED.exec(key))?.[1];
  return glued ? cores.get(glued) : undefined;
}

const IDENTIFIES =
  /^(?:ids?|identifiers?|codes?|uuid|uri|iri|number|numbers|nr|nummer|numero|kennung|matricul[ae]|no|numer|cislo|numurs|numeris)$/;

/** Whether these words, all of them, say no more than "a person" with qualifiers and attributes around. */
function cover(tokens: readonly string[]): MemberMeaning | undefined {
  const walk = (at: number, core: { kind: Kind; word: string } | undefined, linked: boolean): typeof core => {
    // "member of" is no member.
    if (at === tokens.length) return linked && roles.link.has(tokens[at - 1] ?? '') ? undefined : core;
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length--) {
      const key = tokens.slice(at, at + length).join('');
      // A phrase does not end in a preposition: "име на" is no "имена".
      const kind = length > 1 && /^(?:на|за|от)$/.test(tokens[at + length - 1] ?? '') ? undefined : coreOf(key);
      if (kind) {
        const stronger = core && core.kind !== 'either' ? core : { kind, word: key };
        const rest = walk(at + length, stronger, false);
        if (rest) return rest;
      }
      const before = roles.before.has(key);
      const link = roles.link.has(key) && before;
      const passes =
        roles.attribute.has(key) ||
        /^\p{N}+$/u.test(key) ||
        (core ? roles.after.has(key) || link || (before && (linked || !ENGLISH.has(key))) : before);
      if (passes) {
        const rest = walk(at + length, core, linked || link);
        if (rest) return rest;
      }
    }
    return undefined;
  };
  const found = walk(0, undefined, false);
  if (!found || (found.kind === 'either' && tokens[0] === 'has')) return undefined;
  return { ...found, identifies: tokens.some((token) => IDENTIFIES.test(token)) || found.kind === 'name' };
}

/** A phrase that means nothing else, anywhere in a longer name: "Please give your contact person and e-mail". */
function within(tokens: readonly string[]): MemberMeaning | undefined {
  for (let at = 0; at < tokens.length; at++) {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length--) {
      const key = tokens.slice(at, at + length).join('');
      if (plain.has(key)) return { kind: cores.get(key) ?? 'person', word: key, identifies: true, loose: true };
    }
  }
  const last = tokens.at(-1) ?? '';
  const before = tokens.at(-2);
  const kind = last.length > 5 && !ALSO_COUNTED.test(last) && cores.get(last);
  if (before && (kind === 'person' || kind === 'name') && !roles.link.has(before))
    return { kind, word: last, identifies: false, loose: true };
  return undefined;
}

function judge(name: string): MemberMeaning | undefined {
  const iri = /^[a-z][a-z0-9+.-]*:\/\//i.test(name);
  const whole = iri || /\.\S|\[/.test(name) ? undefined : cover(tokensOf(name));
  if (whole) return whole;
  const local = iri
    ? (name.split(/[#/]/).filter(Boolean).at(-1) ?? '')
    : name.replace(/^[A-Za-z_][\w.-]*:(?=[\p{L}_])/u, '');
  // `ext.student.name`, `teachers[0].name`: the words from each dot to the end.
  const segments = local
    .split(/\.(?=\S)|[[\]]+|__|->/)
    .filter(Boolean)
    .map(tokensOf);
  for (let from = 0; from < segments.length; from++) {
    const tokens = segments.slice(from).flat();
    if (tokens.length > MOST_TOKENS) continue;
    const meaning = cover(tokens) ?? within(tokens);
    if (meaning) return meaning;
  }
  const all = segments.flat();
  return all.length > MOST_TOKENS ? within(all) : undefined;
}

/** Of qualifiers that follow their noun without a preposition, as in most languages but this one. */
const ENGLISH = new Set(words.en.before.split(', '));

const known = new Map<string, MemberMeaning | undefined>();
const MOST_KNOWN = 20_000;

/** What a member, column, element or attribute is about by its name; undefined when it is about no person. */
export function memberMeaning(name: string): MemberMeaning | undefined {
  if (known.has(name)) return known.get(name);
  const meaning = judge(name);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, meaning);
  return meaning;
}
