import type { Problem } from '../../schema/index.ts';
import type { FormatSuite } from './format-suite.ts';

/** One resolver a syntax: what stands at a path of a record, `undefined` when nothing does. `parts` are the raw parts, in key order. */
export type Resolve = (raw: unknown, parts: readonly unknown[], path: string) => unknown;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** RFC 6901; `/parts/n` leads into the n-th part. */
const byPointer: Resolve = (raw, parts, path) => {
  if (path === '') return raw;
  if (!path.startsWith('/')) return undefined;
  const names = path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = raw;
  if (names[0] === 'parts' && member(raw, 'parts') === undefined) {
    at = parts;
    names.shift();
  }
  for (const name of names) at = member(at, name);
  return at;
};

interface XmlElement {
  name: string;
  children?: XmlElement[];
  attributes?: Record<string, string>;
}

/** `/course/presentation[2]/start/@dtf`: elements by local name, counted from 1 where there are several; `/parts[1]/course/…`. */
const byElements: Resolve = (raw, parts, path) => {
  if (path === '') return raw;
  const steps = path.slice(1).split('/');
  const part = /^parts\[(\d+)\]$/.exec(steps[0] ?? '');
  if (part) steps.shift();
  let at: unknown = member(part ? parts[Number(part[1]) - 1] : raw, steps.shift() ?? '');
  for (const step of steps) {
    if (at === undefined) return undefined;
    if (step.startsWith('@')) {
      at = (at as XmlElement).attributes?.[step.slice(1)];
      continue;
    }
    const [, name, n] = /^([^[\]]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const same = ((at as XmlElement).children ?? []).filter((child) => child.name === name);
    if (n === undefined && same.length > 1) return undefined; // which of them?
    at = same[Number(n ?? 1) - 1];
  }
  return at;
};

/** The name of a column, of the row of the record or of one of its runs; `/parts/n` is a row. */
const byColumn: Resolve = (raw, parts, path) => {
  if (path === '') return raw;
  const row = /^\/parts\/(\d+)(?:\/(.*))?$/s.exec(path);
  if (row) return row[2] === undefined ? parts[Number(row[1])] : member(parts[Number(row[1])], row[2]);
  return [raw, ...parts].map((one) => member(one, path)).find((found) => found !== undefined);
};

export const RESOLVERS: Readonly<Record<FormatSuite['paths'], Resolve>> = {
  'json-pointer': byPointer,
  xml: byElements,
  column: byColumn,
};

/** The place that holds the thing at a path: for a problem about what is missing. */
export const parentPath = (path: string): string => path.replace(/\/[^/]*$/, '');

/**
 * Whether a problem points to what says the words: a report quotes no objects, it names their place. The record as a whole is no
 * place; members that are named as not read stand under the place of the problem.
 */
export function toldByPlace(
  syntax: FormatSuite['paths'],
  raw: unknown,
  parts: readonly unknown[],
  problems: readonly Problem[],
  words: string,
): boolean {
  return problems.some(({ path, rule, found }) => {
    const members = rule === 'not-mapped' ? found.split(/,\s*/).map((name) => `${path}/${name}`) : [];
    return [path, ...members]
      .filter((place) => !/^(?:\/(?:main|node|course|provider)|\/parts\/\d+)?$/.test(place))
      .some((place) => heard(RESOLVERS[syntax](raw, parts, place)).includes(fold(words)));
  });
}

/** All that stands in a value, for comparing: letters and digits only, entities and markup read. */
export const heard = (value: unknown): string => {
  const out: string[] = [];
  const walk = (at: unknown): void => {
    if (typeof at === 'string') out.push(at);
    else if (typeof at === 'number' || typeof at === 'boolean') out.push(String(at));
    else if (typeof at === 'object' && at !== null) {
      for (const [name, inner] of Object.entries(at)) {
        out.push(name);
        walk(inner);
      }
    }
  };
  walk(value);
  return fold(out.join(' '));
};

export const fold = (text: string): string =>
  text
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/&(?:#\d+|#x[0-9a-f]+|\w+);/gi, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
