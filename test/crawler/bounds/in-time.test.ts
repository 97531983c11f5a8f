import { expect, test } from 'vitest';
import { eachInTime, inTime, OutOfTime } from '../../../crawler/harvest/in-time.ts';

const forEver = () => {
  for (;;);
};
/** Takes for ever to find that it does not fit. */
const backtracking = () => /^(?:a+)+$/.test(`${'a'.repeat(50)}b`);

test.each([
  ['a loop', forEver],
  ['a regular expression that backtracks', backtracking],
  [
    'a loop that catches all and begins anew',
    () => {
      for (;;)
        try {
          forEver();
        } catch {}
    },
  ],
])('%s is stopped, the items before and behind it are not touched', (_, spin) => {
  const items = [1, 2, 3, 4, 5];
  const step = (item: number) => (item === 3 || item === 4 ? spin() : item * 10);
  expect(eachInTime<number, unknown>(items, step, (item, { message }) => `${item}: ${message}`, 100)).toEqual([
    10,
    20,
    '3: it did not come to an end within 0.1 s',
    '4: it did not come to an end within 0.1 s',
    50,
  ]);
});

test('many that together take longer than one may are all done, each once more at most', () => {
  const busy = () => {
    for (const until = performance.now() + 120; performance.now() < until; );
    return 'done';
  };
  const items = Array.from({ length: 20 }, (_, n) => n);
  expect(eachInTime(items, busy, () => 'late', 1_500)).toEqual(items.map(() => 'done'));
});

test('what a step throws is thrown, and what comes after works', async () => {
  expect(() =>
    inTime(() => {
      throw new TypeError('x');
    }),
  ).toThrow(TypeError);
  expect(() => inTime(forEver, 50)).toThrow(OutOfTime);
  expect(inTime(() => 7)).toBe(7);
  await new Promise((done) => setTimeout(done, 5));
});
