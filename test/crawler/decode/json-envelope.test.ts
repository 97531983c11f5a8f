import { describe, expect, test } from 'vitest';
import { pagesFollow, pagingIn, pagingInLink } from '../../../crawler/decode/json-envelope.ts';

const follow = (envelope: unknown, at = 1, size?: number) => pagesFollow(pagingIn(envelope), at, size);

describe('what an envelope says of the pages after it', () => {
  test.each<[string, unknown, boolean | undefined]>([
    ['OOAPI 5', { pageSize: 10, pageNumber: 1, hasPreviousPage: false, hasNextPage: true }, true],
    ['its last page', { pageNumber: 1, hasNextPage: false }, false],
    ['the flag as a word', { hasNextPage: 'true' }, true],
    ['before there was one: lastPageNumber', { pageSize: 10, pageNumber: 1, lastPageNumber: 2 }, true],
    ['…on its last page', { pageNumber: 1, lastPageNumber: 1 }, false],
    ['totalPages', { totalPages: 3 }, true],
    ['two that do not agree: there may be more', { hasNextPage: false, totalPages: 3 }, true],
    ['nextPageNumber', { nextPageNumber: 2 }, true],
    ['nextPageNumber null', { nextPageNumber: null }, false],
    ['nextPageNumber that leads back', { nextPageNumber: 1 }, false],
    [
      'OOAPI 3, HAL',
      { _embedded: { items: [] }, _links: { self: { href: '/a' }, next: { href: '/a?pageNumber=2' } } },
      true,
    ],
    ['HAL without a next one', { _links: { self: { href: '/a' }, prev: { href: '/a' } } }, false],
    ['HAL that links nothing but itself', { _links: { self: { href: '/a' } } }, undefined],
    ['JSON:API', { links: { first: '/a', next: '/a?page=2' } }, true],
    ['JSON:API, last page', { links: { first: '/a', last: '/a', next: null } }, false],
    ['links as a list', { links: [{ rel: 'next', href: '/b' }] }, true],
    ['OData', { '@odata.nextLink': 'https://x.example/b' }, true],
    ['Django REST', { count: 3, next: null, previous: null }, false],
    ['Spring Data', { number: 0, totalPages: 2, last: false }, true],
    ['Spring Data, last page', { page: { number: 0, totalPages: 1 } }, false],
    ['Laravel', { meta: { current_page: 1, last_page: 4, per_page: 15 } }, true],
    ['a flag in a holder', { pagination: { has_more: true } }, true],
    ['records in all', { totalItems: 20, pageSize: 10 }, true],
    ['records in all, and no more of them', { meta: { total: 10, per_page: 10 } }, false],
    ['next as a flag', { next: false }, false],
    ['nothing', { pageSize: 10, pageNumber: 1 }, undefined],
    ['no envelope', null, undefined],
    ['rubbish', { totalPages: 'many', hasNextPage: {}, next: 3.5, links: 7, page: [[]] }, undefined],
  ])('%s', (_what, envelope, wanted) => expect(follow(envelope)).toBe(wanted));

  test('the number of the page, wherever it counts from', () => {
    expect(pagingIn({ pageNumber: '2' }).pageNumber).toBe(2);
    expect(pagingIn({ page: { number: 1, size: 20 } }).pageNumber).toBe(2);
    expect(pagingIn({ page: 3 }).pageNumber).toBe(3);
    expect(pagingIn({ pageNumber: -1 }).pageNumber).toBeUndefined();
  });

  test('records in all against those read so far, whatever the size is called', () => {
    expect(follow({ totalElements: 20 }, 1, 10)).toBe(true);
    expect(follow({ totalElements: 20 }, 2, 10)).toBe(false);
    expect(follow({ totalElements: 20 }, 2)).toBeUndefined();
  });

  test('names of prototypes are names', () => {
    expect(pagingIn(JSON.parse('{"__proto__":{"hasNextPage":true},"constructor":1,"toString":2}'))).toEqual({});
  });
});

describe('the field Link (RFC 8288)', () => {
  test.each<[string, string | undefined, boolean | undefined, string | undefined]>([
    [
      'next and last',
      '<https://x.example/c?page=2>; rel="next", <https://x.example/c?page=9>; rel="last"',
      true,
      'https://x.example/c?page=2',
    ],
    ['without quotes, several relations', '</c?p=2>;rel=next', true, '/c?p=2'],
    ['no next page', '<https://x.example/c?page=1>; rel="first prev"', false, undefined],
    ['about something else', '<https://x.example/style.css>; rel="stylesheet"', undefined, undefined],
    ['none', undefined, undefined, undefined],
  ])('%s', (_what, field, hasNextPage, nextPage) => {
    expect(pagingInLink(field).hasNextPage).toBe(hasNextPage);
    expect(pagingInLink(field).nextPage).toBe(nextPage);
  });
});
