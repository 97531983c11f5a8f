import { DirectoryInUse } from '../catalogue/store/directory-lock.ts';
import type { Config } from '../config.ts';
import { handOver } from './control.ts';
import { type OpenCatalogue, openCatalogue } from './open-catalogue.ts';

/** Does `work` on the catalogue, or has the process do it that holds the embedded store. */
export async function withCatalogue<T>(
  config: Config,
  command: string,
  body: unknown,
  work: (open: OpenCatalogue) => Promise<T>,
  onProgress: (line: unknown) => void = () => {},
): Promise<T> {
  let open: OpenCatalogue;
  try {
    open = await openCatalogue(config);
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    return handOver<T>(config.dataDir, command, body, onProgress);
  }
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
