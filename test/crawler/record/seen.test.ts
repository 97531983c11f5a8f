import { expect, test } from 'vitest';
import { createSeen } from '../../../crawler/record/seen.ts';

test('what a feed says is counted by what it is called, however much it is', () => {
  const seen = createSeen(4);
  for (let n = 0; n < 50_000; n++) expect(seen.add(`course-${n}`, `title ${n}`)).toEqual({ times: 1, first: true });
  expect(seen.add('course-7', 'title 7')).toEqual({ times: 2, first: true });
  expect(seen.add('course-7', 'another')).toEqual({ times: 3, first: false });
  expect(seen.add('course-49999', 'title 49999')).toEqual({ times: 2, first: true });
  expect(seen.has('course-7')).toBe(true);
  expect(seen.has('course-70000')).toBe(false);
  expect(seen.add('', '')).toEqual({ times: 1, first: true });
  expect(seen.add('')).toEqual({ times: 2, first: true });
  for (let n = 1; n <= 600; n++) expect(seen.add('often', 'title')).toEqual({ times: n, first: true });
  expect(seen.add('often', 'another')).toEqual({ times: 601, first: false });
});
