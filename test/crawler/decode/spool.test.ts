import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { createSpool } from '../../../crawler/decode/spool.ts';

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
