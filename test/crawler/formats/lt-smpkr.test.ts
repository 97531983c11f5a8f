import { describe, expect, test } from 'vitest';
import { ltSmpkr } from '../../../crawler/formats/lt-smpkr.ts';
import { mintCredentialId } from '../../../schema/index.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { readFeed } from '../../contract/read-feed.ts';
import { testSource } from '../../support/crawl.ts';
import { harvestFrom } from '../../support/harvest-from.ts';
import { storeKinds } from '../../support/stores.ts';

type Json = Record<string, unknown>;

const TABLE = 'https://data.example/smpkr/StudijuPrograma/:format/json';
const programme = (n: number): Json => ({
  vda_prime_key: `p-${n}`,
  prg_valst_kodas: `code-${n}`,
  prg_pavad_lt: `Programa ${n}`,
});
const accreditation = (n: number): Json => ({
  vda_prime_key: `a-${n}`,
  prg_valst_kodas: `code-${n}`,
  sprendimas: 'Akredituota',
  akred_data: '2024-02-01',
});
const next = async (url: string, document: Json, role?: string) =>
  (
    await readFeed(
      ltSmpkr,
      { body: JSON.stringify(document), url, mediaType: 'application/json' },
      { source: suiteSource('lt-smpkr', url), role },
    )
  ).next;

describe('pages of Spinta', () => {
  test('the token leads on in place of the one before; the accreditations are asked for once', async () => {
    const page = { _data: [programme(1)], _page: { next: 'b2==' } };
    expect(await next(TABLE, page)).toEqual([
      { url: `${TABLE}?page(%22b2%3D%3D%22)` },
      { url: TABLE.replace('StudijuPrograma', 'ProgramosAkreditacija'), role: 'accreditations' },
    ]);
    expect(await next(`${TABLE}?limit(1)&page(%22a1%3D%3D%22)`, page)).toEqual([
      { url: `${TABLE}?limit(1)&page(%22b2%3D%3D%22)` },
    ]);
  });

  test('a page without rows is the last, whatever token it has; one without a token as well', async () => {
    expect(await next(`${TABLE}?page(%22b2%22)`, { _data: [], _page: { next: 'c3' } })).toEqual([]);
    expect(await next(`${TABLE}?page(%22b2%22)`, { _data: [programme(1)] })).toEqual([]);
  });
});

describe.each(storeKinds)('a harvest of two tables, on $kind', ({ open }) => {
  const at = harvestFrom(open);

  test('is complete, and the accreditations come to their programmes', async () => {
    const serve = (path: string, rows: readonly Json[]) => {
      at.server.routes[path] = (request, response) => {
        const [, at = '0'] = /page\("(\d+)"\)/.exec(decodeURIComponent(request.url ?? '')) ?? [];
        const from = Number(at);
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ _data: rows.slice(from, from + 2), _page: { next: String(from + 2) } }));
      };
    };
    serve('/smpkr/StudijuPrograma/:format/json', [1, 2, 3, 4, 5].map(programme));
    serve('/smpkr/ProgramosAkreditacija/:format/json', [accreditation(3), accreditation(9)]);
    const source = testSource({
      id: 'smpkr',
      format: 'lt-smpkr',
      url: `${at.server.origin}/smpkr/StudijuPrograma/:format/json`,
    });
    expect(await at.crawl.harvest(source)).toMatchObject({ state: 'complete', rejected: 0, missing: 0 });
    const [third] = await at.store.read.credentials.byIds([mintCredentialId('smpkr', 'code-3')]);
    const all = await at.store.db.query('select id from credentials');
    expect(all).toHaveLength(5);
    expect(third?.record.qualityAssurance.value?.kinds).toEqual(['programme-quality-assurance']);
  });
});
