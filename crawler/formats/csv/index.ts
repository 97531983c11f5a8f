import { isObject } from '../../../schema/index.ts';
import { readLanguages } from '../../elements/languages.ts';
import { defineFormat } from '../../record/define-format.ts';
import { declareShape, type Shape } from '../../record/shape.ts';
import { columnsOfRow } from './columns.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { detect, reads, records } from './records.ts';
import { type CsvReading, type Row, rowOf, wordsOf } from './row.ts';
import { COLUMNS, OF_RUN } from './words.ts';

const shape: Shape = { ...declareShape(COLUMNS.map((name) => `${name} *`).join(' ')), reads };
const READ_OF_RUNS = new Set([...OF_RUN, 'mode', 'duration_unit', 'identifier', 'modified', 'disabled']);

/**
 * CSV: the catalogue's own template, and tables of others whose headers mean the same. The columns and what belongs into them stand in
 * `columns.json`, the headers under which they are recognised, in the languages of the EU, in `headers.json`.
 */
export const csv = defineFormat<CsvReading>({
  name: 'csv',
  title: 'CSV (template of this catalogue, tables with the same columns)',
  specification: 'https://www.rfc-editor.org/rfc/rfc4180',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  documentation,
  version: 6,
  openEnded: true,
  detect,
  records,
  shape,
  partShape: shape,
  open(raw, parts, reading) {
    if (!isObject(raw)) {
      const remedy = 'the first row of an identifier describes the credential: upload the table anew';
      return { path: '', rule: 'not-a-record', remedy };
    }
    return {
      main: rowOf(raw, reading).spot,
      parts: parts.flatMap((part, n) => (isObject(part) ? [rowOf(part, reading, `/parts/${n}`).spot] : [])),
    };
  },
  prepare(reading) {
    const [language, ...others] = readLanguages(reading.main.at('language'));
    if (others.length) reading.main.at('language').note('unknown-language', 'name the one language of the texts');
    else if (language) reading.language = language;
    const rows = [reading.main, ...reading.parts].map(
      (spot): Row => ({ spot, columns: columnsOfRow(spot.value as Record<string, unknown>) }),
    );
    reading.language ??= rows[0]?.columns.preset?.language;
    return Object.assign(reading, { rows: rows as [Row, ...Row[]] });
  },
  named: ({ rows: [row] }) => ({ spot: row.spot.at('title'), texts: wordsOf(row, 'title') }),
  elements,
  complete: (_draft, { rows }) => tellOtherRows(rows),
});

/** What a further row says of the credential itself, for which only the first one is read. */
function tellOtherRows([first, ...others]: CsvReading['rows']): void {
  for (const { spot, columns } of others) {
    const row = spot.value as Record<string, unknown>;
    const other = Object.keys(row).filter((header) => {
      const name = columns.nameOf(header);
      const before = columns.preset
        ? (first.spot.value as Record<string, unknown>)[header]
        : first.spot.at(name ?? '').value;
      return name !== undefined && !READ_OF_RUNS.has(name) && row[header] !== before;
    });
    const remedy = 'say it in the first row of the identifier: of the others only columns of a run are read';
    if (other.length) spot.note('not-mapped', remedy, other.slice(0, 20).join(', '));
  }
}
