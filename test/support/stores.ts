import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { openPostgres } from '../../catalogue/store/postgres.ts';
import type { Database } from '../../catalogue/store/sql.ts';
import { openStore, type Store } from '../../catalogue/store/store.ts';

/** A fresh, empty store of each kind there is: PGlite always, PostgreSQL when `TEST_DATABASE_URL` names a server. */
export const storeKinds: { kind: string; open: () => Promise<Store> }[] = [
  { kind: 'PGlite', open: () => openStore({}) },
  ...(process.env.TEST_DATABASE_URL
    ? [{ kind: 'PostgreSQL', open: () => freshPostgres(process.env.TEST_DATABASE_URL as string) }]
    : []),
];

/** An empty database of each kind, no table in it. */
export const databaseKinds: { kind: string; open: () => Promise<Database> }[] = [
  { kind: 'PGlite', open: () => openPglite() },
  ...(process.env.TEST_DATABASE_URL
    ? [{ kind: 'PostgreSQL', open: () => freshDatabase(process.env.TEST_DATABASE_URL as string, openPostgres) }]
    : []),
];

/** A new database on the server, dropped when the store is closed. */
export const freshPostgres = (server: string): Promise<Store> =>
  freshDatabase(server, (databaseUrl) => openStore({ databaseUrl }));

async function freshDatabase<T extends { close(): Promise<void> }>(
  server: string,
  open: (url: string) => Promise<T>,
): Promise<T> {
  const name = `credatlas_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await open(url.href);
  return {
    ...opened,
    async close() {
      await opened.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(statement);
  await client.end();
}
