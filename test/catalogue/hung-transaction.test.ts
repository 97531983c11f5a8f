import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storeKinds } from '../support/stores.ts';

const postgres = storeKinds.find(({ kind }) => kind === 'PostgreSQL');

test.skipIf(!postgres)(
  'a process that hangs in a transaction does not keep its locks (needs TEST_DATABASE_URL)',
  async () => {
    const store = await postgres?.open();
    if (!store) throw new Error('no store');
    try {
      await store.db.query(`insert into gauges (name, value) values ('hung', 1)`);
      const write = (value: number) => store.db.query('update gauges set value = $1 where name = $2', [value, 'hung']);
      const started = performance.now();
      const hung = store.db.transaction(async (sql) => {
        await sql.query(`update gauges set value = 2 where name = 'hung'`);
        await sleep(11_000);
        await sql.query(`update gauges set value = 3 where name = 'hung'`);
      });
      const lost = expect(hung).rejects.toThrow();
      await sleep(500);
      await write(4);
      expect(performance.now() - started).toBeLessThan(10_500);
      await lost;
      expect(await store.db.query(`select value from gauges where name = 'hung'`)).toEqual([{ value: 4 }]);
    } finally {
      await store.close();
    }
  },
);
