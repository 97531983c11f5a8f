import { hash } from 'node:crypto';
import { isFiller } from '../../../schema/parse/text.ts';
import { bareRecord } from '../../../schema/table.ts';
import { csvRows } from '../../decode/csv-rows.ts';
import { createShelf, type Shelf } from '../../decode/shelf.ts';
import { decodeText } from '../../decode/text.ts';
import type { Page, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { ENCODING } from '../../record/define-format.ts';
import { createUnreleased } from '../../record/unreleased.ts';
import { type Answer, answerIn, propertyOf } from './columns.ts';

type Raw = Record<string, unknown>;

/** The line of a row, and its cells. */
type Row = [number, string[]];

/** A qualification while its rows come. */
interface Found {
  identifier: string;
  raw: Raw;
  path: string;
  /** What was said already: rows multiply what a query asks for. */
  said: Set<string>;
}

/** Bodies, whose address, name and country stand in columns of their own. */
const BODY = /^(awardingBody|publisher|providedBy)(Name|Country)?$/;
/** Who publishes the courses of KURSNET as qualifications of Germany. */
const KURSNET = '9958f948-c9fa-43be-9eab-317e6eef2a2c';
/** What is said in words, which have a language. */
const IN_WORDS =
  /Name$|^(?:title|description|outcomes|note|entryRequirement|mode|type|nqf|publisher|awardingBody|providedBy)$/;
const ADDRESS = /^(?:https?|urn):/i;
/** Rows that are put together at once. */
const ROWS_AT_ONCE = 20_000;

/**
 * The qualifications of an answer, each put together of its rows: an answer without ORDER BY, which the register refuses, has them
 * anywhere. What its register has not released is counted and left out, as is what KURSNET publishes.
 */
export async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
  let repair: string | undefined;
  const texts = decodeText(body, { charset: page.charset, onRepair: (what) => (repair = what) });
  let header: readonly string[] | undefined;
  let answer: Answer | undefined;
  // Rows wait, on disk when there are many: memory holds a number a row.
  const rows = createShelf<Row>();
  const hashes: number[] = [];
  try {
    for await (const row of csvRows(texts)) {
      const path = `line ${row.line}`;
      if ('what' in row) {
        yield fault(null, path, 'csv-syntax', row.what, 'close the quotes of every cell', true);
        break;
      }
      const cells = row.cells.map((cell) => cell.replaceAll('\u0000', '').toWellFormed().trim());
      if (!cells.some((cell) => cell !== '')) continue;
      if (!header) {
        header = cells;
        answer = answerIn(cells, page.url);
        if (answer) continue;
      }
      if (!answer) break;
      const identifier = cells[answer.subject] ?? '';
      if (cells.length > header.length)
        yield fault(identifier || null, path, 'csv-column-count', `${cells.length} cells, ${header.length} columns`);
      else if (!ADDRESS.test(identifier))
        yield fault(null, path, 'missing-identifier', identifier || 'a row without an address');
      else {
        rows.add([row.line, cells]);
        hashes.push(hashOf(identifier));
      }
    }
    if (!answer) {
      const remedy =
        'ask for the address of the qualification (?q) and for what is called like its property (?title, …)';
      yield fault(null, 'line 1', 'csv-no-header', 'no column of qualifications', remedy, true);
      return;
    }
    yield* released(together(hashes, rows, answer, header ?? []), repair);
  } finally {
    rows.dispose();
  }
}

/** Tells which rows cannot be of one qualification, in 30 bits: a list of such numbers takes the least memory. */
const hashOf = (identifier: string): number => hash('sha1', identifier, 'buffer').readUInt32LE() >>> 2;

/** Each qualification of its rows; so many rows at once that memory is the same for a register of any size. */
function* together(
  hashes: readonly number[],
  rows: Shelf<Row>,
  answer: Answer,
  header: readonly string[],
): Generator<Found> {
  const lots = Math.ceil(hashes.length / ROWS_AT_ONCE);
  for (let lot = 0; lot < lots; lot++) {
    const found = new Map<string, Found>();
    for (let number = 0; number < hashes.length; number++) {
      if ((hashes[number] as number) % lots !== lot) continue;
      const [line, cells] = rows.get(number);
      const identifier = cells[answer.subject] ?? '';
      const one = found.get(identifier) ?? opened(identifier, `line ${line}`, answer);
      found.set(identifier, one);
      addRow(one, cells, answer, header);
    }
    for (const one of found.values()) {
      if (answer.long) joined(one.raw);
      yield one;
    }
  }
}

