import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { followManifests } from '../../commands/follow-manifests.ts';
import { emptyKeyRing } from '../../crawler/fetch/authorisation/key-ring.ts';
import { createInternet, WELL } from '../crawler/discovery/fixture.ts';
import { testSource } from '../support/crawl.ts';

let store: Store;
let net: Awaited<ReturnType<typeof createInternet>>;
beforeAll(async () => {
  store = await openStore({});
  net = await createInternet();
});
afterAll(async () => {
  await net.close();
  await store.close();
});

const until = async (done: () => boolean) => {
  for (let i = 0; i < 200 && !done(); i++) await new Promise((next) => setTimeout(next, 25));
  expect(done()).toBe(true);
};

test('a crawler takes up sources that appear, asks for manifests that are due, and lets vanished ones rest', async () => {
  const here = `weser.example ${WELL}`;
  const manifest = (...ids: string[]) =>
    JSON.stringify({ sources: ids.map((id) => ({ type: 'ooapi', path: `https://api.weser.example/${id}/`, id })) });
  const discovery = net.discovery(store);
  const schedules: string[][] = [];
  const enqueued: string[] = [];
  const log: string[] = [];
  const follower = followManifests(store, {
    contact: 'https://test.example/contact',
    keys: emptyKeyRing,
    queue: {
      schedule: async (sources) => void schedules.push(sources.map(({ manifest: from, id }) => from?.entry ?? id)),
      enqueue: async (id) => void enqueued.push(id),
    },
    files: [],
    demonstration: false,
    scheduled: [testSource({ id: 'by-file', format: 'csv', url: 'https://x.example/', schedule: '0 3 * * *' })],
    log: (line) => void log.push(line),
    discovery,
    everyMs: 50,
  });
  try {
    await follower.now();
    expect(schedules).toEqual([['by-file']]);

    // Another process discovers: this one takes it up, and has what was never read harvested at once.
    net.pages[here] = manifest('a', 'b');
    await discovery.discover('weser.example');
    await until(() => schedules.length === 2);
    expect(schedules[1]?.toSorted()).toEqual(['a', 'b', 'by-file']);
    await until(() => new Set(enqueued).size === 2);

    // Nothing is due yet, so the manifest is not asked for at each turn.
    net.asked();
    await new Promise((next) => setTimeout(next, 200));
    expect(net.asked()).toEqual([]);

    net.pages[here] = manifest('a');
    await store.db.query(`update manifests set asked_at = now() - interval '25 hours'`);
    await until(() => schedules.length === 3);
    expect(schedules[2]).toEqual(expect.arrayContaining(['by-file', 'a']));
    expect(schedules[2]).toHaveLength(2);

    // The line leads elsewhere by now; the domain it led to before is asked all the same, and is not due any more.
    net.pages[`schac.weser.example ${WELL}`] = manifest('c');
    await store.db.query(`update manifests set asked = 'schac.weser.example weser.example', asked_at = 'epoch'`);
    await until(() => schedules.length === 4);
    expect(schedules[3]?.toSorted()).toEqual(['a', 'by-file', 'c']);
    expect(await store.manifests.due(24, 10)).toEqual([]);
    expect(log.splice(1)).toEqual([expect.stringMatching(/ql-schac-weser-example-c-\w+ new/)]);
    expect(log).toEqual([expect.stringMatching(/ql-weser-example-b-\w+ vanished \(.* no longer names it\)/)]);
  } finally {
    await follower.stop();
  }
});

test('a secret that stands in two manifests is told, whichever of them is read', async () => {
  const log: string[] = [];
  const value = Buffer.alloc(256, 9).toString('base64');
  const stating = (domain: string) => {
    net.pages[`${domain} ${WELL}`] = JSON.stringify({
      sources: [
        { type: 'ooapi', id: 's', path: net.at(domain, '/v5'), auth: { type: 'httpheader', field: 'X-Key', value } },
      ],
    });
  };
  stating('owner.example');
  stating('thief.example');
  const discovery = net.discovery(store);
  await discovery.discover('owner.example');
  await store.manifests.found({ domain: 'thief.example', asked: 'thief.example', url: 'https://thief.example/' });
  await store.db.query(`update manifests set asked_at = now() - interval '25 hours'`);
  const follower = followManifests(store, {
    contact: 'https://test.example/contact',
    keys: emptyKeyRing,
    queue: { schedule: async () => {}, enqueue: async () => {} },
    files: [],
    demonstration: false,
    log: (line) => void log.push(line),
    discovery,
    everyMs: 50,
  });
  try {
    await until(() => log.some((line) => line.includes('manifest of thief.example: a source: its secret')));
    await store.db.query(`update manifests set asked_at = now() - interval '25 hours' where domain = 'owner.example'`);
    await until(() => log.some((line) => /manifest of owner\.example: ql-owner.*states a copy/.test(line)));
  } finally {
    await follower.stop();
  }
});

test('of the files what is on is scheduled: by the operator, else by the file unless this is a demonstration', async () => {
  const file = (id: string, more: object = {}) =>
    testSource({ id, format: 'csv', url: `https://${id}.example/`, schedule: '0 3 * * *', ...more });
  const off = { enabled: false, disabledBecause: 'needs an agreement' };
  const files = [file('plain'), file('unproven', off), file('by-hand', { schedule: undefined }), file('taken-out')];
  const scheduled = [file('example')];
  const follow = (demonstration: boolean) => {
    const schedules: string[][] = [];
    const enqueued: string[] = [];
    const queue = {
      schedule: async (sources: readonly { id: string }[]) => void schedules.push(sources.map(({ id }) => id).sort()),
      enqueue: async (id: string) => void enqueued.push(id),
    };
    const follower = followManifests(store, {
      ...{ contact: 'https://test.example/contact', keys: emptyKeyRing, queue, files, scheduled, demonstration },
      log: () => {},
      discovery: net.discovery(store),
    });
    const now = async () => {
      await follower.now();
      return { schedule: schedules.at(-1)?.filter((id) => !id.startsWith('ql-')), enqueued: enqueued.splice(0) };
    };
    return { now, stop: follower.stop };
  };
  const alone = follow(false);
  const beside = follow(true);
  try {
    await store.putSource(file('taken-out'));
    await store.retirements.retire('taken-out', 'me');
    expect((await alone.now()).schedule).toEqual(['example', 'plain']);
    expect((await beside.now()).schedule).toEqual(['example']);

    await store.switches.set(
      files.filter(({ id }) => id !== 'plain'),
      true,
      'me',
    );
    const on = ['by-hand', 'example', 'plain', 'unproven'];
    const first = await alone.now();
    expect(first.schedule).toEqual(on);
    // What was switched on and never read is read at once, not in a week.
    expect(first.enqueued.filter((id) => !id.startsWith('ql-'))).toEqual(['by-hand', 'unproven']);
    expect((await beside.now()).schedule).toEqual(on.filter((id) => id !== 'plain'));

    await store.switches.set(files.slice(0, 2), false, 'me');
    expect((await alone.now()).schedule).toEqual(['by-hand', 'example']);
    expect((await beside.now()).schedule).toEqual(['by-hand', 'example']);
  } finally {
    await alone.stop();
    await beside.stop();
  }
});
