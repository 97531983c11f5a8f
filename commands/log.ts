import type { ReportError } from '../subgraphs/shared/errors.ts';

/** One line to stderr, with the time. */
export const log = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
};

/** What readers are shown only the id of. */
export const reportError: ReportError = ({ id, where, path, error }) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  log(`error ${id} in ${where}${path ? ` at ${path.join('.')}` : ''}: ${text}`);
};
