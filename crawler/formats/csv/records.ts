import { createHash } from 'node:crypto';
import { isFiller } from '../../../schema/parse/text.ts';
import { bareRecord } from '../../../schema/table.ts';
import { csvRows, delimiterOf } from '../../decode/csv-rows.ts';
import { decodeText } from '../../decode/text.ts';
import type { Page, RawRecord, RecordFault, Sample } from '../../format.ts';
import { LEFT_OUT, type LeftOut, leaveOutPersons, tellLeftOut } from '../../persons/door.ts';
import { fault } from '../../problems/rules.ts';
import { ENCODING } from '../../record/define-format.ts';
import { translated } from '../../record/rows.ts';
import { createSeen } from '../../record/seen.ts';
import { flagIn } from '../../record/spot.ts';
import { PRESET, SAID } from './columns.ts';
import { createDateOrders, isAmbiguous } from './date-order.ts';
import { type Header, readHeader, readHeaderBelow, repeats } from './header.ts';
import { presetNamed, readInPreset } from './presets.ts';
import { meaningsOf, TEMPLATE } from './words.ts';

export type Row = Record<string, unknown>;

/** Where a row notes in which order its column writes dates, for those that could be read in both. */
export const DATES = '@dates';

/** Whether a column of that name may be read. */
export const reads = (header: string): boolean => readsInWords(header) || readInPreset(header);
const readsInWords = (header: string): boolean => header.startsWith('@') || meaningsOf(header).length > 0;

const HEADER_WITHIN = 15; // rows of titles and notes that may stand above the header

/** Columns of a register whose table has a format of its own. */
const OF_A_REGISTER = /^[^\n]*(?:Owner Organisation Recognition Number|Ofqual Recognised From|Numero_Fiche)/;

/** An answer of a SPARQL endpoint, whose first variable is bound to addresses, about the EU's vocabularies. */
const OF_AN_ENDPOINT =
  /^"?[?]?(?:q|s|lo|spec|subject|specification|qualification)"?[,;\t][^\n]*\n"?(?:https?|urn):[\s\S]*?data\.europa\.eu\/snb\//i;

