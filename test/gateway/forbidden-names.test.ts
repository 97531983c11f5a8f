import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createFixtureCatalogue, type FixtureCatalogue } from './fixture-catalogue.ts';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'];

describe('names from outside never become members of objects', () => {
  let fixture: FixtureCatalogue;
  let gateway: Gateway;
  const reports: unknown[] = [];
  beforeAll(async () => {
    fixture = await createFixtureCatalogue();
    gateway = await createGateway({ catalogue: fixture.catalogue, report: (entry) => reports.push(entry) });
  });
  afterAll(async () => {
    await gateway.close();
    await fixture.close();
  });

  const untouched = Object.getOwnPropertyNames(Object.prototype).sort();
  const ask = async (query: string, variables?: unknown) => {
    const { status, result } = await gateway.execute({ query, variables });
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(untouched);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    // Whatever was asked before, the next one is answered.
    const { result: next } = await gateway.execute({
      query: '{ search(first: 1) { totalCount edges { node { id } } } }',
    });
    expect(next).toMatchObject({ data: { search: { totalCount: 38 } } });
    return { status, code: result.errors?.[0]?.extensions?.code, message: result.errors?.[0]?.message };
  };

  const places: [string, (name: string) => [query: string, variables?: unknown]][] = [
    ['an alias of a list', (n) => [`{ search(first: 1) { ${n}: edges { node { id } } edges { node { id } } } }`]],
    [
      'an alias at the root, chosen keys below',
      (n) => [`{ ${n}: source(id: "example-north") { polluted: title } search { totalCount } }`],
    ],
    ['an alias in an inline fragment', (n) => [`{ search { ... { ... on SearchConnection { ${n}: totalCount } } } }`]],
    ['an alias in a fragment', (n) => [`{ search { ...F } } fragment F on SearchConnection { ${n}: totalCount }`]],
    ['an alias below an entity', (n) => [`{ search(first: 1) { edges { node { title { ${n}: text } } } } }`]],
    ['an alias beside introspection', (n) => [`{ __schema { ${n}: queryType { name } } }`]],
    ['a variable', (n) => [`query($${n}: String) { search(text: $${n}) { totalCount } }`, { [n]: 'data' }]],
    ['an argument', (n) => [`{ search(${n}: 1) { totalCount } }`]],
    ['an input field', (n) => [`{ search(filter: { ${n}: { polluted: true } }) { totalCount } }`]],
    ['a fragment', (n) => [`{ search { ...${n} } } fragment ${n} on SearchConnection { totalCount }`]],
    ['an operation', (n) => [`query ${n} { search { totalCount } }`]],
    ['a field', (n) => [`{ search { ${n} } }`]],
    [
      'a key in a variable',
      (n) => [
        'query($f: SearchFilter) { search(filter: $f) { totalCount } }',
        JSON.parse(`{ "f": { "opportunity": { "${n}": { "polluted": true } } } }`),
      ],
    ],
    [
      'a key beside the variables',
      (n) => ['{ search { totalCount } }', JSON.parse(`{ "${n}": { "polluted": true } }`)],
    ],
  ];
  test.each(places.flatMap(([place, make]) => NAMES.map((name) => [place, name, make] as const)))(
    '%s: %s',
    async (_, name, make) => {
      const { status, code, message } = await ask(...make(name));
      expect(status).toBe(400);
      expect(code).toMatch(/^(BAD_REQUEST|BAD_USER_INPUT)$/);
      expect(message).toContain(name);
      expect(reports).toEqual([]);
    },
  );

  test('aliases that begin with two underscores are for introspection; __typename under its own name is one', async () => {
    expect((await ask('{ search { __anything: totalCount } }')).code).toBe('BAD_REQUEST');
    expect((await ask('{ search { __typename: totalCount } }')).code).toBe('BAD_REQUEST');
    expect((await ask('{ search { __typename: __typename totalCount } }')).code).toBeUndefined();
    expect((await ask('{ search { proto: totalCount construct: totalCount } }')).code).toBeUndefined();
  });
});

test('in a process of ours nothing can be added to the objects that all others come from', () => {
  const script = `
    import { sealPrototypes } from ${JSON.stringify(new URL('../../commands/seal-prototypes.ts', import.meta.url).href)};
    sealPrototypes();
    const tries = [
      () => { const target = {}; target['__proto__']['polluted'] = 1; },
      () => { const target = {}; Object.assign(target['constructor']['prototype'], { polluted: 1 }); },
      () => { [].constructor.prototype.polluted = 1; },
      () => { (() => {}).constructor.prototype.polluted = 1; },
    ];
    const refused = tries.map((attempt) => { try { attempt(); return false; } catch (error) { return error instanceof TypeError; } });
    const own = {}; own['__proto__'] = { polluted: 1 };
    console.log(JSON.stringify([refused, [{}, [], () => {}].map((o) => o.polluted ?? null), Object.keys(own)]));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual([[true, true, true, true], [null, null, null], ['__proto__']]);
});
