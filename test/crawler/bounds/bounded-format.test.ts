import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { boundedFormat } from '../../../crawler/bounded-format.ts';
import { createShelf } from '../../../crawler/decode/shelf.ts';
import { RetryLater, SourceBroken } from '../../../crawler/errors.ts';
import { type Format, isFault, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { testSource } from '../../support/crawl.ts';

const source = testSource({ id: 'bounds', format: 'wild', url: 'https://x.example/feed?token=s3cret' });
const page = (): Page => ({ url: source.url, source, envelope: {} });
const record = (n: number): RawRecord => ({ identifier: `r${n}`, path: `/${n}`, raw: { n } });

const wild = (records: Format['records'], more: Partial<Format> = {}): Format =>
  boundedFormat(
    {
      name: 'wild',
      title: 'Wild',
      specification: 'https://x.example/',
      mediaTypes: [],
      documentation: { reads: '', elements: [], derived: [], quirks: [], options: {}, members: [] },
      version: 1,
      detect: () => 1,
      records,
      normalise: () => ({ providers: [], problems: [] }),
      ...more,
    },
    { stepMs: 300, waitMs: 300, watchMs: 2000 },
  );

async function* body(...chunks: string[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function readAll(format: Format, from: AsyncIterable<Uint8Array> = body('{}')) {
  const items: (RawRecord | RecordFault)[] = [];
  for await (const item of format.records(from, page())) items.push(item);
  return items;
}

/** Two records, then a fault that says that the rest is missing. */
function expectBroken(items: (RawRecord | RecordFault)[], found: RegExp) {
  expect(items.slice(0, -1)).toEqual([record(0), record(1)]);
  const last = items.at(-1) as RecordFault;
  expect(last).toMatchObject({ incomplete: true, rejection: { identifier: null, rule: 'reader-failed' } });
  expect(last.rejection.found).toMatch(found);
  expect(last.rejection.path).toBe('after record 2 of https://x.example/feed?token=REDACTED');
  expect(last.rejection.remedy).toMatch(/report .* format "wild" .*x\.example/);
}

describe('a format that fails costs its page', () => {
  test.each([
    [
      'throws',
      () => {
        throw new TypeError('Cannot read properties of undefined');
      },
      /wild: Cannot read/,
    ],
    [
      'throws no error',
      () => {
        throw 'no error';
      },
      /wild: no error/,
    ],
    ['waits for what never comes', () => new Promise<void>(() => {}), /wild: nothing came of it within 0\.3 s/],
  ] as const)('one that %s: the records before it are there, and why it ends', async (_, fail, found) => {
    const format = wild(async function* () {
      yield record(0);
      yield record(1);
      await fail();
      yield record(2);
    });
    expectBroken(await readAll(format), found);
  });

  test('one that gives records without end', async () => {
    const format = wild(async function* (from) {
      for await (const _ of from);
      for (let n = 0; ; n++) yield record(n);
    });
    const items = await readAll(format, body('x'.repeat(500)));
    expect(items).toHaveLength(1501);
    expect((items.at(-1) as RecordFault).rejection.found).toMatch(/more records than the page has bytes \(500\)/);
  });

  test('what the body or the format says on purpose passes as it is', async () => {
    const gone = new Error('the run is left');
    const cut = (error: Error) =>
      (async function* () {
        yield Buffer.from('{');
        throw error;
      })();
    const reading = wild(async function* (from) {
      for await (const _ of from) yield record(0);
    });
    await expect(readAll(reading, cut(gone))).rejects.toBe(gone);
    const busy = new RetryLater('busy', 'wait', 1);
    await expect(readAll(reading, cut(busy))).rejects.toBe(busy);
    const broken = new SourceBroken('no feed', 'x');
    await expect(
      readAll(
        wild(async function* () {
          yield record(0);
          throw broken;
        }),
      ),
    ).rejects.toBe(broken);
  });

  test('waiting for a slow source is no work, and neither is what is done with the records', async () => {
    const format = wild(async function* (from) {
      for await (const chunk of from) yield record(chunk.length);
    });
    const slow = (async function* () {
      for (let n = 0; n < 3; n++) {
        await sleep(200);
        yield Buffer.from('x');
      }
    })();
    const items: unknown[] = [];
    for await (const item of format.records(slow, page())) {
      await sleep(400);
      items.push(item);
    }
    expect(items).toEqual([record(1), record(1), record(1)]);
  });

  test('one that is left early lets its body go, stuck or not', async () => {
    let closed = 0;
    const from = () =>
      (async function* () {
        try {
          for (;;) yield Buffer.from('x');
        } finally {
          closed++;
        }
      })();
    const good = wild(async function* (chunks) {
      for await (const _ of chunks) yield record(0);
    });
    for await (const _ of good.records(from(), page())) break;
    expect(closed).toBe(1);
    const stuck = wild(async function* () {
      try {
        yield record(0);
        yield record(1);
      } finally {
        await new Promise(() => {});
      }
    });
    for await (const item of stuck.records(from(), page())) if (!isFault(item)) break;
  });

  test('one that falls over the rest of its work', async () => {
    const fail = () => {
      throw new TypeError('no');
    };
    const format = wild(async function* () {}, { detect: fail, next: fail, instead: fail });
    expect(format.detect({ text: '' })).toBe(0);
    expect(() => format.next?.(page(), 0)).toThrow(SourceBroken);
    expect(() => format.next?.(page(), 0)).toThrow(/format wild fell over where the page leads: no/);
    expect(() => format.instead?.({ url: source.url })).toThrow(/what to ask for instead/);
  });

  const forEver = /^(?:\w+\s?)*$/;
  test.each([
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    [
      'promises that follow one another',
      async () => {
        for (;;) await null;
      },
    ],
    ['a regular expression', () => void forEver.test(`${'course '.repeat(40)}!`)],
    [
      'a step after the next chunk, behind a file',
      async () => {
        const shelf = createShelf<number[]>(10);
        for (let n = 0; n < 20; n++) shelf.add([n, n + 1]);
        try {
          for (let n = 0; ; n++) await shelf.get(n % 20);
        } finally {
          shelf.dispose();
        }
      },
    ],
  ])('one that never ends, %s, is interrupted, and nobody else is touched', async (_, hang) => {
    const format = wild(async function* (from) {
      for await (const chunk of from) {
        yield record(chunk.length);
        if (chunk.length === 1) await hang();
      }
    });
    let others = 0;
    let over = false;
    const beside = Promise.all(
      Array.from({ length: 5 }, async () => {
        while (!over) {
          for (let n = 0; n < 10; n++) await null;
          others++;
          await new Promise((done) => setImmediate(done));
        }
      }),
    );
    const good = wild(async function* (from) {
      for await (const chunk of from) yield record(chunk.length);
    });
    const [stuck, read] = await Promise.all([
      readAll(format, body('', '', '1', '')),
      readAll(good, body('', '', '1', '')),
    ]);
    const before = others;
    await sleep(20);
    over = true;
    await beside;
    expect(others).toBeGreaterThan(before);
    expect(read).toEqual([record(0), record(0), record(1), record(0)]);
    expect(stuck.slice(0, -1)).toEqual([record(0), record(0), record(1)]);
    expect((stuck.at(-1) as RecordFault).rejection.found).toMatch(/wild: it did not come to an end within 0\.3 s/);
    expect((stuck.at(-1) as RecordFault).rejection.path).toBe(
      'after record 3 of https://x.example/feed?token=REDACTED',
    );
  });

  test('a process that was stopped meanwhile has not been at work: the page is read again', async () => {
    const format = wild(async function* () {
      yield record(0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000);
      yield record(1);
    });
    await expect(readAll(format)).rejects.toThrow(RetryLater);
  });

  test('nothing is read ahead on a page that a worker died on', async () => {
    let read = 0;
    const format = wild(async function* (from) {
      for await (const _ of from) for (let n = 0; n < 10; n++) yield record(read++);
    });
    const records = format.records(body('x'), { ...page(), oneByOne: true })[Symbol.asyncIterator]();
    await records.next();
    await records.next();
    expect(read).toBe(2);
    await records.return?.(undefined);
  });

  test('one that cannot be interrupted ends its process, with a line that says of what', () => {
    const script = `
      import { boundedFormat } from ${JSON.stringify(new URL('../../../crawler/bounded-format.ts', import.meta.url).href)};
      const format = boundedFormat({
        name: 'wild', detect: () => 0, normalise: () => {},
        async *records() {
          yield { identifier: 'a' };
          yield { identifier: 'b' };
          await new Promise((done) => setTimeout(done, 300));
          for (;;) await null;
        },
      }, { stepMs: 1000, waitMs: 2000, watchMs: 2000 });
      const body = async function* () {};
      for await (const { identifier } of format.records(body(), { url: 'https://x.example/feed', source: {} })) console.log(identifier);
    `;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 25_000,
    });
    expect(ended.stdout).toBe('a\nb\n');
    expect(ended.signal).toBe('SIGKILL');
    expect(ended.stderr).toMatch(
      /^credatlas: the format wild did not come to an end within 2 s on https:\/\/x\.example\/feed, after record 2, so the process ends\. Start it again/,
    );
  });
});
