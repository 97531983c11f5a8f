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

/** Brings the schema up to date: runs the numbered files in `migrations/` that this database has not seen, in order. */
export async function migrate(db: Database): Promise<string[]> {
  const files = (await readdir(DIRECTORY)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).sort();
  const applied: string[] = [];
  await db.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await sql.query(
      'create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())',
    );
    const done = new Set((await sql.query<{ name: string }>('select name from migrations')).map((row) => row.name));
    const unknown = [...done].filter((name) => !files.includes(name)).sort();
    if (unknown.length) throw new NewerCatalogue(unknown);
    for (const name of files.filter((file) => !done.has(file))) {
      const text = await readFile(new URL(name, DIRECTORY), 'utf8');
      for (const statement of statements(text)) await sql.query(statement);
      await sql.query('insert into migrations (name) values ($1)', [name]);
      applied.push(name);
    }
  });
  return applied;
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