export function detect({ text, mediaType, name }: Sample): number {
  const start = text.trimStart();
  if (/^[{[<]|^%PDF|^PK/.test(start)) return 0;
  if (OF_A_REGISTER.test(start.slice(0, 4000)) || OF_AN_ENDPOINT.test(start.slice(0, 20_000))) return 0.3;
  const named = /\.(csv|tsv)$/i.test(name ?? '') || /^text\/(csv|tab-)/.test(mediaType ?? '');
  const delimiter = delimiterOf(text);
  for (const line of start
    .replace(/^sep=.\r?\n/i, '')
    .split(/\r?\n/)
    .slice(0, HEADER_WITHIN)) {
    const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const header = cells.length > 1 ? readHeader(cells) : undefined;
    if (header) return header.columns.read('identifier').length || named ? 0.9 : 0.7;
  }
  return named ? 0.5 : 0;
}

export async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
  const { options } = page.source;
  const forced = presetNamed(options.preset);
  let repair: string | undefined;
  const texts = decodeText(body, {
    charset: typeof options.charset === 'string' ? options.charset : page.charset,
    fallback: typeof options.fallback === 'string' ? options.fallback : undefined,
    onRepair: (what) => {
      repair = what;
    },
  });
  const seen = createSeen();
  let none = true;
  let possible: Header | undefined; // the row below may name more columns: then this one named groups of them
  let header: Header | undefined;
  let before: readonly string[] = [];
  let passed = 0;
  let usual: number | undefined; // some tables end every row with a separator
  const orders = createDateOrders();
  for await (const row of orders.ahead(csvRows(texts))) {
    const path = `line ${row.line}`;
    if ('what' in row) {
      const remedy = 'close the quotes of every cell and double the quotes inside a text';
      yield fault(null, path, 'csv-syntax', row.what, remedy, true);
      return;
    }
    if (!row.cells.some((cell) => cell.trim() !== '')) continue;
    if (!header) {
      const found: Header | undefined = possible
        ? readHeaderBelow(row.cells, before, possible.size + 1, forced)
        : readHeader(row.cells, before, forced);
      before = row.cells;
      if (found ?? !possible) {
        possible = found;
        if (!found && ++passed >= HEADER_WITHIN) break;
        continue;
      }
      header = possible as Header;
      if (repeats(header, row.cells, true)) continue;
    }
    if (repeats(header, row.cells)) continue;
    usual ??= Math.max(header.names.length, row.cells.length);
    const item = read(header, row.cells, path, usual);
    if (!item) continue;
    if ('rejection' in item) {
      yield item;
      continue;
    }
    const { identifier, raw, left } = item;
    if (!raw) {
      if (!seen.has(identifier)) yield { identifier, path, raw: null, gone: true };
      continue;
    }
    const same = createHash('sha256').update(JSON.stringify(raw)).digest('base64url').slice(0, 16);
    const known = seen.has(identifier);
    const title = header.titles.some((name) => raw[name] && !isFiller(String(raw[name])));
    if (!title && !known) {
      yield fault(identifier, path, 'missing-title', namesIn(raw), `fill the title column in ${path}`);
      continue;
    }
    note(raw, header, orders, row.cells, left);
    // The very same row once more is the same record once more: it is counted, and stands for nothing new.
    if (seen.add(identifier, same).first) {
      if (repair && none) raw[ENCODING] = repair;
      none = false;
      yield { identifier, path, raw };
    } else if (header.runs.some((name) => raw[name])) {
      yield { identifier, part: partKey(raw, header, same), path, raw };
    } else {
      const remedy = 'give each credential its own identifier, or fill the columns of a run (start_date, place, …)';
      yield fault(null, path, 'duplicate-identifier', `${identifier}: ${cell(raw, header, 'title')}`, remedy);
    }
  }
  if (!header && !possible) {
    const some = [...TEMPLATE.keys()].slice(0, 3).join(', ');
    const what = `none of the first ${HEADER_WITHIN} rows names a title column`;
    const remedy = `begin with a row of column names (${some}, …): see examples/template.csv`;
    yield fault(null, 'line 1', 'csv-no-header', what, remedy, true);
  }
}

/**
 * One row without persons, under its identifier; a fault where it cannot be used, undefined where it is taken out. A template that
 * takes out by a column says so: then there is no `raw`.
 */
function read(
  header: Header,
  cells: readonly string[],
  path: string,
  usual: number,
): { identifier: string; raw?: Row; left: LeftOut } | RecordFault | undefined {
  const surplus =
    cells.length > usual
      ? cells.slice(usual - 1)
      : cells.slice(header.names.length).filter((text) => text.trim() !== '');
  // Before anything is worked out from the row: what tells two rows apart is not who teaches.
  const left: LeftOut = new Map();
  const { columns } = header;
  const { preset } = columns;
  const isRead = (name: string) => {
    const meaning = preset?.meaningOf(name);
    return meaning === undefined ? readsInWords(name) : meaning !== null;
  };
  const raw = leaveOutPersons(rawOf(header, cells), left, { reads: isRead }) as Row;
  const [own] = columns.read('identifier');
  const identifier = cell(raw, header, own ? 'identifier' : 'url');
  if (flagIn(cell(raw, header, 'disabled'))) return preset && identifier ? { identifier, left } : undefined;
  if (surplus.length) {
    const what = `${cells.length} cells, but ${header.names.length} columns: ${surplus.join(' | ')}`;
    const remedy = 'put texts that contain the separator into double quotes';
    return fault(identifier || null, path, 'csv-column-count', what, remedy);
  }
  if (identifier) return { identifier, raw, left };
  const [url] = columns.read('url');
  const add = `add a column "identifier" and fill it${url ? `, or the column "${url.header}"` : ''} in ${path}`;
  const remedy = own ? `fill the column "${own.header}" in ${path}` : add;
  return fault(null, path, 'missing-identifier', cell(raw, header, 'title') || namesIn(raw), remedy);
}

const namesIn = (raw: Row): string => `a row with ${Object.keys(raw).slice(0, 5).join(', ')}`;

/** What the row can only be understood with, which stands elsewhere in its table. */
function note(
  raw: Row,
  { names, said, columns }: Header,
  orders: ReturnType<typeof createDateOrders>,
  cells: readonly string[],
  left: LeftOut,
): void {
  const dates = names.flatMap((name, n) => {
    const order = name !== undefined && isAmbiguous(cells[n] ?? '') ? orders.of(n) : undefined;
    return name !== undefined && order ? [[name, order] as const] : [];
  });
  if (dates.length) {
    const noted = bareRecord<Row>();
    for (const [name, order] of dates) noted[name] = order;
    raw[DATES] = noted;
  }
  // A row of data that was taken for the header has names of persons as well: the door let none of them into the row.
  const here = [...said].filter(([name]) => Object.hasOwn(raw, name));
  if (here.length) raw[SAID] = JSON.stringify(Object.fromEntries(here));
  if (columns.preset) raw[PRESET] = columns.preset.name;
  if (left.size) raw[LEFT_OUT] = tellLeftOut(left);
}

/** Spreadsheets write a text of digits as a formula that gives it: `="00123"`. */
const FORMULA = /^="((?:[^"]|"")*)"$/;

function rawOf({ names }: Header, cells: readonly string[]): Row {
  const raw = bareRecord<Row>();
  for (const [n, name] of names.entries()) {
    const text = (cells[n] ?? '').replaceAll('\u0000', '').toWellFormed().trim();
    const formula = text.startsWith('="') ? FORMULA.exec(text)?.[1] : undefined;
    const value = formula === undefined ? text : formula.replaceAll('""', '"').trim();
    if (name !== undefined && value !== '') raw[name] = value;
  }
  return raw;
}

function cell(raw: Row, { columns }: Header, column: string): string {
  const read = columns.read(column);
  const untagged = read.filter(({ language }) => !language);
  const one = untagged.find(({ header }) => raw[header]) ?? untagged[0] ?? read[0];
  const value = one && translated(raw[one.header], one.words);
  return typeof value === 'string' && !isFiller(value) ? value : '';
}

/** A key that stays when rows are sorted anew: the run's own identifier, else its facts. */
function partKey(raw: Row, header: Header, hash: string): string {
  const own = cell(raw, header, 'opportunity_id');
  if (own) return `run:${own}`;
  const facts = ['start_date', 'end_date', 'place', 'opportunity_url'].map((name) => cell(raw, header, name));
  return facts.some(Boolean) ? `run:${facts.join('|')}|${hash.slice(0, 6)}` : `row:${hash}`;
}
