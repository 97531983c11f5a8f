import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** Longer than any work of ours keeps the thread, also on a machine that does much else. */
const PATIENCE = { everyMs: 5_000, most: 24 };

/** Counts beats that stay away; a machine that was suspended misses one at most. Plain JavaScript, as it has no file. */
const THREAD = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const beats = new Int32Array(workerData.beats);
let last = -1;
let missed = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === last ? missed + 1 : 0;
  last = now;
  if (missed < workerData.most) return;
  try { writeSync(2, workerData.words); } catch {}
  process.kill(process.pid, 'SIGKILL');
}, workerData.everyMs);
`;

/**
 * The embedded PostgreSQL runs in the thread of everything else, and there are troubles from which it never comes back (a log
 * that cannot be written: a quota, a broken disk). No signal is obeyed then. Another thread ends the process after two minutes
 * without a turn of the event loop: what is stored survives it, and whatever supervises the process starts it again.
 * Answers how to stop watching.
 */
export function watchEventLoop(directory: string, { everyMs, most } = PATIENCE): () => void {
  // Somebody looks at it step by step.
  if (debuggerUrl()) return () => {};
  const beats = new SharedArrayBuffer(4);
  const count = new Int32Array(beats);
  const beating = setInterval(() => Atomics.add(count, 0, 1), everyMs / 5);
  beating.unref();
  const seconds = Math.round((everyMs * most) / 1000);
  const words = `credatlas: DATA_DIR: the embedded store in ${directory} has hung for ${seconds} s and was ended. Look at the disk and its quota, then start it again; what is stored is safe.\n`;
  const thread = new Worker(THREAD, {
    eval: true,
    execArgv: [],
    workerData: { beats, everyMs, most, words },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  thread.unref();
  // Without it all is as it was.
  thread.on('error', () => {});
  return () => {
    clearInterval(beating);
    void thread.terminate();
  };
}
