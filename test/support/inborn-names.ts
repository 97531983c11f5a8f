/** Names that plain objects have by birth, and the two that lead to what they have them from. */
export const INBORN: readonly string[] = [
  ...new Set([...Object.getOwnPropertyNames(Object.prototype), '__proto__', 'prototype']),
];

/**
 * A word of the same shape that no object has by birth (`constructoq`): whatever a feed says with an inborn name must come to
 * the same as what it says with this one.
 */
export const ordinary = (name: string): string => name.replace(/[A-Za-z](?=_*$)/, 'q');

/** A name that is inborn for the time of a test, all small letters, and tells who asks an object for it, or sets it. */
export function setTrap(name: string): { caught: string[]; remove(): void } {
  const caught: string[] = [];
  const tell = () => {
    // What libraries do among themselves is theirs: of the callers the nearest one counts.
    const caller = new Error().stack?.split('\n').find((line, n) => n > 0 && !line.includes('inborn-names.ts'));
    if (caller && !caller.includes('node_modules')) caught.push(caller.trim());
  };
  Object.defineProperty(Object.prototype, name, {
    configurable: true,
    enumerable: false,
    get() {
      tell();
      return tell;
    },
    set(value) {
      tell();
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true, writable: true });
    },
  });
  return { caught, remove: () => void Reflect.deleteProperty(Object.prototype, name) };
}

