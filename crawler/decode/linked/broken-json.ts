import { isObject, own } from '../../../schema/index.ts';
import { type LenientJson, parseLenientJson } from '../lenient-json.ts';
import { LIMITS } from './limits.ts';
import { list } from './node.ts';

/** A piece of a document that is no JSON. */
export interface BrokenPiece {
  /** JSON Pointer of the item; of the list when its rest is lost. */
  path: string;
  text: string;
  error: string;
  /** It is known where the item ends: nothing else is lost with it. */
  whole: boolean;
}

export interface JsonLdText extends LenientJson {
  broken: BrokenPiece[];
}

/** Members of a document that hold its nodes. */
const LISTS = new Set(['@graph', 'itemListElement', 'dataFeedElement']);

/**
 * The values of a JSON-LD text. Where it is a list of nodes, or an object that holds one, a broken item costs no other: the rest is
 * read where the next item surely begins. An item that is lost leaves null in its place. `error` stays when nothing could be read.
 */
export function parseJsonLd(text: string): JsonLdText {
  const read = parseLenientJson(text);
  if (read.error === undefined) return { ...read, broken: [] };
  // What is wrapped or commented on is only read up to where it breaks.
  const row = /^\s*\[/.test(text) ? { ...parseLenientJson(text.replace(/^\s*\[/, '')), error: read.error } : read;
  const recovered = recover(text);
  if (!recovered || recovered.items === 0 || recovered.items < row.values.length) return { ...row, broken: [] };
  const { value, repairs, broken } = recovered;
  return { values: [value], repairs: [...repairs], broken };
}

interface Recovered {
  value: unknown;
  /** Items that could be read. */
  items: number;
  repairs: Set<string>;
  broken: BrokenPiece[];
}

function recover(text: string): Recovered | undefined {
  const start = listStart(text);
  if (!start) return undefined;
  const { at, key } = start;
  const path = key === undefined ? '' : `/${key}`;
  const read = readList(text, at, path, key !== undefined);
  const found = {
    items: read.items.filter((item) => item !== null).length,
    repairs: read.repairs,
    broken: read.broken,
  };
  if (key === undefined) return { value: read.items, ...found };
  const head = `${text.slice(0, at)}]`;
  const whole = parseLenientJson(head + text.slice(read.end));
  const { error, values } = whole.error === undefined ? whole : parseLenientJson(`${head}}`);
  const [envelope] = values;
  if (error !== undefined || values.length !== 1 || !isObject(envelope)) return undefined;
  if (whole.error !== undefined && read.closed) {
    const rest = text.slice(read.end, read.end + 2000);
    found.broken.push({ path: '', text: rest, error: `after the list: ${whole.error}`, whole: false });
  }
  return { value: { ...envelope, [key]: read.items }, ...found };
}

/** Where the items begin, and in which member. */
function listStart(text: string): { at: number; key?: string } | undefined {
  let depth = 0;
  let key: string | undefined;
  for (const { sign, from, to } of tokens(text, 0)) {
    if (depth === 0 && sign === '[') return { at: to };
    if (depth === 1 && sign === '[' && key !== undefined && LISTS.has(key)) return { at: to, key };
    if (depth === 1) key = sign === '"' && follows(text, to) === ':' ? text.slice(from + 1, to - 1) : undefined;
    if (sign === '{' || sign === '[') depth++;
    if (sign === '}' || sign === ']') depth--;
    if (depth <= 0) return undefined;
  }
  return undefined;
}

function readList(text: string, start: number, path: string, inObject: boolean) {
  const items: unknown[] = [];
  const repairs = new Set<string>();
  const broken: BrokenPiece[] = [];
  const outer = inObject ? ['}', ']'] : [']'];
  const types = new Set<string>();
  const budget = { left: LIMITS.steps };
  const lose = (at: number, to: number, error: string, whole: boolean) => {
    broken.push({ path: `${path}/${items.length}`, text: text.slice(at, Math.min(to, at + 20_000)), error, whole });
    items.push(null);
  };
  let at = start;
  for (;;) {
    const before = at;
    while (at < text.length && /[\s,]/.test(text[at] as string)) at++;
    if (text[at] === ']') return { items, repairs, broken, end: at + 1, closed: true };
    if (at >= text.length) {
      broken.push({ path, text: text.slice(-200), error: 'the list has no end', whole: false });
      return { items, repairs, broken, end: at, closed: false };
    }
    if (items.length && !text.slice(before, at).includes(',')) repairs.add('several-values');
    const end = itemEnd(text, at);
    if (end !== undefined) {
      const { values, error, repairs: mended } = parseLenientJson(text.slice(at, end));
      for (const repair of mended) repairs.add(repair);
      if (error === undefined && values.length === 1) {
        items.push(values[0]);
        for (const type of typesOf(values[0])) if (types.size < LIMITS.told) types.add(type);
      } else lose(at, end, error ?? 'no value', true);
      at = end;
      continue;
    }
    const first = /^\{\s{0,200}"@type"\s{0,20}:\s{0,20}"([^"\\]{1,200})"/.exec(text.slice(at, at + 800))?.[1];
    if (first !== undefined) types.add(first);
    const next = nextItem(text, at, outer, types, budget);
    lose(at, next ?? text.length, 'an item that does not end where it must', false);
    if (next === undefined) return { items, repairs, broken, end: text.length, closed: false };
    at = next;
  }
}

/**
 * Where the next item begins after a broken one: sound itself, and what follows closes what is open around the list, no more. When
 * that cannot be known, an item of a type that stands in the list.
 */
function nextItem(
  text: string,
  broken: number,
  outer: readonly string[],
  types: Set<string>,
  budget: { left: number },
) {
  const start = /,\s{0,200}(?=\{)/g;
  start.lastIndex = broken + 1;
  for (let found = start.exec(text); found && budget.left > 0; found = start.exec(text)) {
    const at = found.index + found[0].length;
    const end = itemEnd(text, at);
    budget.left -= (end ?? at + LOOK_AHEAD) - at;
    if (end === undefined || !/[,\]]/.test(follows(text, end))) continue;
    const { values, error } = parseLenientJson(text.slice(at, end));
    if (error === undefined && (closes(text, at, outer, budget) ?? typesOf(values[0]).some((type) => types.has(type))))
      return at;
  }
  return undefined;
}

const typesOf = (value: unknown): string[] =>
  isObject(value) ? list(own(value, '@type')).filter((type) => typeof type === 'string') : [];

/** How far behind an item it is looked whether it stands in the list itself and not in one inside of an item. */
const LOOK_AHEAD = 262_144;

/** Nothing when the text breaks again before it is known. */
function closes(text: string, from: number, outer: readonly string[], budget: { left: number }): boolean | undefined {
  const open = [...outer];
  let last = from;
  for (const { sign, to } of tokens(text, from)) {
    budget.left -= to - last;
    last = to;
    if (to - from > LOOK_AHEAD) return true;
    if (sign === '{') open.push('}');
    else if (sign === '[') open.push(']');
    else if (sign === '}' || sign === ']') {
      // What is still open inside is a brace or bracket too few.
      const level = open.lastIndexOf(sign);
      if (level < 0) return false;
      open.length = level;
      if (level === 0) return follows(text, to) === '';
    }
  }
  return follows(text, last) === '' || undefined;
}

/** Where the value ends that begins there; nothing when its brackets do not pair or something stands where nothing may. */
function itemEnd(text: string, from: number): number | undefined {
  const open: string[] = [];
  for (const { sign, to } of tokens(text, from)) {
    if (sign === '{') open.push('}');
    else if (sign === '[') open.push(']');
    else if ((sign === '}' || sign === ']') && open.pop() !== sign) return undefined;
    if (!open.length) return to;
  }
  return undefined;
}

interface Token {
  /** A bracket, `"` for a string, `0` for a number or literal. */
  sign: string;
  from: number;
  to: number;
}

const TOKEN = /[\s,:]*(?:([{}[\]"])|(?:-?\d[\d.eE+-]{0,400}|true|false|null)(?=[\s,:}\]]|$))/y;

/** The tokens of JSON up to the first sign that cannot stand outside of strings. */
function* tokens(text: string, from: number): Generator<Token> {
  for (let at = from; ; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) return;
    at += found[0].length;
    const [, sign = '0'] = found;
    if (sign !== '"') yield { sign, from: at - 1, to: at };
    else {
      const end = stringEnd(text, at);
      if (end === undefined) return;
      yield { sign, from: at - 1, to: end };
      at = end;
    }
  }
}

function stringEnd(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes > from && text[at - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return undefined;
}

/** The first sign that is no white space. */
function follows(text: string, at: number): string {
  const sign = /\S/g;
  sign.lastIndex = at;
  return sign.exec(text)?.[0] ?? '';
}

/**
 * What a broken node says of its address, in itself or in the `item` of a list: only members that surely are its own, so none from
 * where it broke. Its `url` goes first, and without one `@id` is only sure when all of it could be looked at.
 */
export function addressIn(text: string): { url: string } | { '@id': string } | undefined {
  const keys: string[] = [];
  let depth = 0;
  let key = '';
  let id: string | undefined;
  const said = (from: number, to: number): string => {
    try {
      return JSON.parse(text.slice(from, to));
    } catch {
      return '';
    }
  };
  let before: { key: string; value: string; own: boolean } | undefined;
  for (const { sign, from, to } of tokens(text, 0)) {
    // A value counts when what follows it may follow.
    if (before?.own && before.key === 'url') return { url: before.value };
    if (before?.own && before.key === '@id') id ??= before.value;
    before = undefined;
    if (sign === '"' && follows(text, to) === ':') key = said(from, to);
    else if (sign === '"') {
      before = { key, value: said(from, to), own: depth === 1 || (depth === 2 && keys[1] === 'item') };
      key = '';
    } else if (sign === '{' || sign === '[') {
      keys[depth] = sign === '{' ? key : '';
      depth++;
      key = '';
    } else if (sign === '}' || sign === ']') {
      if (--depth === 0) return id === undefined ? undefined : { '@id': id };
    } else key = '';
  }
  return undefined;
}
