import { describe, expect, test } from 'vitest';
import { graphRecords } from '../../../crawler/decode/linked/document-records.ts';
import type { JsonNode } from '../../../crawler/decode/linked/node.ts';
import { createTerms, type JsonLdProfile } from '../../../crawler/decode/linked/terms.ts';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { linkedSyntax } from '../../../crawler/record/linked.ts';
import { Spot } from '../../../crawler/record/spot.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const PROFILE: JsonLdProfile = {
  prefixes: new Set(['ex']),
  bases: ['ex.example/terms/', 'www.more.example/ns#'],
  identifier: 'number',
  pages: ['page'],
  codes: ['code'],
  key: (reference) => reference.trim().toLowerCase(),
  isRecord: (type) => type === 'Badge',
  isOrganisation: (type) => type === 'Body',
  toOthers: new Set(['partOf']),
  leftOut: new Set(['image']),
};

const records = (nodes: JsonNode[], context?: unknown, mainId?: string) =>
  graphRecords(
    nodes.map((node, i) => ({ node: structuredClone(node), path: `/@graph/${i}` })),
    context,
    PROFILE,
    mainId,
  );
const badge = (more: JsonNode): JsonNode => ({ '@type': 'ex:Badge', ...more });

describe('names', () => {
  const term = createTerms(
    [
      'https://remote.example/context',
      {
        e: 'http://ex.example/terms/',
        m: { '@id': 'https://more.example/ns#' },
        titel: 'e:name',
        Titel: { '@id': 'titel:' },
        heading: { '@id': 'titel' },
        kind: '@type',
        other: 'https://other.example/name',
        o: 'https://other.example/',
      },
    ],
    PROFILE,
  );
  test.each([
    ['ex:name', 'name'],
    ['https://ex.example/terms/name', 'name'],
    ['HTTP://www.ex.example/terms/name', 'name'],
    ['http://more.example/ns#name', 'name'],
    ['e:name', 'name'],
    ['m:name', 'name'],
    ['titel', 'name'],
    ['kind', '@type'],
    ['@id', '@id'],
    ['name', 'name'],
    // What means something else is not mistaken.
    ['other', 'https://other.example/name'],
    ['o:name', 'https://other.example/name'],
    ['unknown:name', 'unknown:name'],
    ['https://ex.example.evil.example/terms/name', 'https://ex.example.evil.example/terms/name'],
    ['__proto__', '__proto__'],
  ])('%s is %s', (key, name) => expect(term(key)).toBe(name));
});

describe('what a record takes along', () => {
  test('nodes that others describe, by reference, once, without pictures', () => {
    const [first, second] = records([
      badge({ '@id': 'https://b.example/1', 'ex:by': 'https://b.example/body', 'ex:partOf': 'https://b.example/2' }),
      badge({
        '@id': 'https://b.example/2',
        'ex:name': 'Two',
        'ex:image': 'x',
        'ex:by': {
          '@id': 'https://b.example/body',
          '@type': 'ex:Body',
          'ex:name': 'B',
          'ex:at': { '@id': '_:p', 'ex:name': 'P' },
        },
        'ex:held': '_:p',
      }),
    ]);
    // Described inside of the other record, and the other record only by who it is.
    expect(first?.raw.nodes).toMatchObject({
      'https://b.example/body': { 'ex:name': 'B' },
      'https://b.example/2': { '@type': 'ex:Badge', 'ex:name': 'Two' },
    });
    expect(first?.raw.nodes?.['https://b.example/2']).not.toHaveProperty('ex:held');
    expect(second?.raw.main).not.toHaveProperty('ex:image');
    // What stands inside of it is not put beside it, but for another place that refers to it.
    expect(Object.keys(second?.raw.nodes ?? {})).toEqual(['_:p']);
  });

  test('@reverse is said of the node it is about; what is not there stays', () => {
    const found = records([
      badge({ '@id': 'https://b.example/1', 'ex:name': 'One' }),
      {
        '@id': 'https://b.example/body',
        '@type': 'ex:Body',
        '@reverse': { 'ex:by': [{ '@id': 'https://b.example/1' }, 'https://gone.example/'] },
      },
    ]);
    expect(found.map(({ raw }) => raw.main)).toEqual([
      badge({ '@id': 'https://b.example/1', 'ex:name': 'One', 'ex:by': [{ '@id': 'https://b.example/body' }] }),
    ]);
    expect(found[0]?.raw.nodes).toMatchObject({
      'https://b.example/body': { '@reverse': { 'ex:by': ['https://gone.example/'] } },
    });
  });

  test('a record described in a @reverse is a record', () => {
    const found = records([
      {
        '@id': 'https://b.example/body',
        '@type': 'ex:Body',
        '@reverse': { 'ex:by': badge({ '@id': 'https://b.example/9' }) },
      },
    ]);
    expect(found.map(({ identifier, raw }) => [identifier, raw.main['ex:by']])).toEqual([
      ['https://b.example/9', [{ '@id': 'https://b.example/body' }]],
    ]);
  });

  test('keywords by alias, addresses in lists and with a fragment', () => {
    const found = records(
      [
        { self: 'https://b.example/1', kind: 'ex:Badge' },
        badge({ 'ex:page': [{ '@id': 'https://b.example/list#a' }] }),
        badge({ 'ex:page': 'https://b.example/list#b' }),
      ],
      { self: '@id', kind: '@type' },
    );
    expect(found.map(({ identifier }) => identifier)).toEqual([
      'https://b.example/1',
      'https://b.example/list#a',
      'https://b.example/list#b',
    ]);
  });
});

