import type { Store } from '../catalogue/store/store.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import type { SourceDefinition } from '../schema/index.ts';

/** The sources of the sources folder; the store learns which there are, and the operator which are no more. */
export async function sourceFilesSeen(store: Store, tell: (line: string) => void): Promise<SourceDefinition[]> {
  let unusable = false;
  const files = await readSourceFiles((line) => {
    unusable = true;
    tell(line);
  });
  // A file that cannot be read is not gone.
  if (!unusable)
    for (const id of await store.retirements.filesSeen(files.map((file) => file.id))) tell(fileGoneLine(id));
  return files;
}

export const fileGoneLine = (id: string): string =>
  `${id}: its file is gone from the sources folder, so it is not scheduled; its records stay (take them out: credatlas retire ${id})`;
