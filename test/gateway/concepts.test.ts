import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createServerApp } from '../../gateway/server.ts';
import { createHarvestedCatalogue, type HarvestedCatalogue } from './harvested-catalogue.ts';

interface Match {
  how: string;
  concept: { uri: string; kind: string; label: { text: string; language: string } } | null;
  queryLabel: string | null;
  recordLabel: string | null;
  score: number | null;
}
interface Found {
  totalCount: number;
  nearest: { uri: string; kind: string; label: { text: string; language: string } }[];
  edges: { cursor: string; node: { title: { text: string } }; match: Match | null }[];
  pageInfo: { hasNextPage: boolean };
}

let harvested: HarvestedCatalogue;
let gateway: Gateway;
beforeAll(async () => {
  harvested = await createHarvestedCatalogue();
  gateway = await createGateway({ catalogue: harvested.open.catalogue, report: (entry) => console.error(entry) });
}, 600_000);
afterAll(async () => {
  await gateway?.close();
  await harvested?.close();
});

const SEARCH = `query ($text: String, $concepts: Boolean, $first: Int = 50, $after: String, $filter: SearchFilter, $sort: SearchSort) {
  search(text: $text, concepts: $concepts, first: $first, after: $after, filter: $filter, sort: $sort, languages: ["de"]) {
    totalCount
    nearest { uri kind label { text language } }
    edges {
      cursor node { title { text } }
      match { how concept { uri kind label { text language } } queryLabel recordLabel score }
    }
    pageInfo { hasNextPage }
  }
}`;

async function search(text: string, more: Record<string, unknown> = {}): Promise<Found> {
  const { result } = await gateway.execute({ query: SEARCH, variables: { text, ...more } });
  const { data, errors } = JSON.parse(JSON.stringify(result)) as { data?: { search: Found }; errors?: unknown };
  expect(errors).toBeUndefined();
  return (data as { search: Found }).search;
}
const titles = ({ edges }: Found) => edges.map(({ node }) => node.title.text);

/** The welding courses of the example providers, in eight languages. */
const WELDING = [
  'MAG-Schweißen für Quereinsteiger',
  'Saldatura di tubazioni in acciaio',
  'Spawanie metodą MAG blach i rur',
  "Soudage TIG de l'inox pour l'agroalimentaire, niveau 2",
  'TIG-lassen van roestvast staal, niveau plaat',
  'Soldadura MIG/MAG de estruturas',
  'Заваряване с топящ се електрод в защитна газова среда',
  'Συγκόλληση με ηλεκτρόδιο',
];

describe('the example data, by meaning', { timeout: 60_000 }, () => {
  test.each(['lasser worden', 'soudure', 'Schweißen', 'welding', 'spawanie', 'keevitus'])(
    '%s finds welding courses',
    async (text) => {
      const found = await search(text);
      expect(titles(found)).toEqual(expect.arrayContaining(WELDING));
      expect(found.nearest).toEqual([]);
      // of what has not the word, nothing else stands first
      const meant = found.edges.filter(({ match }) => match?.how === 'CONCEPT');
      for (const { node } of meant.slice(0, 4)) {
        expect(node.title.text).toMatch(/wei|ald|sold|завар|spaw|soud|lass|keev|κόλληση|zavar/iu);
      }
    },
  );

  test('a hit tells what it shares, in the reader’s language and in the record’s own', async () => {
    const { edges } = await search('soudure');
    const of = (title: string) => edges.find(({ node }) => node.title.text.startsWith(title))?.match;
    expect(of('Soudage')).toMatchObject({ how: 'TEXT' });
    const match = of('MAG-Schweißen') as Match;
    expect(match).toMatchObject({
      how: 'CONCEPT',
      concept: { uri: 'urn:credatlas:topic:welding', kind: 'TOPIC', label: { text: 'Schweißen', language: 'de' } },
      queryLabel: 'soudure',
      recordLabel: 'Schweißen',
    });
    expect(match.score).toBeGreaterThan(0.3);
  });

  test('words go first, and the rest can be left out', async () => {
    const { edges, totalCount } = await search('Schweißen');
    expect(edges[0]?.match?.how).toBe('TEXT');
    const words = await search('Schweißen', { concepts: false });
    expect(words.totalCount).toBeLessThan(totalCount);
    expect(words.edges.every(({ match }) => match?.how === 'TEXT' && match.concept === null)).toBe(true);
    expect((await search('lasser worden', { concepts: false })).totalCount).toBe(0);
    expect((await search('"Schweißen"')).edges.every(({ match }) => match?.how === 'TEXT')).toBe(true);
  });

  test('the list is paged to its end, by relevance and by title', async () => {
    for (const sort of [undefined, { by: 'TITLE' }]) {
      const whole = await search('soudure', { sort });
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await search('soudure', { sort, after, first: 3 });
        seen.push(...titles(page));
        expect(page.totalCount).toBe(whole.totalCount);
        after = page.edges.at(-1)?.cursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(seen).toEqual(titles(whole));
    }
  });

  test('filters hold of what only means the same', async () => {
    expect(titles(await search('soudure', { filter: { country: ['DE'] } }))).toEqual([
      'MAG-Schweißen für Quereinsteiger',
    ]);
    expect(titles(await search('soudure -quereinsteiger'))).not.toContain('MAG-Schweißen für Quereinsteiger');
  });

  test('nonsense finds nothing; what is near to a text that found nothing is told', async () => {
    for (const text of ['zzyzx', 'xyzzy plugh', 'asdf qwer']) expect((await search(text)).totalCount).toBe(0);
    const { totalCount, nearest, edges } = await search('quantum chromodynamics', { filter: { country: ['BG'] } });
    expect([totalCount, edges]).toEqual([0, []]);
    expect(nearest.length).toBeGreaterThan(0);
    expect(nearest.length).toBeLessThanOrEqual(5);
    expect(nearest[0]?.label.language).toBe('de');
    expect(nearest.map(({ label }) => label.text).join()).toMatch(/quant/i);
  });

  test('the front page says through what a hit was found, and what is near where none was', async () => {
    const { catalogue } = harvested.open;
    const app = createServerApp({ gateway, catalogue, report: console.error, ready: () => ({ ready: true }) });
    const page = async (text: string) => (await app.request(`/?${new URLSearchParams({ q: text })}`)).text();
    const hits = await page('lasser worden');
    expect(hits).toMatch(/Found through: lasser → \p{L}[^<]+ → \p{L}[^<]+</u);
    expect(hits).toContain('This service uses the ESCO classification of the European Commission.');
    const unheard = ['chiropractic', 'falconry', 'philately', 'taxidermy', 'horology', 'heraldry'];
    const found = await Promise.all(unheard.map((text) => search(text)));
    const nowhere =
      unheard.find((_, n) => found[n]?.totalCount === 0 && found[n].nearest.length) ?? expect.fail('all found');
    expect(await page(nowhere)).toMatch(/Nearest subjects:<\/p><ul><li><a href="\/\?q=[^"]+"/);
    expect(await page('Schweisssen -Schweißen "zzyzx"')).not.toContain('Found through');
  });

  test('without a text there is no reason to be found', async () => {
    const { edges, nearest } = await search('');
    expect(edges.every(({ match }) => match === null)).toBe(true);
    expect(nearest).toEqual([]);
  });
});
