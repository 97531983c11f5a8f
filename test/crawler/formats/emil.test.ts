import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../../catalogue/store/store.ts';
import { emil } from '../../../crawler/formats/emil/index.ts';
import { mintCredentialId, mintProviderId } from '../../../schema/index.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { readFeed } from '../../contract/read-feed.ts';
import { createTestCrawl, testSource } from '../../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { storeKinds } from '../../support/stores.ts';

type Json = Record<string, unknown>;

const text = (value: string): Json => ({ strings: [{ lang: 'swe', value }] });
const active = (content: Json): Json => ({ id: content.identifier, status: 'ACTIVE', content });
const gone = (id: string): Json => ({ id, status: 'DELETED', content: null });
const info = (id: string, title = `Kurs ${id}`): Json => active({ identifier: id, title: text(title) });
const event = (id: string, education: string, start = '2027-09-01'): Json =>
  active({ identifier: id, education, providers: ['p.x'], execution: { start } });

/** One page of a list with its numbers, and links that lead to the page itself for ever. */
const page = (list: string, all: readonly Json[], at = 0, size = 2, more: Json = {}): string =>
  JSON.stringify({
    links: [{ rel: 'next', href: `?page=${at}` }],
    [list]: all.slice(at * size, (at + 1) * size),
    page: { size, totalElements: all.length, totalPages: Math.ceil(all.length / size), pageNumber: at, ...more },
  });

const BASE = 'https://hub.example/emil3';
const read = (body: string, url: string, role?: string) =>
  readFeed(emil, { body, url, mediaType: 'application/json' }, { source: suiteSource('emil', url), role });

describe('pages of Susa-navet', () => {
  const infos = ['i.1', 'i.2', 'i.3', 'i.4', 'i.5'].map((id) => info(id));

  test('numbers lead on from 0 to the last page, whatever the links say', async () => {
    const url = `${BASE}/educationInfos?schoolType=HS&size=2`;
    const next = async (at: number) =>
      (await read(page('educationInfos', infos, at), at ? `${url}&page=${at}` : url)).next.map((one) => one.url);
    expect(await next(0)).toEqual([
      `${url}&page=1`,
      `${BASE}/educationEvents?schoolType=HS&size=2`,
      `${BASE}/educationProviders?size=2`,
    ]);
    expect(await next(1)).toEqual([`${url}&page=2`]);
    expect(await next(2)).toEqual([]);
  });

  test('a page that holds less than its numbers promise proves nothing', async () => {
    const url = `${BASE}/educationEvents?size=2&page=1`;
    const events = ['e.1', 'e.2', 'e.3'].map((id) => event(id, 'i.1'));
    const short = page('educationEvents', events, 1).replace('"totalElements":3', '"totalElements":4');
    const { faults } = await read(short, url, 'events');
    expect(faults).toMatchObject([
      { incomplete: true, rejection: { rule: 'paging', found: 'page 1 promised 2 items and gave 1' } },
    ]);
    expect((await read(page('educationEvents', events, 1), url, 'events')).faults).toEqual([]);
  });

  test('another page than the one asked for is told', async () => {
    const { faults, next } = await read(page('educationInfos', infos, 0), `${BASE}/educationInfos?page=1&size=2`);
    expect(faults[0]?.rejection.found).toBe('asked for page 1, got 0');
    expect(next).toEqual([]);
  });

  test('without numbers the links lead on', async () => {
    const body = JSON.stringify({
      links: [{ rel: 'next', href: `${BASE}/educationEvents?page=1` }],
      educationEvents: [event('e.1', 'i.1')],
    });
    expect((await read(body, `${BASE}/educationEvents`, 'events')).next).toEqual([
      { url: `${BASE}/educationEvents?page=1`, role: 'events' },
    ]);
  });

  test('a page that fails is asked for in smaller ones, from 0', () => {
    const { parts } = emil.instead?.({ url: `${BASE}/educationInfos?page=0&size=20` }) ?? { parts: [] };
    expect(parts.map(({ url }) => url)).toEqual([
      `${BASE}/educationInfos?page=0&size=10`,
      `${BASE}/educationInfos?page=1&size=10`,
    ]);
  });

  test('changes are asked for by local time without zone, of the list of educations only', () => {
    expect(emil.changedSince?.(`${BASE}/educationInfos?schoolType=HS`, '2026-11-01T10:00:00.000Z')).toBe(
      `${BASE}/educationInfos?schoolType=HS&updatedSince=2026-11-01T10%3A00%3A00`,
    );
    expect(emil.changedSince?.(`${BASE}/educationEvents`, '2026-11-01T10:00:00.000Z')).toBeUndefined();
    expect(emil.changedSince?.('file:///tmp/educationInfos', '2026-11-01T10:00:00.000Z')).toBeUndefined();
  });

  test('what has another status, or no content, is gone; a provider is nobody’s part', async () => {
    const { records, gone: told } = await read(
      JSON.stringify({
        educationInfos: [
          gone('I.1'),
          { id: 'i.2', status: 'EXPIRED', content: { identifier: 'i.2', title: text('Gammal') } },
        ],
        educationEvents: [gone('e.1'), { ...event('e.2', 'I.3'), status: 'INACTIVE' }, event('E.3', 'I.3')],
        educationProviders: [gone('p.1'), active({ identifier: 'p.2', name: text('Skolan') })],
      }),
      'https://hub.example/export.json',
    );
    expect(told).toEqual(['i.1', 'i.2', '#event:e.1', 'i.3#event:e.2', 'p.1']);
    expect(records.map(({ identifier, part }) => [identifier, part])).toEqual([
      ['i.3', 'event:e.3'],
      ['p.2', undefined],
    ]);
  });

  test('an element with a wrong shape is no reason to think that the education is gone', async () => {
    const { records, faults } = await read(
      JSON.stringify({ educationInfos: [{ id: 'i.1', status: 'ACTIVE', content: 'x' }] }),
      `${BASE}/educationInfos`,
    );
    expect(records).toEqual([]);
    expect(faults).toMatchObject([{ rejection: { identifier: 'i.1', rule: 'not-a-record' } }]);
  });
});

