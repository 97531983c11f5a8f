import type { HostWait, Operations, RunSummary } from '../catalogue.ts';
import type { Database } from './sql.ts';

const NO_RUNS: Record<RunSummary['state'], number> = { running: 0, complete: 0, incomplete: 0, held: 0, failed: 0 };
const QUEUE_DEPTH = 'queue-depth';

interface Row {
  queued: number;
  oldest: Date | null;
  depth: { value: number; at: string } | null;
  hosts: (Omit<HostWait, 'until' | 'reason'> & { until: string | null; reason: string | null })[];
  held: number;
  runs: Partial<typeof NO_RUNS>;
}

/** What an operator watches, in one statement. */
export async function readOperations(db: Database): Promise<Operations> {
  const [row] = await db.query<Row>(
    `with waiting as (
       select p.queued_at from pages p join runs r on r.id = p.run where p.state = 'queued' and r.state = 'running'),
     shut as (
       select origin, pause_reason as reason,
              case when paused then 'paused' when parked then 'parked' else 'closed' end as state,
              case when not paused then closed_until
                   when paused_until is not null then greatest(paused_until, closed_until) end as until
         from (select *, paused_at is not null and (paused_until is null or paused_until > now()) as paused from hosts) h
        where paused or closed_until > now())
     select (select count(*) from waiting)::int as queued,
            (select min(queued_at) from waiting) as oldest,
            (select jsonb_build_object('value', value, 'at', at) from gauges where name = '${QUEUE_DEPTH}') as depth,
            (select coalesce(jsonb_agg(to_jsonb(shut) order by origin), '[]') from shut) as hosts,
            (select count(*) from holds where cleared_at is null)::int as held,
            (select coalesce(jsonb_object_agg(state, n), '{}')
               from (select state, count(*) as n from runs group by 1) r) as runs`,
  );
  if (!row) throw new Error('the store did not answer');
  return {
    queuedPages: row.queued,
    ...(row.oldest ? { oldestQueuedPage: row.oldest.toISOString() } : {}),
    ...(row.depth ? { queueDepth: { jobs: row.depth.value, at: new Date(row.depth.at).toISOString() } } : {}),
    hosts: row.hosts.map(({ origin, state, until, reason }) => ({
      origin,
      state,
      ...(until ? { until: new Date(until).toISOString() } : {}),
      ...(reason && state === 'paused' ? { reason } : {}),
    })),
    heldRuns: row.held,
    runs: { ...NO_RUNS, ...row.runs },
  };
}

/** Numbers that one process knows and all may tell. */
export function createOperations(db: Database) {
  return {
    read: () => readOperations(db),
    async tellQueueDepth(jobs: number): Promise<void> {
      await db.query(
        `insert into gauges (name, value) values ('${QUEUE_DEPTH}', $1)
         on conflict (name) do update set value = excluded.value, at = now()`,
        [jobs],
      );
    },
  };
}
