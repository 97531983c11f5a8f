import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { eduApi } from '../../../crawler/formats/edu-api/index.ts';
import { mintCredentialId, mintProviderId } from '../../../schema/index.ts';
import { readFeed } from '../../contract/read-feed.ts';
import { testSource } from '../../support/crawl.ts';
import { harvestFrom } from '../../support/harvest-from.ts';
import { storeKinds } from '../../support/stores.ts';

type Json = Record<string, unknown>;

const LIST = 'https://dike.example/eduapi/courseTemplates';
const template = (n: number): Json => ({
  sourcedId: `c-${n}`,
  title: [{ recordLanguage: 'en', value: `Course ${n}` }],
  primaryCode: { identifier: `C${n}`, identifierType: 'systemId' },
  organization: 'org-1',
});
const many = (from: number, count: number): Json[] => Array.from({ length: count }, (_, n) => template(from + n));

describe('pages', () => {
  const next = async (items: Json[], url: string) =>
    (await readFeed(eduApi, { body: JSON.stringify(items), url, mediaType: 'application/json' })).next.map(({ url }) =>
      url.replace(/^.*eduapi\//, ''),
    );

  test('a page that has less than was asked for is the last, unless it has the size of a page that was cut', async () => {
    expect(await next(many(1, 3), `${LIST}?limit=3&offset=3`)).toEqual(['courseTemplates?limit=3&offset=6']);
    expect(await next(many(1, 2), `${LIST}?limit=3&offset=3`)).toEqual([]);
    expect(await next(many(1, 100), `${LIST}?limit=500&offset=100`)).toEqual(['courseTemplates?limit=500&offset=200']);
    expect(await next([], `${LIST}?limit=500&offset=200`)).toEqual([]);
  });

  test('the first page of the courses leads to the lists beside it, with the same parameters', async () => {
    expect(await next(many(1, 1), `${LIST}?limit=500`)).toEqual(
      ['courseOfferings', 'collectionTemplates', 'collectionOfferings', 'organizations'].map(
        (one) => `${one}?limit=500`,
      ),
    );
    expect(await next(many(1, 1), 'https://dike.example/eduapi/collectionTemplates?limit=500')).toEqual([]);
  });

  test('changes are asked for where reading starts, and not over a filter that is there', () => {
    const since = '2026-11-01T10:00:00.000Z';
    const url = new URL(eduApi.changedSince?.(`${LIST}?limit=500`, since) ?? '');
    expect([url.pathname, url.searchParams.get('limit'), url.searchParams.get('filter')]).toEqual([
      '/eduapi/courseTemplates',
      '500',
      `dateLastModified>='${since}'`,
    ]);
    expect(eduApi.changedSince?.(`${LIST}?filter=level='graduate'`, since)).toBeUndefined();
    expect(eduApi.changedSince?.('https://dike.example/eduapi/courses', since)).toBeUndefined();
    expect(eduApi.changedSince?.('dump.json', since)).toBeUndefined();
  });

  test('persons and enrolments are no records, whatever they look like', async () => {
    for (const [path, raw] of [
      ['persons', { sourcedId: 'p-1', title: [{ value: 'x' }] }],
      ['courseOfferings/o-1/students', { sourcedId: 'p-1' }],
      ['all', { sourcedId: 'e-1', person: 'p-1', educationOffering: 'o-1' }],
      ['all', { sourcedId: 'p-1', primaryName: { givenName: 'x' } }],
    ] as const) {
      const url = `https://dike.example/eduapi/${path}`;
      const read = await readFeed(eduApi, { body: JSON.stringify([raw]), url, mediaType: 'application/json' });
      expect(read.records).toEqual([]);
      expect(read.faults).toMatchObject([{ incomplete: true, rejection: { rule: 'other-resource' } }]);
    }
  });
});

describe.each(storeKinds)('a harvest, on $kind', ({ open }) => {
  const at = harvestFrom(open);

  test('is complete where the lists of programmes are not there, and names the organisation', async () => {
    const serve = (list: string, items: readonly Json[]): void => {
      at.server.routes[`/eduapi/${list}`] = (request: IncomingMessage, response: ServerResponse) => {
        const { searchParams } = new URL(request.url ?? '', at.server.origin);
        const [limit, offset] = [searchParams.get('limit'), searchParams.get('offset')].map(Number) as [number, number];
        const page = items.slice(offset, offset + limit);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
      };
    };
    serve('courseTemplates', many(1, 5));
    serve('courseOfferings', [{ sourcedId: 'o-1', course: 'c-4', startDate: '2027-02-01', offeringFormat: 'online' }]);
    serve('organizations', [{ sourcedId: 'org-1', name: [{ recordLanguage: 'en', value: 'Dike University' }] }]);
    const source = testSource({
      id: 'dike',
      format: 'edu-api',
      url: `${at.server.origin}/eduapi/courseTemplates?limit=2`,
    });
    expect(await at.crawl.harvest(source)).toMatchObject({ state: 'complete' });
    const [fourth, fifth] = await at.store.read.credentials.byIds(
      [4, 5].map((n) => mintCredentialId('dike', `c-${n}`)),
    );
    expect(fourth?.record.opportunities).toMatchObject([{ startDate: '2027-02-01', participation: ['online'] }]);
    expect(fifth?.record.title.value?.[0]?.value).toBe('Course 5');
    const [org] = await at.store.read.providers.byIds([mintProviderId('dike', 'org-1')]);
    expect(org?.record.name?.[0]?.value).toBe('Dike University');
  });
});
