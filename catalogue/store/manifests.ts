import { SourceDefinition } from '../../schema/index.ts';
import type { Database } from './sql.ts';
import { comeBack, vanish } from './vanish.ts';

/** A source that a manifest made, as the store has it. */
export interface ManifestSource {
  definition: SourceDefinition;
  /** Why its manifest no longer names it; null while it does. */
  vanished: string | null;
}

export interface StoredManifest {
  domain: string;
  /** The line that led here, to ask by again. */
  asked: string;
  url: string;
}

/** Sources by manifest, and when each manifest was last asked for. A vanished source is not harvested; its records are held. */
export function createManifests(db: Database) {
  return {
    /** The sources that manifests of these domains made. One statement. */
    async sourcesOf(domains: readonly string[]): Promise<ManifestSource[]> {
      const rows = await db.query<{ definition: unknown; vanished: string | null }>(
        `select definition, case when vanished_at is null then null else coalesce(vanished_reason, '') end as vanished
           from sources where definition -> 'manifest' ->> 'domain' = any($1::text[]) order by id`,
        [domains],
      );
      return rows.map((row) => ({ ...row, definition: SourceDefinition.parse(row.definition) }));
    },

    /** Stops (with a reason) or resumes (null) the harvest of a source on behalf of its manifest; its records wait for approval. */
    setVanished: (source: string, reason: string | null): Promise<void> =>
      db.transaction((sql) => (reason === null ? comeBack(sql, source) : vanish(sql, source, reason))),

    /** Active sources made by manifests that have a schedule. */
    async scheduled(): Promise<SourceDefinition[]> {
      const rows = await db.query<{ definition: unknown }>(
        `select definition from sources where definition -> 'manifest' is not null and vanished_at is null and retired_at is null
            and definition ->> 'schedule' is not null order by id`,
      );
      return rows.map(({ definition }) => SourceDefinition.parse(definition));
    },

    /** Active sources made by manifests that were never read. */
    async neverRead(): Promise<string[]> {
      const rows = await db.query<{ id: string }>(
        `select id from sources s where definition -> 'manifest' is not null and vanished_at is null and retired_at is null
            and not exists (select 1 from runs where source = s.id) order by id`,
      );
      return rows.map(({ id }) => id);
    },

    /** Notes that a manifest was found. */
    async found({ domain, asked, url }: StoredManifest): Promise<void> {
      await db.query(
        `insert into manifests (domain, asked, url, outcome) values ($1, $2, $3, 'found')
         on conflict (domain) do update set asked = excluded.asked, url = excluded.url, outcome = 'found', reason = null,
                found_at = now(), asked_at = now()`,
        [domain, asked, url],
      );
    },

    /** Notes that a domain whose manifest was known was asked in vain. Others are not remembered. */
    async missed(domain: string, outcome: 'gone' | 'unclear', reason: string): Promise<void> {
      await db.query('update manifests set outcome = $2, reason = $3, asked_at = now() where domain = $1', [
        domain,
        outcome,
        reason,
      ]);
    },

    /** Manifests that were last asked for longer ago than this, the oldest first. */
    async due(hours: number, limit: number): Promise<StoredManifest[]> {
      return db.query<StoredManifest>(
        `select domain, asked, url from manifests where asked_at < now() - make_interval(hours => $1) or asked_at > now() + interval '1 minute'
          order by asked_at limit $2`,
        [hours, limit],
      );
    },
  };
}

export type Manifests = ReturnType<typeof createManifests>;
