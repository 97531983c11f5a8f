import { describe, expect, test } from 'vitest';
import type { JsonItem, JsonRecordsOptions } from '../../../crawler/decode/json-item.ts';
import { jsonRecords } from '../../../crawler/decode/json-records.ts';

const SIZES = [1, 2, 3, 7, 65_536];

async function* pieces(text: string, size: number): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function* bytePieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  text: string,
  options: Partial<JsonRecordsOptions> = {},
  sizes: readonly number[] = SIZES,
): Promise<{ items: JsonItem[]; envelopes: { value: unknown; complete: boolean }[] }> {
  const all = [];
  for (const size of sizes) {
    const envelopes: { value: unknown; complete: boolean }[] = [];
    const items: JsonItem[] = [];
    const onEnvelope = (value: unknown, complete: boolean) => envelopes.push({ value, complete });
    for await (const item of jsonRecords(pieces(text, size), { paths: ['', '/items'], onEnvelope, ...options })) {
      items.push(item);
    }
    all.push({ items, envelopes });
  }
  const short = (items: JsonItem[]) =>
    items.map((item) =>
      'fault' in item
        ? { rule: item.fault.rule, path: item.fault.path, incomplete: item.incomplete }
        : { path: item.path, value: item.value },
    );
  for (const other of all.slice(1)) expect(short(other.items)).toEqual(short(all[0]?.items ?? []));
  return all.at(-1) as { items: JsonItem[]; envelopes: { value: unknown; complete: boolean }[] };
}

const values = (items: JsonItem[]) => items.flatMap((item) => ('fault' in item ? [] : [item.value]));
const paths = (items: JsonItem[]) => items.flatMap((item) => ('fault' in item ? [] : [item.path]));
const faults = (items: JsonItem[]) =>
  items.flatMap((item) => ('fault' in item ? [{ ...item.fault, incomplete: item.incomplete }] : []));

