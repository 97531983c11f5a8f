import { isFiller } from '../../../schema/parse/text.ts';
import { bareRecord } from '../../../schema/table.ts';
import { csvRows } from '../../decode/csv-rows.ts';
import { decodeText } from '../../decode/text.ts';
import type { Page, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { ENCODING } from '../../record/define-format.ts';
import { createSeen } from '../../record/seen.ts';

/** Names of the identifier: of a qualification in the extract and the API, of an organisation. */
export const IDS = ['Qualification Number', 'qualificationNumber', 'Recognition Number', 'recognitionNumber'];

/** The rows of an extract, each as an object under the names of its columns; cells that are empty say nothing. */
export async function* rows(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  let repair: string | undefined;
  const texts = decodeText(body, { charset: page.charset, onRepair: (what) => (repair = what) });
  let names: readonly string[] | undefined;
  let id = -1;
  const seen = createSeen();
  let none = true;
  for await (const row of csvRows(texts)) {
    const path = `line ${row.line}`;
    if ('what' in row) {
      yield fault(null, path, 'csv-syntax', row.what, 'close the quotes of every cell', true);
      return;
    }
    if (!row.cells.some((cell) => cell.trim() !== '')) continue;
    if (!names) {
      names = row.cells.map((cell) => cell.trim());
      id = names.findIndex((name) => IDS.includes(name));
      continue;
    }
    const identifier = (row.cells[id] ?? '').trim();
    const raw = bareRecord<Record<string, string>>();
    for (const [n, name] of names.entries()) {
      const cell = (row.cells[n] ?? '').replaceAll('\u0000', '').toWellFormed().trim();
      if (name !== '' && cell !== '') raw[name] = cell;
    }
    if (row.cells.length > names.length)
      yield fault(identifier || null, path, 'csv-column-count', `${row.cells.length} cells, ${names.length} columns`);
    else if (isFiller(identifier)) yield fault(null, path, 'missing-identifier', 'a row without its number');
    else if (seen.has(identifier)) yield fault(null, path, 'duplicate-identifier', identifier);
    else {
      if (repair && none) raw[ENCODING] = repair;
      none = false;
      seen.add(identifier);
      yield { identifier, path, raw };
    }
  }
  if (!names || id < 0)
    yield fault(
      null,
      'line 1',
      'csv-no-header',
      'no column of numbers',
      `begin with a row of columns: ${IDS[0]}, …`,
      true,
    );
}
