import { describe, expect, test } from 'vitest';
import { konfo } from '../../../crawler/formats/konfo/index.ts';
import { mintCredentialId } from '../../../schema/index.ts';
import { factsOf } from '../../contract/facts.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../../contract/read-feed.ts';
import { testSource } from '../../support/crawl.ts';
import { harvestFrom } from '../../support/harvest-from.ts';
import { storeKinds } from '../../support/stores.ts';

type Json = Record<string, unknown>;

const SEARCH = 'https://polku.example/konfo-backend/external/search/toteutukset-koulutuksittain';
const offerId = (n: number): string => `1.2.246.562.17.${String(n).padStart(20, '0')}`;
const educationId = (n: number): string => `1.2.246.562.13.${String(n).padStart(20, '0')}`;
const hit = (n: number): Json => ({
  oid: educationId(n),
  nimi: { fi: `Osuma ${n}` },
  toteutukset: [{ toteutusOid: offerId(n) }],
});
const offer = (n: number, more: Json = {}): Json => ({
  oid: offerId(n),
  koulutusOid: educationId(n),
  tila: 'julkaistu',
  nimi: { fi: `Toteutus ${n}` },
  metadata: {},
  koulutus: { oid: educationId(n), nimi: { fi: `Koulutus ${n}` }, eqf: [{ koodiUri: 'eqf_6' }] },
  ...more,
});
const read = (document: unknown, url: string, role?: string) =>
  readFeed(
    konfo,
    { body: JSON.stringify(document), url, mediaType: 'application/json' },
    { source: suiteSource('konfo', url), role },
  );
const factsIn = async (document: Json) => {
  const url = 'https://polku.example/konfo-backend/external/toteutus/1';
  const { records } = await read(document, url, 'page');
  const [result] = normalisedOf(konfo, suiteSource('konfo', url), records).values();
  if (!result || !('credential' in result) || !result.credential) throw new Error('no record');
  return factsOf(result.credential);
};

describe('pages of a search', () => {
  test('lead on from 1 until the total is reached, and to each offer found', async () => {
    const next = async (at: number, hits: number[]) =>
      (await read({ total: 5, hits: hits.map(hit), filters: {} }, `${SEARCH}?page=${at}&size=2`)).next.map(({ url }) =>
        url.replace(/^.*\/external/, ''),
      );
    expect(await next(1, [1, 2])).toEqual([
      `/toteutus/${offerId(1)}?koulutus=true&hakukohteet=true`,
      `/toteutus/${offerId(2)}?koulutus=true&hakukohteet=true`,
      '/search/toteutukset-koulutuksittain?page=2&size=2',
    ]);
    expect((await next(3, [5])).length).toBe(1);
  });

  test('one that holds less than its total promises proves nothing', async () => {
    const { faults } = await read({ total: 5, hits: [hit(1)] }, `${SEARCH}?page=2&size=2`);
    expect(faults).toMatchObject([
      { incomplete: true, rejection: { rule: 'paging', found: 'page 2 promised 2 items and gave 1' } },
    ]);
  });

  test('what is no object identifier is not asked for', async () => {
    const { next, faults } = await read(
      { total: 1, hits: [{ oid: '../haku', nimi: { fi: 'x' } }] },
      `${SEARCH}?page=1&size=20`,
    );
    expect(next).toEqual([]);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { rule: 'missing-identifier' } }]);
  });
});

