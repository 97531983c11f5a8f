import { describe, expect, test } from 'vitest';
import { preferredType } from '../../../gateway/http/preferred-type.ts';

const json = 'application/json';
const graph = 'application/graphql-response+json';
const page = 'text/html';

describe('the media type to answer with (RFC 9110 §12.5.1)', () => {
  test.each<[accept: string | undefined, expected: string | undefined]>([
    [undefined, json],
    ['', json],
    ['   ', json],
    ['*/*', json],
    ['*', json],
    ['application/*', json],
    ['text/*', page],
    [json, json],
    [graph, graph],
    [page, page],
    ['APPLICATION/GraphQL-Response+JSON', graph],
    [`${graph}, ${json};q=0.9`, graph],
    [`${json};q=0.9, ${graph}`, graph],
    [`${json};q=0.9,${graph};q=0.8`, json],
    [`${graph}, ${json}`, graph],
    [`${json}, ${graph}`, json],
    [`${json};q=0.5, ${graph};q=0.5`, json],
    [`${graph}, */*;q=0.1`, graph],
    [`${graph};q=0.1, */*`, json],
    [`*/*;q=0.1, ${page}`, page],
    [`${json};q=0, */*`, graph],
    [`${json};q=0, ${graph};q=0, */*;q=0.2`, page],
    ['application/*;q=0, */*', page],
    [`application/*;q=0.2, ${json};q=0.1, ${page};q=0.15`, graph],
    ['*/*;q=0', undefined],
    [`${json};q=0`, undefined],
    [`${json};q=0.000`, undefined],
    [`${json};q=0.001`, json],
    ['image/png', undefined],
    ['text/plain, image/*', undefined],
    ['application/xml', undefined],
    ['application/json-seq', undefined],
    ['application/jsonp', undefined],
    [`image/png, ${graph};q=0.3`, graph],
    [`${json};charset=utf-8`, json],
    [`${json}; charset="UTF-8"`, json],
    [`${json};Charset=utf8;q=0.4, ${graph};q=0.3`, json],
    [`${json};charset=utf-16`, undefined],
    [`${json};charset=iso-8859-1, ${graph}`, graph],
    [`${json};charset=utf-16, */*;q=0.1`, json],
    [`${json};profile="https://example.org/a,b;c"`, json],
    [`${json} ; q = 0.5 , ${graph} ; q=0.6`, graph],
    [`${json};q=2, ${graph};q=0.9`, json],
    [`${json};q=-1, ${graph};q=0.1`, graph],
    [`,, ,${graph},,`, graph],
    ['nonsense', json],
    [';;;', json],
    ['/', json],
    [`${json}${json}`, json],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', page],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', page],
    [`${json};q=0.2, ${json};q=0.9, ${graph};q=0.5`, json],
  ])('%s → %s', (accept, expected) => {
    expect(preferredType(accept, [json, graph, page])).toBe(expected);
  });

  test('a header full of ranges is read in no time', () => {
    const accept = Array.from({ length: 2_000 }, (_, i) => `a/b${i};q=0.${i % 10}`).join(',');
    const began = performance.now();
    expect(preferredType(`${accept},${graph};q=0.01`, [json, graph])).toBe(graph);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
