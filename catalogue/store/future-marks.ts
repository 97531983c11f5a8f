import type { Database } from './sql.ts';

/**
 * Times of a source that lie ahead of the store's own clock: a clock was wrong when they were set. They would decide which run is the
 * last one, and keep what is missing from ever being withdrawn; so they become now. How many were found of each kind, in words;
 * undefined when there were none. One transaction.
 */
export const dropFutureMarks = (db: Database, source: string): Promise<string | undefined> =>
  db.transaction(async (sql) => {
    const found: string[] = [];
    for (const [what, statement] of MARKS) {
      const rows = await sql.query(statement, [source]);
      if (rows.length) found.push(`${rows.length} × ${what}`);
    }
    if (!found.length) return undefined;
    return `${source}: times that lie ahead (${found.join(', ')}); a clock was wrong. They count from now`;
  });

/** A minute is no error of a clock worth telling. */
const AHEAD = `now() + interval '1 minute'`;

const MARKS: readonly (readonly [string, string])[] = [
  [
    'a run',
    `update runs set started_at = least(started_at, now()), finished_at = least(finished_at, now())
      where source = $1 and (started_at > ${AHEAD} or finished_at > ${AHEAD}) and state <> 'running' returning id`,
  ],
  [
    'the state of the source',
    `update sources set state_since = now() where id = $1 and state_since > ${AHEAD} returning id`,
  ],
  [
    'a missing record',
    `update credentials set missing_since = now()
      where source = $1 and status = 'missing' and missing_since > ${AHEAD} returning id`,
  ],
  ['a silent page', `update silences set since = now() where source = $1 and since > ${AHEAD} returning run`],
];
