import { isObject } from '../../../schema/index.ts';
import { kindOfUnit } from '../../elements/workload.ts';
import { type MeaningfulColumn, rowSyntax, type TableColumns } from '../../record/rows.ts';
import type { Syntax } from '../../record/spot.ts';
import { understand } from './neighbours.ts';
import { PRESETS, type Preset } from './presets.ts';
import { currencyIn, headerKey, type Meaning } from './words.ts';

/**
 * Where a row notes which headers mean something only by the rest of their table, by what each is to be read as ('': nothing). JSON in
 * a text: words of a header are no names of persons.
 */
export const SAID = '@columns';

/** Where a row notes of whose template its table is. */
export const PRESET = '@preset';

export interface ReadColumn extends MeaningfulColumn {
  meaning: Meaning;
}

/** The columns of a table, or of one row: those of its cells that are filled. */
export interface Columns extends TableColumns {
  read(name: string): readonly ReadColumn[];
  has(name: string): boolean;
  /** The name under which the column of that header is read; undefined when it is not. */
  nameOf(header: string): string | undefined;
  /** What the header at a place says of its values: their unit or currency. */
  unitAt(path: string): string | undefined;
  /** The template that the table is of. */
  readonly preset?: Preset | undefined;
  readonly syntax: Syntax;
}

const NONE: readonly ReadColumn[] = [];
const SCHEMES = /\b(?:ror|siret|erasmus|ukprn|brin|schac)\b/;

/** The scheme that a header names for identifiers of organisations. */
export const schemeIn = (header: string): string | undefined => SCHEMES.exec(headerKey(header))?.[0];

/** Whether a template says it: the words of other tables begin at 0. */
const ofPreset = ({ rank }: Meaning): boolean => rank < 0;

/** What makes two columns of one meaning two statements: prices in two currencies, durations in two units, identifiers of two schemes. */
function apart(header: string, { column, unit }: Meaning): string | undefined {
  if (column === 'provider_id') return schemeIn(header);
  if (!unit) return undefined;
  return column === 'price' ? currencyIn(unit) : column === 'duration' ? kindOfUnit(unit) : undefined;
}

/**
 * Which column of the table is read for which column of the format: the surest header; those with a language stand beside it. Headers
 * of a template that is known mean what it says, each of them.
 */
export function columnsOf(
  headers: readonly string[],
  said: ReadonlyMap<string, string> = new Map(),
  preset?: Preset,
): Columns {
  const given = headers.map((header) => preset?.meaningOf(header));
  const meanings = understand(
    headers.map((header, n) => (given[n] === undefined ? (said.get(header) ?? header) : '')),
  ).map((meaning, n) => given[n] ?? meaning);
  const every = headers.flatMap((header, n) => {
    const meaning = meanings[n];
    if (!meaning) return [];
    const { language, words } = meaning;
    return [{ header, meaning, ...(language ? { language } : {}), ...(words ? { words } : {}) }];
  });
  const bySurety = [...every].sort((a, b) => a.meaning.rank - b.meaning.rank);
  const taken = new Map<string, string>();
  const chosen = new Map<string, string>();
  for (const { header, meaning } of bySurety) {
    const key = `${meaning.column}:${meaning.language ?? ''}`;
    const other = apart(header, meaning);
    const name =
      meaning.column === 'identifier' && taken.has(key) && !ofPreset(meaning) ? 'other_identifier' : meaning.column;
    const several = other && taken.get(key) && !taken.has(`${key}:${other}`);
    if (name === meaning.column && taken.has(key) && !several && !ofPreset(meaning)) continue;
    if (!taken.has(key)) taken.set(key, other ?? '');
    if (other) taken.set(`${key}:${other}`, other);
    chosen.set(header, name);
  }
  const read = new Map<string, ReadColumn[]>();
  for (const column of preset ? bySurety : every) {
    const name = chosen.get(column.header);
    if (name) read.set(name, [...(read.get(name) ?? []), column]);
  }
  const names = [...new Set(headers.flatMap((header, n) => (given[n] === null ? [] : (chosen.get(header) ?? header))))];
  const columns = { read: (name: string) => read.get(name) ?? NONE, names: () => names };
  const units = new Map(every.map(({ header, meaning }) => [header, meaning.unit]));
  return {
    ...columns,
    has: (name) => read.has(name),
    nameOf: (header) => chosen.get(header),
    unitAt: (path) => units.get(path.replace(/^\/parts\/\d+\//, '')),
    preset,
    syntax: rowSyntax(columns),
  };
}

const known = new Map<string, Columns>();
/** Asked for twice in a row: when a record is opened and when it is read. */
let last: { row: object; columns: Columns } | undefined;

/** The columns of a row of the store: of those of its cells that are filled. */
export function columnsOfRow(row: Readonly<Record<string, unknown>>): Columns {
  if (row === last?.row) return last.columns;
  const headers = Object.keys(row).filter((name) => !name.startsWith('@'));
  const noted = typeof row[SAID] === 'string' ? row[SAID] : '';
  const preset = typeof row[PRESET] === 'string' ? PRESETS.get(row[PRESET]) : undefined;
  const key = [headers.join('\n'), noted, preset?.name].filter(Boolean).join('\n\n');
  let columns = known.get(key);
  if (!columns) {
    if (known.size > 500) known.clear();
    columns = columnsOf(headers, saidIn(noted), preset);
    known.set(key, columns);
  }
  last = { row, columns };
  return columns;
}

/** What a row notes of its headers; nothing where the store holds another shape. */
function saidIn(noted: string): Map<string, string> {
  const said: unknown = noted ? parseJson(noted) : undefined;
  const texts = isObject(said) ? Object.entries(said) : [];
  return new Map(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
