import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  SearchDocument,
  SearchEngine,
  SearchPosition,
  SearchRequest,
} from '../../catalogue/search/search-engine.ts';
import { searchDocument } from './search-documents.ts';
import type { OpenEngine } from './search-engine.cases.ts';

const WELDING = 'http://data.europa.eu/esco/skill/welding';
const METAL = 'http://data.europa.eu/esco/skill/metal';
const LAW = 'urn:example:law';

const record = (
  id: string,
  title: string,
  concepts: [id: string, weight: number][],
  draft: Parameters<typeof searchDocument>[1] = {},
): SearchDocument =>
  searchDocument(id, {
    title: { und: title },
    concepts: concepts.map(([concept, weight]) => ({ id: concept, weight, label: `${title} (${concept})` })),
    ...draft,
  });

/** What "welding", with the concepts below, finds of these: words first, then meaning, then misspellings. */
const RECORDS: SearchDocument[] = [
  record('both', 'Welding for all', [[WELDING, 0.9]], { country: ['IE'], kind: ['course'] }),
  record('words', 'Welding of plastics', [], { country: ['IE'], description: { en: 'In a workshop.' } }),
  record('near', 'Keevitustööde alused', [[WELDING, 0.9]], { country: ['EE'], kind: ['course'] }),
  record(
    'nearer',
    'Schweißen',
    [
      [WELDING, 0.9],
      [METAL, 0.4],
    ],
    { country: ['DE'], kind: ['badge'] },
  ),
  record(
    'far',
    'Tööriistad',
    [
      [WELDING, 0.2],
      [METAL, 0.2],
    ],
    { country: ['EE'] },
  ),
  record(
    'just',
    'Soudure',
    [
      [WELDING, 0.3],
      [LAW, 0.9],
    ],
    { country: ['FR'], kind: ['badge'] },
  ),
  record('twin-a', 'Lassen', [[METAL, 0.5]], { country: ['NL'] }),
  record('twin-b', 'Lassen', [[METAL, 0.5]], { country: ['NL'] }),
  record('excluded', 'Saldatura dei metalli', [[WELDING, 0.9]], { country: ['IT'] }),
  record('misspelt', 'Wielding a sword', [], { country: ['IE'] }),
  record('misspelt-meant', 'Weldinge', [[METAL, 0.4]], { country: ['SE'] }),
  record('law', 'Droit', [[LAW, 0.9]], { country: ['FR'] }),
];
const CONCEPTS = [
  { id: WELDING, weight: 0.7 },
  { id: METAL, weight: 0.5 },
];
const MEANT = ['nearer', 'excluded', 'near', 'twin-a', 'twin-b', 'just', 'misspelt-meant'];
const ORDER = ['nearer', 'excluded', 'near', 'twin-a', 'twin-b', 'far', 'just', 'misspelt-meant'];

