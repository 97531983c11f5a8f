import type { Catalogue, StoredSource } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import { createOutput } from './output.ts';
import { type Column, table } from './terminal/table.ts';
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
    ...(await readSourceFiles(log.warn))
      .filter(({ id }) => !known.has(id))
      .map((definition) => ({ definition, records: 0, state: 'new' as const })),
  ];
  for (const source of all) output.emit(source);
  for (const line of table(COLUMNS, all, output.width)) output.say(line);
  return EXIT.allIn;
}

const COLUMNS: Column<StoredSource>[] = [
  { title: 'id', of: ({ definition }) => definition.id },
  { title: 'format', of: ({ definition }) => definition.format },
  { title: 'records', of: ({ records }) => String(records) },
  { title: 'fresh (UTC)', of: ({ freshAt, lastRun }) => freshAt?.slice(0, 10) ?? lastRun?.state ?? 'never read' },
  { title: 'licence', of: ({ definition }) => definition.licence, least: 9 },
  { title: 'title', of: ({ definition }) => definition.title, least: 10 },
];