describe('what is not said', () => {
  test('two EQF levels are none; the number of the national level is not that of the EQF', async () => {
    const two = offer(1, { koulutus: { eqf: [{ koodiUri: 'eqf_6#1' }, { koodiUri: 'eqf_7#1' }] } });
    expect(await factsIn(two)).toMatchObject({
      eqf: undefined,
      'eqf.derived': undefined,
      'level.text': ['eqf_6', 'eqf_7'],
    });
    const national = offer(1, { koulutus: { nqf: [{ koodiUri: 'nqf_5#1' }] } });
    expect(await factsIn(national)).toMatchObject({ eqf: undefined, nqf: 'FiNQF 5', 'eqf.derived': 5 });
  });

  test('osaamispiste, hours and weeks are no ECTS', async () => {
    const size = (unit: number, number: number | string) =>
      factsIn(
        offer(1, {
          metadata: {
            opintojenLaajuusNumero: number,
            opintojenLaajuusyksikko: { koodiUri: `opintojenlaajuusyksikko_${unit}#1`, nimi: { en: 'ECTS credits' } },
          },
        }),
      );
    expect(await size(2, 5)).toMatchObject({ ects: 5, credits: [] });
    expect(await size(6, 5)).toMatchObject({ ects: undefined, credits: ['osp 5'] });
    expect(await size(5, 27)).toMatchObject({ ects: undefined, hours: 27 });
    expect(await size(8, 3)).toMatchObject({ ects: undefined, hours: undefined, duration: 'P3W' });
    expect(await size(2, 180120)).toMatchObject({ ects: undefined });
  });

  test('codes of several fields and of forestry in general are no ISCED-F', async () => {
    const fields = (code: string) =>
      factsIn(
        offer(1, {
          koulutus: {
            koulutuskoodienAlatJaAsteet: [
              { koulutusalaKoodiUrit: [`kansallinenkoulutusluokitus2016koulutusalataso3_${code}`] },
            ],
          },
        }),
      );
    expect((await fields('0821')).fields).toEqual(['0821']);
    for (const code of ['0820', '0918', '0528']) expect((await fields(code)).fields).toEqual([]);
  });

  test('a fee for an academic year is no price of the whole, and independent study no mode', async () => {
    const facts = await factsIn(
      offer(1, {
        metadata: {
          opetus: {
            maksut: [{ maksullisuustyyppi: 'lukuvuosimaksu', maksunMaara: 9000 }],
            opetustapa: [{ koodiUri: 'opetuspaikkakk_5#1', nimi: { fi: 'Itsenäinen opiskelu' } }],
          },
        },
      }),
    );
    expect(facts).toMatchObject({ amounts: [], modes: [], 'modes.text': ['Itsenäinen opiskelu'] });
  });
});

describe.each(storeKinds)('a harvest of a search, on $kind', ({ open }) => {
  const at = harvestFrom(open);

  test('is complete with every offer that is there, and sends the header', async () => {
    const callers = new Set<unknown>();
    const json =
      (answer: (url: URL) => Json | undefined) =>
      (request: { url?: string; headers: Json }, response: import('node:http').ServerResponse) => {
        callers.add(request.headers['caller-id']);
        const body = answer(new URL(request.url ?? '', at.server.origin));
        response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
      };
    at.server.routes['/konfo/external/search/toteutukset-koulutuksittain'] = json((url) => {
      const at = Number(url.searchParams.get('page'));
      return { total: 5, hits: [1, 2, 3, 4, 5].slice((at - 1) * 2, at * 2).map(hit), filters: {} };
    });
    // The fourth was taken down meanwhile.
    for (const n of [1, 2, 3, 4, 5])
      at.server.routes[`/konfo/external/toteutus/${offerId(n)}`] = json(() => (n === 4 ? undefined : offer(n)));
    const source = testSource({
      id: 'polku',
      format: 'konfo',
      url: `${at.server.origin}/konfo/external/search/toteutukset-koulutuksittain?page=1&size=2`,
      headers: { 'Caller-Id': 'credatlas' },
    });
    expect(await at.crawl.harvest(source)).toMatchObject({ state: 'complete', created: 4 });
    const [third] = await at.store.read.credentials.byIds([mintCredentialId('polku', offerId(3))]);
    expect(third?.record.level.value?.eqf).toBe(6);
    callers.delete(undefined); // robots.txt
    expect([...callers]).toEqual(['credatlas']);
  });
});

test('what had to be mended in an education is told of each of its offers, and only there', async () => {
  const url = 'https://polku.example/konfo-backend/external/koulutus/1';
  const education = {
    oid: educationId(1),
    nimi: { fi: 'Koulutus \u0000' },
    toteutukset: [1, 2].map((n) => ({
      oid: offerId(n),
      tila: 'julkaistu',
      nimi: { fi: `Toteutus ${n}` },
      metadata: {},
    })),
  };
  const { records } = await read(education, url, 'page');
  const results = [...normalisedOf(konfo, suiteSource('konfo', url), records).values()];
  expect(results.length).toBe(2);
  for (const { problems } of results) {
    expect(problems.map(({ rule }) => rule)).toContain('json-repaired');
    expect(JSON.stringify(problems)).not.toContain('@repaired');
  }
});
