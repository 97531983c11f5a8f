import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { createMetrics } from '../../gateway/metrics.ts';
import { testSource } from '../support/crawl.ts';
import { storeKinds } from '../support/stores.ts';

const sourceOf = (id: string) => testSource({ id, format: 'csv', url: `https://${id}.example/` });

describe.each(storeKinds)('metrics of the crawler on $kind', ({ open }) => {
  let store: Store;
  let scrape: () => Promise<string>;

  beforeAll(async () => {
    store = await open();
    // What is measured here asks the store alone.
    scrape = createMetrics({ ...store.read, search: {} } as Catalogue).text;
    for (const id of ['calm', 'held', 'away']) await store.putSource(sourceOf(id));
  }, 60_000);
  afterAll(() => store?.close());

  const value = async (name: string): Promise<number | undefined> => {
    const line = (await scrape()).split('\n').find((one) => one.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1).replace('+Inf', 'Infinity'));
  };
  const start = (source: string) =>
    store.runs.start(sourceOf(source), '1', [{ url: `https://${source}.example/` }]).then(({ id }) => id);

  test('nothing is said to wait when nothing does, and a depth that nobody told is not told', async () => {
    expect(await value('credatlas_pages_queued')).toBe(0);
    expect(await value('credatlas_oldest_queued_page_age_seconds')).toBe(0);
    expect(await value('credatlas_held_runs')).toBe(0);
    expect(await value('credatlas_queue_jobs')).toBeUndefined();
    expect(await value('credatlas_source_state{source="calm",state="new"}')).toBe(1);
  });

  test('states, held runs and runs by state', async () => {
    await store.runs.finish(await start('calm'), 'complete', undefined);
    const held = await start('held');
    await store.db.query(
      `insert into holds (run, source, kind, reason, live, identifiers) values ($1, 'held', 'shrunk', 'r', 9, '["a"]')`,
      [held],
    );
    await store.runs.finish(held, 'held', 'r');
    await store.runs.finish(await start('away'), 'failed', 'gone');
    expect(await value('credatlas_held_runs')).toBe(1);
    expect(await value('credatlas_runs{state="held"}')).toBe(1);
    expect(await value('credatlas_runs{state="complete"}')).toBe(1);
    expect(await value('credatlas_source_state{source="held",state="held"}')).toBe(1);
    expect(await value('credatlas_source_state{source="away",state="broken"}')).toBe(1);
    expect(await value('credatlas_source_state{source="away",state="ok"}')).toBe(0);
    const fresh = await value('credatlas_source_last_complete_harvest_timestamp_seconds{source="calm"}');
    expect(Math.abs(Date.now() / 1000 - (fresh ?? 0))).toBeLessThan(60);
    expect(await value('credatlas_source_last_complete_harvest_timestamp_seconds{source="away"}')).toBeUndefined();
  });

  test('a replay makes nothing fresher', async () => {
    const { id } = await store.runs.start(sourceOf('away'), '1', [{ url: 'replay:away' }], 'replay');
    await store.runs.finish(id, 'complete', undefined);
    expect(await value('credatlas_source_last_complete_harvest_timestamp_seconds{source="away"}')).toBeUndefined();
    expect(await value('credatlas_source_state{source="away",state="broken"}')).toBe(1);
  });

  test('pages that wait, the age of the oldest, the depth of the queue', async () => {
    const run = await start('calm');
    await store.db.query(`update pages set queued_at = now() - interval '90 seconds' where run = $1`, [run]);
    await store.operations.tellQueueDepth(4);
    expect(await value('credatlas_pages_queued')).toBe(1);
    const age = (await value('credatlas_oldest_queued_page_age_seconds')) ?? 0;
    expect(age).toBeGreaterThan(85);
    expect(age).toBeLessThan(300);
    expect(await value('credatlas_queue_jobs')).toBe(4);
    await store.runs.finish(run, 'failed', 'x');
    // Pages that a run which has ended left over wait for nobody.
    expect(await value('credatlas_pages_queued')).toBe(0);
  });

  test('hosts that are not asked, and paused sources', async () => {
    await store.pauses.set({ origin: 'https://paused.example' }, {});
    await store.pauses.set({ source: 'calm' }, { until: new Date(Date.now() + 60_000) });
    await store.db.query(
      `insert into hosts (origin, closed_until, parked) values ('https://busy.example', now() + interval '100 seconds', false),
        ('https://parked.example', now() + interval '2 days', true), ('https://open.example', now() - interval '1 day', true)`,
    );
    const busy = (await value('credatlas_host_wait_seconds{origin="https://busy.example",state="closed"}')) ?? 0;
    expect(busy).toBeGreaterThan(60);
    expect(busy).toBeLessThanOrEqual(101);
    expect(await value('credatlas_host_wait_seconds{origin="https://parked.example",state="parked"}')).toBeGreaterThan(
      170_000,
    );
    expect(await value('credatlas_host_wait_seconds{origin="https://paused.example",state="paused"}')).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(await scrape()).not.toContain('open.example');
    expect(await value('credatlas_source_paused{source="calm"}')).toBe(1);
    expect(await value('credatlas_source_paused{source="held"}')).toBe(0);
  });
});
