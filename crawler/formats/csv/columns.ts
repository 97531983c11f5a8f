import { isObject } from '../../../schema/index.ts';
import { kindOfUnit } from '../../elements/workload.ts';
import { type MeaningfulColumn, rowSyntax, type TableColumns } from '../../record/rows.ts';
import type { Syntax } from '../../record/spot.ts';
import { understand } from './neighbours.ts';
import { currencyIn, headerKey, type Meaning } from './words.ts';

/** Where a record notes which headers mean something only by the rest of their table, by what each is to be read as ('': nothing). */
export const SAID = '@columns';

export interface ReadColumn extends MeaningfulColumn {
  meaning: Meaning;
}

/** The columns of a table, or of the filled cells of one row. */
export interface Columns extends TableColumns {
  read(name: string): readonly ReadColumn[];
  /** What the header at a place says of its values: their unit or currency. */
  unitAt(path: string): string | undefined;
  readonly syntax: Syntax;
}

const SCHEMES = /\b(?:ror|siret|erasmus|ukprn|brin|schac)\b/;

/** The scheme that a header names for identifiers of organisations. */
export const schemeIn = (header: string): string | undefined => SCHEMES.exec(headerKey(header))?.[0];

/** What makes two columns of one meaning two statements: prices in two currencies, durations in two units, identifiers of two schemes. */
function apart(header: string, { column, unit }: Meaning): string | undefined {
  if (column === 'provider_id') return schemeIn(header);
  if (!unit) return undefined;
  return column === 'price' ? currencyIn(unit) : column === 'duration' ? kindOfUnit(unit) : undefined;
}

/** Which column of the table is read for which column of the format: the surest header; those with a language stand beside it. */
export function columnsOf(headers: readonly string[], said: ReadonlyMap<string, string> = new Map()): Columns {
  const meanings = understand(headers.map((header) => said.get(header) ?? header));
  const every = headers.flatMap((header, n) => {
    const meaning = meanings[n];
    return meaning ? [{ header, meaning, n, ...(meaning.language ? { language: meaning.language } : {}) }] : [];
  });
  const taken = new Map<string, string>();
  const chosen = new Map<string, string>();
  for (const { header, meaning } of [...every].sort((a, b) => a.meaning.rank - b.meaning.rank)) {
    const key = `${meaning.column}:${meaning.language ?? ''}`;
    const other = apart(header, meaning);
    const name = meaning.column === 'identifier' && taken.has(key) ? 'other_identifier' : meaning.column;
    if (name === meaning.column && taken.has(key) && !(other && taken.get(key) && !taken.has(`${key}:${other}`)))
      continue;
    if (!taken.has(key)) taken.set(key, other ?? '');
    if (other) taken.set(`${key}:${other}`, other);
    chosen.set(header, name);
  }
  const read = new Map<string, ReadColumn[]>();
  for (const { n: _, ...column } of every) {
    const name = chosen.get(column.header);
    if (name) read.set(name, [...(read.get(name) ?? []), column]);
  }
  const columns: TableColumns & Pick<Columns, 'read'> = {
    read: (name) => read.get(name) ?? [],
    nameOf: (header) => chosen.get(header),
  };
  const units = new Map(every.map(({ header, meaning }) => [header, meaning.unit]));
  return { ...columns, unitAt: (path) => units.get(path.replace(/^\/parts\/\d+\//, '')), syntax: rowSyntax(columns) };
}

const known = new Map<string, Columns>();

/** The columns of a row of the store: of those of its cells that are filled. */
export function columnsOfRow(row: Readonly<Record<string, unknown>>): Columns {
  const headers = Object.keys(row).filter((name) => !name.startsWith('@'));
  const noted = isObject(row[SAID]) ? row[SAID] : undefined;
  const key = noted ? `${headers.join('\n')}\n\n${JSON.stringify(noted)}` : headers.join('\n');
  let columns = known.get(key);
  if (!columns) {
    if (known.size > 500) known.clear();
    const said = Object.entries(noted ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    columns = columnsOf(headers, new Map(said));
    known.set(key, columns);
  }
  return columns;
}
