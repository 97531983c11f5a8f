import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { createSpool } from '../../../crawler/decode/spool.ts';
import { englishDate } from '../../../crawler/normalise/dates.ts';

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('credatlas-spool-')).length;

test.each([1, 40, 1_000_000])(
  'a spool gives values back in order, beyond %i characters from disk, and can be filled again',
  async (limit) => {
    const before = left();
    const spool = createSpool<{ n: number; text: string }>(limit);
    const values = Array.from({ length: 20 }, (_, n) => ({ n, text: 'line\u2028break\nõ' }));
    for (let round = 0; round < 2; round++) {
      for (const value of values) await spool.push(value);
      const back = [];
      for await (const value of spool.drain()) back.push(value);
      expect(back).toEqual(values);
    }
    await spool.dispose();
    expect(left()).toBe(before);
  },
);

test('English dates: only whole and real ones', () => {
  expect(englishDate('3 November 2012')).toBe('2012-11-03');
  expect(englishDate('Sat 3rd Nov 2012')).toBe('2012-11-03');
  expect(englishDate('November 3, 2012')).toBe('2012-11-03');
  for (const text of ['31 February 2026', 'November 2012', '2012', 'any time', '', '3 Foo 2012'])
    expect(englishDate(text)).toBeUndefined();
});
