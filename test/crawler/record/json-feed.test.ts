import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { defineJsonFormat } from '../../../crawler/record/json-feed.ts';
import { declareShape } from '../../../crawler/record/shape.ts';
import { SourceDefinition, statedIf } from '../../../schema/index.ts';

const source = SourceDefinition.parse({
  id: 'ponds',
  title: 'Ponds',
  format: 'ponds',
  url: 'https://ponds.example/feed',
  publisher: 'p',
  licence: 'l',
});

/** A whole format. */
const ponds = defineJsonFormat({
  name: 'ponds',
  title: 'Ponds',
  specification: 'https://ponds.example/',
  mediaTypes: ['application/json'],
  documentation: { reads: 'ponds', elements: ['title', 'description'], quirks: [] },
  version: 1,
  detect: () => 0,
  lists: ['/data', ''],
  ids: ['id', 'code'],
  inner: 'attributes',
  shape: declareShape('id code attributes { name about }'),
  named: ({ main }) => ({ spot: main.at('name') }),
  elements: ({ main }) => ({ description: statedIf(main.at('about').texts(), main.at('about').path) }),
});

async function read(body: string | Uint8Array, more: Partial<Page> = {}) {
  const page: Page = { url: source.url, source, envelope: {}, ...more };
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  const bytes = Buffer.from(body as string);
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += 41) yield bytes.subarray(at, at + 41);
  })();
  for await (const item of ponds.records(pieces, page)) isFault(item) ? faults.push(item) : records.push(item);
  return { records, faults };
}
const item = (id: unknown, name = 'Newts') => ({ id, attributes: { name } });
const data = (...items: unknown[]) => JSON.stringify({ data: items });
const problems = (raw: unknown) => {
  const result = ponds.normalise(raw, source, 'a', []);
  return ('problems' in result ? result.problems : []).map(({ rule, path, found }) => [rule, path, found]);
};

describe('a format of JSON objects is a table', () => {
  test('records with identifiers, to the letter; numbers are identifiers, fillers are none', async () => {
    const { records, faults } = await read(data(item(' a '), item(7), { code: 'c', attributes: {} }, item('n/a')));
    expect(records.map(({ identifier, path }) => [identifier, path])).toEqual([
      [' a ', '/data/0'],
      ['7', '/data/1'],
      ['c', '/data/2'],
    ]);
    expect(faults).toMatchObject([{ rejection: { rule: 'missing-identifier', path: '/data/3', identifier: null } }]);
    expect(faults[0]?.incomplete).toBeFalsy();
  });

  test('elements stand in the inner object; what is not read is told, outside of it too', () => {
    const raw = { id: 'a', links: { self: 'x' }, attributes: { name: 'Newts', about: 'In spring.', depth: 2 } };
    const result = ponds.normalise(raw, source, 'a', []);
    expect('credential' in result && result.credential).toMatchObject({
      title: { value: [{ value: 'Newts' }], origin: { path: '/attributes/name' } },
      description: { value: [{ value: 'In spring.' }], origin: { path: '/attributes/about' } },
    });
    expect(problems(raw)).toEqual([['not-mapped', '', 'links, attributes/depth']]);
  });

  test('names of members are trimmed; our own marks are never the feed’s to set', async () => {
    const marks = { '@repaired': ['x'], '@encoding': 'y', ' @persons ': 'z' };
    const { records } = await read(data({ ' id': 'a', ...marks, attributes: { 'name ': 'Newts', ...marks } }));
    expect(records).toMatchObject([{ raw: { id: 'a', attributes: { name: 'Newts' } } }]);
    expect(JSON.stringify(records)).not.toContain('@');
  });

  test('what the reader repaired is told, and is no member of the record', async () => {
    const { records } = await read('{"data":[{"id":"a","attributes":{"name":"New\tts"}}]}');
    expect(problems(records[0]?.raw)).toEqual([['json-repaired', '', 'raw control characters in a string']]);
  });

  test('a wrong encoding is said once, with the first record', async () => {
    const { records } = await read(Buffer.from(data(item('a', 'Kröten'), item('b', 'Lurche ä')), 'latin1'));
    expect(records.map(({ raw }) => problems(raw).map(([rule]) => rule))).toEqual([['wrong-encoding'], []]);
  });

  test('a broken record is named by what its text says; one that cannot be named proves nothing gone', async () => {
    const { records, faults } = await read('{"data":[{"id" : "a","x":},{"x":1,"y":},{"id":"c","attributes":{}}]}');
    expect(records.map(({ identifier }) => identifier)).toEqual(['c']);
    expect(faults).toMatchObject([
      { incomplete: false, rejection: { identifier: 'a' } },
      { incomplete: true, rejection: { identifier: null } },
    ]);
  });

  test.each([
    ['an envelope that nobody knows', '{"entries":[{"id":"a","attributes":{}}],"hasNextPage":false}'],
    ['an object in which the elements do not stand', '{"id":"a","name":"Newts"}'],
    ['a list of something else', data({ attributes: {} }, { attributes: {} })],
    ['a list of words', '["a","b"]'],
  ])('%s: no records, and nothing is proven', async (_what, body) => {
    const { records, faults } = await read(body);
    expect(records).toEqual([]);
    expect(faults.filter(({ incomplete }) => incomplete)).toHaveLength(1);
  });

  test('an empty list is an answer', async () => {
    expect(await read(data())).toEqual({ records: [], faults: [] });
  });

  test('a stored record without its inner object is turned away', () => {
    for (const raw of [null, 3, [], { id: 'a' }, { id: 'a', attributes: [] }])
      expect(ponds.normalise(raw, source, 'a', [])).toMatchObject({ rejection: { rule: 'not-a-record' } });
  });
});
