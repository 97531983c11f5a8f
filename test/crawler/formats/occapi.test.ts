import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { occapi } from '../../../crawler/formats/occapi/index.ts';
import { mintCredentialId, mintProviderId } from '../../../schema/index.ts';
import { readFeed } from '../../contract/read-feed.ts';
import { testSource } from '../../support/crawl.ts';
import { harvestFrom } from '../../support/harvest-from.ts';
import { storeKinds } from '../../support/stores.ts';

type Json = Record<string, unknown>;

const ROOT = '/occapi/v2/hei/reed.example';
/** The server thinks that it has another name. */
const href = (path: string): Json => ({ href: `http://inner.reed.example${ROOT}${path}` });
const item = (type: string, id: string, attributes: Json, more: Json = {}): Json => ({
  type,
  id,
  attributes,
  links: { self: href(type === 'hei' ? '' : `/${type}/${id}`), ...(more.links as Json) },
  ...(more.relationships ? { relationships: more.relationships } : {}),
});
const title = (string: string): Json[] => [{ string, lang: 'en' }];

describe('ids', () => {
  const broken = (id: string) =>
    readFeed(occapi, {
      body: JSON.stringify({ data: [item('course', id, {}), item('course', 'x', {})] }).replace(`"${id}",`, `"${id}"`),
      url: 'file:///srv/a.json',
      mediaType: 'application/json',
    });

  test('a broken record is named by its UUID, and by nothing that is unique in its institution only', async () => {
    const uuid = '0b1c2d3e-0000-4000-8000-000000000001';
    expect((await broken(uuid)).faults.map(({ rejection }) => rejection.identifier)).toEqual([uuid]);
    expect((await broken('12')).faults).toMatchObject([{ incomplete: true, rejection: { identifier: null } }]);
  });

  test('the same number is two records in two institutions, and two as course and programme', async () => {
    const of = (type: string, hei: string): Json => ({
      ...item(type, '12', { title: title('A') }),
      links: { self: { href: `https://x.example/occapi/v2/hei/${hei}/${type}/12` } },
    });
    const { records } = await readFeed(occapi, {
      body: JSON.stringify({
        data: [of('course', 'a.example'), of('course', 'b.example'), of('programme', 'a.example')],
      }),
      url: 'file:///srv/a.json',
      mediaType: 'application/json',
    });
    expect(records.map(({ identifier }) => identifier)).toEqual([
      'a.example/course/12',
      'b.example/course/12',
      'a.example/programme/12',
    ]);
  });
});

describe.each(storeKinds)('a harvest of an institution, on $kind', ({ open }) => {
  const at = harvestFrom(open);

  test('is complete with every course that is there, its runs, and the name of the institution', async () => {
    const serve = (path: string, document: Json): void => {
      at.server.routes[`${ROOT}${path}`] = (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/vnd.api+json' }).end(JSON.stringify(document));
      };
    };
    const course = (n: number, more: Json = {}, links: Json = {}) =>
      item('course', String(n), { title: title(`Course ${n}`), ects: n, ...more }, { links });
    serve('', {
      data: item('hei', 'reed.example', { title: title('Reed University'), heiId: 'reed.example' }),
      links: { course: href('/course'), ounit: href('/ounit') },
    });
    // The institution lists its courses itself: those of its units are not asked for. The programme stands in two of them.
    serve('/ounit', { data: [item('ounit', 'u', {}), item('ounit', 'v', {})] });
    for (const unit of ['u', 'v']) {
      const links = { course: href(`/ounit/${unit}/course`), programme: href(`/ounit/${unit}/programme`) };
      serve(`/ounit/${unit}`, { data: item('ounit', unit, { title: title(`School ${unit}`) }, { links }) });
      serve(`/ounit/${unit}/programme`, { data: [item('programme', '1', { title: title('Programme 1') })] });
    }
    serve('/programme/1', { data: item('programme', '1', { title: title('Programme 1'), eqfLevelProvided: 6 }) });
    // The third was taken down meanwhile; the second says more on its own page.
    serve('/course', { data: [course(1), course(2), course(3)] });
    serve('/course/1', { data: course(1) });
    serve('/course/2', {
      data: course(2, { languageOfInstruction: ['pt'] }, { instance: href('/course/2/instance') }),
    });
    serve('/course/2/instance', {
      data: [
        item(
          'instance',
          'i',
          { startDate: '2027-02-01' },
          { relationships: { course: { data: { type: 'course', id: '2' } } } },
        ),
      ],
    });
    const source = testSource({ id: 'reed', format: 'occapi', url: `${at.server.origin}${ROOT}` });
    expect(await at.crawl.harvest(source)).toMatchObject({ state: 'complete' });
    const ids = ['course/1', 'course/2', 'programme/1'].map((id) => mintCredentialId('reed', `reed.example/${id}`));
    const records = (await at.store.read.credentials.byIds(ids)).map((one) => one?.record);
    expect(records.map((one) => one?.title.value?.[0]?.value)).toEqual(['Course 1', 'Course 2', 'Programme 1']);
    expect(records[1]).toMatchObject({ languages: { value: ['pt'] }, opportunities: [{ startDate: '2027-02-01' }] });
    const [hei] = await at.store.read.providers.byIds([mintProviderId('reed', 'reed.example')]);
    expect(hei?.record.name?.[0]?.value).toBe('Reed University');
    const [gone] = await at.store.read.credentials.byIds([mintCredentialId('reed', 'reed.example/course/3')]);
    expect(gone).toBeUndefined();
  });
});