function* released(found: Iterable<Found>, repair: string | undefined): Generator<RawRecord | RecordFault> {
  const unreleased = createUnreleased();
  const offers: string[] = [];
  let told = repair === undefined;
  for (const { identifier, raw, path } of found) {
    const status = textsIn(raw.status).find((word) => !/(?:^|[/#])released$/i.test(word));
    if (status !== undefined) unreleased.add(status, path);
    else if (JSON.stringify(raw.publisher ?? '').includes(KURSNET)) offers.push(path);
    else {
      const record = inOrder(raw);
      if (!told) record[ENCODING] = repair;
      told = true;
      yield { identifier, path, raw: record };
    }
  }
  yield* unreleased.faults();
  if (offers[0] !== undefined) yield fault(null, offers[0], 'offer-as-qualification', `${offers.length} × KURSNET`);
}

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');

/** The order of rows says nothing, and is another one each time. */
function inOrder(raw: Raw): Raw {
  const record = bareRecord<Raw>();
  for (const name of Object.keys(raw).sort()) {
    const value = raw[name];
    record[name] = Array.isArray(value)
      ? value.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : value;
  }
  return record;
}

function opened(identifier: string, path: string, { constants }: Answer): Found {
  const one: Found = { identifier, raw: bareRecord<Raw>(), path, said: new Set() };
  one.raw.id = identifier;
  for (const [property, value] of constants) add(one, property, value);
  return one;
}

function add({ raw, said }: Found, name: string, value: unknown): void {
  const key = JSON.stringify([name, value]);
  if (said.has(key)) return;
  said.add(key);
  const known = raw[name];
  if (Array.isArray(known)) known.push(value);
  else raw[name] = [value];
}

/** What one row says: the address, name and country of a body belong together, as do credits and their framework. */
function addRow(
  one: Found,
  cells: readonly string[],
  { columns, subject, long }: Answer,
  header: readonly string[],
): void {
  const languageOf = (property: string): string => {
    const own = columns.findIndex((one) => one.languageOf === property);
    return cells[own >= 0 ? own : columns.findIndex((one) => one.languageOf === '')] ?? '';
  };
  const named = long ? (cells[columns.findIndex(({ property }) => property === 'property')] ?? '') : '';
  const bodies = new Map<string, Raw>();
  const beside = (name: string, part: string, value: unknown) => {
    const facts = bodies.get(name) ?? bareRecord<Raw>();
    facts[part] ??= value;
    bodies.set(name, facts);
  };
  for (const [n, column] of columns.entries()) {
    const text = cells[n] ?? '';
    // Blank nodes are names within one answer.
    if (n === subject || column.languageOf !== undefined || isFiller(text) || /^_:/.test(text)) continue;
    if (long && column.property === 'property') continue;
    const said = column.property === 'value' ? propertyOf(named) : column.property;
    const property = /^(?:id|property|value|tag)$/.test(said ?? '') ? undefined : said;
    if (property === undefined) {
      // What nobody reads is kept under its own name.
      const name = (column.property === 'value' && long ? named : (header[n] ?? '')).replace(/^@+/, '');
      if (name !== '' && name !== 'id') add(one, name, text);
      continue;
    }
    const language = languageOf(property);
    const value = language && IN_WORDS.test(property) && !ADDRESS.test(text) ? { value: text, language } : text;
    const [, body, part] = BODY.exec(property) ?? [];
    if (body) beside(body, part?.toLowerCase() ?? (ADDRESS.test(text) ? 'address' : 'name'), value);
    else if (/^(?:point|framework)$/.test(property)) beside('creditPoint', property, text);
    else add(one, property, value);
  }
  for (const [name, facts] of bodies) add(one, name, facts);
}

/** Rows that say one property each say of one body its address in one row, its name in another. */
function joined(raw: Raw): void {
  for (const name of ['awardingBody', 'publisher', 'providedBy']) {
    const facts = Array.isArray(raw[name]) ? (raw[name] as Raw[]) : [];
    const [address, ...more] = new Set(facts.flatMap((one) => one.address ?? []));
    if (address === undefined || more.length) continue;
    const rest = facts.filter((one) => one.address === undefined);
    if (rest.length) raw[name] = rest.map((one) => ({ ...one, address }));
  }
}
