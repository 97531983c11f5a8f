import type { CsvBreak, CsvRow } from '../../decode/csv-rows.ts';

/** In which order a column writes its dates; `mixed` when some of them can only be the one, some only the other. */
export type DateOrder = 'dmy' | 'mdy' | 'mixed';

const SLASHED = /^\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)/;

/** The two numbers before the year, of `3/4/2027`; undefined for anything else. */
const pairOf = (text: string): [number, number] | undefined => {
  const [, a, b] = SLASHED.exec(text) ?? [];
  return a && b ? [Number(a), Number(b)] : undefined;
};

/** Whether a date with slashes could be read in both orders, with different days. */
export function isAmbiguous(text: string): boolean {
  const [a, b] = pairOf(text) ?? [13, 13];
  return a <= 12 && b <= 12 && a !== b;
}

/**
 * Learns from the dates that can only be read in one order how each column writes its dates. `ahead` reads some rows
 * before it gives the first, so that they are understood by what follows them; later rows add to what is known.
 */
export function createDateOrders(rows = 500, characters = 1_000_000) {
  const orders = new Map<number, DateOrder>();
  const learn = (row: CsvRow) => {
    for (const [column, text] of row.cells.entries()) {
      const [a, b] = pairOf(text) ?? [0, 0];
      const order = a > 12 && a <= 31 && b <= 12 ? 'dmy' : b > 12 && b <= 31 && a <= 12 ? 'mdy' : undefined;
      const before = orders.get(column);
      if (order && order !== before) orders.set(column, before ? 'mixed' : order);
    }
  };
  return {
    /** How the column (counted from 0) writes its dates, as far as is known. */
    of: (column: number): DateOrder | undefined => orders.get(column),
    async *ahead(table: AsyncIterable<CsvRow | CsvBreak>): AsyncIterable<CsvRow | CsvBreak> {
      let waiting: (CsvRow | CsvBreak)[] | undefined = [];
      let size = 0;
      for await (const row of table) {
        if ('cells' in row) learn(row);
        if (!waiting) {
          yield row;
          continue;
        }
        waiting.push(row);
        size += 'cells' in row ? row.cells.reduce((sum, cell) => sum + cell.length, 0) : 0;
        if (waiting.length < rows && size < characters) continue;
        yield* waiting;
        waiting = undefined;
      }
      if (waiting) yield* waiting;
    },
  };
}
