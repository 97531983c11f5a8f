import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { createSessionTurns } from './session-turns.ts';

interface Result {
  rows: unknown[];
  rowCount: number;
}

/** What BullMQ needs of a `pg` client, over one PGlite session. */
export interface PgliteClient extends EventEmitter {
  query(text: string, params?: readonly unknown[]): Promise<Result>;
  release(): void;
}

/**
 * A `pg.Pool` look-alike over PGlite. PGlite is one session, so a client that opens a transaction holds the
 * session until it ends it; others wait their turn. LISTEN is handed on as pg's `notification` event. `admit` throws for
 * statements that cannot be run now.
 */
export function createPglitePool(db: PGlite, admit: (statement: string) => void = () => {}) {
  const turns = createSessionTurns();
  /** Runs `work` when nobody else has the session. */
  const exclusive = <T>(work: () => Promise<T>, kind: 'statement' | 'transaction' = 'statement'): Promise<T> =>
    turns.take(work, kind);
  const run = async (text: string, params?: readonly unknown[]): Promise<Result> => {
    // PGlite answers in microtasks: without a turn of the event loop a polling worker starves timers and sockets.
    await nextTurn();
    admit(text);
    if (params?.length) {
      const result = await db.query(text, params as unknown[]);
      return { rows: result.rows, rowCount: result.affectedRows || result.rows.length };
    }
    const results = await db.exec(text);
    const last = results.at(-1);
    return { rows: last?.rows ?? [], rowCount: last?.affectedRows || last?.rows.length || 0 };
  };

  function createClient(): PgliteClient {
    let free: (() => void) | undefined;
    const unlisten = new Map<string, () => Promise<void>>();
    const client = new EventEmitter() as PgliteClient;
    client.setMaxListeners(0);
    const listen = async (channel: string) => {
      if (unlisten.has(channel)) return;
      unlisten.set(
        channel,
        await db.listen(channel, (payload) => client.emit('notification', { channel, payload, processId: 0 })),
      );
    };
    client.query = async (text, params) => {
      const word = /^\s*(\w+)(?:\s+"?([\w:.-]+)"?)?/.exec(text);
      const verb = word?.[1]?.toUpperCase();
      if (verb === 'LISTEN' || verb === 'UNLISTEN') {
        const channel = word?.[2] ?? '';
        await exclusive(async () => {
          if (verb === 'LISTEN') return listen(channel);
          await unlisten.get(channel)?.();
          unlisten.delete(channel);
        });
        return { rows: [], rowCount: 0 };
      }
      if (verb === 'BEGIN' && !free) {
        await new Promise<void>((granted) => {
          void exclusive(
            () =>
              new Promise<void>((done) => {
                free = done;
                granted();
              }),
            'transaction',
          );
        });
        return run(text);
      }
      if (!free) return exclusive(() => run(text, params));
      try {
        return await run(text, params);
      } finally {
        if (verb === 'COMMIT' || verb === 'ROLLBACK') {
          free();
          free = undefined;
        }
      }
    };
    client.release = () => {
      if (free) {
        const done = free;
        free = undefined;
        void db.exec('rollback').finally(done);
      }
      for (const stop of unlisten.values()) void stop();
      unlisten.clear();
    };
    return client;
  }

  const pool = Object.assign(new EventEmitter(), {
    exclusive,
    query: (text: string, params?: readonly unknown[]) => exclusive(() => run(text, params)),
    connect: async () => createClient(),
    end: async () => {},
  });
  pool.setMaxListeners(0);
  return pool;
}