describe('finding the records', () => {
  test('a page envelope: records with their pointers, the rest as envelope', async () => {
    const { items, envelopes } = await read(
      '{"pageNumber": 1, "items": [ {"id":"a"} , {"id":"b","x":[1,{"y":"]}"}]} ], "hasNextPage": true}',
    );
    expect(values(items)).toEqual([{ id: 'a' }, { id: 'b', x: [1, { y: ']}' }] }]);
    expect(paths(items)).toEqual(['/items/0', '/items/1']);
    expect(envelopes).toEqual([
      { value: { pageNumber: 1, items: null }, complete: false },
      { value: { pageNumber: 1, items: [], hasNextPage: true }, complete: true },
    ]);
  });

  test('a bare array, with scalars in it', async () => {
    const { items } = await read('[{"id":1},"text",12.5,true,null,[1,[2]],{}]');
    expect(values(items)).toEqual([{ id: 1 }, 'text', 12.5, true, null, [1, [2]], {}]);
    expect(paths(items)).toEqual(['/0', '/1', '/2', '/3', '/4', '/5', '/6']);
  });

  test('a single object is the record when no pointer leads anywhere', async () => {
    const { items } = await read('{"id":"a","name":[{"v":"items"}],"other":{"items":[1]}}');
    expect(values(items)).toEqual([{ id: 'a', name: [{ v: 'items' }], other: { items: [1] } }]);
    expect(paths(items)).toEqual(['']);
  });

  test('nested and escaped pointers, several lists, an object in place of a list', async () => {
    const text = '{"result":{"a/b":[1,2],"n":5},"@graph":{"id":9},"items":[3]}';
    const { items, envelopes } = await read(text, { paths: ['/result/a~1b', '/items', '/@graph'] });
    expect(values(items)).toEqual([1, 2, { id: 9 }, 3]);
    expect(paths(items)).toEqual(['/result/a~1b/0', '/result/a~1b/1', '/@graph', '/items/0']);
    expect(envelopes.at(-1)?.value).toEqual({ result: { 'a/b': [], n: 5 }, '@graph': null, items: [] });
  });

  test('a step that is any member: every list there, with its own name in the place; lists elsewhere are none', async () => {
    const text = '{"_embedded":{"a/b":[1],"one":{"id":2},"n":3,"~":[4]},"other":[5],"deep":{"_embedded":{"x":[6]}}}';
    const { items, envelopes } = await read(text, { paths: ['', '/_embedded/*'] });
    expect(values(items)).toEqual([1, { id: 2 }, 4]);
    expect(paths(items)).toEqual(['/_embedded/a~1b/0', '/_embedded/one', '/_embedded/~0/0']);
    expect(envelopes.at(-1)?.value).toMatchObject({ _embedded: { 'a/b': [], one: null, n: 3, '~': [] }, other: [5] });
  });

  test('a key that only looks like the pointer does not count: deeper, or a value', async () => {
    const { items } = await read('{"a":{"items":[1]},"b":"items","items":[2]}', { paths: ['/items'] });
    expect(values(items)).toEqual([2]);
  });

  test('keys written with escapes count', async () => {
    expect(values((await read('{"it\\u0065ms":[2]}', { paths: ['/items'] })).items)).toEqual([2]);
  });

  test('newline-delimited JSON, several documents in a row, record separators', async () => {
    for (const between of ['\n', '\r\n', '', ' ', '\n\u001e', ',\n']) {
      const { items } = await read(`{"id":1}${between}{"id":2}${between}{"id":3}\n`);
      expect(values(items)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
      expect(paths(items)).toEqual(['', '#1', '#2']);
    }
    const { items } = await read('{"items":[1,2]}{"items":[3]}');
    expect(paths(items)).toEqual(['/items/0', '/items/1', '#1/items/0']);
  });

  test('empty lists are complete answers', async () => {
    expect((await read('[]')).items).toEqual([]);
    expect((await read('{"items":[],"hasNextPage":false}')).items).toEqual([]);
  });

  test('a byte order mark and white space around are passed over', async () => {
    expect(values((await read('\ufeff\n [ 1 , 2 ] \n')).items)).toEqual([1, 2]);
  });

  test('strings: quotes, backslashes and escapes at every border', async () => {
    const tricky = ['\\', '"', '\\"', '\\\\', 'a\\', '[{"', '\u2028', 'é', '😀', '}{', '\\u0022', '\n\t'];
    const { items } = await read(JSON.stringify(tricky.map((text) => ({ [text]: text }))));
    expect(values(items)).toEqual(tricky.map((text) => ({ [text]: text })));
  });

  test('bytes in any encoding, cut anywhere', async () => {
    const text = '[{"n":"Çédille – naïve 😀"}]';
    for (const size of SIZES) {
      for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
        const items: JsonItem[] = [];
        for await (const item of jsonRecords(bytePieces(bytes, size), { paths: [''] })) items.push(item);
        expect(values(items)).toEqual([{ n: 'Çédille – naïve 😀' }]);
      }
    }
  });
});

describe('values', () => {
  test('numbers that a double cannot hold stay as their digits', async () => {
    const { items } = await read(
      '[12345678901234567890, 9007199254740991, 1.5, 0.1234567890123456789, 1e999, -12345678901234567890, 1.50]',
    );
    expect(values(items)).toEqual([
      '12345678901234567890',
      9007199254740991,
      1.5,
      '0.1234567890123456789',
      '1e999',
      '-12345678901234567890',
      1.5,
    ]);
    const nested = await read('[{"id":12345678901234567890,"n":7}]');
    expect(values(nested.items)).toEqual([{ id: '12345678901234567890', n: 7 }]);
  });

  test('__proto__ and constructor do no harm', async () => {
    const { items } = await read(
      '[{"__proto__":{"admin":1},"constructor":{"prototype":{"x":1}},"\\u005f_proto__":{"y":1}}]',
    );
    const [value] = values(items) as [Record<string, unknown>];
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.hasOwn(value, '__proto__')).toBe(false);
    expect(Object.getPrototypeOf({ ...Object.assign({}, value) })).toBe(Object.prototype);
    expect((value as { admin?: unknown }).admin).toBeUndefined();
    expect(({} as { x?: unknown }).x).toBeUndefined();
    expect(Object.hasOwn(value, 'constructor')).toBe(true);
    expect((items[0] as { repaired: string[] }).repaired).toEqual(['a member named __proto__']);
  });

  test('NUL and halves of surrogate pairs leave, whole pairs stay', async () => {
    const { items } = await read('[{"a":"x\\u0000y\\ud800z","b":"\\ud83d\\ude00","k\\u0000":1}]');
    expect(values(items)).toEqual([{ a: 'xy\ufffdz', b: '😀', k: 1 }]);
    expect((items[0] as { repaired: string[] }).repaired).toHaveLength(1);
  });

  test('raw newlines and tabs in strings are taken as meant', async () => {
    const { items } = await read('[{"a":"one\ntwo\tthree \\" x\n"}]');
    expect(values(items)).toEqual([{ a: 'one\ntwo\tthree " x\n' }]);
    expect((items[0] as { repaired: string[] }).repaired).toEqual(['raw control characters in a string']);
  });

  test('duplicate keys: the last wins', async () => {
    expect(values((await read('[{"a":1,"a":2}]')).items)).toEqual([{ a: 2 }]);
  });
});

