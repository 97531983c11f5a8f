import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse';
import { ConfigError } from '../crawler/errors.ts';
import { ArchiveBroken, openArchive } from '../crawler/unpack/zip.ts';
import type { EscoTable } from '../schema/vocabularies/concepts/esco-csv.ts';

/** All of ESCO in one language is 30 MB. */
const LARGEST = 2_000_000_000;

/** The tables in a CSV file, a folder of them, or the zip of the ESCO portal. @throws ConfigError */
export async function escoTablesIn(path: string): Promise<EscoTable[]> {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about) throw new ConfigError(`${path}: there is no such file or folder`, 'Give a file or folder that is there.');
  if (about.isDirectory()) {
    const names = readdirSync(path)
      .filter((name) => /\.csv$/i.test(name))
      .sort();
    return Promise.all(names.map((name) => tableOf(name, createReadStream(join(path, name)))));
  }
  if (/\.csv$/i.test(path)) return [await tableOf(basename(path), createReadStream(path))];
  return tablesOfArchive(path);
}

async function tablesOfArchive(path: string): Promise<EscoTable[]> {
  try {
    const archive = await openArchive(path, LARGEST);
    try {
      const tables: EscoTable[] = [];
      for (const name of [...archive.names].filter((one) => one.endsWith('.csv')).sort()) {
        const bytes = await archive.read(name);
        if (bytes) tables.push(await tableOf(basename(name), bytes));
      }
      return tables;
    } finally {
      archive.close();
    }
  } catch (error) {
    if (!(error instanceof ArchiveBroken)) throw error;
    throw new ConfigError(
      `${path}: ${error.message}`,
      'Give a CSV file, a folder of them, or the zip of the ESCO portal.',
    );
  }
}

async function tableOf(name: string, bytes: AsyncIterable<Uint8Array>): Promise<EscoTable> {
  const parser = parse({
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const rows: Record<string, string>[] = [];
  const reading = (async () => {
    for await (const row of parser) rows.push(row);
  })();
  for await (const chunk of bytes) if (!parser.write(chunk)) await new Promise((done) => parser.once('drain', done));
  parser.end();
  await reading;
  return { name, rows };
}
