import type { Sql } from './sql.ts';

/** Problems a statement: readers of the embedded store wait for the one under way. */
const STEP = 10_000;
const REJECTED_KEPT = 1_000;

export interface RejectedRecord {
  identifier: string | null;
  rule: string;
}

/** What a run found wrong. `rejected` names the first thousand. */
export interface Findings {
  rules: Record<string, number>;
  rejected: RejectedRecord[];
}

/** How often each rule was reported in a run, and the first records it rejected, in steps. */
export async function findingsOf(sql: Sql, run: string): Promise<Findings> {
  const rules = new Map<string, number>();
  const rejected: Findings['rejected'] = [];
  for (let after = 0; ; ) {
    const [step] = await sql.query<{
      last: number | null;
      rules: Record<string, number>;
      rejected: Findings['rejected'];
    }>(
      `with step as materialized (
         select id, severity, rule, identifier from problems where run = $1 and id > $2 order by id limit ${STEP})
       select (select max(id) from step)::float8 as last,
              (select coalesce(jsonb_object_agg(rule, n), '{}')
                 from (select severity || ' ' || rule as rule, count(*) as n from step group by 1) r) as rules,
              (select coalesce(jsonb_agg(jsonb_build_object('identifier', identifier, 'rule', rule) order by id), '[]')
                 from (select id, identifier, rule from step where severity = 'rejected' order by id limit $3) r) as rejected`,
      [run, after, REJECTED_KEPT - rejected.length],
    );
    if (!step?.last) break;
    for (const [rule, n] of Object.entries(step.rules)) rules.set(rule, (rules.get(rule) ?? 0) + n);
    rejected.push(...step.rejected);
    after = step.last;
  }
  return { rules: Object.fromEntries(rules), rejected };
}
