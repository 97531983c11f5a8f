import { jsonLine, printable } from './terminal/printable.ts';
import { cut } from './terminal/width.ts';
import { wrap } from './terminal/wrap.ts';

/** Where a command writes: results to stdout, progress and errors to stderr. Every text passes `printable`. */
export interface Output {
  json: boolean;
  /** Columns there are. */
  width: number;
  /** Lines there are. */
  height: number;
  /** A result for people, wrapped where it is too wide; silent with --json. */
  say(line: string): void;
  /** What is to be copied: not wrapped. */
  paste(line: string): void;
  /** A result for programs: one JSON value a line; silent without --json. */
  emit(value: unknown): void;
  /** How far it is: one line that renews itself on a terminal, a plain line now and then otherwise. */
  progress(line: string): void;
  /** Ends the line of progress. */
  done(): void;
}

const PLAIN_EVERY_MS = 2_000;
const WIDTH = 80;
const HEIGHT = 24;
/** Below this nothing can be laid out. */
const NARROWEST = 20;

type Stream = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number; rows?: number };

/** Columns of a terminal; what is written to a file or a pipe is made to be read on an ordinary one. */
export const columnsOf = ({ isTTY, columns }: Stream): number =>
  isTTY && columns ? Math.max(NARROWEST, columns) : WIDTH;

export function createOutput(
  { json }: { json: boolean },
  { stdout, stderr }: { stdout: Stream; stderr: Stream } = process,
): Output {
  const terminal = stderr.isTTY === true;
  const width = columnsOf(stdout);
  let shown = false;
  let last = Date.now();
  return {
    json,
    width,
    height: (stdout.isTTY && stdout.rows) || HEIGHT,
    say(line) {
      if (!json) stdout.write(`${wrap(printable(line), width).join('\n')}\n`);
    },
    paste(line) {
      if (!json) stdout.write(`${printable(line)}\n`);
    },
    emit(value) {
      if (json) stdout.write(`${jsonLine(value)}\n`);
    },
    progress(line) {
      const fits = cut(printable(line), columnsOf(stderr) - 1);
      if (terminal) {
        stderr.write(`\r\x1b[2K${fits}`);
        shown = true;
      } else if (Date.now() - last >= PLAIN_EVERY_MS) {
        last = Date.now();
        stderr.write(`${fits}\n`);
      }
    },
    done() {
      if (shown) stderr.write('\r\x1b[2K');
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
