import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openPglite } from '../../catalogue/store/pglite.ts';
import { createSessionTurns } from '../../catalogue/store/session-turns.ts';

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

test('a statement goes before the transactions that wait, never before the one under way', async () => {
  const turns = createSessionTurns();
  const order: string[] = [];
  const { open, opened } = gate();
  const work = (name: string) => async () => void order.push(name);
  const all = [
    turns.take(async () => {
      await opened;
      order.push('under way');
    }, 'transaction'),
    turns.take(work('batch 1'), 'transaction'),
    turns.take(work('batch 2'), 'transaction'),
    turns.take(work('search'), 'statement'),
  ];
  await nextTurn();
  expect(order).toEqual([]);
  open();
  await Promise.all(all);
  expect(order).toEqual(['under way', 'search', 'batch 1', 'batch 2']);
});

test('many readers do not keep a harvest from going on', async () => {
  const turns = createSessionTurns();
  const order: string[] = [];
  const all: Promise<void>[] = [];
  const work = (name: string) => async () => {
    await nextTurn();
    order.push(name);
  };
  for (let i = 0; i < 100; i++) all.push(turns.take(work('search'), 'statement'));
  for (let i = 0; i < 5; i++) all.push(turns.take(work('batch'), 'transaction'));
  await Promise.all(all);
  const places = order.flatMap((name, i) => (name === 'batch' ? [i] : []));
  expect(places.at(-1)).toBeLessThan(60);
});

test('work that fails hands the turn on', async () => {
  const turns = createSessionTurns();
  await expect(turns.take(() => Promise.reject(new Error('no')), 'statement')).rejects.toThrow('no');
  expect(await turns.take(async () => 1, 'transaction')).toBe(1);
});

test('in the embedded store: a query passes the transactions that wait', async () => {
  const db = await openPglite();
  const order: string[] = [];
  const batch = (name: string) =>
    db.transaction(async (sql) => {
      for (let i = 0; i < 3; i++) await sql.query('select 1');
      order.push(name);
    });
  const all = [batch('one'), batch('two'), batch('three'), db.query('select 1').then(() => order.push('query'))];
  await Promise.all(all);
  expect(order).toEqual(['one', 'query', 'two', 'three']);
  await db.close();
});
