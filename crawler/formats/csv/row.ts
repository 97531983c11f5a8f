import type { LangString, Price } from '../../../schema/index.ts';
import { currencyCode } from '../../../schema/parse/price.ts';
import { readLanguages } from '../../elements/languages.ts';
import { type Modes, readModes } from '../../elements/modes.ts';
import { amountIn } from '../../elements/numbers.ts';
import { readCurrency, readPrices } from '../../elements/prices.ts';
import { readSpan } from '../../elements/workload.ts';
import { silent } from '../../problems/notes.ts';
import type { RecordReading } from '../../record/define-format.ts';
import { type Reading, Spot } from '../../record/spot.ts';
import { type Columns, columnsOfRow } from './columns.ts';
import { currencyIn, headerKey } from './words.ts';

/** A row of the table: its cells as spots, and what the headers say of them. */
export interface Row {
  spot: Spot;
  columns: Columns;
}

/** A record of the table: its first row and those of its further runs. */
export interface CsvReading extends RecordReading {
  rows: readonly [Row, ...Row[]];
}

export function rowOf(row: Readonly<Record<string, unknown>>, reading: Reading, path = ''): Row {
  const columns = columnsOfRow(row);
  return { spot: new Spot(columns.syntax, reading, { value: row, path }), columns };
}

/** What stands in the row at the place of a spot, before a template put it into words. */
export const asWritten = ({ spot: row }: Row, spot: Spot): Spot =>
  spot.with((row.value as Record<string, unknown>)[spot.path.replace(/^\/parts\/\d+\//, '')]);

/** The same row, for reading again what was reported before. */
export const again = ({ spot, columns }: Row): Row => ({
  columns,
  spot: new Spot(columns.syntax, { ...spot.reading, notes: silent() }, spot),
});

/** The words of a column in all its languages, each once; what is tagged stands for its untagged twin. */
export function wordsOf({ spot, columns }: Row, column: string): LangString[] {
  if (columns.read(column).length < 2) return spot.at(column).texts();
  const out: LangString[] = [];
  for (const text of spot.each(column).flatMap((one) => one.texts())) {
    const known = (other: LangString) =>
      other.value === text.value && (other.language === text.language || text.language === 'und');
    if (!out.some(known)) out.push(text);
  }
  return out;
}

/** The amount at a spot with the unit that stands apart: in the column's header, or in a column of its own. */
export function withUnit(spot: Spot, unit: string | undefined): Spot {
  const said = spot.said();
  return unit && said !== undefined && amountIn(said)?.unit === '' ? spot.with(`${said} ${unit}`) : spot;
}

/** What the row's durations say, each in its unit. */
export function spansOf(row: Row): Spot[] {
  if (!row.columns.has('duration')) return [];
  const unit = row.spot.at('duration_unit').said();
  return row.spot.each('duration').map((spot) => withUnit(spot, row.columns.unitAt(spot.path) ?? unit));
}

/** Calendar time, effort and words that a row says of its duration. */
type Span = ReturnType<typeof readSpan>;
const spanOf = (row: Row): Span => Object.assign({}, ...spansOf(row).map((spot) => readSpan(spot)));

/** What a row says of the credential and of its run alike. */
export interface Shared {
  modes: Modes;
  languages: readonly string[];
  prices: readonly Price[];
  span: Span;
}

export const sharedOf = (row: Row): Shared => ({
  span: spanOf(row),
  modes: readModes(row.spot.each('mode')),
  languages: [...new Set(row.spot.each('language_of_instruction').flatMap(readLanguages))],
  prices: pricesOf(row),
});

const PRICED = ['price', 'currency', 'free', 'has_fee'];

/** What a row says that it costs: amounts in the currency of its cell or of the header, else what the flags say. */
export function pricesOf(row: Row): Price[] {
  const { spot, columns } = row;
  if (!PRICED.some(columns.has)) return [];
  const stated = readCurrency(spot.at('currency'));
  const said = spot.each('price').flatMap((amount) => {
    const header = columns.unitAt(amount.path);
    const currency = header && currencyIn(header);
    const text = header && !currencyCode(header.trim()) ? header : undefined;
    return readPrices({ amount, currency: stated ?? currency, text });
  });
  if (said.length || !spot.at('price').silent) return said;
  const [free, fee] = [spot.at('free'), spot.at('has_fee')];
  const audience = /\bexternal users\b/.test(headerKey(fee.path)) ? 'external users' : undefined;
  if (free.flag() || fee.flag() === false) return [{ amount: 0, ...(free.flag() || !audience ? {} : { audience }) }];
  if (fee.flag()) return [{ text: 'fee', ...(audience ? { audience } : {}) }];
  // Words in place of yes and no: "kostenlos", "yes, 50 EUR".
  return [free, fee].flatMap((one) => {
    if (one.silent || one.flag() !== undefined) return [];
    const prices = readPrices({ amount: one, audience }).filter(({ amount }) => amount !== undefined);
    if (!prices.length) one.note('unknown-code', 'say yes or no here, and give the price in a column "price"');
    return prices;
  });
}
