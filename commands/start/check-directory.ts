import { inspectDirectory } from '../../catalogue/store/data-directory.ts';
import { DirectoryInUse, holderOf } from '../../catalogue/store/directory-lock.ts';
import type { Check } from './check.ts';

/** A folder that the embedded store can be opened in, by this process. */
export const checkDirectory = (directory: string): Check => ({
  variable: 'DATA_DIR',
  async look() {
    await inspectDirectory(directory);
    const holder = holderOf(directory);
    if (holder) throw new DirectoryInUse(directory, holder);
  },
});
