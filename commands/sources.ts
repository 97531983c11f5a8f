import type { Catalogue, StoredSource } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import { createOutput, table } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

/** Sources in the store, and those that come with Credatlas and were never harvested. */
export const listSources = (catalogue: Catalogue): Promise<StoredSource[]> => catalogue.sources.list();

/** `credatlas sources`: what can be harvested, under which terms, and how fresh it is. */
export async function sourcesCommand(config: Config, { json }: { json: boolean }): Promise<number> {
  const output = createOutput({ json });
  const stored = await withCatalogue(config, 'sources', {}, ({ catalogue }) => listSources(catalogue));
  const known = new Set(stored.map((source) => source.definition.id));
  const all: StoredSource[] = [
    ...stored,
    ...(await readSourceFiles(log))
      .filter(({ id }) => !known.has(id))
      .map((definition) => ({ definition, records: 0, state: 'new' as const })),
  ];
  for (const source of all) output.emit(source);
  const rows = all.map(({ definition: d, records, freshAt, lastRun }) => [
    d.id,
    d.format,
    String(records),
    freshAt ? freshAt.slice(0, 16).replace('T', ' ') : lastRun ? lastRun.state : 'never read',
    d.licence,
    d.title,
  ]);
  for (const line of table([['id', 'format', 'records', 'fresh (UTC)', 'licence', 'title'], ...rows])) output.say(line);
  return EXIT.allIn;
}
