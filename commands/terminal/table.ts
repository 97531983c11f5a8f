import { printable } from './printable.ts';
import { cut, displayWidth, pad } from './width.ts';
import { wrap } from './wrap.ts';

export interface Column<T> {
  title: string;
  of(row: T): string;
  /** Left out where there is no room; it stands elsewhere. */
  spare?: true;
  /** May be cut down to so many columns; without it the text stays whole. */
  least?: number;
}

const GAP = 2;

/**
 * Rows in columns, at most `width` wide: spare columns go first, then long texts are cut. Where even that is too wide, each row
 * becomes a few lines of its own; what must be copied is never cut.
 */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[], width: number): string[] {
  const all = columns.map((column) => ({ ...column, cells: rows.map((row) => printable(column.of(row))) }));
  for (let shown = all; ; ) {
    const widths = fitted(shown, width);
    if (widths) return lines(shown, widths, rows.length);
    const spare = shown.findLast((column) => column.spare);
    if (!spare) return stacked(all, rows.length, width);
    shown = shown.filter((column) => column !== spare);
  }
}

type Shown = { title: string; least?: number; cells: readonly string[] };

/** The width of each column, or undefined where they cannot all stand side by side. */
function fitted(columns: readonly Shown[], width: number): number[] | undefined {
  const widths = columns.map(({ title, cells }) =>
    cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), displayWidth(title)),
  );
  let over = widths.reduce((sum, one) => sum + one, 0) + GAP * (columns.length - 1) - width;
  while (over > 0) {
    let widest = -1;
    for (const [at, { least }] of columns.entries()) {
      const now = widths[at] ?? 0;
      if (least !== undefined && now > least && now > (widths[widest] ?? 0)) widest = at;
    }
    if (widest < 0) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over--;
  }
  return widths;
}

function lines(columns: readonly Shown[], widths: readonly number[], rows: number): string[] {
  const line = (cellOf: (column: Shown) => string) =>
    columns
      .map((column, at) => pad(cut(cellOf(column), widths[at] ?? 0), widths[at] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(({ title }) => title),
    ...Array.from({ length: rows }, (_, row) => line(({ cells }) => cells[row] ?? '')),
  ];
}

function stacked([first, ...others]: readonly Shown[], rows: number, width: number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const facts = others.flatMap(({ title, cells }) =>
      cells[row] && cells[row] !== '-' ? [`${title} ${cells[row]}`] : [],
    );
    return [...wrap(first?.cells[row] ?? '', width), ...(facts.length ? wrap(`  ${facts.join(', ')}`, width) : [])];
  }).flat();
}