/** A text with one place changed: with `name` there, or whatever word is given. */
export interface Mutant {
  what: string;
  write(name: string): string;
  /** The text without what was added or renamed; for keys only. */
  without?: string;
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own member, whatever its name: an assignment to `__proto__` would set something else. */
function put(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
}

/** All places of a JSON value, `leaf` and `object` alike, as steps from its root. */
function* places(
  value: unknown,
  steps: (string | number)[] = [],
): Generator<{ steps: (string | number)[]; value: unknown }> {
  yield { steps, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield* places(member, [...steps, Array.isArray(value) ? Number(key) : key]);
  }
}

/** A copy with the value at `steps` made anew. */
function changed(value: unknown, steps: readonly (string | number)[], make: (old: unknown) => unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return make(value);
  const copy: object = Array.isArray(value) ? [...value] : { ...(value as Json) };
  put(copy, String(step), changed((value as Json)[step], rest, make));
  return copy;
}

const renamed = (old: Json, key: string, name: string | undefined): Json => {
  const out: Json = {};
  for (const [own, value] of Object.entries(old)) if (own !== key) put(out, own, value);
  if (name !== undefined) put(out, name, old[key]);
  return out;
};

/** An inborn name as value, as prefix, as type of value, as key beside and instead of others, at every level. */
export function jsonMutants(value: unknown, write: (value: unknown) => string): Mutant[] {
  const out: Mutant[] = [];
  const add = (what: string, make: (name: string) => unknown, without?: unknown) =>
    out.push({
      what,
      write: (name) => write(make(name)),
      ...(without === undefined ? {} : { without: write(without) }),
    });
  for (const { steps, value: old } of places(value)) {
    const at = `/${steps.join('/')}`;
    if (typeof old === 'string') {
      add(`${at} = name`, (name) => changed(value, steps, () => name));
      add(`${at} = name:x`, (name) => changed(value, steps, () => `${name}:x`));
      add(
        `${at} = {name: x}`,
        (name) => changed(value, steps, () => renamed({ a: 'x' }, 'a', name)),
        changed(value, steps, () => ({})),
      );
      // Nothing may be made of it by `String`, `Number` or `join`: they would call what is no method.
      const methods = (name: string) => ({ toString: name, valueOf: 'x', toJSON: 'x', length: 1 });
      add(`${at} = methods`, (name) => changed(value, steps, () => methods(name)));
      add(`${at} = [methods]`, (name) => changed(value, steps, () => [methods(name), name]));
    }
    if (!isJson(old)) continue;
    const withKey = (name: string, member: unknown) =>
      changed(value, steps, (o) => renamed({ ...(o as Json), '\0': member }, '\0', name));
    add(`${at} + name`, (name) => withKey(name, 'x'), value);
    add(`${at} + {name: {}}`, (name) => withKey(name, { value: 'x', name: 'x', '@id': 'https://x.example/x' }), value);
    for (const key of Object.keys(old)) {
      const without = changed(value, steps, (o) => renamed(o as Json, key, undefined));
      add(`${at}/${key} renamed`, (name) => changed(value, steps, (o) => renamed(o as Json, key, name)), without);
      if (/:/.test(key))
        add(`${at}/${key} prefix`, (name) =>
          changed(value, steps, (o) => renamed(o as Json, key, `${name}:${key.split(':')[1]}`)),
        );
    }
    if ('@context' in old) {
      const context = (name: string) =>
        changed(value, [...steps, '@context'], (o) => [o, renamed({ a: 'https://schema.org/' }, 'a', name)].flat());
      add(`${at} prefix declared`, context);
      add(`${at} prefix declared and used`, (name) =>
        changed(context(name), steps, (o) => renamed({ ...(o as Json), a: 'x' }, 'a', `${name}:name`)),
      );
    }
  }
  return out;
}

/** Places of a text by a pattern whose first group is what stands there. */
function textMutants(
  text: string,
  what: string,
  pattern: RegExp,
  make: (name: string, old: string) => string = (name) => name,
): Mutant[] {
  return [...text.matchAll(pattern)].flatMap((found): Mutant[] => {
    const old = found[1];
    const at = found.indices?.[1];
    if (old === undefined || !at) return [];
    const line = text.slice(0, at[0]).split('\n').length;
    return [
      {
        what: `line ${line}: ${what} ${old.slice(0, 30)}`,
        write: (name) => text.slice(0, at[0]) + make(name, old) + text.slice(at[1]),
      },
    ];
  });
}

/** Text, attributes (names, values, parts of values), names of elements and entities of a document in angle brackets. */
export function markupMutants(text: string): Mutant[] {
  const value = /<[\w:-][^>]*?\s[\w:-]+="([^"]*)"/dg;
  return [
    ...textMutants(text, 'text', />([^<>]*[^<>\s][^<>]*)</dg),
    ...textMutants(text, 'entity in', />([^<>]*[^<>\s][^<>]*)</dg, (name) => `&${name}; x`),
    ...textMutants(text, 'attribute', value),
    ...textMutants(text, 'prefix of attribute', value, (name, old) => `${name}:${old}`),
    ...textMutants(text, 'word in attribute', value, (name, old) => `${old} ${name}`),
    ...textMutants(
      text,
      'prefixes before',
      /<[\w:-][^>]*?(\s)[\w:-]+="/dg,
      (name) => ` prefix="${name}: https://schema.org/" `,
    ),
    ...textMutants(text, 'language before', /<[\w:-][^>]*?(\s)[\w:-]+="/dg, (name) => ` xml:lang="${name}" `),
    ...textMutants(text, 'attribute before', /<[\w:-][^>]*?(\s)[\w:-]+="/dg, (name) => ` ${name}="x" `),
    ...textMutants(text, 'element before', /(<)[\w:-]+[^>]*?\/?>/dg, (name) => `<${name}>x</${name}><`).slice(2),
    ...textMutants(text, 'name of attribute', /<[\w:-][^>]*?\s([\w:-]+)="/dg),
  ];
}

/** Cells and headers of a table. */
export function tableMutants(text: string, separator: string): Mutant[] {
  const rows = text.split(/\r?\n/);
  const write = (r: number, c: number, make: (old: string) => string) =>
    rows
      .map((row, i) =>
        i === r
          ? row
              .split(separator)
              .map((cell, n) => (n === c ? make(cell) : cell))
              .join(separator)
          : row,
      )
      .join('\n');
  return rows.flatMap((row, r) =>
    row.split(separator).flatMap((cell, c): Mutant[] => [
      { what: `row ${r} cell ${c} (${cell})`, write: (name) => write(r, c, () => name) },
      { what: `row ${r} cell ${c} (${cell}) and more`, write: (name) => write(r, c, (old) => `${old}|${name}`) },
      { what: `row ${r} cell ${c} (${cell}) with suffix`, write: (name) => write(r, c, (old) => `${old}:${name}`) },
    ]),
  );
}
