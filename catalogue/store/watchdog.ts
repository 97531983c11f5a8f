import { url as debuggerUrl } from 'node:inspector';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BEAT_MS, type DirectoryLock, DirectoryLost } from './directory-lock.ts';

/** Longer than any work of ours keeps the thread, also on a machine that does much else. */
const PATIENCE = { everyMs: 5_000, most: 24 };

/**
 * Counts beats that stay away; a machine that was suspended misses one at most. And gives the sign of life of who holds the
 * folder: that must not stay away while the loop is busy. Plain JavaScript, as it has no file.
 */
const THREAD = `
const { workerData } = require('node:worker_threads');
const { closeSync, openSync, readFileSync, rmSync, utimesSync, writeFileSync, writeSync } = require('node:fs');
const { everyMs, most, hung, full, lost, lock, beatMs, probe } = workerData;
const end = (words) => {
  try { writeSync(2, words); } catch {}
  process.kill(process.pid, 'SIGKILL');
};
const beats = new Int32Array(workerData.beats);
let last = -1;
let missed = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  missed = now === last ? missed + 1 : 0;
  last = now;
  if (missed >= most) end(hung);
  // Busy with something, or caught in a log of which no further part can be made: a part is tried.
  if (missed < 2 || most === Infinity) return;
  let file;
  try {
    file = openSync(probe, 'w', 0o600);
    for (let part = 0; part < 16; part++) writeSync(file, Buffer.alloc(1048576));
  } catch (error) {
    if (['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'].includes(error.code)) end(full.replace('CODE', error.code));
  } finally {
    if (file !== undefined) closeSync(file);
    rmSync(probe, { force: true });
  }
}, everyMs);
const tokenOf = (note) => note.split('\\n')[3];
if (lock) setInterval(() => {
  try {
    const token = tokenOf(readFileSync(lock.path, 'utf8'));
    if (token && token !== tokenOf(lock.note)) end(lost);
    const now = new Date();
    utimesSync(lock.path, now, now);
  } catch (error) {
    // Somebody has removed it.
    if (error.code === 'ENOENT') try { writeFileSync(lock.path, lock.note, { flag: 'wx', mode: 0o600 }); } catch {}
  }
}, beatMs);
`;

/**
 * The embedded PostgreSQL runs in the thread of everything else, and there are troubles from which it never comes back (a log
 * that cannot be written: a quota, a broken disk). No signal is obeyed then. Another thread ends the process after two minutes
 * without a turn of the event loop, and after two looks when the disk takes no further part of the log: what is stored survives
 * it, and whatever supervises the process starts it again.
 * So does it when another process has taken the folder: nothing may be written then, the last words included.
 * Answers how to stop watching.
 */
export function watchEventLoop(
  directory: string,
  { everyMs, most } = PATIENCE,
  lock?: Pick<DirectoryLock, 'path' | 'note'>,
): () => void {
  const beats = new SharedArrayBuffer(4);
  const count = new Int32Array(beats);
  const beating = setInterval(() => Atomics.add(count, 0, 1), everyMs / 5);
  beating.unref();
  const seconds = Math.round((everyMs * most) / 1000);
  // It goes to a terminal as it is.
  const shown = directory.replace(/\p{C}/gu, '?');
  const hung = `credatlas: DATA_DIR: the embedded store in ${shown} has hung for ${seconds} s and was ended. Look at the disk and its quota, then start it again; what is stored is safe.\n`;
  const full = `credatlas: DATA_DIR: the embedded store in ${shown} hangs on a disk that takes no more (CODE) and was ended. Free some space, then start it again; what is stored is safe.\n`;
  const lost = `credatlas: ${new DirectoryLost(shown).message}\n`;
  const thread = new Worker(THREAD, {
    eval: true,
    execArgv: [],
    workerData: {
      beats,
      everyMs,
      // Somebody may be looking at it step by step.
      most: debuggerUrl() ? Number.POSITIVE_INFINITY : most,
      hung,
      full,
      probe: join(directory, `.write-${process.pid}`),
      lost,
      lock: lock && { path: lock.path, note: lock.note },
      beatMs: BEAT_MS,
    },
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