describe.each(storeKinds)('harvests of a hub with three lists, on $kind', ({ open }) => {
  let store: Store;
  let server: FeedServer;
  let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
  const lists = new Map<string, Json[]>();
  const changes = new Map<string, Json[]>();

  beforeAll(async () => {
    store = await open();
    server = await createFeedServer();
    crawl = await createTestCrawl(store);
    for (const list of ['educationInfos', 'educationEvents', 'educationProviders'])
      server.routes[`/emil3/${list}`] = (request, response) => {
        const url = new URL(request.url ?? '', server.origin);
        const all = (url.searchParams.has('updatedSince') ? changes : lists).get(list) ?? [];
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(page(list, all, Number(url.searchParams.get('page') ?? 0)));
      };
  });
  afterAll(async () => {
    await crawl?.close();
    await server?.close();
    await store?.close();
  });

  test('events come to their educations and providers to their names; a run of changes takes out what is gone', async () => {
    const source = testSource({ id: 'hub', format: 'emil', url: `${server.origin}/emil3/educationInfos?size=2` });
    lists.set(
      'educationInfos',
      ['i.1', 'i.2', 'i.3', 'i.4', 'i.5', 'i.6'].map((id) => info(id)),
    );
    lists.set('educationEvents', [event('e.1', 'I.1'), event('e.2', 'i.1'), event('e.3', 'i.2')]);
    lists.set('educationProviders', [active({ identifier: 'p.x', name: text('Strandhögskolan') })]);
    expect(await crawl.harvest(source)).toMatchObject({ state: 'complete', rejected: 0 });
    const recordOf = async (id: string) =>
      (await store.read.credentials.byIds([mintCredentialId('hub', id)]))[0]?.record;
    const runs = async (id: string) => (await recordOf(id))?.opportunities.map((one) => one.id);
    expect(await runs('i.1')).toEqual(['e.1', 'e.2']);
    expect((await recordOf('i.1'))?.awardingBody).toMatchObject({
      state: 'derived',
      value: [{ id: mintProviderId('hub', 'p.x') }],
    });
    const [provider] = await store.read.providers.byIds([mintProviderId('hub', 'p.x')]);
    expect(JSON.stringify(provider)).toContain('Strandhögskolan');

    changes.set('educationInfos', [gone('i.3'), info('i.4', 'Nytt namn')]);
    changes.set('educationEvents', [gone('e.2'), event('e.4', 'i.2')]);
    const second = await crawl.harvest(source);
    expect(second).toMatchObject({ state: 'complete', withdrawn: 1, missing: 0 });
    expect(second.changesSince).toBeDefined();
    expect(await runs('i.1')).toEqual(['e.1']);
    expect(await runs('i.2')).toEqual(['e.3', 'e.4']);
    expect((await recordOf('i.4'))?.title.value?.[0]?.value).toBe('Nytt namn');
    const asked = server.asked().filter((path) => path.includes('updatedSince'));
    expect(asked.map((path) => path.replace(/\?.*/, '')).sort()).toEqual([
      '/emil3/educationEvents',
      '/emil3/educationInfos',
      '/emil3/educationProviders',
    ]);
  });
});
