import type { SourceDefinition } from '../../schema/index.ts';
import type { RunSummary } from '../catalogue.ts';
import { audit } from './audit.ts';
import { queuePages } from './page-done.ts';
import type { PageLink } from './page-link.ts';
import { putSource } from './put-source.ts';
import { findingsOf } from './run-findings.ts';
import { newRunId } from './run-id.ts';
import { setSourceState } from './source-state.ts';
import type { Database, Sql } from './sql.ts';

/** A run is in the way; nothing was changed. `remedy` says what can be done. */
export class RunUnderWay extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'RunUnderWay';
    this.remedy = remedy;
  }
}

/** Lock number of those who start a run. */
const STARTERS = 7_265_003;

interface Running {
  id: string;
  source: string;
  trigger: RunSummary['trigger'];
  reads: string | null;
  format: string;
  normaliser: string;
  state: RunSummary['state'];
  owner: string | null;
  /** Somebody is at work on it: its lease has not run out. */
  alive: boolean;
}

const RUNNING = `r.id, r.source, r.trigger, r.reads, r.format, r.normaliser, r.state, l.owner,
  coalesce(l.until > clock_timestamp(), false) as alive from runs r left join run_leases l on l.run = r.id`;

/**
 * The run meant, locked: its lease before itself, as whoever works on it takes them (see run-fence.ts). `$1` is what `which` asks for.
 */
async function lockRun(sql: Sql, which: string, asked: string): Promise<Running | undefined> {
  await sql.query(`select 1 from run_leases l join runs r on r.id = l.run where ${which} for update of l`, [asked]);
  const [run] = await sql.query<Running>(
    `select ${RUNNING} where ${which} order by r.state = 'running' desc limit 1 for update of r`,
    [asked],
  );
  return run;
}

const OF_SOURCE = `r.source = $1 and r.state = 'running'`;

/** Starting runs, and ending those that belong to nobody. */
export function createRunStarts(db: Database) {
  return {
    /**
     * Stores the source as it is given and starts a run of it, at once. A source never runs twice: a run under way that reads
     * the same is answered instead (left alone while somebody is at work on it); one that reads something else and that
     * nobody is at work on ends here, incomplete.
     * @throws RunUnderWay when a run is in the way; then nothing is changed
     */
    start: (
      definition: SourceDefinition,
      normaliser: string,
      first: PageLink[],
      trigger: RunSummary['trigger'] = 'command',
      /** The job that asks for it: a job that is started again after its worker died gets the run it had, also when that has ended. */
      job?: string,
      /** Reads only what has changed since then, at this address. */
      changes?: { since: Date; url: string },
    ): Promise<{ id: string; resumed: boolean }> =>
      db.transaction(async (sql) => {
        const { id: source, format } = definition;
        const reads = first[0]?.url ?? '';
        // One at a time starts a run of the source. Rows are locked in the order in which a run that ends locks them.
        await sql.query('select pg_advisory_xact_lock($1, hashtext($2))', [STARTERS, source]);
        const [earlier] = job ? await sql.query<{ id: string }>('select id from runs where job = $1', [job]) : [];
        if (earlier) return { id: earlier.id, resumed: true };
        const running = await lockRun(sql, OF_SOURCE, source);
        const same = running?.reads === reads && running.format === format && running.normaliser === normaliser;
        if (running && same && running.alive) return { id: running.id, resumed: true };
        if (running && !same) {
          if (running.alive || (trigger === 'replay' && running.trigger !== 'replay')) throw inTheWay(running);
          await endAbandoned(sql, running.id, `abandoned: ${anotherInput(running, trigger, reads)}`);
        }
        await putSource(sql, definition);
        if (running && same) return { id: running.id, resumed: true };
        const id = newRunId();
        await sql.query(
          `insert into runs (id, source, format, normaliser, trigger, job, reads, since, standing)
           select $1, id, $3, $4, $5, $6, $7, $8, records from sources where id = $2`,
          [id, source, format, normaliser, trigger, job ?? null, reads, changes?.since ?? null],
        );
        await queuePages(sql, id, changes ? [{ url: changes.url }] : first);
        return { id, resumed: false };
      }),

    /** Whether a run was started for this input: it is not carried on with another. */
    async readsThis(id: string, { url, format }: SourceDefinition, normaliser: string): Promise<boolean> {
      const rows = await db.query(
        'select 1 from runs where id = $1 and reads = $2 and format = $3 and normaliser = $4',
        [id, url, format, normaliser],
      );
      return rows.length > 0;
    },

    /**
     * Ends a run for good: incomplete, nothing is swept, what it has stored stays. With `force` also one that somebody is at
     * work on: the next thing that worker writes is refused. Noted with who did it.
     * @throws RunUnderWay when it has ended already, or somebody is at work on it
     */
    abandon: (run: string, who: string, { force = false } = {}): Promise<{ run: string; source: string }> =>
      db.transaction(async (sql) => {
        const row = await lockRun(sql, `(r.id = $1 or ${OF_SOURCE})`, run);
        if (!row)
          throw new RunUnderWay(`no run is under way at "${run}"`, 'List runs with "credatlas status <source>".');
        if (row.state !== 'running')
          throw new RunUnderWay(`run ${row.id} has ended (${row.state})`, 'There is nothing to abandon.');
        if (row.alive && !force) throw inTheWay(row);
        await endAbandoned(sql, row.id, `abandoned by ${who}`);
        if (row.trigger !== 'replay') await setSourceState(sql, row.source, 'broken', row.id);
        await audit(sql, who, 'abandon', row.id);
        return { run: row.id, source: row.source };
      }),
  };
}

/** The run of a source that nobody is at work on, if it has one. @throws RunUnderWay when somebody is */
export async function refuseWhileAlive(sql: Sql, source: string): Promise<string | undefined> {
  const running = await lockRun(sql, OF_SOURCE, source);
  if (running?.alive) throw inTheWay(running);
  return running?.id;
}

const inTheWay = ({ id, source, trigger, reads, owner, alive }: Running): RunUnderWay => {
  const what = trigger === 'replay' ? 'replayed' : `harvested from ${reads}`;
  return alive
    ? new RunUnderWay(
        `source ${source} is being ${what} (run ${id}, by ${owner}); nothing was changed`,
        `Wait until that run has ended, or end it with "credatlas abandon ${id} --force".`,
      )
    : new RunUnderWay(
        `source ${source} has a run that is not over (${id}, ${what}); nothing was changed`,
        `Carry it on with "credatlas harvest ${source}", or end it with "credatlas abandon ${id}".`,
      );
};

const anotherInput = ({ reads }: Running, trigger: RunSummary['trigger'], now: string): string => {
  if (trigger === 'replay') return 'the source is replayed with other settings';
  return reads === now ? 'the source is read with other settings now' : `the source reads ${now} now`;
};

/** Also for what is left of a source: a run that can be neither carried on nor wanted any more. */
export async function endAbandoned(sql: Sql, run: string, reason: string): Promise<void> {
  await sql.query(
    `update runs set state = 'incomplete', reason = $2, finished_at = now(), findings = $3::jsonb where id = $1`,
    [run, reason, JSON.stringify(await findingsOf(sql, run))],
  );
  // Whoever still works on it writes nothing more.
  await sql.query('delete from run_leases where run = $1', [run]);
}
