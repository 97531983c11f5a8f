import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStore, type Store } from '../../catalogue/store/store.ts';

/** A fresh, empty store of each kind there is: PGlite always, PostgreSQL when `TEST_DATABASE_URL` names a server. */
export const storeKinds: { kind: string; open: () => Promise<Store> }[] = [
  { kind: 'PGlite', open: () => openStore({}) },
  ...(process.env.TEST_DATABASE_URL
    ? [{ kind: 'PostgreSQL', open: () => freshPostgres(process.env.TEST_DATABASE_URL as string) }]
    : []),
];

/** A new database on the server, dropped when the store is closed. */
export async function freshPostgres(server: string): Promise<Store> {
  const name = `credatlas_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const store = await openStore({ databaseUrl: url.href });
  return {
    ...store,
    async close() {
      await store.close();
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
