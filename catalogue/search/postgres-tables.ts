import type { Sql } from '../store/sql.ts';

const LIVE = ['search_documents', 'search_opportunities', 'search_words'] as const;
/** A rebuild that was never swapped in is cleared away by a later one after this time. */
const LEFTOVER_MS = 24 * 3_600_000;

/** The tables of the live index, or of one that is being built. */
export function tableNames(index?: string) {
  if (index !== undefined && !/^r[0-9a-z]{1,20}$/.test(index)) {
    throw new Error(`"${index}" is no index made by rebuild()`);
  }
  const suffix = index === undefined ? '' : `_${index}`;
  return {
    documents: `search_documents${suffix}`,
    opportunities: `search_opportunities${suffix}`,
    words: `search_words${suffix}`,
  };
}

/** Making, swapping and clearing away the tables of an index. */
export function createPostgresTables(sql: Sql) {
  return {
    async check(): Promise<void> {
      const rows = await sql.query<{ there: boolean }>(`select to_regclass('search_documents') is not null as there`);
      if (!rows[0]?.there) throw new Error('the search tables are missing: run the migrations (0002_search.sql)');
    },

    /** Empty tables like the live ones, without their indexes: those are cheaper to make at the end. */
    async create(): Promise<string> {
      const now = Date.now();
      const index = `r${now.toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
      const names = tableNames(index);
      await sql.transaction(async (tx) => {
        await dropLeftovers(tx, now);
        for (const [i, name] of Object.values(names).entries()) {
          await tx.query(
            `create table ${name} (like ${LIVE[i]} including identity including storage including defaults)`,
          );
        }
        await tx.query(`alter table ${names.documents} add primary key (id)`);
        await tx.query(`alter table ${names.words} add primary key (word), add unique (n)`);
        await tx.query(`create index on ${names.opportunities} (id)`);
      });
      return index;
    },

    /** Indexes the new tables, then lets them take the live names in one transaction. */
    async swap(index: string): Promise<string> {
      const names = Object.values(tableNames(index));
      const there = await sql.query<{ there: boolean }>('select to_regclass($1) is not null as there', [names[0]]);
      if (!there[0]?.there)
        throw new Error(`there is no index "${index}" to swap in: it was swapped or dropped before`);
      for (const [i, name] of names.entries()) {
        const live = LIVE[i] ?? '';
        for (const { definition } of await missingIndexes(sql, live, name)) await sql.query(definition);
        await sql.query(`analyze ${name}`);
      }
      await sql.transaction(async (tx) => {
        await tx.query(`drop table ${LIVE.join(', ')}`);
        for (const [i, name] of names.entries()) await tx.query(`alter table ${name} rename to ${LIVE[i]}`);
      });
      return index;
    },
  };
}

/** The live table's indexes that the new one lacks, as statements. */
async function missingIndexes(sql: Sql, live: string, name: string): Promise<{ definition: string }[]> {
  const of = (table: string) =>
    sql.query<{ shape: string }>(
      `select regexp_replace(indexdef, '^.* USING ', '') as shape from pg_indexes
        where schemaname = current_schema() and tablename = $1`,
      [table],
    );
  const have = new Set((await of(name)).map(({ shape }) => shape));
  return (await of(live))
    .filter(({ shape }) => !have.has(shape))
    .map(({ shape }) => ({ definition: `create index on ${name} using ${shape}` }));
}

async function dropLeftovers(sql: Sql, now: number): Promise<void> {
  const tables = await sql.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema() and tablename ~ '^search_[a-z]+_r[0-9a-z]+$'`,
  );
  for (const { name } of tables) {
    const made = Number.parseInt(/_r([0-9a-z]{8})/.exec(name)?.[1] ?? '', 36);
    if (made < now - LEFTOVER_MS) await sql.query(`drop table if exists ${name}`);
  }
}
