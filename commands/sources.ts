import type { Catalogue, StoredSource } from '../catalogue/catalogue.ts';
import { type ListedSource, listedSources, type SourceFile } from '../catalogue/source-switch.ts';
import type { Config } from '../config.ts';
import { readSourceFolder } from '../crawler/source-files.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import { createOutput } from './output.ts';
import { isOf } from './switch-sources.ts';
import { type Column, table } from './terminal/table.ts';
import { withCatalogue } from './with-catalogue.ts';

/** What the store has. */
export const listSources = (catalogue: Catalogue): Promise<StoredSource[]> => catalogue.sources.list();

/** `credatlas sources`: what can be harvested, under which terms, whether it is, and how fresh it is. */
export async function sourcesCommand(
  config: Config,
  { json, ids, country }: { json: boolean; ids: readonly string[]; country?: string },
): Promise<number> {
  const output = createOutput({ json });
  const stored = await withCatalogue(config, 'sources', {}, ({ catalogue }) => listSources(catalogue));
  const files = await readSourceFolder(log.warn);
  const meant = (file: SourceFile) => !country || isOf(file, country);
  const inCountry = new Set(files.filter(meant).map(({ definition }) => definition.id));
  const all = listedSources(stored, files, config.examples).filter(
    ({ definition: { id, defaults } }) =>
      (!ids.length || ids.includes(id)) &&
      (!country || inCountry.has(id) || defaults.country === country.toUpperCase()),
  );
  for (const source of all) output.emit(source);
  for (const line of table(COLUMNS, all, output.width)) output.say(line);
  return EXIT.allIn;
}

const COLUMNS: Column<ListedSource>[] = [
  { title: 'id', of: ({ definition }) => definition.id },
  { title: 'on', of: ({ on, offBecause }) => (on ? 'yes' : `no: ${offBecause}`), least: 12 },
  { title: 'format', of: ({ definition }) => definition.format, spare: true },
  { title: 'records', of: ({ records }) => String(records) },
  { title: 'fresh (UTC)', of: ({ freshAt, lastRun }) => freshAt?.slice(0, 10) ?? lastRun?.state ?? 'never read' },
  { title: 'licence', of: ({ definition }) => definition.licence, least: 9, spare: true },
  { title: 'title', of: ({ definition }) => definition.title, least: 10 },
];
