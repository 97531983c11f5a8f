interface Pool {
  query(text: string): Promise<{ rows: unknown[] }>;
}

const VACUUM_EVERY_MS = 10 * 60_000;
const LOOK_AT_LOG_EVERY_MS = 1_000;
/** So much of the log since the last checkpoint: the files of three times as much stay below 200 MB. */
const LOG_BYTES = 32 * 1024 * 1024;

const LOG_SINCE = `select pg_wal_lsn_diff(pg_current_wal_lsn(), (pg_control_checkpoint()).redo_lsn)::float8 as bytes`;
const MUCH_DELETED = `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where n_dead_tup > 1000`;

/**
 * What a PostgreSQL server does by itself and a single session in WebAssembly does not: it has no autovacuum, and no checkpoint
 * comes of `max_wal_size` or of time, so that the log grew with all that was ever written since the start. Each is a statement of
 * its own, outside any transaction. What fails (a full disk) is the next time's matter. Answers how to stop.
 */
export function keepPgliteTidy(pool: Pool): () => void {
  const vacuum = async () => {
    for (const { name } of (await pool.query(MUCH_DELETED)).rows as { name: string }[])
      await pool.query(`vacuum ${name}`);
  };
  const checkpoint = async () => {
    const [log] = (await pool.query(LOG_SINCE)).rows as { bytes: number }[];
    if (log && log.bytes > LOG_BYTES) await pool.query('checkpoint');
  };
  const timers = [every(VACUUM_EVERY_MS, vacuum), every(LOOK_AT_LOG_EVERY_MS, checkpoint)];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

function every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void work()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, ms);
  return timer.unref();
}