/** What a query means beside what it says: the same on every engine. */
export function searchConceptCases(name: string, open: OpenEngine): void {
  describe(`concepts: ${name}`, { timeout: 60_000 }, () => {
    let engine: SearchEngine;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ engine, close } = await open());
      await engine.upsert(RECORDS);
    }, 60_000);
    afterAll(() => close?.());

    const ask = (request: Partial<SearchRequest>) =>
      engine.query({ first: 50, text: 'welding', concepts: CONCEPTS, ...request });
    const ids = async (request: Partial<SearchRequest>) => (await ask(request)).hits.map(({ id }) => id);
    async function paged(request: Partial<SearchRequest>, first: number): Promise<string[]> {
      const seen: string[] = [];
      for (let after: SearchPosition | undefined; ; ) {
        const page = await ask({ ...request, first, ...(after && { after }) });
        seen.push(...page.hits.map(({ id }) => id));
        after = page.hits.at(-1)?.position;
        if (!page.more) return seen;
        expect(seen.length).toBeLessThanOrEqual(RECORDS.length);
      }
    }
    const FIRST = ['both', 'words'];

    describe('by relevance', () => {
      test('words come first, then what means the same, then misspellings', async () => {
        const all = await ids({});
        expect(all.slice(0, 2).sort()).toEqual(FIRST);
        expect(all.slice(2)).toEqual([...ORDER, 'misspelt']);
      });
      test('what shares nothing of weight is not found', async () => {
        expect(await ids({ text: 'zzyzx', concepts: [{ id: LAW, weight: 0.05 }] })).toEqual([]);
        expect(await ids({ text: 'zzyzx', concepts: [{ id: LAW, weight: 0.06 }] })).toEqual(['just', 'law']);
        expect(await ids({ text: 'zzyzx', concepts: [{ id: METAL, weight: 0.2 }] })).toEqual([
          'twin-a',
          'twin-b',
          'misspelt-meant',
          'nearer',
        ]);
        expect(await ids({ text: 'zzyzx', concepts: [{ id: 'urn:example:unknown', weight: 1 }] })).toEqual([]);
      });
      test('without concepts only words count', async () => {
        const all = await ids({ concepts: undefined });
        expect(all.slice(0, 2).sort()).toEqual(FIRST);
        expect(all.slice(2).sort()).toEqual(['misspelt', 'misspelt-meant']);
        expect(await ids({ concepts: [] })).toEqual(all);
      });
      test('without text concepts say nothing', async () => {
        expect((await ask({ text: '' })).total).toBe(RECORDS.length);
        expect((await ask({ text: '-metalli' })).total).toBe(RECORDS.length - 1);
      });
      test.each([1, 2, 3, 5])('pages of %i follow one another through all tiers', async (first) => {
        const whole = await ids({});
        expect(await paged({}, first)).toEqual(whole);
        expect(await paged({ highlights: true, facets: ['country'] }, first)).toEqual(whole);
      });
      test('a page may begin behind any hit', async () => {
        const { hits } = await ask({});
        for (const [at, { position }] of hits.entries()) {
          expect(await ids({ after: position })).toEqual(hits.slice(at + 1).map(({ id }) => id));
        }
      });
    });

    test.each(['title', 'id', 'newest', 'ects', 'cost', 'startDate'] as const)(
      'by %s all stand in one order',
      async (by) => {
        const whole = await ids({ sort: { by } });
        const filter = { ids: [...FIRST, ...ORDER, 'misspelt'] };
        expect(whole).toEqual(await ids({ text: '', filter, sort: { by } }));
        expect(await paged({ sort: { by } }, 2)).toEqual(whole);
        if (by === 'newest') return;
        const down = await ids({ sort: { by, descending: true } });
        expect(down).toEqual(await ids({ text: '', filter, sort: { by, descending: true } }));
        expect(await paged({ sort: { by, descending: true } }, 3)).toEqual(down);
      },
    );

    test('total, facets and filters go over both, each record once', async () => {
      const { total, facets } = await ask({ first: 0, facets: ['country', 'kind'] });
      expect(total).toBe(11);
      expect(facets.map(({ values }) => values.map(({ value, count }) => [value, count]))).toEqual([
        [
          ['IE', 3],
          ['EE', 2],
          ['NL', 2],
          ['DE', 1],
          ['FR', 1],
          ['IT', 1],
          ['SE', 1],
        ],
        [
          ['badge', 2],
          ['course', 2],
        ],
      ]);
      const some = await ask({ filter: { country: ['IE', 'EE'], kind: ['course'] }, facets: ['country', 'kind'] });
      expect([some.total, some.hits.map(({ id }) => id), some.more]).toEqual([2, ['both', 'near'], false]);
      expect(
        some.facets.map(({ values, valueCount }) => [values.map(({ value, count }) => [value, count]), valueCount]),
      ).toEqual([
        [
          [
            ['EE', 1],
            ['IE', 1],
          ],
          2,
        ],
        [[['course', 2]], 1],
      ]);
    });

    test('exclusions and phrases hold of what only means the same', async () => {
      expect((await ids({ text: 'welding -metalli' })).slice(2)).toEqual([
        ...ORDER.filter((id) => id !== 'excluded'),
        'misspelt',
      ]);
      expect((await ask({ text: 'welding -metalli' })).total).toBe(10);
      expect(await ids({ text: 'welding -"dei metalli" -lassen', sort: { by: 'id' } })).toEqual(
        [...FIRST, ...ORDER, 'misspelt'].filter((id) => !['excluded', 'twin-a', 'twin-b'].includes(id)).sort(),
      );
      expect(await ids({ text: 'welding "dei metalli"' })).toEqual(['excluded']);
    });

    test('a long text', async () => {
      const text = 'welding of steel in small factories';
      const long = { text: 'welding of plastics in a workshop today' };
      expect((await ask({ text, concepts: undefined })).total).toBe(0);
      const meant = ['nearer', 'both', 'excluded', 'near', 'twin-a', 'twin-b', 'far', 'just', 'misspelt-meant'];
      expect(await ids({ text })).toEqual(meant);
      const whole = await ids(long);
      expect(whole).toEqual(['words', ...meant]);
      expect(await paged(long, 1)).toEqual(whole);
      expect(await paged(long, 4)).toEqual(whole);
      expect(await paged({ ...long, sort: { by: 'id' } }, 3)).toEqual(whole.toSorted());
      const { total, facets } = await ask({ ...long, first: 0, facets: ['country'] });
      expect([total, facets[0]?.values[0]]).toEqual([10, { value: 'EE', count: 2 }]);
      expect(await ids({ text: `${long.text} -metalli` })).toEqual(whole.filter((id) => id !== 'excluded'));
    });

    test('a word that is still being typed', async () => {
      const all = await ids({ text: 'weldi', prefix: true });
      expect(all).toEqual(expect.arrayContaining(['both', 'words', ...MEANT]));
      expect(await paged({ text: 'weldi', prefix: true }, 2)).toEqual(all);
    });

    test('hits tell why they were found', async () => {
      const why = new Map((await ask({})).hits.map(({ id, match }) => [id, match]));
      expect(why.get('words')).toEqual({ how: 'text' });
      expect(why.get('misspelt')).toEqual({ how: 'text' });
      expect(why.get('both')).toMatchObject({ how: 'text', concept: WELDING, score: 0.63 });
      expect(why.get('nearer')).toEqual({
        how: 'concept',
        concept: WELDING,
        recordLabel: `Schweißen (${WELDING})`,
        score: 0.83,
      });
      expect(why.get('misspelt-meant')).toMatchObject({ how: 'text', concept: METAL, score: 0.2 });
      const sorted = (await ask({ sort: { by: 'id' } })).hits;
      for (const { id, match } of sorted) expect([id, match]).toEqual([id, why.get(id)]);
      const [plain] = (await ask({ concepts: undefined })).hits;
      expect(plain?.match).toEqual({ how: 'text' });
      expect((await ask({ text: '' })).hits[0]?.match).toBeUndefined();
    });

    test('highlights are made of hits of all tiers', async () => {
      const { hits } = await ask({ highlights: true });
      expect(hits.find(({ id }) => id === 'both')?.highlights[0]?.text).toBe('<mark>Welding</mark> for all');
      expect(hits.find(({ id }) => id === 'near')?.highlights).toEqual([]);
    });

    test('concepts of a record are replaced with it, and survive a rebuild', async () => {
      const was = RECORDS.find(({ id }) => id === 'law') as SearchDocument;
      const only = { text: 'zzyzx', concepts: [{ id: METAL, weight: 1 }], filter: { ids: ['law'] } };
      expect(await ids(only)).toEqual([]);
      await engine.upsert([{ ...was, concepts: [{ id: METAL, weight: 0.5, label: 'x\0' }] }]);
      expect((await ask(only)).hits[0]?.match?.recordLabel).toBe('x');
      await engine.upsert([was]);
      expect(await ids(only)).toEqual([]);
      const next = await engine.rebuild();
      await engine.upsert(RECORDS, next);
      await engine.rebuild(next);
      expect(await ids({ text: 'zzyzx', concepts: [{ id: LAW, weight: 1 }] })).toEqual(['just', 'law']);
    });

    test('more than are put in order at once are all met, each once, the nearest first', async () => {
      const MANY = 'urn:example:many';
      const many = Array.from({ length: 1300 }, (_, n) =>
        record(`many-${String(n).padStart(4, '0')}`, n % 100 ? 'Nothing' : 'Zzyzx', [
          [MANY, n === 1250 ? 0.9 : 0.2 + (n % 3) / 10],
        ]),
      );
      await engine.upsert(many);
      const request = { text: 'zzyzx', concepts: [{ id: MANY, weight: 0.5 }] };
      const seen: string[] = [];
      for (let after: SearchPosition | undefined; ; ) {
        const page = await ask({ ...request, first: 100, ...(after && { after }) });
        expect(page.total).toBe(1300);
        seen.push(...page.hits.map(({ id }) => id));
        after = page.hits.at(-1)?.position;
        if (!page.more || seen.length > 2000) break;
      }
      expect(new Set(seen).size).toBe(1300);
      expect(seen).toHaveLength(1300);
      expect(seen.slice(0, 13).toSorted()).toEqual(
        many.flatMap(({ id, title }) => (title[0]?.value === 'Zzyzx' ? [id] : [])),
      );
      expect(seen[13]).toBe('many-1250');
      expect(await ids({ ...request, sort: { by: 'id' }, after: ['many-1297'] })).toEqual(['many-1298', 'many-1299']);
      await engine.remove(many.map(({ id }) => id));
    });
  });
}
