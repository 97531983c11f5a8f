import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { createShelf, type Shelf } from '../../../crawler/decode/spool-shelf.ts';

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('credatlas-shelf-'));
let shelf: Shelf<{ n: number; text: string }> | undefined;
afterEach(() => shelf?.dispose());

test.each([
  ['in memory', 1_000_000, 50],
  ['on disk', 100, 50],
  ['on disk, in blocks', 1_000, 2_500],
])('values come back by number, in any order: %s', async (_, limit, many) => {
  const own = createShelf<{ n: number; text: string }>(limit);
  shelf = own;
  const value = (n: number) => ({ n, text: `ä\u2028𝄞 ${'x'.repeat((n * 37) % 900)}` });
  for (let n = 0; n < many; n++) {
    expect(await own.add(value(n))).toBe(n);
    if (n % 7 === 0) expect(await own.get(n >> 1)).toEqual(value(n >> 1));
  }
  for (let n = many - 1; n >= 0; n -= 3) expect(await own.get(n)).toEqual(value(n));
});

test('nothing is left on disk', async () => {
  const before = folders();
  shelf = createShelf(10);
  await shelf.add({ n: 1, text: 'longer than the limit' });
  expect(folders().length).toBe(before.length + 1);
  await shelf.dispose();
  await shelf.dispose();
  expect(folders()).toEqual(before);
});
