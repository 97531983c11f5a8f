/** Facts that go with a line: plain values, no secrets, no text of readers. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * Where lines for the operator go. It is a function, so that it fits wherever `(line: string) => void` is asked for; a plain
 * call is `info`. Trouble that something mends by itself is a `warn`, what somebody must look at is an `error`.
 */
export interface Log {
  (line: string): void;
  debug(line: string, facts?: Facts): void;
  info(line: string, facts?: Facts): void;
  warn(line: string, facts?: Facts): void;
  error(line: string, facts?: Facts): void;
  /** The same log for a part of the whole: `queue`, `webhook`. */
  child(component: string): Log;
}

/** The levels of a log that may be no more than a function; then every line goes the same way. */
export function levelled(log: Log | ((line: string) => void)): Log {
  if ('warn' in log) return log;
  const plain = (line: string) => log(line);
  const all: Log = Object.assign((line: string) => log(line), {
    debug: () => {},
    info: plain,
    warn: plain,
    error: plain,
    child: () => all,
  });
  return all;
}
