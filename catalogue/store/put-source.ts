import type { SourceDefinition } from '../../schema/index.ts';
import type { Sql } from './sql.ts';

/** Adds a source or brings its definition up to date. */
export async function putSource(sql: Sql, definition: SourceDefinition): Promise<void> {
  await sql.query(
    `insert into sources (id, definition) values ($1, $2::jsonb)
     on conflict (id) do update set definition = excluded.definition, updated_at = now()
      where sources.definition is distinct from excluded.definition`,
    [definition.id, JSON.stringify(definition)],
  );
}
