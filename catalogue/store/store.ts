import type { SourceDefinition } from '../../schema/index.ts';
import { createAudit } from './audit.ts';
import { createBulk } from './bulk.ts';
import { createChanges } from './changes.ts';
import { createCompositions } from './compositions.ts';
import { dropFutureMarks } from './future-marks.ts';
import { createHistory } from './history.ts';
import { createHolds } from './holds.ts';
import { createHosts } from './hosts.ts';
import { createIngest } from './ingest.ts';
import { createLeases } from './leases.ts';
import { createManifests } from './manifests.ts';
import { migrate } from './migrate.ts';
import { createOperations } from './operations.ts';
import { createPauses } from './pauses.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { createPurges } from './purge.ts';
import { putSource } from './put-source.ts';
import { createReader } from './read.ts';
import { createReplays } from './replays.ts';
import { createRetirements } from './retire.ts';
import { createRuns } from './runs.ts';
import { createSilentPages } from './silent-pages.ts';
import { createSourceChecks } from './source-checks.ts';
import { createSourceStates } from './source-state.ts';
import type { Database } from './sql.ts';
import { createRunStarts } from './start-run.ts';
import { createStatedSecrets } from './stated-secrets.ts';
import { createSwitches } from './switches.ts';

/** The store of record over an open, migrated database. */
export function createStore(db: Database) {
  return {
    db,
    read: createReader(db),
    ingest: createIngest(db),
    runs: { ...createRuns(db), ...createRunStarts(db) },
    audit: createAudit(db),
    retirements: createRetirements(db),
    purges: createPurges(db),
    changes: createChanges(db),
    hosts: createHosts(db),
    bulk: createBulk(db),
    leases: createLeases(db),
    compositions: createCompositions(db),
    holds: createHolds(db),
    history: createHistory(db),
    pauses: createPauses(db),
    operations: createOperations(db),
    replays: createReplays(db),
    secrets: createStatedSecrets(db),
    silentPages: createSilentPages(db),
    states: createSourceStates(db),
    switches: createSwitches(db),
    checks: createSourceChecks(db),
    manifests: createManifests(db),
    putSource: (definition: SourceDefinition): Promise<void> => putSource(db, definition),
    /** Puts times of a source right that a wrong clock had set; says what it found. */
    dropFutureMarks: (source: string) => dropFutureMarks(db, source),
    close: () => db.close(),
  };
}

export type Store = ReturnType<typeof createStore>;

/**
 * Opens and migrates the store: PostgreSQL by `databaseUrl`, else PGlite in `directory` (in memory without one). `tell` hears of
 * troubles of the store's own that come and go.
 */
export async function openStore(where: {
  databaseUrl?: string;
  directory?: string;
  tell?: (line: string) => void;
}): Promise<Store> {
  const db = where.databaseUrl ? await openPostgres(where.databaseUrl) : await openPglite(where.directory, where.tell);
  try {
    await migrate(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return createStore(db);
}
