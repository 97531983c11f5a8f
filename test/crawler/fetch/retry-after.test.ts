import { expect, test } from 'vitest';
import { retryAfterSeconds } from '../../../crawler/fetch/retry-after.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const imf = 'Sun, 22 Nov 2026 12:01:40 GMT';

test.each<[string | undefined, string | undefined, number | undefined]>([
  ['3600', undefined, 3600],
  [' 5 ', undefined, 5],
  ['0', undefined, 0],
  ['172800', undefined, 172_800],
  [imf, undefined, 100],
  ['Sunday, 22-Nov-26 12:01:40 GMT', undefined, 100],
  ['Sun Nov 22 12:01:40 2026', undefined, 100],
  [imf, 'Sun, 22 Nov 2026 12:01:00 GMT', 40],
  [imf, 'Sun, 22 Nov 2026 10:01:40 GMT', 7200],
  [imf, 'no date', 100],
  ['Sun, 22 Nov 2026 11:00:00 GMT', undefined, undefined],
  ['-5', undefined, undefined],
  ['1.5', undefined, undefined],
  ['1e9', undefined, undefined],
  ['soon', undefined, undefined],
  ['', undefined, undefined],
  [undefined, undefined, undefined],
  ['99999999999999999999', undefined, undefined],
])('%s (sent %s) is %s s', (value, date, expected) => {
  expect(retryAfterSeconds(value, date, now)).toBe(expected);
});