describe('broken input', () => {
  const good = (n: number) => `{"id":"${n}","name":[{"v":"x"},{"v":"y"}]}`;
  const ids = (items: JsonItem[]) => values(items).map((value) => (value as { id: string }).id);

  test.each([
    ['a trailing comma', '{"id":"2","name":"x",}'],
    ['a bare word', '{"id":"2","name":NaN}'],
    ['single quotes', `{"id":"2",'name':1}`],
    ['a lost quote at the end of a value', '{"id":"2","name":"abc}'],
    ['a lost quote at its start', '{"id":"2","name":abc","z":1}'],
    ['a lost quote in the middle', '{"id":"2","name":"abc,"x":"y"}'],
    ['quotes inside a value', '{"id":"2","name":"the "best" course"}'],
    ['a lost brace', '{"id":"2","name":{"v":"x"}'],
    ['a lost brace after a value', '{"id":"2","name":"x"'],
    ['a lost bracket', '{"id":"2","name":[{"v":"x"}}'],
    ['a wrong closing', '{"id":"2","name":[{"v":"x"}}}'],
    ['a lost comma', '{"id":"2" "name":"x"}'],
    ['a lost colon', '{"id":"2","name" "x"}'],
  ])('%s: one fault, the others come', async (_what, broken) => {
    const { items, envelopes } = await read(
      `{"items":[${[good(1), broken, good(3), good(4)].join(',\n')}],"hasNextPage":false}`,
    );
    expect(ids(items)).toEqual(['1', '3', '4']);
    expect(faults(items)).toMatchObject([{ path: '/items/1', rule: 'json-syntax' }]);
    expect(faults(items)[0]?.incomplete).toBeUndefined();
    expect(envelopes.at(-1)).toEqual({ value: { items: [], hasNextPage: false }, complete: true });
    const text = items.find((item) => 'fault' in item)?.text;
    expect(text).toMatch(/^\{"id":"2"/);
  });

  describe.each([
    ['in a list', (text: string) => `[${text}]`],
    ['in an envelope', (text: string) => `{"items":[${text}],"next":{"id":"n"},"hasNextPage":false}`],
    ['deep in one', (text: string) => `{"n":1,"data":{"page":[{"id":"p"}],"items":[${text}],"next":null},"total":4}`],
  ])('records whose inner objects begin as they do, %s', (_where, envelope) => {
    const parts = (n: number) => `[{"id":"${n}.1","of":[{"id":"a"},{"id":"b"}]},{"id":"${n}.2"},{"id":"${n}.3"}]`;
    const rich = (n: number) => `{"id":"${n}","parts":${parts(n)},"last":{"id":"${n}.4"}}`;
    const options = { paths: ['', '/items', '/data/items'] };

    test.each([
      ['a bare word before them', `{"id":"2","name":NaN,"parts":${parts(2)},"last":{"id":"z"}}`],
      ['a bare word behind them', `{"id":"2","parts":${parts(2)},"name":none}`],
      ['a word that is none, then they end the record', `{"id":"2" 7,"parts":${parts(2)}}`],
      ['quotes inside a value', `{"id":"2","name":"the "best" course","parts":${parts(2)},"last":{"id":"z"}}`],
      ['a lost quote', `{"id":"2","name":"abc,"parts":${parts(2)},"last":{"id":"z"}}`],
      ['a lost comma in them', `{"id":"2","parts":[{"id":"x" "of":1},{"id":"y"},{"id":"z"}],"last":{"id":"z"}}`],
      ['a lost brace in them', `{"id":"2","parts":[{"id":"x","of":{"v":1},{"id":"y"},{"id":"z"}],"last":{"id":"z"}}`],
      ['a lost brace behind them', `{"id":"2","parts":${parts(2)},"last":{"id":"z"}`],
      ['a wrong closing', `{"id":"2","parts":${parts(2)},"last":[{"id":"y"},{"id":"z"}}}`],
    ])('%s: one fault, the others come', async (what, broken) => {
      const body = envelope([rich(1), broken, rich(3), rich(4)].join(',\n'));
      const { items } = await read(body, options);
      expect(ids(items)).toEqual(['1', '3', '4']);
      expect(faults(items).map(({ path, rule }) => [path.split('/').at(-1), rule])).toEqual([['1', 'json-syntax']]);
      // With a wrong closing it cannot be known whether what stands before it was a record of the list.
      expect(faults(items)[0]?.incomplete).toBe(what === 'a wrong closing' || undefined);
      expect(items.find((item) => 'fault' in item)?.text).toMatch(/^\{"id":"2"/);
    });

    test('all but the last are broken, and so is only the last', async () => {
      const bad = (n: number) => `{"id":"${n}","name":NaN,"parts":${parts(n)}}`;
      const most = await read(envelope([bad(1), bad(2), bad(3), rich(4)].join(', ')), options);
      expect(ids(most.items)).toEqual(['4']);
      expect(faults(most.items)).toHaveLength(3);
      const last = await read(envelope([rich(1), rich(2), bad(3)].join(',')), options);
      expect(ids(last.items)).toEqual(['1', '2']);
      expect(faults(last.items)).toMatchObject([{ rule: 'json-syntax' }]);
      expect(faults(last.items)[0]?.incomplete).toBeUndefined();
    });
  });

  test('50,000 inner objects that begin as the broken record are looked at once', async () => {
    const many = Array.from({ length: 50_000 }, (_, n) => `{"id":"2.${n}"}`).join(',');
    const began = performance.now();
    const { items } = await read(`[${good(1)},{"id":"2","x":NaN,"of":[${many}]},${good(3)}]`, {}, [65_536]);
    expect(ids(items)).toContain('1');
    // One by one with a look at all of the others: minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('a lost bracket and brace swallow what follows: never taken for a whole feed', async () => {
    const { items } = await read(`{"items":[${good(1)},{"id":"2","name":[{"v":"x"},${good(3)}],"hasNextPage":false}`);
    expect(faults(items).some((fault) => fault.incomplete)).toBe(true);
  });

  test('many broken ones among many', async () => {
    const list = Array.from({ length: 300 }, (_, n) => (n % 10 === 3 ? `{"id":"${n}","name":"abc}` : good(n)));
    const { items } = await read(`[${list.join(',')}]`, {}, [7, 65_536]);
    expect(ids(items)).toHaveLength(270);
    expect(faults(items)).toHaveLength(30);
  });

  test('a broken one that is very long', async () => {
    const long = `{"id":"2","name":"${'x'.repeat(700_000)}" broken "y`;
    const { items } = await read(`[${good(1)},${long},${good(3)}]`, {}, [65_536]);
    expect(ids(items)).toEqual(['1', '3']);
    expect(faults(items)).toHaveLength(1);
  });

  test('a broken last one: the list still ends', async () => {
    const { items, envelopes } = await read(`{"items":[${good(1)},{"id":"2","x":{"y":1}],"hasNextPage":true}`);
    expect(ids(items)).toEqual(['1']);
    expect(faults(items)).toMatchObject([{ path: '/items/1', rule: 'json-syntax' }]);
    expect(envelopes.at(-1)?.value).toEqual({ items: [], hasNextPage: true });
  });

  test('a report of what was cut begins with a whole value: half a name is not known as one', async () => {
    const name = 'Berthild Kanariamlok';
    for (let length = 150; length < 230; length++) {
      const { items } = await read(`{"items":[{"id":"1","a":"${name}","b":"${'x'.repeat(length)}`, {}, [65_536]);
      const [fault] = items.flatMap((item) => ('fault' in item ? [item.fault.found] : []));
      expect(fault?.includes(name) || !fault?.includes('lok'), fault).toBe(true);
    }
  });

  test('truncated at every place: all whole records, then one fault', async () => {
    const text = `{"pageNumber":1,"items":[${good(1)},${good(2)}],"hasNextPage":false}`;
    const first = text.indexOf(good(1)) + good(1).length;
    const second = text.indexOf(good(2)) + good(2).length;
    for (let end = 1; end < text.length; end++) {
      const { items } = await read(text.slice(0, end), {}, [1, 65_536]);
      expect(ids(items)).toEqual(end >= second ? ['1', '2'] : end >= first ? ['1'] : []);
      expect(faults(items)).toMatchObject([{ rule: 'json-truncated', incomplete: true }]);
    }
    expect(faults((await read(text)).items)).toEqual([]);
  });

  test('a list that is not closed', async () => {
    const { items } = await read(`{"items":[${good(1)},"hasNextPage":true}`);
    expect(faults(items).some((fault) => fault.incomplete)).toBe(true);
  });

  test.each([
    '<!DOCTYPE html><html><body>Login {"items":[]}</body></html>',
    '  <html>[1]</html>',
    'Internal Server Error',
    'null',
    '"text"',
    '404',
  ])('%s: one fault, nothing else', async (text) => {
    const { items } = await read(text);
    expect(items).toMatchObject([{ fault: { rule: 'not-json', path: '' }, incomplete: true }]);
  });

  test('an empty body is a fault', async () => {
    for (const text of ['', '  \n', '\ufeff']) {
      expect((await read(text)).items).toMatchObject([{ fault: { rule: 'not-json' }, incomplete: true }]);
    }
  });

  test('a document without any of the lists is a fault, not an empty feed', async () => {
    const { items } = await read('{"error":"unauthorised"}', { paths: ['/items'] });
    expect(items).toMatchObject([
      { fault: { rule: 'json-no-records', found: '{"error":"unauthorised"}' }, incomplete: true },
    ]);
    expect((await read('{"items":null}', { paths: ['/items'] })).items).toMatchObject([{ incomplete: true }]);
  });

  test('100,000 levels deep: a fault, no stack overflow, and the next record comes', async () => {
    const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
    for (const one of [
      deep('[', ']'),
      `{"id":"2","x":${deep('[', ']')}}`,
      `{"id":"2","x":${deep('{"a":', '}').replace('}', '1}')}}`,
    ]) {
      const { items } = await read(`[${good(1)},${one},${good(3)}]`, {}, [7, 65_536]);
      expect(ids(items)).toEqual(['1', '3']);
      expect(faults(items)).toMatchObject([{ path: '/1', rule: 'json-too-deep' }]);
    }
    const unclosed = await read('['.repeat(100_000), {}, [7, 65_536]);
    expect(faults(unclosed.items)).toMatchObject([{ rule: 'json-too-deep', incomplete: true }]);
    const single = await read(deep('{"a":', '}').replace('}', '1}'), {}, [7, 65_536]);
    expect(faults(single.items)).toMatchObject([{ rule: 'json-too-deep', incomplete: true }]);
  });

  test('maxDepth counts from the root', async () => {
    const { items } = await read('[[[1]],[[[2]]],3]', { maxDepth: 3 });
    expect(values(items)).toEqual([[[1]], 3]);
    expect(faults(items)).toMatchObject([{ path: '/1', rule: 'json-too-deep' }]);
  });

  test('a record that is too large is passed over, the next comes', async () => {
    const { items } = await read(
      `[${good(1)},{"id":"2","t":"${'x'.repeat(200_000)}"},${good(3)}]`,
      { maxRecordBytes: 1000 },
      [7, 65_536],
    );
    expect(ids(items)).toEqual(['1', '3']);
    expect(faults(items)).toMatchObject([{ path: '/1', rule: 'json-too-large' }]);
    expect(items.find((item) => 'fault' in item)?.text).toMatch(/^\{"id":"2"/);
  });

  test('an envelope that is too large makes the page incomplete, the records still come', async () => {
    const { items } = await read(
      `{"big":"${'x'.repeat(200_000)}","items":[{"id":"1"}]}`,
      { maxRecordBytes: 1000 },
      [7, 65_536],
    );
    expect(ids(items)).toEqual(['1']);
    expect(faults(items)).toMatchObject([{ rule: 'json-too-large', incomplete: true }]);
  });

  test('newline-delimited: a broken line is one fault', async () => {
    for (const broken of ['{"id":"2","name":"abc', '{"id":"2","name":', '{"id":"2",}', '{"id":"2","a":{"b":1}']) {
      const { items } = await read(`${good(1)}\n${broken}\n${good(3)}\n${good(4)}\n`);
      expect(ids(items)).toEqual(['1', '3', '4']);
      expect(faults(items)).toHaveLength(1);
    }
    const { items } = await read(`${good(1)}\nan error occurred\n${good(3)}\n`);
    expect(ids(items)).toEqual(['1', '3']);
    expect(faults(items)).toMatchObject([{ rule: 'json-syntax', incomplete: true }]);
  });

  test('memory: a long feed is read record by record', async () => {
    async function* feed(): AsyncIterable<string> {
      yield '{"items":[';
      for (let n = 0; n < 20_000; n++) yield `${n ? ',' : ''}{"id":"${n}","text":"${'lorem ipsum '.repeat(100)}"}`;
      yield ']}';
    }
    let count = 0;
    let peak = 0;
    for await (const item of jsonRecords(feed(), { paths: ['/items'] })) {
      if (!('fault' in item)) count++;
      if (count % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
    }
    expect(count).toBe(20_000);
    expect(peak).toBeLessThan(400_000_000);
  });
});

describe('random documents', () => {
  // A small deterministic generator (mulberry32), so that a failure can be repeated.
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
  }
  const TEXTS = ['', 'a', '"', '\\', '\\"', '{', '}', '[', ']', ',', ':', '},{"id":', 'é😀', '\n\t', 'items'];

  function value(next: () => number, depth: number): unknown {
    const kind = Math.floor(next() * (depth > 3 ? 4 : 6));
    const text = () => TEXTS[Math.floor(next() * TEXTS.length)] as string;
    if (kind === 0) return text() + text();
    if (kind === 1) return Math.floor(next() * 1e6) / 8;
    if (kind === 2) return next() > 0.5;
    if (kind === 3) return null;
    const size = Math.floor(next() * 4);
    if (kind === 4) return Array.from({ length: size }, () => value(next, depth + 1));
    return Object.fromEntries(Array.from({ length: size }, (_, n) => [`${text()}${n}`, value(next, depth + 1)]));
  }

  test('whole ones come out as JSON.parse gives them', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const items = Array.from({ length: Math.floor(next() * 6) }, () => value(next, 0));
      const text = JSON.stringify({ before: value(next, 1), items, after: value(next, 1) }, null, seed % 3);
      const result = await read(text, { paths: ['/items'] }, [1 + Math.floor(next() * 9), 65_536]);
      expect(faults(result.items)).toEqual([]);
      expect(values(result.items)).toEqual(items);
    }
  });

  test('damaged ones never throw, never hang, and are never silently complete', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const list = Array.from({ length: 5 }, (_, n) => ({ id: `r${n}`, v: value(next, 0) }));
      const text = JSON.stringify({ items: list, hasNextPage: false });
      const at = Math.floor(next() * text.length);
      const damaged = seed % 2 ? text.slice(0, at) + text.slice(at + 1) : `${text.slice(0, at)}"${text.slice(at)}`;
      let sound = true;
      try {
        JSON.parse(damaged);
      } catch {
        sound = false;
      }
      const result = await read(damaged, { paths: ['/items'] }, [5, 65_536]);
      if (!sound && values(result.items).length < 5) expect(faults(result.items), damaged).not.toEqual([]);
    }
  });
});
