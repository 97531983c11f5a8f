import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createShelf, type Shelf } from '../../../crawler/decode/shelf.ts';

// Other tests put shelves into the common one.
const own = mkdtempSync(join(tmpdir(), 'shelf-test-'));
process.env.TMPDIR = own;
afterAll(() => rmSync(own, { recursive: true }));

const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('credatlas-shelf-'));
let shelf: Shelf<{ n: number; text: string }> | undefined;
afterEach(() => shelf?.dispose());

test.each([
  ['in memory', 1_000_000, 50],
  ['on disk', 100, 50],
  ['on disk, in blocks', 1_000, 2_500],
])('values come back by number, in any order: %s', (_, limit, many) => {
  const mine = createShelf<{ n: number; text: string }>(limit);
  shelf = mine;
  const value = (n: number) => ({ n, text: `ä\u2028𝄞 ${'x'.repeat((n * 37) % 900)}` });
  for (let n = 0; n < many; n++) {
    expect(mine.add(value(n))).toBe(n);
    if (n % 7 === 0) expect(mine.get(n >> 1)).toEqual(value(n >> 1));
  }
  for (let n = many - 1; n >= 0; n -= 3) expect(mine.get(n)).toEqual(value(n));
});

test('nothing is left on disk', () => {
  const before = folders();
  shelf = createShelf(10);
  shelf.add({ n: 1, text: 'longer than the limit' });
  expect(folders().length).toBe(before.length + 1);
  shelf.dispose();
  shelf.dispose();
  expect(folders()).toEqual(before);
});

test.each([1, 40, 1_000_000])(
  'all are taken in order, beyond %i characters from disk, and it can be filled again',
  (limit) => {
    const before = folders();
    shelf = createShelf(limit);
    const values = Array.from({ length: 20 }, (_, n) => ({ n, text: 'line\u2028break\nõ' }));
    for (let round = 0; round < 2; round++) {
      for (const value of values) shelf.add(value);
      expect([...shelf.take()]).toEqual(values);
      expect(folders()).toEqual(before);
    }
  },
);

test('what nobody removed goes with the process', () => {
  const before = folders();
  const script = `
    import { createShelf } from ${JSON.stringify(new URL('../../../crawler/decode/shelf.ts', import.meta.url).href)};
    createShelf(1).add('longer than the limit');
  `;
  expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).status).toBe(0);
  expect(folders()).toEqual(before);
});
