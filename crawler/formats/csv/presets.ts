import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../../errors.ts';
import type { DateOrder } from './date-order.ts';
import { COLUMNS, headerKey, type Meaning } from './words.ts';

/** What a header of a template means: a column of ours, and what is true of all its cells. */
const Meant = z.strictObject({
  column: z.enum(COLUMNS as [string, ...string[]]),
  /** Language of its texts. */
  language: z.string().min(2).optional(),
  /** Unit, currency, scheme of credits or framework of levels, where the template has one for all cells. */
  unit: z.string().min(1).optional(),
  /** Its code words, in words that are read ('': says nothing); `*` is whatever else stands there. */
  words: z.record(z.string(), z.string()).optional(),
});

/** A template of somebody else as data: `presets/<name>.json`. */
const PresetFile = z.strictObject({
  title: z.string().min(3),
  publisher: z.string().min(2),
  specification: z.url({ protocol: /^https?$/ }),
  /** What of it nobody could check. */
  unproven: z.string().endsWith('.').optional(),
  /** Language in which its texts are written, where no column and no source says so. */
  language: z.string().min(2).optional(),
  /** In which order it writes dates with slashes. */
  dates: z.enum(['dmy', 'mdy']).optional(),
  /** Headers that a table of it has, all of them; `a; b` is one of both. */
  knownBy: z.array(z.string()).min(2),
  columns: z.record(z.string(), z.union([Meant.shape.column, Meant])),
  /** Headers that are known and for which no element has a place. */
  carryNothing: z.array(z.string()).default([]),
});

/** A template of somebody else. */
export interface Preset extends Omit<z.infer<typeof PresetFile>, 'columns' | 'knownBy' | 'dates'> {
  name: string;
  dates?: Exclude<DateOrder, 'mixed'> | undefined;
  /** What its headers mean, in the order in which they are asked. */
  columns: ReadonlyMap<string, z.infer<typeof Meant>>;
  /** What a header means; null: known and carries nothing; undefined: not one of its headers. */
  meaningOf(header: string): Meaning | null | undefined;
  isOf(headers: ReadonlySet<string>): boolean;
  size: number;
}

const keys = new Map<string, string>();

/** Headers come again with every row: their keys are worked out once. */
function keyOf(header: string): string {
  let key = keys.get(header);
  if (key === undefined) {
    if (keys.size > 5_000) keys.clear();
    key = headerKey(header);
    keys.set(header, key);
  }
  return key;
}

function presetOf(name: string, content: unknown): Preset {
  const { columns: said, knownBy, carryNothing, ...facts } = PresetFile.parse(content);
  const columns = Object.entries(said).map(
    ([header, meant]) => [header, typeof meant === 'string' ? { column: meant } : meant] as const,
  );
  const meanings = new Map<string, Meaning | null>(carryNothing.map((header) => [headerKey(header), null]));
  for (const [n, [header, { words, ...meant }]] of columns.entries())
    meanings.set(headerKey(header), {
      ...meant,
      // Surer than any word, and its headers in their order.
      rank: n - columns.length,
      tongues: [],
      ...(words ? { words: new Map(Object.entries(words).map(([word, is]) => [word.toLowerCase(), is])) } : {}),
    });
  const signs = knownBy.map((one) => one.split('; ').map(headerKey));
  return {
    ...facts,
    name,
    carryNothing,
    columns: new Map(columns),
    meaningOf: (header) => meanings.get(keyOf(header)),
    isOf: (headers) => signs.every((either) => either.some((sign) => headers.has(sign))),
    size: knownBy.length,
  };
}

const FOLDER = new URL('presets/', import.meta.url);

/** The templates of others that are known: the directory is the list. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -'.json'.length);
      return [name, presetOf(name, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))];
    }),
);

/** The template that a header row is of: the one with the most signs that all stand there. */
export function presetIn(headers: readonly string[]): Preset | undefined {
  const keys = new Set(headers.map(headerKey));
  return [...PRESETS.values()].filter((one) => one.isOf(keys)).sort((a, b) => b.size - a.size)[0];
}

/** The template that a source names. */
export function presetNamed(name: unknown): Preset | undefined {
  if (name === undefined) return undefined;
  const found = PRESETS.get(String(name));
  if (!found)
    throw new ConfigError(`no preset "${String(name)}" of csv`, `use one of ${[...PRESETS.keys()].join(', ')}`);
  return found;
}

const READ = new Set([...PRESETS.values()].flatMap(({ columns }) => [...columns.keys()].map(headerKey)));

/** Whether a header means something in one of them. */
export const readInPreset = (header: string): boolean => READ.has(keyOf(header));
