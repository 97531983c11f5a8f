import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Database } from './sql.ts';

const DIRECTORY = new URL('./migrations/', import.meta.url);
const LOCK = 7_265_001; // any fixed number: keeps two starting processes from migrating at once

/** The catalogue was written by a newer version, whose tables this one does not know. Nothing was changed. */
export class NewerCatalogue extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `the catalogue was written by a newer Credatlas (it has ${unknown.join(', ')}). ` +
        'Start it with that version, or name another store with DATABASE_URL or DATA_DIR. Nothing was changed.',
    );
    this.name = 'NewerCatalogue';
  }
}

/** A migration that this catalogue has applied reads otherwise here: the schema is not the one this version was made for. */
export class EditedMigration extends Error {
  constructor(names: readonly string[]) {
    super(
      `the catalogue was made with another text of ${names.join(', ')} than this Credatlas has: a migration is never edited. ` +
        'Put back the files in catalogue/store/migrations as they were released. Nothing was changed.',
    );
    this.name = 'EditedMigration';
  }
}

/** SHA-256 (hex) of a migration's text; how its lines end does not count. */
export const checksumOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('hex');

/**
 * Brings the schema up to date: runs the numbered files in `migrations/` that this database has not seen, in order, all of them
 * or none. Each is kept with its checksum. Stores older than the checksums get theirs here: 0004 has made them alike.
 * @throws NewerCatalogue, EditedMigration
 */
export async function migrate(db: Database, directory = DIRECTORY): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort();
  const texts = new Map<string, string>();
  for (const name of names) texts.set(name, await readFile(new URL(name, directory), 'utf8'));
  return db.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await sql.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    await sql.query('alter table migrations add column if not exists checksum text');
    const rows = await sql.query<{ name: string; checksum: string | null }>(
      'select name, checksum from migrations order by name',
    );
    const unknown = rows.filter(({ name }) => !texts.has(name));
    if (unknown.length) throw new NewerCatalogue(unknown.map(({ name }) => name));
    const edited = rows.filter(({ name, checksum }) => checksum && checksum !== checksumOf(texts.get(name) ?? ''));
    if (edited.length) throw new EditedMigration(edited.map(({ name }) => name));

    const done = new Set(rows.map(({ name }) => name));
    const applied = names.filter((name) => !done.has(name));
    for (const name of applied) {
      for (const statement of statements(texts.get(name) ?? '')) await sql.query(statement);
      await sql.query('insert into migrations (name) values ($1)', [name]);
    }
    await sql.query(
      `update migrations m set checksum = f.checksum
         from unnest($1::text[], $2::text[]) as f (name, checksum) where f.name = m.name and m.checksum is null`,
      [names, names.map((name) => checksumOf(texts.get(name) ?? ''))],
    );
    return applied;
  });
}

/** Splits a migration at semicolons that end a line outside of `$$ … $$` bodies. */
function statements(text: string): string[] {
  const out: string[] = [];
  let current = '';
  let inBody = false;
  for (const line of text.split('\n')) {
    if (!inBody && /^\s*--/.test(line)) continue;
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody;
    current += `${line}\n`;
    if (!inBody && /;\s*$/.test(line)) {
      out.push(current);
      current = '';
    }
  }
  if (current.trim()) out.push(current);
  return out;
}
