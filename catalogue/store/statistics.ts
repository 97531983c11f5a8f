import type { Catalogue } from '../catalogue.ts';
import type { Sql } from './sql.ts';

/** What the catalogue holds, from counters that are kept as records change (`0005_keys.sql`, `0008_tallies.sql`). One statement. */
export async function readStatistics(db: Sql): ReturnType<Catalogue['statistics']> {
  const [row] = await db.query<{
    credentials: number;
    providers: number;
    sources: number;
    byCountry: { value: string; count: number }[];
    byLanguage: { value: string; count: number }[];
  }>(
    `with counted as materialized (
           select split_part(fact, ' ', 1) as name, split_part(fact, ' ', 2) as value, sum(n)::int as n from tallies
            where fact like 'country %' or fact like 'language %' group by 1, 2 having sum(n) > 0),
         named as (
           select name, jsonb_agg(jsonb_build_object('value', value, 'count', n) order by n desc, value) as counts
             from counted group by name)
         select (select coalesce(sum(records), 0) from sources)::int as credentials,
                (select count(*) from providers where status <> 'withdrawn')::int as providers,
                (select count(*) from sources)::int as sources,
                coalesce((select counts from named where name = 'country'), '[]') as "byCountry",
                coalesce((select counts from named where name = 'language'), '[]') as "byLanguage"`,
  );
  return row ?? { credentials: 0, providers: 0, sources: 0, byCountry: [], byLanguage: [] };
}
