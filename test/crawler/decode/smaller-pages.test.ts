import { describe, expect, test } from 'vitest';
import { afterPart, isFirstPart, isPart, smallerPages } from '../../../crawler/decode/smaller-pages.ts';

const names = { page: 'pageNumber', size: 'pageSize' };
const feed = 'https://north.example/courses';
const read = (request: { url: string }) => {
  const { searchParams } = new URL(request.url);
  const [n, size] = [Number(searchParams.get('pageNumber')), Number(searchParams.get('pageSize'))];
  return { from: (n - 1) * size + 1, to: n * size };
};

describe('smaller pages', () => {
  test.each([
    [250, 4, 50],
    [100, 1, 50],
    [50, 3, 10],
    [20, 2, 10],
    [10, 7, 1],
    [7, 2, 1],
  ])('%i records on page %i: parts of %i with the same records, each once', (size, page, part) => {
    const { parts, next } = smallerPages({ url: `${feed}?pageNumber=${page}&pageSize=${size}&consumer=x` }, names);
    expect(next).toEqual([]);
    expect(parts.every((one) => isPart(one.role) && one.url.includes('consumer=x'))).toBe(true);
    const windows = parts.map(read);
    expect(windows.map(({ from, to }) => to - from + 1)).toEqual(Array(size / part).fill(part));
    expect(windows[0]?.from).toBe((page - 1) * size + 1);
    expect(windows.at(-1)?.to).toBe(page * size);
    for (const [i, { from }] of windows.entries()) expect(from).toBe((windows[i - 1]?.to ?? from - 1) + 1);
  });

  test('parts of parts lead on to the next whole page, the last one only', () => {
    const [, , , , last] = smallerPages({ url: `${feed}?pageNumber=2` }, names, 250).parts;
    const ends = smallerPages(last as { url: string }, names).parts;
    expect(ends.map((one) => afterPart(one, names)?.url)).toEqual([
      ...Array(4).fill(undefined),
      `${feed}?pageNumber=3&pageSize=250`,
    ]);
    expect(isPart(afterPart(ends.at(-1) as { url: string }, names)?.role)).toBe(false);
  });

  test('a feed that counts its pages from 0: the same, one less', () => {
    const zero = { page: 'page', size: 'size', first: 0 } as const;
    const { parts } = smallerPages({ url: `${feed}?page=0&size=20` }, zero);
    expect(parts.map(({ url }) => url)).toEqual([`${feed}?page=0&size=10`, `${feed}?page=1&size=10`]);
    expect(parts.map((part) => afterPart(part, zero)?.url)).toEqual([undefined, `${feed}?page=1&size=20`]);
    expect(parts.map((part) => isFirstPart(part, zero))).toEqual([true, false]);
    expect(smallerPages({ url: `${feed}?page=0&size=20` }, { page: 'page', size: 'size' })).toEqual({
      parts: [],
      next: [],
    });
  });

  test('nothing is smaller than one record; after the last one of a page comes the next page', () => {
    const one = (n: number) => ({ url: `${feed}?pageNumber=${n}&pageSize=1`, role: 'part of 10' });
    expect(smallerPages(one(67), names)).toEqual({ parts: [], next: [] });
    expect(smallerPages(one(70), names)).toEqual({ parts: [], next: [{ url: `${feed}?pageNumber=8&pageSize=10` }] });
  });

  test.each([feed, `${feed}?pageNumber=x&pageSize=10`, `${feed}?pageNumber=2&pageSize=-5`, 'no address'])(
    'where the size or the place is not known there are none: %s',
    (url) => {
      expect(smallerPages({ url }, names)).toEqual({ parts: [], next: [] });
    },
  );
});
