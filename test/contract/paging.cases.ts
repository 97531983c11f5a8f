import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  InvalidPosition,
  MOST_EARLIER,
  MOST_FACET_VALUES,
  SEARCH_WINDOW,
  type SearchDocument,
  type SearchEngine,
  type SearchPosition,
  type SearchRequest,
  type SearchResult,
  SearchWindowExceeded,
} from '../../catalogue/search/search-engine.ts';
import { searchDocument } from './search-documents.ts';
import type { OpenEngine } from './search-engine.cases.ts';

/** Paging, while the catalogue changes and beyond the window; many values of a facet. The same for all engines. */
export function pagingCases(name: string, open: OpenEngine): void {
  describe(`paging contract: ${name}`, { timeout: 120_000 }, () => {
    let engine: SearchEngine;
    let close: () => Promise<void>;
    let seq = 0;

    beforeAll(async () => {
      ({ engine, close } = await open());
    }, 60_000);
    afterAll(() => close?.());

    const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'beta'];
    const CURRENCIES = ['EUR', 'SEK', 'PLN', 'CZK'];
    const id = (n: number) => `rec-${String(n).padStart(5, '0')}`;
    /** Keys with many ties and gaps; `n` decides all of them, so that a change leaves them alone. */
    const record = (n: number, note = 'as it was'): SearchDocument =>
      searchDocument(id(n), {
        seq: ++seq,
        title: n % 7 ? { en: `Course ${NAMES[n % 5]} ${n % 11}` } : {},
        keywords: { en: 'shared' },
        description: { en: note },
        ...(n % 4 ? { ects: { min: n % 6, max: 9 } } : {}),
        prices:
          n % 5 === 0
            ? []
            : [
                { amount: (n % 9) * 10, currency: CURRENCIES[n % 4] ?? '' },
                ...(n % 3 ? [] : [{ amount: n % 8, currency: 'NOK' }]),
              ],
        opportunities: n % 3 ? [{ start: `2027-0${1 + (n % 8)}-01`, place: [], mode: [], language: [] }] : [],
      });
    const changed = (was: SearchDocument, note: string): SearchDocument => ({
      ...was,
      seq: ++seq,
      earlier: [was.seq, ...was.earlier].slice(0, MOST_EARLIER),
      description: [{ language: 'en', value: note }],
    });

    const ORDERS: Partial<SearchRequest>[] = [
      {},
      { facets: ['country'] },
      { text: 'shared' },
      { text: 'shared', highlights: true, facets: ['country'] },
      { text: 'shared', sort: { by: 'newest' } },
      ...(['title', 'startDate', 'ects', 'cost', 'id'] as const).flatMap((by) => [
        { sort: { by } },
        { sort: { by, descending: true } },
      ]),
      { sort: { by: 'title' }, facets: ['language' as const], filter: { source: ['contract'] } },
      { sort: { by: 'cost', currency: 'SEK', descending: true }, text: 'shared' },
    ];

    const OFTEN: Partial<SearchRequest>[] = [
      {},
      { facets: ['country'] },
      { text: 'shared' },
      { sort: { by: 'title', descending: true } },
    ];

    async function pages(request: Partial<SearchRequest>, first: number, between?: (page: number) => Promise<void>) {
      const seen: string[] = [];
      let after: SearchPosition | undefined;
      for (let page = 1; ; page++) {
        const result: SearchResult = await engine.query({ first, ...request, ...(after && { after }) });
        seen.push(...result.hits.map((hit) => hit.id));
        if (!result.more) return seen;
        expect(result.hits).toHaveLength(first);
        after = JSON.parse(JSON.stringify(result.hits.at(-1)?.position));
        await between?.(page);
        if (page > 100) throw new Error('paging does not end');
      }
    }

    describe('200 records that change meanwhile', () => {
      let records: Map<string, SearchDocument>;
      let next = 0;
      beforeAll(async () => {
        records = new Map(Array.from({ length: 200 }, (_, n) => [id(n), record(n)]));
        next = 200;
        await engine.upsert([...records.values()]);
      });
      /** `n` records change, 3 are withdrawn, 3 are new, one comes back. */
      async function change(ids: readonly string[], gone: string[]) {
        const documents = ids
          .flatMap((one) => records.get(one) ?? [])
          .map((was) => changed(was, `changed at ${was.seq}`));
        documents.push(...[next++, next++, next++].map((n) => record(n)));
        await engine.upsert(documents);
        for (const document of documents) records.set(document.id, document);
        const leaving = [...records.keys()]
          .filter((one) => !ids.includes(one))
          .slice(10, 40)
          .filter((_, i) => i % 10 === 0);
        await engine.remove(leaving);
        for (const one of leaving) records.delete(one);
        gone.push(...leaving);
      }

      test.each(ORDERS)('40 after page 3: nothing lost, nothing twice: %j', async (request) => {
        const there = [...records.keys()];
        const gone: string[] = [];
        const seen = await pages(request, 20, async (page) => {
          if (page === 3) await change(there.filter((_, i) => i % 5 === 0).slice(0, 40), gone);
        });
        expect(there.filter((one) => !seen.includes(one) && !gone.includes(one))).toEqual([]);
        expect(seen.filter((one, i) => seen.indexOf(one) !== i)).toEqual([]);
      });

      test.each(OFTEN)('the same ones after every page: %j', async (request) => {
        const there = [...records.keys()];
        const gone: string[] = [];
        let changes = 0;
        const seen = await pages(request, 20, async () => {
          if (++changes <= 13) await change(there.filter((_, i) => i % 5 === 2).slice(0, 40), gone);
        });
        expect(changes).toBeGreaterThan(6);
        expect(there.filter((one) => !seen.includes(one) && !gone.includes(one))).toEqual([]);
        expect(seen.filter((one, i) => seen.indexOf(one) !== i)).toEqual([]);
      });

      test('what is new since the listing began is left out of the newest, and first in the next listing', async () => {
        let fresh = '';
        const seen = await pages({ sort: { by: 'newest' } }, 20, async (page) => {
          if (page !== 2) return;
          const document = record(next++);
          fresh = document.id;
          records.set(fresh, document);
          await engine.upsert([document]);
        });
        expect(seen).not.toContain(fresh);
        expect((await engine.query({ first: 1 })).hits[0]?.id).toBe(fresh);
      });

      test('the hit that the cursor stands on may be withdrawn', async () => {
        for (const request of OFTEN) {
          const whole = (await engine.query({ first: 30, ...request })).hits;
          const page = await engine.query({ first: 10, ...request });
          const last = page.hits.at(-1);
          const was = records.get(last?.id ?? '');
          await engine.remove([last?.id ?? '']);
          const after = await engine.query({ first: 10, ...request, after: last?.position });
          expect([request, after.hits.map((hit) => hit.id)]).toEqual([
            request,
            whole.slice(10, 20).map((hit) => hit.id),
          ]);
          if (was) await engine.upsert([was]);
        }
      });

      test('by relevance a place is found again when many before it left or came', async () => {
        const before = Array.from({ length: 150 }, (_, n) => searchDocument(`aaa-${String(n).padStart(3, '0')}`, {}));
        const twin = (document: SearchDocument) => ({ ...document, keywords: [{ language: 'en', value: 'moving' }] });
        const own = Array.from({ length: 60 }, (_, n) => twin(searchDocument(`own-${String(n).padStart(3, '0')}`, {})));
        await engine.upsert([...before.map(twin), ...own]);
        const whole = await pages({ text: 'moving' }, 100);
        const at = async (n: number) => {
          let after: SearchPosition | undefined;
          for (let i = 0; i < n; i += 20) {
            after = (await engine.query({ text: 'moving', first: Math.min(20, n - i), after })).hits.at(-1)?.position;
          }
          return after;
        };
        const late = await at(170);
        await engine.remove(before.map((document) => document.id));
        const rest = await engine.query({ text: 'moving', first: 100, after: late });
        expect(rest.hits.map((hit) => hit.id)).toEqual(whole.slice(170));
        const early = await at(20);
        await engine.upsert(before.map(twin));
        const again = await engine.query({ text: 'moving', first: 100, after: early });
        expect(again.hits.map((hit) => hit.id)).toEqual(whole.slice(170));
        await engine.remove([...before, ...own].map((document) => document.id));
      });
    });

    describe('prices in several currencies', () => {
      const priced = (n: number, ...prices: [number, string][]) =>
        searchDocument(`price-${n}`, {
          source: 'prices',
          seq: ++seq,
          prices: prices.map(([amount, currency]) => ({ amount, currency })),
        });
      beforeAll(() =>
        engine.upsert([
          priced(1, [100, 'EUR']),
          priced(2, [20, 'EUR'], [900, 'CZK']),
          priced(3, [800, 'SEK']),
          priced(4, [700, 'SEK'], [5, 'USD']),
          priced(5, [300, 'CZK']),
          priced(6),
          priced(7, [0, 'PLN']),
          priced(8, [800, 'SEK']),
        ]),
      );
      test.each<[SearchRequest['sort'], number[]]>([
        [{ by: 'cost' }, [2, 1, 5, 7, 4, 3, 8, 6]],
        [{ by: 'cost', descending: true }, [1, 2, 5, 7, 3, 8, 4, 6]],
        [{ by: 'cost', currency: 'SEK' }, [4, 3, 8, 5, 2, 1, 7, 6]],
        [{ by: 'cost', currency: 'usd' }, [4, 5, 2, 1, 7, 3, 8, 6]],
        [{ by: 'cost', currency: 'GBP' }, [5, 2, 1, 7, 4, 3, 8, 6]],
      ])('%j: by amount in one currency, then by currency and amount, none last', async (sort, wanted) => {
        const found = await pages({ sort, filter: { source: ['prices'] } }, 3);
        expect(found).toEqual(wanted.map((n) => `price-${n}`));
      });
      test('the currency of the filter goes before', async () => {
        const filter = { source: ['prices'], cost: { max: 10_000, currency: 'CZK' } };
        expect(await pages({ sort: { by: 'cost' }, filter }, 3)).toEqual(['price-5', 'price-2']);
      });
    });

    describe('beyond the window, and more values than a facet shows', () => {
      const MANY = SEARCH_WINDOW + 250;
      beforeAll(async () => {
        await engine.upsert(
          Array.from({ length: MANY }, (_, n) =>
            searchDocument(`far-${String(n).padStart(5, '0')}`, {
              source: 'far',
              seq: ++seq,
              title: { en: `Far away ${String((n * 7919) % MANY).padStart(5, '0')}` },
              provider: [`prv_${n % 1500}`],
              kind: [`kind-${n % 30}`],
            }),
          ),
        );
      }, 120_000);

      test.each(['newest', 'title', 'id'] as const)('%s is read to its end', async (by) => {
        const seen = new Set<string>();
        let after: SearchPosition | undefined;
        let more = true;
        for (let page = 0; more; page++) {
          const result = await engine.query({
            first: 100,
            filter: { source: ['far'] },
            sort: { by },
            ...(after && { after }),
          });
          for (const hit of result.hits) seen.add(hit.id);
          after = result.hits.at(-1)?.position;
          more = result.more;
          expect(result.total).toBe(MANY);
          if (page > 200) throw new Error('paging does not end');
        }
        expect(seen.size).toBe(MANY);
      });
      test('by relevance the window has an end, and says so', async () => {
        const request = { text: 'far away', first: 100 };
        const { hits } = await engine.query(request);
        const [, tier, score, last] = hits.at(-1)?.position ?? [];
        const near = await engine.query({ ...request, after: [SEARCH_WINDOW - 50, tier ?? 0, score ?? 0, last ?? ''] });
        expect(near.total).toBe(MANY);
        await expect(
          engine.query({ ...request, after: [SEARCH_WINDOW, tier ?? 0, score ?? 0, last ?? ''] }),
        ).rejects.toThrow(SearchWindowExceeded);
      });
      test('facets say how many values there are', async () => {
        const { facets } = await engine.query({
          first: 0,
          facets: ['provider', 'kind', 'eqf'],
          filter: { source: ['far'] },
        });
        expect(facets.map((f) => [f.name, f.values.length, f.valueCount])).toEqual([
          ['provider', 20, MOST_FACET_VALUES + 1],
          ['kind', 20, 30],
          ['eqf', 0, 0],
        ]);
        const all = await engine.query({ first: 0, facets: ['kind'], facetLimit: 30, filter: { source: ['far'] } });
        expect(new Set(all.facets[0]?.values.map(({ value }) => value)).size).toBe(30);
      });
    });

    describe('places that nobody was given', () => {
      const places: [SearchRequest['sort'], unknown][] = [
        [{ by: 'newest' }, []],
        [{ by: 'newest' }, ['x', 1, 'a']],
        [{ by: 'newest' }, [1, -1, 'a']],
        [{ by: 'newest' }, [1e300, 1, 'a']],
        [{ by: 'newest' }, [1, 1, 'a\0']],
        [{ by: 'newest' }, [1, 1, `a" OR id EXISTS OR id = "`]],
        [{ by: 'title' }, ['a\0', 'a']],
        [{ by: 'title' }, ['\ud800', 'a']],
        [{ by: 'title' }, [1, 'a']],
        [{ by: 'title' }, ['a'.repeat(5000), 'a']],
        [{ by: 'startDate' }, [1.5, 'a']],
        [{ by: 'startDate' }, [2 ** 40, 'a']],
        [{ by: 'ects' }, [Number.NaN, 'a']],
        [{ by: 'ects' }, [Number.POSITIVE_INFINITY, 'a']],
        [{ by: 'cost' }, [1, 'eur', 1, 'a']],
        [{ by: 'cost' }, [1, 'a']],
        [{ by: 'id' }, ['']],
        [{ by: 'id' }, [null]],
        [{ by: 'id' }, 'a'],
        [{ by: 'relevance' }, [1, 1, 'x', 'a']],
      ];
      test.each(places)('%j %j are refused', async (sort, after) => {
        const request = { text: 'shared', first: 1, sort, after: after as SearchPosition };
        await expect(engine.query(request)).rejects.toThrow(InvalidPosition);
      });
      test.each<[SearchRequest['sort'], SearchPosition]>([
        [{ by: 'newest' }, [0, 0, 'a']],
        [{ by: 'newest' }, [Number.MAX_SAFE_INTEGER, 5, 'zzz']],
        [{ by: 'newest' }, [1, Number.MAX_SAFE_INTEGER, 'zzz']],
        [{ by: 'title' }, ['"\\ OR id EXISTS', 'a']],
        [{ by: 'ects' }, [1e300, 'a']],
        [{ by: 'ects' }, [-1e-300, 'a']],
        [{ by: 'cost' }, [null, 'ZZZ', null, 'a']],
        [{ by: 'relevance' }, [9999, 3, 1e300, 'a']],
        [{ by: 'relevance' }, [9999, 0, -1e300, 'a']],
        [{ by: 'relevance' }, [0, Number.MAX_SAFE_INTEGER, 0.5, 'a']],
      ])('%j %j could have been one: answered', async (sort, after) => {
        const result = await engine.query({ text: 'shared', first: 5, sort, after, facets: ['kind'] });
        expect(result.total).toBeGreaterThan(0);
      });
    });
  });
}
