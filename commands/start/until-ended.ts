import { readFileSync } from 'node:fs';
import { log } from '../log.ts';

/** While it starts nobody waits for an answer of it. */
const CLOSE_STARTING_MS = 3_500;
/** Less than the 10 s after which Docker kills. */
const CLOSE_SERVING_MS = 9_000;
/** Ctrl-C under npm comes twice: from the terminal, and handed on by npm. */
const SAME_SIGNAL_MS = 400;
const LOOK_AT_PARENT_MS = 500;

/** What a lasting command is given to live with. */
export interface Life {
  /** Resolves when the process is asked to end. */
  ended: Promise<void>;
  /** To be called at the end, the last one first; at once when the end has come already. */
  onEnd(close: () => Promise<unknown>): void;
  /** From now on there are readers or jobs to be finished before it ends. */
  started(): void;
}

/**
 * Runs a lasting command until it is asked to end (SIGTERM, SIGINT, SIGHUP, or npm, which started it, is gone), whatever it is
 * doing then. Closes what it has opened, and does not wait for ever for that: what hangs (a server that is away) is left, since
 * everything here survives a kill. A second signal ends the process at once.
 */
export async function untilEnded(work: (life: Life) => Promise<void>, { underNpm = false } = {}): Promise<void> {
  const ended = endAsked(underNpm);
  const closers: (() => Promise<unknown>)[] = [];
  let over = false;
  let serving = false;
  const close = (closer: () => Promise<unknown>) =>
    Promise.resolve()
      .then(closer)
      .catch((error: Error) => log(`while ending: ${error.message}`));
  const life: Life = {
    ended,
    onEnd: (closer) => void (over ? close(closer) : closers.push(closer)),
    started: () => {
      serving = true;
    },
  };
  try {
    await Promise.race([work(life), ended]);
  } finally {
    over = true;
    const closed = (async () => {
      for (const closer of closers.reverse()) await close(closer);
      return true;
    })();
    const limit = serving ? CLOSE_SERVING_MS : CLOSE_STARTING_MS;
    const inTime = await Promise.race([closed, after(limit)]);
    if (!inTime)
      log(`not everything could be closed within ${limit / 1000} s; what was under way goes on at the next start`);
  }
}

const after = (ms: number): Promise<false> => new Promise((done) => setTimeout(() => done(false), ms).unref());

/** Resolves when the process is asked to end; a second signal ends it at once. */
function endAsked(underNpm: boolean): Promise<void> {
  return new Promise((done) => {
    let askedAt: number | undefined;
    const ask = () => {
      askedAt ??= performance.now();
      done();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt !== undefined && performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
        ask();
      });
    }
    // A terminal that was closed takes no more output; that must not keep a process from ending in order.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    if (!underNpm) return;
    const launchers = npmAbove();
    const looking = setInterval(() => {
      if (process.ppid === launchers[0] && launchers.every(lives)) return;
      clearInterval(looking);
      ask();
    }, LOOK_AT_PARENT_MS);
    looking.unref();
  });
}

/**
 * npm ends on a signal at once. It hands it to the shell that it started us with, which does not hand it on, or to nobody. So the
 * processes between npm and us are watched, npm included; who started npm may go.
 */
function npmAbove(): number[] {
  const [, above] = statOf(process.ppid) ?? [];
  const byShell = above !== undefined && /^(npm|npx)\b|(npm|npx)-cli/.test(commandOf(above));
  return byShell ? [process.ppid, above] : [process.ppid];
}

/** State and parent of a process, where the system tells (Linux). */
function statOf(pid: number): [state: string, parent: number] | undefined {
  try {
    const [state = '', parent] = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '').split(' ');
    return [state, Number(parent)];
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statOf(pid)?.[0] !== 'Z';
}
