import { parse } from 'csv-parse';

/** One row of cells, with the line on which it begins (the first line is 1). */
export interface CsvRow {
  cells: string[];
  line: number;
}

/** The rest of the text could not be divided into rows. */
export interface CsvBreak {
  line: number;
  what: string;
}

const HEAD = 65_536;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Divides CSV text into rows as it comes. The delimiter is found out from the first 64 KiB, or named by `sep=;`. */
export async function* csvRows(texts: AsyncIterable<string>, maxRow = 5_000_000): AsyncIterable<CsvRow | CsvBreak> {
  const iterator = texts[Symbol.asyncIterator]();
  let head = '';
  while (head.length < HEAD) {
    const step = await iterator.next();
    if (step.done) break;
    head += step.value;
  }
  const named = /^\uFEFF?sep=([,;\t|])\r?\n/i.exec(head);
  if (named) head = head.slice(named[0].length);
  const skipped = named ? 1 : 0;
  // Rows are taken as they are found: the stream would lose those it still holds when a later one cannot be read.
  let rows: { record: string[]; lines: number }[] = [];
  let broken: Error | undefined;
  const parser = parse({
    delimiter: named?.[1] ?? delimiterOf(head),
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'], // tables pasted together mix them
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: maxRow,
    on_record: (record: string[], { lines }) => {
      rows.push({ record, lines });
      return null;
    },
  });
  parser.on('error', (error) => {
    broken = error;
  });
  parser.resume();
  let line = 1 + skipped;
  function* take(): Iterable<CsvRow> {
    for (const { record, lines } of rows) {
      const end = lines + skipped;
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
      yield { cells: record, line: end - breaks };
      line = end + 1;
    }
    rows = [];
  }
  try {
    for (let text: string | undefined = head; text !== undefined && !broken; ) {
      const piece = text;
      await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
      yield* take();
      const step = await iterator.next();
      text = step.done ? undefined : step.value;
    }
    if (!broken) {
      const closed = new Promise<void>((resolve) => parser.once('close', resolve));
      parser.end();
      await closed;
      yield* take();
    }
    if (broken) yield { line, what: broken.message };
  } finally {
    parser.destroy();
    await iterator.return?.();
  }
}

/**
 * The character that divides the head into rows of the same, greatest number of cells. Looks only outside of quotes, so
 * that semicolons in a quoted text of a comma file do not count.
 */
export function delimiterOf(head: string): string {
  const counts = new Map<string, number[]>(DELIMITERS.map((delimiter) => [delimiter, [0]]));
  let quoted = false;
  let rows = 0;
  let begins = true; // a quote opens a cell only at its start
  for (let i = 0; i < head.length && rows < 20; i++) {
    const char = head[i] as string;
    if (char === '"') {
      if (quoted && head[i + 1] === '"') i++;
      else if (quoted) quoted = false;
      else if (begins) quoted = true;
      begins = false;
    } else if (!quoted && (char === '\n' || (char === '\r' && head[i + 1] !== '\n'))) {
      rows++;
      for (const list of counts.values()) list.push(0);
      begins = true;
    } else if (!quoted) {
      const list = counts.get(char);
      if (list) list[list.length - 1] = (list.at(-1) ?? 0) + 1;
      begins = list !== undefined || (begins && char === ' ');
    }
  }
  let best = ',';
  let score = 0;
  for (const [delimiter, list] of counts) {
    const full = rows > 0 ? list.slice(0, rows) : list;
    const first = full[0] ?? 0;
    const same = full.filter((count) => count === first).length / full.length;
    const own = first * (0.2 + same);
    if (own > score) [best, score] = [delimiter, own];
  }
  return best;
}
