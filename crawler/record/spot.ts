import type { LangString, SourceDefinition } from '../../schema/index.ts';
import { isFiller } from '../../schema/parse/text.ts';
import type { Notes } from '../problems/notes.ts';
import type { RuleId } from '../problems/rules.ts';

/** What reading one record needs everywhere. */
export interface Reading {
  readonly source: SourceDefinition;
  readonly notes: Notes;
  /** Language of untagged text, BCP 47. */
  language: string | undefined;
}

/** A value of a raw record with its place, written as its syntax writes places: JSON Pointer, XPath, column. */
export interface Placed {
  value: unknown;
  path: string;
  /** Language of the value's untagged text, where the place tells it (`xml:lang`, the column `title:de`). */
  language?: string;
}

/**
 * How the records of one syntax are walked. There is one for JSON, one for linked data, one for XML and one for rows; formats and
 * elements know none of them.
 */
export interface Syntax {
  /** The member as a whole, where it stands or would stand. Its value is undefined when there is none. */
  member(at: Placed, name: string): Placed;
  /** What is said at the member, one by one: lists are opened. */
  values(at: Placed, name: string): Placed[];
  /** The names of its members, as formats declare them. */
  names(value: unknown): readonly string[];
  /** Its words in their languages; markup and fillers are gone. */
  texts(value: unknown, language: string | undefined): LangString[];
  /** The one text, number or flag that it is. */
  scalar(value: unknown): string | number | boolean | undefined;
  /** The object that it is or refers to. */
  node(at: Placed): Placed | undefined;
  /** The names of the members that say something, where that is quicker than to look at each. */
  speaking?(value: unknown): string[];
  /** Whether nothing is said there, where that is not seen of the value itself. */
  silent?(value: unknown): boolean;
  /** The value as a report quotes it, where that is not the value itself. */
  shown?(value: unknown): unknown;
}

/**
 * A value of the raw record with the place it stands in. Formats name members and say what they are; paths, fillers, languages and
 * notes are looked after here. A class: closures ran half as fast.
 */
export class Spot {
  readonly value: unknown;
  readonly path: string;
  readonly reading: Reading;
  readonly #syntax: Syntax;
  readonly #language: string | undefined;
  #texts: readonly LangString[] | undefined;
  #silent: boolean | undefined;

  constructor(syntax: Syntax, reading: Reading, { value, path, language }: Placed) {
    this.#syntax = syntax;
    this.reading = reading;
    this.value = value;
    this.path = path;
    this.#language = language;
  }

  /** Nothing is said: absent, null, blank, a filler, an empty list or object. */
  get silent(): boolean {
    this.#silent ??= this.#syntax.silent?.(this.value) ?? saysNothing(this.value);
    return this.#silent;
  }

  /** The value as a report quotes it. */
  get shown(): unknown {
    return this.#syntax.shown ? this.#syntax.shown(this.value) : this.value;
  }

  /** The words of a text here are of this language, unless they are tagged themselves. */
  get language(): string | undefined {
    return this.#language ?? this.reading.language;
  }

  /** The member of that name, with all it holds. */
  at(name: string): Spot {
    return this.#spot(this.#syntax.member(this, name));
  }

  /** The first of these members that says something; the first one if none does. */
  first(...names: string[]): Spot {
    let first: Spot | undefined;
    for (const name of names) {
      const spot = this.at(name);
      if (!spot.silent) return spot;
      first ??= spot;
    }
    return first ?? this;
  }

  /** Everything said at these members, one by one, lists opened. */
  each(...names: string[]): Spot[] {
    const out: Spot[] = [];
    for (const name of names)
      for (const one of this.#syntax.values(this, name)) {
        const spot = this.#spot(one);
        if (!spot.silent) out.push(spot);
      }
    return out;
  }

  /** The objects at these members, references followed; words and references that lead nowhere are left out. */
  nodes(...names: string[]): Spot[] {
    return this.each(...names).flatMap((one) => one.node() ?? []);
  }

