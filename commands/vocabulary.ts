import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { type EscoTable, withEscoTables } from '../schema/vocabularies/concepts/esco-csv.ts';
import {
  buildConcepts,
  type Concepts,
  type ConceptVocabulary,
  conceptFile,
  conceptSources,
  SHIPPED_CONCEPTS,
} from '../schema/vocabularies/concepts/index.ts';
import { escoTablesIn } from './esco-tables.ts';
import { EXIT } from './exit-codes.ts';
import { openedConcepts } from './open-concepts.ts';
import { createOutput, type Output } from './output.ts';
import { table } from './terminal/table.ts';

/** Labels by language: of how many concepts, by what these are. */
interface Coverage {
  language: string;
  labels: number;
  skills: number;
  occupations: number;
  others: number;
}

/** `credatlas vocabulary status`: which concepts are loaded, whose they are, and what of them has names in which language. */
export async function vocabularyStatus({ dataDir }: Config, { json }: { json: boolean }): Promise<number> {
  const output = createOutput({ json });
  const file = conceptFile(dataDir);
  const concepts = conceptsIn(dataDir);
  const languages = coverageOf(concepts);
  output.emit({ file, ...concepts.facts, bytes: statSync(file).size, labels: concepts.ownerOf.length, languages });
  output.say(`${file}${file === SHIPPED_CONCEPTS ? ' (ships with Credatlas)' : ''}`);
  output.say(`${concepts.size} concepts with ${concepts.ownerOf.length} labels`);
  for (const one of concepts.facts.vocabularies) {
    output.say(`${one.name}: ${one.concepts} concepts, ${one.version}. ${one.licence}. ${one.attribution}`);
  }
  const columns = [
    { title: 'language', of: (row: Coverage) => row.language },
    ...(['labels', 'skills', 'occupations', 'others'] as const).map((name) => ({
      title: name,
      of: (row: Coverage) => String(row[name]),
    })),
  ];
  for (const line of table(columns, languages, output.width)) output.say(line);
  return EXIT.allIn;
}

/**
 * `credatlas vocabulary import`: completes the languages of ESCO from the tables of its portal, or moves to another edition of it.
 *
 * @throws ConfigError when there is nothing to be taken in
 */
export async function vocabularyImport(
  { dataDir }: Config,
  { path, esco, json }: { path: string; esco?: string; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const tables = await escoTablesIn(path);
  const before = conceptsIn(dataDir);
  const imported = withEscoTables(conceptSources(before), tables, esco !== undefined);
  if (!imported.labels.size) {
    throw new ConfigError(
      `${path}: no table of ESCO labels`,
      'Give the CSV files of https://esco.ec.europa.eu/en/use-esco/download as they are called there (skills_de.csv, occupations_de.csv), their folder, or the zip.',
    );
  }
  output.progress('building the concept file');
  const vocabularies = before.facts.vocabularies.map((one) => editionOf(one, esco, imported));
  const file = join(dataDir, 'concepts.zst');
  mkdirSync(dataDir, { recursive: true });
  // A reader meets the old file or the new one, never half of it.
  writeFileSync(`${file}.new`, buildConcepts(imported.concepts, vocabularies));
  renameSync(`${file}.new`, file);
  output.done();
  tell(output, file, tables, imported);
  return imported.unknown || imported.passedOver.length ? EXIT.somethingLeftOut : EXIT.allIn;
}

function tell(output: Output, file: string, tables: readonly EscoTable[], imported: ReturnType<typeof withEscoTables>) {
  const labels = Object.fromEntries(imported.labels);
  const { unknown, passedOver } = imported;
  output.emit({ file, concepts: imported.concepts.length, labels, unknown, passedOver });
  output.say(`${file}: ${imported.concepts.length} concepts, from ${tables.length} tables`);
  for (const [language, count] of imported.labels) output.say(`${language}: ${count} labels taken in`);
  if (unknown)
    output.say(
      `${unknown} concepts are of another edition of ESCO and were left out; --esco <version> moves to that edition`,
    );
  for (const name of passedOver) output.say(`${name}: passed over, it has neither labels nor skills of occupations`);
  output.say('Processes that run take it in when they are started again; `credatlas reindex` links the records anew.');
}

function editionOf(
  one: ConceptVocabulary,
  esco: string | undefined,
  { concepts, labels }: ReturnType<typeof withEscoTables>,
): ConceptVocabulary {
  if (one.name !== 'ESCO') return one;
  const version = esco ?? `${one.version}; ${[...labels.keys()].join(', ')} imported`;
  const ofEsco = concepts.filter(({ uri }) => uri.startsWith('http://data.europa.eu/esco/'));
  return { ...one, version, concepts: ofEsco.length };
}

/** @throws ConfigError with the remedy */
function conceptsIn(dataDir: string): Concepts {
  const open = openedConcepts(dataDir);
  if (!open) throw new ConfigError('there is no concept file', 'Install Credatlas again: it ships with one.');
  return open().concepts;
}

function coverageOf(concepts: Concepts): Coverage[] {
  const rows = new Map<string, Coverage>();
  for (let concept = 0; concept < concepts.size; concept++) {
    const labels = concepts.labelsOf(concept);
    const kind = concepts.kindOf(concept);
    const column = kind === 'skill' ? 'skills' : kind === 'occupation' ? 'occupations' : 'others';
    for (const [language, own] of Map.groupBy(labels, (label) => label.language)) {
      const row = rows.get(language) ?? { language, labels: 0, skills: 0, occupations: 0, others: 0 };
      rows.set(language, row);
      row.labels += own.length;
      row[column]++;
    }
  }
  return [...rows.values()].sort((a, b) => (a.language < b.language ? -1 : 1));
}
