/** Where a command writes: results to stdout, progress and errors to stderr. */
export interface Output {
  json: boolean;
  /** A result for people; silent with --json. */
  say(line: string): void;
  /** A result for programs: one JSON value a line; silent without --json. */
  emit(value: unknown): void;
  /** How far it is: one line that renews itself on a terminal, a plain line now and then otherwise. */
  progress(line: string): void;
  /** Ends the line of progress. */
  done(): void;
}

const PLAIN_EVERY_MS = 2_000;

export function createOutput({ json }: { json: boolean }): Output {
  const terminal = process.stderr.isTTY === true;
  let shown = false;
  let last = Date.now();
  return {
    json,
    say(line) {
      if (!json) process.stdout.write(`${line}\n`);
    },
    emit(value) {
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress(line) {
      if (terminal) {
        process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
        shown = true;
      } else if (Date.now() - last >= PLAIN_EVERY_MS) {
        last = Date.now();
        process.stderr.write(`${line}\n`);
      }
    },
    done() {
      if (shown) process.stderr.write('\r\x1b[2K');
      shown = false;
    },
  };
}

/** `[#####.....]` for a part of a whole; a plain count when the whole is not known. */
export function bar(part: number, whole: number | undefined, width = 24): string {
  if (!whole) return `${part}`;
  const filled = Math.min(width, Math.round((part / whole) * width));
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${part}/${whole}`;
}

/** Columns of equal width for a terminal. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