describe('several records of one identifier', () => {
  const ids = (...nodes: JsonNode[]) =>
    records(nodes.map((node) => badge({ 'ex:number': 'n-1', ...node }))).map((r) => r.identifier);
  const cases: [string, JsonNode, JsonNode][] = [
    ['addresses of their own', { '@id': 'https://b.example/a' }, { '@id': 'https://b.example/b' }],
    ['pages of their own', { 'ex:page': 'https://b.example/a#1' }, { 'ex:page': 'https://b.example/a#2' }],
    [
      'codes',
      { 'ex:page': 'https://b.example/', 'ex:code': 'A1' },
      { 'ex:page': 'https://b.example/', 'ex:code': 'A2' },
    ],
    ['subjects', { 'ex:about': 'metal work' }, { 'ex:about': 'wood' }],
    ['amounts', { 'ex:credits': 3 }, { 'ex:credits': 5 }],
    [
      'prose only',
      { 'ex:text': { en: 'How iron bends and breaks.' } },
      { 'ex:text': { en: 'How wood is joined to last.' } },
    ],
    ['nothing', {}, {}],
  ];

  test.each(cases)('told apart by %s: a new title changes no id', (_, one, other) => {
    const before = ids({ ...one, 'ex:name': { en: 'Forging' } }, { ...other, 'ex:name': { en: 'Joinery' } });
    const after = ids({ ...one, 'ex:name': { en: 'Forging iron' } }, { ...other, 'ex:name': 'Carpentry' });
    expect(new Set(before).size).toBe(2);
    expect(after).toEqual(before);
    for (const id of before) expect(id).toMatch(/^n-1#./);
    // What can be read without it stands there as it is.
    const own = ['@id', 'ex:page', 'ex:code'].map((name) => [one[name], other[name]]).find(([a, b]) => a && a !== b);
    if (own) expect(before).toEqual(own.map((text) => `n-1#${text}`));
  });

  test('nor does their order, or a third one, where something tells them apart', () => {
    const nodes = [
      { 'ex:name': 'A', 'ex:about': 'metal', 'ex:start': '2027-01-01', 'ex:text': { en: 'x' } },
      { 'ex:name': 'B', 'ex:about': 'wood', 'ex:start': '2027-02-01', 'ex:text': { en: 'y' } },
    ];
    const [metal, wood] = ids(...nodes);
    expect(ids(...nodes.toReversed())).toEqual([wood, metal]);
    expect(ids({ 'ex:name': 'C', 'ex:about': 'stone' }, ...nodes).slice(1)).toEqual([metal, wood]);
    const plain = (text: string) => nodes.map((node) => ({ ...node, 'ex:goal': `${text} to be done` }));
    expect(ids(...plain('All that has'))).toEqual([metal, wood]);
    // Nor dates and words, which change with every edition.
    expect(ids(...nodes.map((node) => ({ ...node, 'ex:start': '2028-01-01', 'ex:text': { en: 'new' } })))).toEqual([
      metal,
      wood,
    ]);
    expect(ids(...nodes)[0]).not.toMatch(/A|metal/);
  });

  test('of one name are one record with parts, whatever the others are called', () => {
    const found = records(
      [
        { 'ex:name': 'A', 'ex:about': 'metal', 'ex:start': '2027-01-01' },
        { 'ex:name': 'A', 'ex:about': 'metal', 'ex:start': '2027-06-01', 'ex:text': 'longer' },
        { 'ex:name': 'B', 'ex:about': 'wood' },
      ].map((node) => badge({ '@id': 'https://b.example/list', 'ex:page': 'https://b.example/list', ...node })),
    );
    expect(found.map(({ identifier, part }) => [identifier?.split('#')[0], part !== undefined])).toEqual([
      ['https://b.example/list', false],
      ['https://b.example/list', false],
      ['https://b.example/list', true],
    ]);
    expect(found[2]?.identifier).toBe(found[0]?.identifier);
    // None of them takes another one along.
    for (const { raw } of found) expect(raw).not.toHaveProperty('nodes');
    expect(found[0]?.identifier).not.toBe(found[1]?.identifier);
    expect(found[0]?.raw.notes?.[0]).toMatchObject({ rule: 'identifier-used-twice', path: '/main/@id' });
  });

  test('two pages that differ in their fragment are two, and keep what they are called', () => {
    const found = records([
      badge({ '@id': 'https://b.example/list#forging', 'ex:name': 'Forging' }),
      badge({ '@id': 'https://b.example/list#joinery', 'ex:name': 'Joinery' }),
    ]);
    expect(found.map(({ identifier, raw }) => [identifier, raw.notes])).toEqual([
      ['https://b.example/list#forging', undefined],
      ['https://b.example/list#joinery', undefined],
    ]);
  });
});

test('lists and sets are opened, and every place leads to its value', () => {
  const raw = {
    main: {
      a: { '@list': ['x', 'y'] },
      b: [{ '@set': [{ '@value': 'z', '@language': 'en' }] }],
      c: ['p', null],
    },
  };
  const source = SourceDefinition.parse({
    id: 'src',
    title: 's',
    format: 'f',
    url: '/x',
    publisher: 'p',
    licence: 'l',
  });
  const main = new Spot(
    linkedSyntax(),
    { source, notes: createNotes(), language: undefined },
    { value: raw.main, path: '/main' },
  );
  const places = main.each('a', 'b', 'c');
  expect(places.map(({ path }) => path)).toEqual([
    '/main/a/@list/0',
    '/main/a/@list/1',
    '/main/b/0/@set/0',
    '/main/c/0',
  ]);
  for (const { path, value } of places) {
    const steps = path.split('/').slice(1);
    expect(steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], raw)).toBe(value);
  }
  expect(main.at('b').texts()).toEqual([{ language: 'en', value: 'z' }]);
});
