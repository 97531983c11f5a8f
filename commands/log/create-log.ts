import { AsyncLocalStorage } from 'node:async_hooks';
import { pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Facts, Log } from '../../crawler/log.ts';
import type { ErrorReport, ReportError } from '../../subgraphs/shared/errors.ts';
import { printable, safeJson } from '../terminal/printable.ts';
import { errorFacts } from './error-facts.ts';
import { type Again, createOnce, folded, ONCE, type OnceSettings } from './once.ts';
import { REDACTED, redactText, SECRET_FACTS } from './redact.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

export interface LogSettings {
  /** The least that is written: trace, debug, info, warn, error, fatal or silent. At `debug` nothing is folded. */
  level: string;
  /** One JSON object a line for machines, or lines for people. */
  format: 'json' | 'text';
  colour: boolean;
  /** Texts that are replaced wherever they come up. */
  secrets: readonly string[];
  write(text: string): void;
  once?: OnceSettings;
}

export interface LogRoot {
  log: Log;
  reportError: ReportError;
  /** Does the work; every line that it logs, also later and in callbacks, carries the facts (a request's id). */
  within<T>(facts: Facts, work: () => T): T;
  /** Tells what was counted and not told yet. */
  flush(): void;
}

/** A log on pino: levels, time, component and the facts of the request under way; the same trouble is told once and then counted. */
export function createLog({ level, format, colour, secrets, write, once: settings = ONCE }: LogSettings): LogRoot {
  const scope = new AsyncLocalStorage<Facts>();
  const once = createOnce(settings);
  const everything = level === 'debug' || level === 'trace';

  const clean = (text: string): string => {
    const redacted = redactText(text, secrets);
    return format === 'text' ? printable(redacted) : redacted;
  };
  const out = pino(
    {
      level,
      base: null,
      // Errors are facts already: no other way may add what hangs on them.
      serializers: { err: (err: unknown) => err },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_FACTS, censor: REDACTED },
      formatters: { level: (label) => ({ level: label }), log: (facts) => cleaned(facts, clean) },
      mixin: () => ({ ...scope.getStore() }),
    },
    { write: format === 'json' ? (line: string) => write(`${safeJson(line.trimEnd())}\n`) : readable(colour, write) },
  );

  /** `key` says what the same trouble is; `id` is what a reader was told of it. */
  const tell = (
    to: Level,
    component: string | undefined,
    line: string,
    facts: Facts = {},
    key?: string,
    id?: unknown,
  ) => {
    if (!out.isLevelEnabled(to)) return;
    const all = { ...(component && { component }), ...facts };
    const again = (more: Again) =>
      scope.run({}, () => out[to]({ ...(component && { component }), ...countOf(more) }, clean(sum(line, more))));
    const same = key ?? (to === 'info' || to === 'debug' ? line.slice(0, 1_000) : folded(line));
    if (
      everything ||
      to === 'debug' ||
      once.first(`${to} ${component ?? ''} ${same}`, again, id ?? scope.getStore()?.requestId)
    )
      out[to](all, clean(line));
  };

  const logFor = (component?: string): Log => {
    const at = (to: Level) => (line: string, facts?: Facts) => tell(to, component, line, facts);
    const levels = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
    return Object.assign((line: string) => tell('info', component, line), {
      ...levels,
      child: (name: string) => logFor(component ? `${component}.${name}` : name),
    });
  };

  const reportError = ({ id, where, path, error }: ErrorReport): void => {
    const err = errorFacts(error);
    const place = path ? ` at ${path.join('.')}` : '';
    const line = `error ${id} in ${where}${place}: ${err.type}: ${err.message}`;
    // What is quoted came from somebody: with a text of his own each time he must not fill the log.
    const said = err.message.slice(0, 1_000).replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"#"');
    const key = folded(`${where} ${path?.join('.') ?? ''} ${err.type} ${said}`);
    tell('error', undefined, line, { errorId: id, err }, key, { errorId: id, ...scope.getStore() });
  };

  return {
    log: logFor(),
    reportError,
    within: (facts, work) => scope.run({ ...scope.getStore(), ...facts }, work),
    flush: () => once.flush(),
  };
}

function sum(line: string, { times, ms, over, lastAt, total }: Again): string {
  const last = over ? `, the last at ${lastAt.toISOString().slice(11, 19)} UTC` : '';
  const count = times ? `${times} more time${times === 1 ? '' : 's'} in ${span(ms)}${last}` : `not again${last}`;
  return `${line} … ${count}${over ? `; ${total.times} times in ${span(total.ms)} in all` : ''}`;
}

const countOf = ({ times, ids, total }: Again): Facts => ({
  times,
  total: total.times,
  ...(ids.length && { ids }),
});

/** `42 s`, `17 min`, `5 h`. */
function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** Lines for people, in this process: what is told before a process ends is written before it ends. */
function readable(colour: boolean, write: (text: string) => void): (line: string) => void {
  const pretty = prettyFactory({
    colorize: colour,
    translateTime: 'UTC:yyyy-mm-dd"T"HH:MM:ss"Z"',
    ignore: 'component',
    singleLine: true,
    errorLikeObjectKeys: [],
    messageFormat: ({ component, msg }) => `${typeof component === 'string' ? `${component}: ` : ''}${msg}`,
  });
  return (line) => write(pretty(line) ?? '');
}

/** Texts anywhere in the facts, cleaned. Deeper than a few levels nothing is told. */
function cleaned<T>(facts: T, clean: (text: string) => string, depth = 4): T {
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (value instanceof Error) return of(errorFacts(value));
    if (typeof value !== 'object' || value === null) return value;
    if (depth === 0) return '…';
    return cleaned(value, clean, depth - 1);
  };
  if (Array.isArray(facts)) return facts.map(of) as T;
  return Object.fromEntries(Object.entries(facts as object).map(([name, value]) => [clean(name), of(value)])) as T;
}
