import { numberText } from './cell-values.ts';
import { textCollector, type Workbook } from './workbook.ts';
import { readPart, unescaped } from './xml-part.ts';
import { ArchiveBroken } from './zip.ts';

/** A row of a sheet that has something in it. The first row of a sheet is 1, its cells are texts, empty ones in between included. */
export interface SheetRow {
  row: number;
  cells: string[];
}

/** The largest sheet that Excel has (specifications and limits of Microsoft Excel). */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Cells with something in them. */
const MOST_CELLS = 10_000_000;

/**
 * The rows of a sheet as they come (ISO/IEC 29500-1, 18.3.1.73 row and 18.3.1.4 c). A formula is what it came to when the workbook was
 * saved; a cell in error says nothing.
 * @throws ArchiveBroken
 */
export function sheetRows(part: AsyncIterable<Uint8Array>, book: Workbook): AsyncGenerator<SheetRow> {
  let row = 0;
  let column = 0;
  let cells: string[] = [];
  let all = 0;
  let cell = { type: 'n', style: 0 };
  let value: string[] | undefined;
  let inValue = false;
  const inline = textCollector();

  return readPart<SheetRow>(part, (emit) => ({
    open(name, attributes) {
      if (name === 'row') {
        // Upwards only: what stands out of order comes after what was before it.
        row = Math.max(Number(attributes.r) || 0, row + 1);
        if (row > MOST_ROWS) throw new ArchiveBroken(`a sheet has more than ${MOST_ROWS} rows`);
        column = 0;
        cells = [];
      } else if (name === 'c') {
        column = columnOf(attributes.r) ?? column + 1;
        if (column > MOST_COLUMNS) throw new ArchiveBroken(`a row has more than ${MOST_COLUMNS} columns`);
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
        value = undefined;
        inline.begin();
      } else if (name === 'v') {
        inValue = true;
        value = [];
      } else inline.open(name);
    },
    text(text) {
      if (inValue) value?.push(text);
      else inline.text(text);
    },
    close(name) {
      inline.close(name);
      if (name === 'v') inValue = false;
      else if (name === 'c') {
        const text = cell.type === 'inlineStr' ? inline.end() : cellText(value?.join(''), cell, book);
        if (text === '') return;
        if (++all > MOST_CELLS) throw new ArchiveBroken(`a sheet has more than ${MOST_CELLS} cells`);
        while (cells.length < column) cells.push('');
        cells[column - 1] = text;
      } else if (name === 'row' && cells.length) emit({ row, cells });
    },
  }));
}

/** `BC12` is column 55. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^\$?([A-Z]{1,4})\$?\d/i.exec(reference ?? '')?.[1]?.toUpperCase();
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function cellText(value: string | undefined, { type, style }: { type: string; style: number }, book: Workbook): string {
  if (value === undefined || type === 'e') return '';
  if (type === 's') return book.texts[Number(value)] ?? '';
  if (type === 'str') return unescaped(value);
  if (type === 'b') return value.trim() === '1' ? 'yes' : 'no';
  if (type === 'd') return value.trim().replace(/T00:00(?::00(?:\.0{1,9})?)?Z?$/, '');
  return numberText(value, book.kinds[style] ?? 'number', book.from1904);
}
