import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The directory is in use by another live process. */
export class DirectoryInUse extends Error {
  readonly pid: number;
  constructor(directory: string, pid: number) {
    super(
      `the catalogue in ${directory} is in use by process ${pid}. Stop that process, or set DATA_DIR to another directory.`,
    );
    this.name = 'DirectoryInUse';
    this.pid = pid;
  }
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Takes the directory for this process; answers how to give it back. A lock left by a dead process is taken over. */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, 'lock');
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(await readFile(path, 'utf8').catch(() => ''));
      if (pid && pid !== process.pid && lives(pid)) throw new DirectoryInUse(directory, pid);
      if (pid === process.pid) throw new DirectoryInUse(directory, pid);
      await rm(path, { force: true });
    }
  }
  throw new Error(`the lock file ${path} cannot be taken. Remove it if no process uses the directory.`);
}
