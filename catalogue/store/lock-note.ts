import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds the folder, as noted in it for people and for machines that do not see this one's locks. */
export interface Holder {
  pid: number;
  host?: string;
  /** The boot of the machine and the process's start within it, as far as the system says. */
  started?: string;
  /** One taking of the lock, and no other. */
  token?: string;
}

/** Linux: the boot of the machine, which all its containers share, and the process's start within it. */
function startOf(pid: number | 'self'): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name of the program, in brackets, may hold anything; the start is the 20th value after it.
    const after = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '';
    return `${boot}:${after.split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

const bootIn = (started: string | undefined): string | undefined => started?.split(':')[0];

export const newNote = (): string => [process.pid, startOf('self') ?? '', hostname(), randomUUID()].join('\n');

/** Who is noted; undefined where there is nothing, or nothing that can be read. */
export function readNote(path: string): Holder | undefined {
  try {
    return holderIn(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function holderIn(text: string): Holder | undefined {
  const [pid, started, host, token] = text.split('\n');
  if (!/^\d+$/.test(pid ?? '')) return undefined;
  return { pid: Number(pid), started: started || undefined, host: host || undefined, token: token || undefined };
}

/** In one step: nobody reads half of it. */
export function writeNote(path: string, note: string): void {
  const made = `${path}-${process.pid}`;
  try {
    writeFileSync(made, note, { mode: 0o600 });
    renameSync(made, path);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
}

/** Another has taken the folder since this note was written. A note that is missing says nothing. */
export function isTaken(path: string, note: string): boolean {
  const token = readNote(path)?.token;
  return token !== undefined && token !== holderIn(note)?.token;
}

/** The note is of a machine whose locks this one would see: the same kernel. */
export function isOfThisMachine({ started, host }: Holder): boolean {
  const boot = bootIn(startOf('self'));
  return boot && started ? boot === bootIn(started) : host === undefined || host === hostname();
}

/** The note is of a version that had nothing but it, and its process is certainly alive. */
export const isOlderAndLives = ({ pid, started, token }: Holder): boolean =>
  !token && started !== undefined && started === startOf(pid);

/** When a holder last gave a sign of life, by the clock of the disk; only good for comparing. Opened anew, as NFS demands. */
export async function beatOf(path: string): Promise<number> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return (await file.stat()).mtimeMs;
  } catch {
    return 0;
  } finally {
    await file?.close();
  }
}
