import type { Facts, Log } from '../crawler/log.ts';
import type { ReportError } from '../subgraphs/shared/errors.ts';
import { createLog, type LogRoot, type LogSettings } from './log/create-log.ts';

export { secretsOf } from './log/redact.ts';

/** What is not given: `info`; JSON, but lines for people where stderr is a terminal. */
export type LogConfig = Partial<Pick<LogSettings, 'level' | 'format' | 'secrets'>>;

/** The log of this process: one, as stderr is one. */
let root: LogRoot | undefined;

/** Settles how this process logs. To be called before anything is logged; later lines follow a later call. */
export function configureLog({ level = 'info', format, secrets = [] }: LogConfig = {}): void {
  root?.flush();
  const { stderr } = process;
  const terminal = stderr.isTTY === true;
  if (!root) {
    // A log that cannot be written (full disk, closed pipe) stops nothing.
    stderr.on('error', () => {});
    process.once('exit', () => root?.flush());
  }
  root = createLog({
    level,
    format: format ?? (terminal ? 'text' : 'json'),
    colour: terminal && stderr.hasColors?.(),
    secrets,
    write: (text) => void stderr.write(text),
  });
}

function now(): LogRoot {
  if (!root) configureLog();
  return root as LogRoot;
}

const logFor = (of: () => Log): Log =>
  Object.assign((line: string) => of()(line), {
    debug: (line: string, facts?: Facts) => of().debug(line, facts),
    info: (line: string, facts?: Facts) => of().info(line, facts),
    warn: (line: string, facts?: Facts) => of().warn(line, facts),
    error: (line: string, facts?: Facts) => of().error(line, facts),
    child: (component: string) => logFor(() => of().child(component)),
  });

/** Lines for the operator, to stderr; a plain call is `info`. */
export const log: Log = logFor(() => now().log);

/** What readers are shown only the id of. */
export const reportError: ReportError = (report) => now().reportError(report);

/** For what serves requests: lines logged within one carry its id. */
export const requestLogger = {
  ...log.child('http'),
  within: <T>(facts: Facts, work: () => T): T => now().within(facts, work),
};
