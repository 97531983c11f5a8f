import { languageTag } from '../../schema/parse/language.ts';
import { membersRead } from '../persons/members-read.ts';
import type { Spot } from './spot.ts';

/**
 * What of a record a format reads, as it declares it. What is declared is not observed: an early return would make a member look
 * unread. What nobody declares is told as `not-mapped`, at any depth, and the door for persons lets no name pass in it.
 */
export interface Shape {
  /** What is read of the member of that name; undefined when it is not read. */
  child(name: string): Shape | undefined;
  /** Whether a member of that name is read anywhere in the record. */
  reads(name: string): boolean;
  /** What is declared, in its order; empty for a text. */
  members: ReadonlyMap<string, Shape>;
}

const NONE: ReadonlyMap<string, Shape> = new Map();

/** Members of a text with its language, or of an address of linked data, which are read with it. */
const OF_TEXT = new Set([
  'value',
  '@value',
  'string',
  'text',
  '#text',
  '_',
  'multiline',
  'language',
  '@language',
  'lang',
  'xml:lang',
  '@xml:lang',
  '@lang',
  'locale',
  'strings',
  '@set',
  '@list',
  '@id',
  '@type',
]);

/** A text, a number, a list of them; and whatever marks its languages. */
const LEAF: Shape = {
  child: (name) => (OF_TEXT.has(name) || languageTag(name) !== undefined ? LEAF : undefined),
  reads: () => false,
  members: NONE,
};

const isTagOfText = (name: string): boolean =>
  /^@(?:value|language|type|set|list)$/.test(name) || languageTag(name) !== undefined;

/** What is known and stays in the raw record, whatever stands in it. */
const WHOLE: Shape = { child: () => WHOLE, reads: () => false, members: NONE };

/** Whether what has that shape is known and stays in the raw record, without being read. */
export const isKeptWhole = (shape: Shape): boolean => shape === WHOLE;

/** Whether what has that shape is an object of which no member is read. */
export const isEmpty = (shape: Shape): boolean => shape !== LEAF && shape !== WHOLE && shape.members.size === 0;

/**
 * A shape from its declaration, written like a selection of GraphQL: `name priceInformation { amount currency } ext *`. A name alone
 * is a text or a list of texts; `{ … }` an object or a list of objects; `*` is known and kept in the raw record, whole.
 */
export function declareShape(text: string): Shape {
  const tokens = text.match(/[^\s{}*]+|[{}*]/g) ?? [];
  const every = new Set<string>();
  let at = 0;
  const object = (): Shape => {
    const members = new Map<string, Shape>();
    for (let token = tokens[at++]; token !== undefined && token !== '}'; token = tokens[at++]) {
      every.add(token.replace(/^@(?:[^:]*:)?/, '')); // attributes of XML are asked for without their mark
      if (tokens[at] === '{') {
        at++;
        members.set(token, object());
      } else if (tokens[at] === '*') {
        at++;
        members.set(token, WHOLE);
      } else members.set(token, LEAF);
    }
    return { child: (name) => members.get(name), reads, members };
  };
  let known: ((name: string) => boolean) | undefined;
  // Not before all of it is declared.
  const reads = (name: string): boolean => {
    known ??= membersRead(every);
    return known(name);
  };
  return object();
}

const MOST_UNREAD = 20;
const DEEPEST = 30;

/**
 * What is said in the record and nobody reads, by its way from the record (`priceInformation/vat`): the first twenty, those of the
 * record itself before what stands deeper. `refers` hears of nodes that are referred to instead of standing there.
 */
export function unreadIn(record: Spot, shape: Shape, refers?: (node: Spot, shape: Shape) => void): string[] {
  const found = new Set<string>();
  const look = (place: Spot, of: Shape, way: string, depth: number): void => {
    const node = of === LEAF ? undefined : place.node();
    if (node && node.path !== place.path) {
      refers?.(node, of);
      return;
    }
    const names = place.names();
    // A text in its languages, where an object might stand.
    if (names.length && names.every(isTagOfText) && place.texts().length) return;
    const known: [string, Shape][] = [];
    for (const name of names) {
      const child = of.child(name);
      if (child) known.push([name, child]);
      else if (found.size < MOST_UNREAD && !place.at(name).silent) found.add(way + name);
    }
    if (depth >= DEEPEST) return;
    for (const [name, child] of known) {
      if (child === WHOLE || (child === LEAF && isBare(place.at(name)))) continue;
      for (const value of place.each(name))
        if (found.size < MOST_UNREAD) lookInto(value, child, `${way}${name}/`, depth + 1);
    }
  };
  /** A list in a list (outcomes, each a list of languages) is opened as well. */
  const lookInto = (spot: Spot, of: Shape, way: string, depth: number): void => {
    if (!Array.isArray(spot.value)) look(spot, of, way, depth);
    else if (depth < DEEPEST) for (const n of spot.value.keys()) lookInto(spot.at(String(n)), of, way, depth + 1);
  };
  look(record, shape, '', 0);
  return [...found];
}

/** Most of what is said are words and their languages, with nothing more to them, and need not be walked. */
const isBare = (spot: Spot): boolean => isText(spot.value) || spot.memberless;

function isText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isText);
  return Object.entries(value).every(([name, member]) => OF_TEXT.has(name) && typeof member !== 'object');
}

/** Notes what is said in the record and nobody reads; what it refers to is told of where it stands, each node once. */
export function tellUnread(record: Spot, shape: Shape): void {
  const places = new Map([[record.path, { spot: record, of: shape }]]);
  for (const { spot, of } of places.values()) {
    const unread = unreadIn(spot, of, (node, child) => {
      if (!places.has(node.path)) places.set(node.path, { spot: node, of: child });
    });
    if (unread.length) spot.note('not-mapped', undefined, unread.join(', '));
  }
}
