import type { Tombstone } from './batch.ts';
import { recordChanges, takeTurn } from './changes.ts';
import { guardTombstones } from './guard.ts';
import { openHold } from './holds.ts';
import { recordKey } from './row-key.ts';
import { holdRun } from './run-fence.ts';
import type { Database, Sql } from './sql.ts';
import type { SweepRules } from './sweep.ts';

/** Rows a statement, and records that go in one. */
const WALK = 5_000;
const LET_GO = 500;

const REASON = 'the source says that it is gone';

/** Notes what a feed says is gone, in the batch's transaction: it goes when the run has ended, if it is complete then. */
export async function noteTombstones(sql: Sql, run: string, gone: readonly Tombstone[]): Promise<void> {
  if (!gone.length) return;
  await sql.query(
    `insert into tombstones (run, identifier, part)
     select $1, r.identifier, r.part from unnest($2::text[], $3::text[]) as r (identifier, part)`,
    [run, gone.map(({ identifier }) => identifier), gone.map(({ part }) => part)],
  );
}

interface Gone {
  id: string;
  identifier: string;
}

/**
 * Withdraws the records that the feed has said are gone, unless the same run has read them as well. Safe to call again after a crash. With
 * a guard nothing goes when it would be too much at once, and the run is held with the list: then the answer is why.
 */
export async function layToRest(
  db: Database,
  run: string,
  source: string,
  rules: Pick<SweepRules, 'owner'> & Partial<Pick<SweepRules, 'guard'>>,
): Promise<string | undefined> {
  const gone: Gone[] = [];
  for await (const step of steps(db, run)) {
    const identifiers = step.filter(({ part }) => !part).map(({ identifier }) => identifier);
    if (identifiers.length) gone.push(...(await stillThere(db, run, source, identifiers)));
  }
  gone.sort((a, b) => (a.identifier < b.identifier ? -1 : 1));
  const [facts] = await db.query<{ standing: number }>('select standing from runs where id = $1', [run]);
  const held = rules.guard && guardTombstones(gone.length, facts?.standing ?? 0, rules.guard);
  if (held) {
    const identifiers = gone.map(({ identifier }) => identifier);
    await db.transaction(async (sql) => {
      await holdRun(sql, run, rules.owner);
      await openHold(sql, { run, source, ...held, identifiers });
    });
    return held.reason;
  }
  for (let from = 0; from < gone.length; from += LET_GO)
    await db.transaction((sql) => withdraw(sql, run, rules.owner, gone.slice(from, from + LET_GO)));
  return undefined;
}

/** The raw records of parts that are gone are forgotten. */
export async function forgetParts(db: Database, parts: readonly { key: string }[]): Promise<void> {
  const keys = parts.map(({ key }) => key);
  for (let from = 0; from < keys.length; from += WALK)
    await db.query('delete from observations where key = any($1::uuid[])', [keys.slice(from, from + WALK)]);
}

/** The run has ended: what it heard of is done, or waits for approval. */
export const buryTombstones = (sql: Sql, run: string): Promise<unknown> =>
  sql.query('delete from tombstones where run = $1', [run]);

async function* steps(db: Sql, run: string): AsyncGenerator<Tombstone[]> {
  for (let after = 0; ; ) {
    const rows = await db.query<Tombstone & { n: number }>(
      `select n::float8 as n, identifier, part from tombstones where run = $1 and n > $2 order by n limit ${WALK}`,
      [run, after],
    );
    if (!rows.length) return;
    after = rows.at(-1)?.n ?? after;
    yield rows;
  }
}

/** Records that readers still find, and that this run has not read. */
const stillThere = (db: Sql, run: string, source: string, identifiers: string[]): Promise<Gone[]> =>
  db.query<Gone>(
    `select c.id, c.identifier
       from (select id, identifier, observation, status, merged_into from credentials where observation = any($1::uuid[]) offset 0) c
      cross join lateral (select last_run from observations where key = c.observation offset 0) o
      where c.status in ('live', 'missing') and c.merged_into is null and o.last_run <> $2`,
    [[...new Set(identifiers)].map((identifier) => recordKey(source, identifier)), run],
  );

async function withdraw(sql: Sql, run: string, owner: string | undefined, gone: readonly Gone[]): Promise<void> {
  await holdRun(sql, run, owner);
  await takeTurn(sql);
  const rows = await sql.query<{ id: string }>(
    `update credentials set status = 'withdrawn', withdrawn_reason = $2, version = version + 1, changed_at = now(), changed_run = $3
      where id = any($1::text[]) and status <> 'withdrawn' returning id`,
    [gone.map(({ id }) => id), REASON, run],
  );
  await sql.query('update runs set withdrawn = withdrawn + $2 where id = $1', [run, rows.length]);
  await recordChanges(
    sql,
    'credential',
    run,
    rows.map(({ id }) => ({ id, kind: 'withdrawn', reason: REASON })),
  );
}

/**
 * The parts that are gone and that this run has not read. Those of which the feed names the record are found by their key, the others by a
 * walk through the raw records of the source.
 */
export async function partsGone(db: Sql, run: string, source: string): Promise<{ key: string; identifier: string }[]> {
  const named: string[] = [];
  const nameless = new Set<string>();
  for await (const step of steps(db, run))
    for (const { identifier, part } of step)
      if (part && identifier) named.push(recordKey(source, identifier, part));
      else if (part) nameless.add(part);
  const found: { key: string; identifier: string }[] = [];
  for (let from = 0; from < named.length; from += WALK)
    found.push(
      ...(await db.query<{ key: string; identifier: string }>(
        'select key, identifier from observations where key = any($1::uuid[]) and last_run <> $2',
        [named.slice(from, from + WALK), run],
      )),
    );
  for (let after = 0; nameless.size; ) {
    const rows = await db.query<{ n: number; key: string; identifier: string; part: string; read: boolean }>(
      `select n::float8 as n, key, identifier, part, last_run = $3 as read from observations
        where source = $1 and n > $2 order by n limit ${WALK}`,
      [source, after, run],
    );
    if (!rows.length) break;
    after = rows.at(-1)?.n ?? after;
    found.push(...rows.filter(({ part, read }) => part && !read && nameless.has(part)));
  }
  return found;
}
