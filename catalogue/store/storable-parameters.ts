import type { Database } from './sql.ts';

/**
 * PostgreSQL refuses U+0000 in a text. Nothing stored has it, so what a reader asks with it is to find nothing: it asks
 * for U+FFFD instead, at this one door.
 */
export function storableParameters(db: Database): Database {
  const storable = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replaceAll('\0', '\ufffd').toWellFormed()
      : Array.isArray(value)
        ? value.map(storable)
        : value;
  return { ...db, query: (text, params) => db.query(text, params?.map(storable)) };
}
