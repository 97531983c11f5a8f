import { isObject } from '../../../schema/index.ts';
import { readLanguages } from '../../elements/languages.ts';
import { defineFormat } from '../../record/define-format.ts';
import { declareShape, type Shape } from '../../record/shape.ts';
import { columnsOfRow } from './columns.ts';
import { elements } from './elements.ts';
import { detect, reads, records } from './records.ts';
import { type CsvReading, type Row, rowOf, wordsOf } from './row.ts';
import { COLUMNS, OF_RUN } from './words.ts';

const shape: Shape = { child: declareShape(COLUMNS.map((name) => `${name} *`).join(' ')).child, reads };
const READ_OF_RUNS = new Set([...OF_RUN, 'mode', 'duration_unit', 'identifier', 'modified', 'disabled']);

/**
 * CSV: the catalogue's own template, and tables of others whose headers mean the same.
 *
 * The columns and what belongs into them stand in `columns.json`, the headers under which they are recognised, in the languages of the
 * EU, in `headers.json`; `examples/template.csv` has all columns. Needed: `identifier` and `title`. In a table without an identifier
 * column the `url` stands for it, with a warning in every record; rows that have neither are rejected.
 *
 * - UTF-8 (with or without byte order mark), UTF-16 or Windows-1252; comma, semicolon, tab or bar; Excel's `sep=;` and `="00123"`.
 * - Titles and notes may stand above the header; so may a row that names groups of columns.
 * - Texts in further languages stand in columns with a suffix: `title:de`, `description_fr`.
 * - Lists are separated by `|` or new lines; decimals may have a comma; dates are `YYYY-MM-DD` or `D.M.YYYY`. With slashes the day
 *   comes first unless the source says `"options": {"dates": "mdy"}` or other dates of the column can only have the month first; a
 *   date that could be both is reported, and not stated in a column that has both. Two digits of a year after slashes or hyphens stay
 *   words; serial days of spreadsheets are reported.
 * - Units and currencies stand in the cell, in the header ("Preis (€)", "Laajuus (op)") or in a column beside it; a number without is
 *   reported. Credits are ECTS when header, cell or unit say so, or where a law makes them ECTS (CFU, EAP, op, hp, studiepoeng, …);
 *   under a bare "credits" they are credits of no named scheme, with a warning.
 * - Rows with the same identifier are one credential; each row that has a date, place, price or another column of a
 *   run is one opportunity of it. What is said of the credential itself is taken from the first of them; what others say is reported.
 * - A row with `disabled` = yes is taken as not there. What no column of the format takes is named in the record.
 * - A row with more filled cells than there are columns is rejected: a separator in a text was not quoted, so that no cell can be trusted.
 */
export const csv = defineFormat<CsvReading>({
  name: 'csv',
  title: 'CSV (template of this catalogue, tables with the same columns)',
  specification: 'https://www.rfc-editor.org/rfc/rfc4180',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  version: 5,
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
      return name !== undefined && !READ_OF_RUNS.has(name) && row[header] !== first.spot.at(name).value;
    });
    const remedy = 'say it in the first row of the identifier: of the others only columns of a run are read';
    if (other.length) spot.note('not-mapped', remedy, other.slice(0, 20).join(', '));
  }
}
