import { DirectoryInUse, holderOf } from '../catalogue/store/directory-lock.ts';
import type { Config } from '../config.ts';
import { handOver } from './control.ts';
import { type OpenCatalogue, openCatalogue } from './open-catalogue.ts';
import { checkEnvironment, type Part } from './start/check-environment.ts';
import { COMMAND_PATIENCE_MS } from './start/patiently.ts';

/** What single commands have to do with besides the catalogue. */
const ALSO: ReadonlyMap<string, readonly Part[]> = new Map([
  ['harvest', ['keys', 'notices']],
  ['discover', ['keys']],
  ['check', ['keys']],
]);

/** Does `work` on the catalogue, or has the process do it that holds the embedded store. */
export async function withCatalogue<T>(
  config: Config,
  command: string,
  body: unknown,
  work: (open: OpenCatalogue) => Promise<T>,
  onProgress: (line: unknown) => void = () => {},
): Promise<T> {
  const over = () => handOver<T>(config.dataDir, command, body, onProgress);
  if (!config.databaseUrl && holderOf(config.dataDir)) return over();
  await checkEnvironment(config, ['store', 'search', ...(ALSO.get(command) ?? [])], COMMAND_PATIENCE_MS);
  let open: OpenCatalogue;
  try {
    open = await openCatalogue(config);
  } catch (error) {
    // Somebody else was faster.
    if (error instanceof DirectoryInUse) return over();
    throw error;
  }
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
