import { sheetRows } from './sheet-rows.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { type Archive, ArchiveBroken } from './zip.ts';

/** Characters of CSV that go on together. */
const PIECE = 64 * 1024;

/**
 * The table of an Excel workbook as CSV (RFC 4180, UTF-8 with byte order mark): the first sheet in view that has one, or the one named.
 * A line of it is a row of the sheet as long as no cell has line breaks. `largest`: bytes of CSV at most.
 * @throws ArchiveBroken
 */
export async function* workbookCsv(archive: Archive, largest: number, named?: string): AsyncGenerator<Uint8Array> {
  const book = await openWorkbook(archive);
  const sheet = named === undefined ? await firstTable(archive, book) : book.sheets.find(({ name }) => name === named);
  if (!sheet) {
    const names = book.sheets.map(({ name }) => `"${name}"`).join(', ');
    throw new ArchiveBroken(
      named === undefined ? 'no sheet in view has a table' : `it has no sheet "${named}", but ${names}`,
    );
  }
  const bytes = new TextEncoder();
  let piece = '\uFEFF';
  let size = 0;
  let line = 1;
  for await (const { row, cells } of rowsOf(archive, sheet, book)) {
    for (; line < row; line++) piece += '\n';
    line = row;
    piece += cells.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',');
    if (piece.length < PIECE) continue;
    size += piece.length;
    if (size > largest) throw new ArchiveBroken(`its table has more than ${largest} characters`);
    yield bytes.encode(piece);
    piece = '';
  }
  yield bytes.encode(`${piece}\n`);
}

async function* rowsOf(archive: Archive, { part }: Sheet, book: Workbook) {
  const cells = await archive.read(part);
  if (cells) yield* sheetRows(cells, book);
}

/** The first sheet in view with two rows of several cells; else one with a single such row, which may be a table without records. */
async function firstTable(archive: Archive, book: Workbook): Promise<Sheet | undefined> {
  let lone: Sheet | undefined;
  for (const sheet of book.sheets) {
    if (sheet.hidden) continue;
    let wide = 0;
    for await (const { cells } of rowsOf(archive, sheet, book)) {
      if (cells.filter((cell) => cell.trim() !== '').length > 1 && ++wide > 1) return sheet;
    }
    if (wide) lone ??= sheet;
  }
  return lone;
}
