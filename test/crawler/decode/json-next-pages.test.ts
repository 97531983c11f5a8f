import { describe, expect, test } from 'vitest';
import { jsonNextPages } from '../../../crawler/decode/json-next-pages.ts';
import type { Page } from '../../../crawler/format.ts';
import { suiteSource } from '../../contract/format-suite.ts';

const paging = jsonNextPages(({ next, total, of }) => ({
  next,
  path: '/next',
  total,
  ...(of === 'many' ? { more: 'there are more' } : {}),
}));

/** What a page leads to, and what it is told for. */
function follow(envelope: Record<string, unknown>, items = 3, url = 'https://fen.example/api/courses?page=1') {
  const page: Page = { url, source: suiteSource('moochub', url), envelope: {} };
  paging.envelope(envelope, page);
  const fault = paging.ended(page, items);
  return { next: paging.next(page).map((one) => one.url), fault, total: page.total };
}

describe('pages that name the next one', () => {
  test.each([
    ['an address', { next: 'https://fen.example/api/courses?page=2' }, 'https://fen.example/api/courses?page=2'],
    ['a relative one', { next: '?page=2' }, 'https://fen.example/api/courses?page=2'],
    ['a link of JSON:API', { next: { href: '/api/courses?page=2' } }, 'https://fen.example/api/courses?page=2'],
  ])('%s leads on', (_, envelope, url) => expect(follow(envelope)).toMatchObject({ next: [url], fault: undefined }));

  test.each([
    ['absent', {}],
    ['null', { next: null }],
    ['an empty text', { next: '' }],
    ['blank', { next: '  ' }],
  ])('%s: it is the last', (_, envelope) => expect(follow(envelope)).toMatchObject({ next: [], fault: undefined }));

  test.each([
    ['a number', { next: 2 }, 3],
    ['another scheme', { next: 'javascript:more()' }, 3],
    ['more, and nowhere which', { of: 'many' }, 3],
    ['a page without records', { next: '?page=2' }, 0],
  ])('%s proves nothing: incomplete, and not followed', (_, envelope, items) => {
    const { next, fault } = follow(envelope, items);
    expect(next).toEqual([]);
    expect(fault).toMatchObject({ incomplete: true, rejection: { rule: 'paging', path: '/next' } });
  });

  test('a file leads on to a file, a page of the web never; what has no address leads nowhere', () => {
    expect(follow({ next: '?page=2' }, 3, 'file:///feed.json').next).toEqual(['file:///feed.json?page=2']);
    expect(follow({ next: 'file:///etc/passwd' }).fault).toMatchObject({ incomplete: true });
    expect(follow({ next: '?page=2' }, 3, 'courses.json').fault).toMatchObject({ incomplete: true });
  });

  test('how many the whole feed says it has', () => {
    expect(follow({ total: 12 }).total).toBe(12);
    expect(follow({ total: 'many' }).total).toBeUndefined();
    expect(follow({ total: -1 }).total).toBeUndefined();
  });
});
