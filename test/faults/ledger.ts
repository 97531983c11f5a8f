import type { Store } from '../../catalogue/store/store.ts';

/** What must hold after every scenario, whatever went wrong in it. Answers what does not. */
export async function ledger(store: Store): Promise<string[]> {
  const wrong: string[] = [];
  const rows = <T>(text: string) => store.db.query<T>(text);
  const complain = async (what: string, query: string) => {
    for (const row of await rows<Record<string, unknown>>(`${query} limit 3`))
      wrong.push(`${what}: ${JSON.stringify(row)}`);
  };
  await complain(
    'seen is not created + updated + unchanged + rejected',
    `select id, source, state, seen, created, updated, unchanged, rejected from runs
      where seen <> created + updated + unchanged + rejected`,
  );
  await complain(
    'the change log has a gap or is out of order',
    `select seq, before, at from (select seq, lag(seq) over (order by seq) as before, at from changes) c where seq <= before`,
  );
  await complain(
    'an event is told twice',
    `select id, run, kind, count(*)::int as times from changes where entity = 'credential' and run is not null
      group by id, run, kind having count(*) > 1`,
  );
  await complain(
    'versions do not grow by one a change',
    `select c.id, c.version, count(*)::int as changes from credentials c join changes h on h.id = c.id and h.entity = 'credential'
      group by c.id, c.version having c.version <> count(*)`,
  );
  await complain(
    'a record does not know its last change',
    `select c.id, c.seq, max(h.seq) as last from credentials c join changes h on h.id = c.id and h.entity = 'credential'
      group by c.id, c.seq having c.seq <> max(h.seq)`,
  );
  await complain(
    'a first change is not "created"',
    `select id, kind from (select distinct on (id) id, kind from changes where entity = 'credential' order by id, seq) f
      where kind <> 'created'`,
  );
  await complain(
    'a record contradicts its last change',
    `select c.id, c.status, l.kind from credentials c join
       (select distinct on (id) id, kind from changes where entity = 'credential' order by id, seq desc) l on l.id = c.id
      where c.status <> case when l.kind in ('missing', 'withdrawn') then l.kind else 'live' end`,
  );
  await complain(
    'a run that has ended still holds a lease or a queued page',
    `select id, state from runs r join run_leases l on l.run = r.id where state <> 'running'
     union all select r.id, p.url from runs r join pages p on p.run = r.id where r.state = 'complete' and p.state = 'queued'`,
  );
  await complain(
    'a source does not know how many records it has',
    `select s.id, s.records, count(c.id)::int as n from sources s
       left join credentials c on c.source = s.id and c.status <> 'withdrawn' and c.merged_into is null
      group by s.id, s.records having s.records <> count(c.id)`,
  );
  await complain(
    'a tally is not what the records come to',
    `select t.source, t.fact, t.n, (select count(*)::int from credentials c where c.source = t.source and t.fact = any(c.facts)
              and c.status <> 'withdrawn' and c.merged_into is null) as counted
       from tallies t where t.n <> (select count(*) from credentials c where c.source = t.source and t.fact = any(c.facts)
              and c.status <> 'withdrawn' and c.merged_into is null)`,
  );
  await complain(
    'a run that has ended left something to be put together',
    `select c.source, c.identifier from compositions c join runs r on r.id = c.run where r.state <> 'running'`,
  );
  await complain(
    'two runs of a source at once',
    `select source from runs where state = 'running' group by source having count(*) > 1`,
  );
  return wrong;
}

/** Ids in the search index of the Postgres engine against ids that can be found in the store. */
export async function indexDrift(store: Store): Promise<string[]> {
  const rows = await store.db.query<{ id: string; side: string }>(
    `select id, 'only in the index' as side from search_documents
      where id not in (select id from credentials where status <> 'withdrawn' and merged_into is null)
     union all
     select id, 'only in the store' from credentials
      where status <> 'withdrawn' and merged_into is null and id not in (select id from search_documents) limit 5`,
  );
  return rows.map((row) => `${row.side}: ${row.id}`);
}

const TABLES: Record<string, string> = {
  sources: 'select id, definition from sources order by id',
  runs: `select source, format, normaliser, state, reason, seen, created, updated, unchanged, missing, withdrawn, rejected,
           problems from runs order by started_at, source`,
  pages: `select r.source, p.url, p.role, p.modified, p.total, p.state, p.records, p.reason
            from pages p join runs r on r.id = p.run order by r.started_at, p.url`,
  resources:
    'select source, url, normaliser, final_url, etag, last_modified, hash, records, total, next from resources order by source, url',
  observations: `select source, identifier, part, hash, encode(raw, 'hex') as raw, normaliser, page, path, state
                   from observations order by source, identifier, part`,
  credentials: `select id, source, identifier, document, hash, providers, version, status, withdrawn_reason, merged_into
                  from credentials order by id`,
  providers: 'select id, source, identifier, document, hash, status from providers order by id',
  alternates: 'select alternate, entity, id from alternates order by alternate, entity, id',
  changes: `select h.entity, h.id, h.kind, h.reason from changes h order by h.id, h.seq`,
  problems:
    'select source, identifier, path, rule, severity, found, remedy from problems order by source, identifier, path, rule, found',
  search: 'select id, words::text as words, country, language, eqf, mode, texts from search_documents order by id',
  holds: 'select source, reason, identifiers from holds order by source, reason',
};

/** Everything the store holds but times and the ids of runs, table by table, as text that can be compared. */
export async function dump(store: Store, source: string): Promise<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [table, query] of Object.entries(TABLES)) {
    const rows = await store.db.query<Record<string, unknown>>(query);
    const own = new Set(
      (await store.db.query<{ id: string }>('select id from credentials where source = $1', [source])).map((r) => r.id),
    );
    const mine = rows.filter((row) => {
      if ('source' in row && typeof row.source === 'string') return row.source === source;
      if (table === 'sources') return row.id === source;
      return own.has(String(row.id));
    });
    out[table] = mine.map((row) => JSON.stringify(withoutTimes(row))).join('\n');
  }
  return out;
}

/** `retrievedAt` inside documents is a time too. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/retrieved_?at$/i.test(key))
      .map(([key, member]) => [key, withoutTimes(member)]),
  );
}

/** Where two dumps differ, in a line or two. */
export function difference(a: Record<string, string>, b: Record<string, string>): string[] {
  return Object.keys(a).flatMap((table) => {
    if (a[table] === b[table]) return [];
    const left = a[table]?.split('\n') ?? [];
    const right = b[table]?.split('\n') ?? [];
    const at = left.findIndex((line, i) => line !== right[i]);
    const [x, y] = at < 0 ? ['', right[left.length]] : [left[at], right[at]];
    const from = Math.max(0, [...(x ?? '')].findIndex((c, i) => c !== (y ?? '')[i]) - 60);
    const cut = (text: string | undefined) => (text ?? '(nothing)').slice(from, from + 160);
    return [`${table}: ${left.length} rows against ${right.length}; undisturbed …${cut(x)}… disturbed …${cut(y)}…`];
  });
}
