import { readFileSync, rmSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The directory is in use by another live process. */
export class DirectoryInUse extends Error {
  readonly pid: number;
  constructor(directory: string, { pid, host }: Holder) {
    const away = host && host !== hostname();
    super(
      away
        ? `DATA_DIR: the catalogue in ${directory} is in use by process ${pid} on ${host}. Stop that process; if it is gone for good, remove ${join(directory, 'lock')}.`
        : `DATA_DIR: the catalogue in ${directory} is in use by process ${pid}. Stop that process, or set DATA_DIR to another directory.`,
    );
    this.name = 'DirectoryInUse';
    this.pid = pid;
  }
}

/** Numbers of processes come again, in containers even the first one; with its start it is one process only. */
interface Holder {
  pid: number;
  host?: string;
  /** When the process started, as far as the system says. */
  started?: string;
}

/** Linux: the boot of the machine and the process's start within it. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name of the program, in brackets, may hold anything; the start is the 20th value after it.
    const after = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '';
    return `${boot}:${after.split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

function lives({ pid, host, started }: Holder): boolean {
  // Of another machine or container nobody can tell from here.
  if (host && host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return !started || !now || started === now;
}

/** A lock of an older version is the number alone. */
function holderIn(text: string): Holder | undefined {
  const [pid, started, host] = text.split('\n');
  return /^\d+$/.test(pid ?? '')
    ? { pid: Number(pid), started: started || undefined, host: host || undefined }
    : undefined;
}

/** The live process that holds the directory; undefined when nobody does. */
export async function holderOf(directory: string): Promise<Holder | undefined> {
  const holder = holderIn(await readFile(join(directory, 'lock'), 'utf8').catch(() => ''));
  return holder && lives(holder) ? holder : undefined;
}

/** Takes the directory for this process; answers how to give it back. A lock left by a dead process is taken over. */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock');
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      // However the process ends, but killed, its lock goes with it.
      const release = () => rmSync(path, { force: true });
      process.once('exit', release);
      try {
        await file.writeFile([process.pid, startOf(process.pid) ?? '', hostname()].join('\n'));
      } catch (error) {
        release();
        throw error;
      } finally {
        await file.close();
      }
      return async () => {
        process.off('exit', release);
        await rm(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const text = await readFile(path, 'utf8').catch(() => '');
      const holder = holderIn(text);
      if (holder && lives(holder)) throw new DirectoryInUse(directory, holder);
      if (!text && attempt === 0) {
        // Perhaps it is being written at this moment.
        await sleep(100);
        continue;
      }
      await rm(path, { force: true });
    }
  }
  throw new Error(`the lock file ${path} cannot be taken. Remove it if no process uses the directory.`);
}
