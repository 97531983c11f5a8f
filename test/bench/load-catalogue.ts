import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalogue } from '../../commands/open-catalogue.ts';
import { emptyBatch } from '../../crawler/harvest/empty-batch.ts';
import { type Credential, type Provider, SourceDefinition } from '../../schema/index.ts';
import { generateCredentials } from './generate.ts';

const BATCH = 1_000;

/**
 * The real catalogue with generated records: PGlite in a temporary folder, PostgreSQL by BENCH_DATABASE_URL,
 * Meilisearch by MEILI_URL. `words` occur in it.
 */
export async function loadCatalogue(records: number) {
  const directory = await mkdtemp(join(tmpdir(), 'credatlas-bench-'));
  const open = await openCatalogue({
    dataDir: directory,
    databaseUrl: process.env.BENCH_DATABASE_URL,
    meiliUrl: process.env.MEILI_URL,
    meiliApiKey: process.env.MEILI_API_KEY,
  });
  const sources = new Map<string, SourceDefinition>();
  let batch: Credential[] = [];
  const words = new Set<string>();
  const flush = async () => {
    for (const { source } of batch) {
      if (sources.has(source)) continue;
      const definition = SourceDefinition.parse({
        id: source,
        title: source,
        format: 'csv',
        url: 'https://x.example/',
        publisher: 'x',
        licence: 'CC0-1.0',
      });
      sources.set(source, definition);
      await open.store.putSource(definition);
    }
    for (const [id, of] of Map.groupBy(batch, (record) => record.source)) {
      const source = sources.get(id) as SourceDefinition;
      const at = { run: `bench-${id}`, source, normaliser: '1' };
      await open.store.ingest.apply({
        ...emptyBatch(at),
        credentials: of.map((record) => ({ record, counted: true })),
        providers: of.flatMap(providersOf),
      });
    }
    batch = [];
  };
  for (const record of generateCredentials(records)) {
    batch.push(record);
    if (words.size < 400) {
      const word = record.title.value?.[0]?.value.split(/\s+/).find((w) => w.length > 4);
      if (word) words.add(word);
    }
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await open.indexer.reindex();
  return {
    catalogue: open.catalogue,
    words: [...words],
    async close() {
      await open.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const providersOf = (record: Credential): Provider[] =>
  [...(record.awardingBody.value ?? []), ...(record.offeredBy.value ?? [])].map((body) => ({
    id: body.id,
    source: record.source,
    identifier: body.id,
    alternates: [],
    name: body.name,
    identifiers: [],
    evidence: [],
  }));
