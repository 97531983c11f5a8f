import { sheetRows } from './sheet-rows.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { type Archive, ArchiveBroken } from './zip.ts';

/** Characters of CSV that go on together. */
const PIECE = 64 * 1024;

/**
 * The table of an Excel workbook as CSV (RFC 4180, UTF-8 with byte order mark): the first sheet in view that has one and the sheets in
 * view after it that have the same columns (a sheet a year, a faculty, …), or the one named. A line of it is a row of the first
 * sheet as long as no cell has line breaks; rows of further sheets follow. `largest`: bytes of CSV at most.
 * @throws ArchiveBroken
 */
export async function* workbookCsv(archive: Archive, largest: number, named?: string): AsyncGenerator<Uint8Array> {
  const book = await openWorkbook(archive);
  const tables = await tablesOf(archive, book, named);
  if (!tables.length) {
    const names = book.sheets.map(({ name }) => `"${name}"`).join(', ');
    throw new ArchiveBroken(
      named === undefined ? 'no sheet in view has a table' : `it has no sheet "${named}", but ${names}`,
    );
  }
  const bytes = new TextEncoder();
  let piece = '\uFEFF';
  let size = 0;
  let line = 1;
  for (const { sheet, from } of tables) {
    const before = sheet === tables[0]?.sheet ? 0 : line - from + 1;
    for await (const { row, cells } of rowsOf(archive, sheet, book)) {
      if (row < from) continue;
      for (; line < row + before; line++) piece += '\n';
      piece += cells.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');
      if (piece.length < PIECE) continue;
      size += piece.length;
      if (size > largest) throw new ArchiveBroken(`its table has more than ${largest} characters`);
      yield bytes.encode(piece);
      piece = '';
    }
  }
  yield bytes.encode(`${piece}\n`);
}

async function* rowsOf(archive: Archive, { part }: Sheet, book: Workbook) {
  const cells = await archive.read(part);
  if (cells) yield* sheetRows(cells, book);
}

/** The sheets to be read, each from a row on. */
async function tablesOf(
  archive: Archive,
  book: Workbook,
  named?: string,
): Promise<readonly { sheet: Sheet; from: number }[]> {
  if (named !== undefined)
    return book.sheets.flatMap((sheet) => (sheet.name === named ? { sheet, from: 1 } : [])).slice(0, 1);
  const inView: (Table & { sheet: Sheet })[] = [];
  for (const sheet of book.sheets)
    if (!sheet.hidden) inView.push({ sheet, ...(await firstRows(rowsOf(archive, sheet, book))) });
  const first = inView.find(({ rows }) => rows > 1) ?? inView.find(({ rows }) => rows > 0);
  if (!first) return [];
  const alike = inView.slice(inView.indexOf(first) + 1).filter(({ columns }) => columns === first.columns);
  return [{ sheet: first.sheet, from: 1 }, ...alike.map(({ sheet, header }) => ({ sheet, from: header + 1 }))];
}

interface Table {
  /** Rows of several cells: none, one (it may be a table without records), or more. */
  rows: 0 | 1 | 2;
  /** The row of the first of them, and what it says. */
  header: number;
  columns: string;
}

async function firstRows(rows: ReturnType<typeof rowsOf>): Promise<Table> {
  const table: Table = { rows: 0, header: 0, columns: '' };
  for await (const { row, cells } of rows) {
    const said = cells.map((cell) => cell.trim());
    if (said.filter(Boolean).length < 2) continue;
    if (table.rows) return { ...table, rows: 2 };
    Object.assign(table, { rows: 1, header: row, columns: JSON.stringify(said) });
  }
  return table;
}
