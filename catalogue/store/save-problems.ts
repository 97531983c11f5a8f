import type { Problem } from '../../schema/index.ts';
import type { Batch } from './batch.ts';
import { storableJson } from './payload.ts';
import { recordKey } from './row-key.ts';
import type { Sql } from './sql.ts';

/** The rule of records whose identifier another record of the same run has. */
export const DUPLICATE_RULE = 'duplicate-identifier';

const recordsOf = (source: string, identifiers: readonly string[]): string[] =>
  identifiers.map((identifier) => recordKey(source, identifier));

/** What is wrong with the records of a batch, in place of what was wrong with them before. */
export async function saveProblems(sql: Sql, batch: Batch): Promise<number> {
  const anew = batch.reports.flatMap((report) =>
    report.identifier !== null && !report.keep ? [report.identifier] : [],
  );
  if (anew.length) {
    await sql.query('delete from problems where record = any($1::uuid[])', [recordsOf(batch.source, anew)]);
  }
  const twice = batch.reports.flatMap((report) =>
    report.identifier !== null && report.keep ? [report.identifier] : [],
  );
  if (twice.length) {
    await sql.query('delete from problems where record = any($1::uuid[]) and rule = $2 and run <> $3', [
      recordsOf(batch.source, twice),
      DUPLICATE_RULE,
      batch.run,
    ]);
  }
  const carried = await carryProblems(sql, batch.run, batch.source, batch.stillReported);
  const rows = batch.reports.flatMap((report) => [
    ...(report.rejection ? [{ ...report.rejection, severity: 'rejected', identifier: report.identifier }] : []),
    ...report.problems.map((problem) => ({ ...problem, identifier: report.identifier })),
  ]);
  if (!rows.length) return carried;
  await insertProblems(
    sql,
    batch.run,
    rows.map((row) => ({ ...row, record: row.identifier === null ? null : recordKey(batch.source, row.identifier) })),
  );
  return carried + rows.length;
}

/** What is wrong with records that were seen again unchanged belongs to this run's report too. */
export async function carryProblems(
  sql: Sql,
  run: string,
  source: string,
  identifiers: readonly string[],
): Promise<number> {
  if (!identifiers.length) return 0;
  const rows = await sql.query(
    `update problems set run = $2 where record = any($1::uuid[]) and rule <> $3 returning id`,
    [recordsOf(source, identifiers), run, DUPLICATE_RULE],
  );
  return rows.length;
}

/** What is wrong with a page of a run, not with a record. */
export async function savePageProblems(sql: Sql, run: string, problems: readonly Problem[]): Promise<void> {
  await insertProblems(
    sql,
    run,
    problems.map((problem) => ({ ...problem, identifier: null })),
  );
  await sql.query('update runs set problems = problems + $2 where id = $1', [run, problems.length]);
}

async function insertProblems(sql: Sql, run: string, rows: readonly object[]): Promise<void> {
  await sql.query(
    `insert into problems (source, run, record, identifier, path, rule, severity, found, remedy)
     select runs.source, runs.id, r.record, r.identifier, r.path, r.rule, r.severity, r.found, r.remedy
       from runs, jsonb_to_recordset($2::jsonb)
         as r (record uuid, identifier text, path text, rule text, severity text, found text, remedy text)
      where runs.id = $1`,
    [run, storableJson(rows)],
  );
}