  /** The object that stands here or is referred to. */
  node(): Spot | undefined {
    const found = this.#syntax.node(this);
    return found && this.#spot(found);
  }

  /** The names of its members, also of those that say nothing. */
  names(): readonly string[] {
    return this.#syntax.names(this.value);
  }

  /** Whether nothing here has members, also where it is a list. */
  get memberless(): boolean {
    const { value } = this;
    if (!Array.isArray(value)) return this.#syntax.names(value).length === 0;
    return value.every((one) => this.#syntax.names(one).length === 0);
  }

  /** The names of its members that say something. */
  members(): string[] {
    return (
      this.#syntax.speaking?.(this.value) ?? this.#syntax.names(this.value).filter((name) => !this.at(name).silent)
    );
  }

  /** The words said here in their languages. */
  texts(): LangString[] {
    this.#texts ??= this.#syntax.texts(this.value, this.language);
    return [...this.#texts];
  }

  /** The text or number said here, to the letter without white space around; fillers, flags and objects are none. */
  said(): string | undefined {
    const value = this.#syntax.scalar(this.value);
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
    if (typeof value !== 'string' || (value === this.value ? this.silent : isFiller(value))) return undefined;
    return value.trim();
  }

  /** The flag said here, also as a word of a feed (`true`, `1`, `yes`); undefined for everything else. */
  flag(): boolean | undefined {
    const value = this.#syntax.scalar(this.value);
    if (typeof value === 'boolean') return value;
    return typeof value === 'string' || typeof value === 'number' ? flagIn(String(value)) : undefined;
  }

  /** A code word without case and separators (`on campus`, `On_Campus` are one); '' when there is none. */
  word(): string {
    const value = this.#syntax.scalar(this.value);
    return typeof value === 'string' || typeof value === 'number' ? wordOf(String(value)) : '';
  }

  /** The spots of this text divided at commas, semicolons and bars, or whatever `between` says. */
  pieces(between: RegExp = /[,;|]/): Spot[] {
    const said = this.said();
    if (said === undefined) return [];
    return said.split(between).flatMap((piece) => (isFiller(piece) ? [] : [this.with(piece.trim())]));
  }

  /** Another value that stands at the same place. */
  with(value: unknown): Spot {
    return this.#spot({ value, path: this.path, ...(this.#language ? { language: this.#language } : {}) });
  }

  /** Notes what is wrong or doubtful here. */
  note(rule: RuleId, remedy?: string, found: unknown = this.shown): void {
    this.reading.notes.add(this.path, rule, found, remedy);
  }

  #spot(placed: Placed): Spot {
    return new Spot(this.#syntax, this.reading, placed);
  }
}

const YES =
  /^(?:true|yes|y|1|x|ja|oui|s[iíì]|sim|tak|ano|áno|da|да|igen|jah|jā|kyllä|ναι|taip|iva|https?:\/\/schema\.org\/True)$/iu;
const NO = /^(?:false|no|n|0|nein|non|nee|nej|nie|ne|не|nem|nu|não|ei|nē|όχι|le|https?:\/\/schema\.org\/False)$/iu;

/** The flag that a word of a feed is, in a language of the EU; undefined for everything else. */
export function flagIn(word: string): boolean | undefined {
  const text = word.slice(0, 40).trim();
  return YES.test(text) ? true : NO.test(text) ? false : undefined;
}

/** The form in which code words are compared. */
export const wordOf = (text: string): string =>
  text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_–-]+/g, ' ')
    .trim();

/** The one definition of "says nothing", for the values of every syntax. */
export function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return isFiller(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(saysNothing);
  const text = Object.hasOwn(value, 'value') ? 'value' : Object.hasOwn(value, '@value') ? '@value' : undefined;
  const names = Object.keys(value);
  if (text === undefined || names.length === 0) return names.length === 0;
  const tagged = names.every((name) => /^@?(?:value|language|type)$/.test(name));
  return tagged && saysNothing((value as Record<string, unknown>)[text]);
}
