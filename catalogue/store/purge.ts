import { mintCredentialId } from '../../schema/index.ts';
import { audit } from './audit.ts';
import { recordChanges, takeTurn } from './changes.ts';
import { purgeRows, purgeSource } from './purge-rows.ts';
import { recordKey } from './row-key.ts';
import type { Database, Sql } from './sql.ts';
import { endAbandoned, RunUnderWay, refuseWhileAlive } from './start-run.ts';

/** A whole source, or one raw record of it with all its parts and what was made of it. */
export type PurgeSubject = { source: string } | { source: string; identifier: string };

/** What was erased, in numbers only. */
export interface Purge {
  /** Id of the source, or public id of the credential, which is a hash. */
  subject: string;
  credentials: number;
  providers: number;
  /** Raw records, parts included. */
  raw: number;
}

/** What is rewritten so that no bytes of what was erased stay in the tables' files. */
const TOUCHED = [
  ...['observations', 'credentials', 'providers', 'alternates', 'problems', 'changes', 'holds', 'runs', 'pages'],
  ...[
    'resources',
    'sources',
    'source_checks',
    'compositions',
    'silences',
    'search_documents',
    'search_opportunities',
    'search_words',
  ],
];

const FRESH_LOG = ['set wal_recycle = off', 'select pg_switch_wal()', 'checkpoint', 'checkpoint', 'reset wal_recycle'];

/** Room for the log of rewriting a table. */
const LOG_BYTES = 256 * 1024 * 1024;

/** Erasing for good, and keeping what was erased from coming back. */
export function createPurges(db: Database) {
  return {
    /** The source or record meant: an id of a source, a public id or another identifier of a credential. */
    async find(what: string): Promise<PurgeSubject | undefined> {
      const [source] = await db.query<{ id: string }>('select id from sources where id = $1', [what]);
      if (source) return { source: source.id };
      const [record] = await db.query<{ source: string; identifier: string }>(
        'select source, identifier from credentials where id = $1',
        [what],
      );
      return record;
    },

    /** What would be erased. */
    async measure(subject: PurgeSubject): Promise<Purge> {
      const [row] = await db.query<Omit<Purge, 'subject'>>(
        `select (select count(*) from credentials where source = $1 and ($2::uuid is null or observation = $2))::int as credentials,
                (select count(*) from providers where source = $1 and $2::uuid is null)::int as providers,
                (select count(*) from observations where source = $1 and ($2::uuid is null or record = $2))::int as raw`,
        [subject.source, 'identifier' in subject ? recordKey(subject.source, subject.identifier) : null],
      );
      return {
        subject: keyOf(subject),
        credentials: row?.credentials ?? 0,
        providers: row?.providers ?? 0,
        raw: row?.raw ?? 0,
      };
    },

    /**
     * Erases all that was taken in from a source, or a record, at once: raw text, what was made of it, what was found wrong
     * with it, its identifiers in lists and its addresses. Of each credential and provider only the id and the kinds of its
     * changes stay. It is noted who did it, and that it is not to be taken in again. Safe to call again.
     * @throws RunUnderWay while somebody is at work on the source
     */
    purge: (subject: PurgeSubject, who: string): Promise<Purge> =>
      db.transaction(async (sql) => {
        const run = await refuseWhileAlive(sql, subject.source);
        await takeTurn(sql);
        const erased =
          'identifier' in subject
            ? await purgeRows(sql, subject.source, subject.identifier)
            : await purgeWhole(sql, subject.source, run);
        const key = keyOf(subject);
        await tombstones(sql, 'credential', erased.credentials);
        await tombstones(sql, 'provider', erased.providers);
        await sql.query('insert into purged (id, entity) values ($1, $2) on conflict (id) do update set at = now()', [
          key,
          'identifier' in subject ? 'credential' : 'source',
        ]);
        await audit(sql, who, 'purge', key);
        return {
          subject: key,
          credentials: erased.credentials.length,
          providers: erased.providers.length,
          raw: erased.raw,
        };
      }),

    /** What was purged may be taken in again. False when it was not purged. */
    allow: (id: string, who: string): Promise<boolean> =>
      db.transaction(async (sql) => {
        const rows = await sql.query('delete from purged where id = $1 returning id', [id]);
        if (rows.length) await audit(sql, who, 'allow', id);
        return rows.length > 0;
      }),

    /** Which of these identifiers of a source were purged. */
    async among(source: string, identifiers: readonly string[]): Promise<Set<string>> {
      const byId = new Map(identifiers.map((identifier) => [mintCredentialId(source, identifier), identifier]));
      const rows = await db.query<{ id: string }>('select id from purged where id = any($1::text[])', [
        [...byId.keys()],
      ]);
      return new Set(rows.flatMap(({ id }) => byId.get(id) ?? []));
    },

    /** Which of these ids are of what was purged. */
    async purged(ids: readonly string[]): Promise<Set<string>> {
      const rows = await db.query<{ id: string }>('select id from purged where id = any($1::text[])', [ids]);
      return new Set(rows.map(({ id }) => id));
    },

    /**
     * Gives back the room of what was erased. The embedded store rewrites its files and begins a new log, so that no byte is
     * left in them, if its disk has the room; on a server only an administrator may keep everybody waiting for that.
     * Answers whether the bytes are gone.
     */
    async tidy(): Promise<boolean> {
      const [row] = await db.query<{ most: number }>(
        'select max(pg_total_relation_size(t::regclass))::bigint as most from unnest($1::text[]) t',
        [TOUCHED],
      );
      const room = db.room?.() ?? Number.POSITIVE_INFINITY;
      const full = db.kind === 'pglite' && room > 2 * Number(row?.most) + LOG_BYTES;
      for (const table of TOUCHED) await db.script(`vacuum ${full ? '(full, analyze)' : '(analyze)'} ${table}`);
      // A segment of the log that is not needed any more is taken away, not kept for what comes next with its old bytes.
      if (full) for (const step of FRESH_LOG) await db.script(step);
      return full;
    },
  };
}

export const keyOf = (subject: PurgeSubject): string =>
  'identifier' in subject ? mintCredentialId(subject.source, subject.identifier) : subject.source;

async function purgeWhole(sql: Sql, source: string, run: string | undefined) {
  if (run) await endAbandoned(sql, run, 'abandoned: the source was purged');
  const [there] = await sql.query('select 1 from sources where id = $1 for update', [source]);
  if (!there) {
    const [before] = await sql.query('select 1 from purged where id = $1', [source]);
    if (!before)
      throw new RunUnderWay(`there is no source "${source}" in the store`, 'List them with "credatlas sources".');
  }
  return purgeSource(sql, source);
}

const tombstones = (sql: Sql, entity: 'credential' | 'provider', ids: readonly string[]) =>
  recordChanges(
    sql,
    entity,
    null,
    ids.map((id) => ({ id, kind: 'purged' as const })),
  );
