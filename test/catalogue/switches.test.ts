import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOn } from '../../catalogue/source-switch.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { testSource } from '../support/crawl.ts';
import { storeKinds } from '../support/stores.ts';

test('what the operator says wins over the file; in a demonstration nothing is on by itself', () => {
  const on = { enabled: true };
  const off = { enabled: false };
  expect([isOn(on, undefined, false), isOn(on, undefined, true)]).toEqual([true, false]);
  expect([isOn(off, undefined, false), isOn(off, undefined, true)]).toEqual([false, false]);
  expect([isOn(on, false, false), isOn(off, true, false), isOn(off, true, true)]).toEqual([false, true, true]);
  // A store may hold a definition of before there was the word.
  expect(isOn({} as { enabled: boolean }, undefined, false)).toBe(true);
});

describe.each(storeKinds)('switches on $kind', ({ open }) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const source = (id: string, schedule?: string) =>
    testSource({ id, format: 'csv', url: `https://${id}.example/`, ...(schedule ? { schedule } : {}) });

  test('a source is switched on and off; who did it is noted once, and its schedule stays the same', async () => {
    const before = new Date();
    const first = await store.switches.set([source('alpha'), source('beta', '0 3 * * *')], true, 'night shift');
    expect(first.get('beta')).toEqual({ on: true });
    const { schedule } = first.get('alpha') ?? {};
    expect(schedule).toMatch(/^\d{1,2} \d{1,2} \* \* [0-6]$/);
    expect(await store.switches.neverRead()).toEqual(['alpha', 'beta']);

    await store.switches.set([source('alpha')], true, 'somebody else');
    await store.switches.set([source('alpha')], false, 'day shift');
    expect(await store.switches.all()).toEqual(
      new Map([
        ['alpha', { on: false, schedule }],
        ['beta', { on: true }],
      ]),
    );
    expect(await store.switches.neverRead()).toEqual(['beta']);
    expect((await store.read.sources.list()).map(({ switched }) => switched)).toEqual([false, true]);
    const again = await store.switches.set([source('alpha')], true, 'day shift');
    expect(again.get('alpha')).toEqual({ on: true, schedule });

    const noted = await store.audit.newest(10);
    expect(noted.map(({ who, action, subject }) => `${who} ${action} ${subject}`)).toEqual([
      'day shift enable alpha',
      'day shift disable alpha',
      'night shift enable beta',
      'night shift enable alpha',
    ]);
    expect(noted.every(({ at }) => new Date(at) >= new Date(before.getTime() - 60_000))).toBe(true);
  });

  test('no two sources have the same minute, however many there are', async () => {
    const many = Array.from({ length: 400 }, (_, n) => source(`many-${n}`));
    const given = await store.switches.set(many, true, 'me');
    expect(new Set([...given.values()].map(({ schedule }) => schedule)).size).toBe(400);
  }, 60_000);

  test('a look at a source is kept until the next, and goes when the source is purged', async () => {
    await store.checks.put('alpha', { ok: true, status: 200, records: 3 });
    await store.checks.put('alpha', { ok: false, reason: 'the server answered 500' });
    await store.checks.put('never-stored', { ok: true });
    const last = await store.checks.last(['alpha', 'never-stored', 'unknown']);
    expect(last.get('alpha')).toEqual({ ok: false, reason: 'the server answered 500', at: expect.any(String) });
    expect([...last.keys()].sort()).toEqual(['alpha', 'never-stored']);
    await store.purges.purge({ source: 'alpha' }, 'me');
    expect((await store.checks.last(['alpha'])).size).toBe(0);
    expect((await store.switches.all()).has('alpha')).toBe(false);
  });
});
