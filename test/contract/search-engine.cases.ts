import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  SearchEngine,
  SearchFilter,
  SearchPosition,
  SearchRequest,
  SearchResult,
} from '../../catalogue/search/search-engine.ts';
import { DOCUMENTS, LONG_VALUE, LONG_VALUE_TWIN, searchDocument } from './search-documents.ts';

/** An engine over an empty, configured index, and how to end it. */
export type OpenEngine = () => Promise<{ engine: SearchEngine; close: () => Promise<void> }>;

const ALL = DOCUMENTS.map((document) => document.id).sort();

/** What every search engine must do. The same expectations for all: engines that pass answer alike. */
export function searchEngineCases(name: string, open: OpenEngine): void {
  describe(`search engine contract: ${name}`, { timeout: 60_000 }, () => {
    let engine: SearchEngine;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ engine, close } = await open());
    }, 60_000);
    afterAll(() => close?.());

    const ids = async (request: Partial<SearchRequest>): Promise<string[]> =>
      (await engine.query({ first: 50, ...request })).hits.map((hit) => hit.id);
    const found = async (text: string) => (await ids({ text })).sort();
    const filtered = async (filter: SearchFilter) => (await ids({ filter })).sort();
    const facet = async (request: Partial<SearchRequest>, at = 0) =>
      (await engine.query({ first: 0, ...request })).facets[at]?.values.map(({ value, count }) => [value, count]);

    describe('an empty index', () => {
      test('answers nothing, and no error', async () => {
        expect(await engine.query({ first: 10, text: 'anything' })).toEqual({
          total: 0,
          hits: [],
          more: false,
          facets: [],
        });
        expect(await engine.query({ first: 10, facets: ['country'] })).toEqual({
          total: 0,
          hits: [],
          more: false,
          facets: [{ name: 'country', values: [], valueCount: 0 }],
        });
        expect(await engine.count()).toBe(0);
      });
      test('has no filter to refuse and no order to keep', async () => {
        expect(await ids({ filter: { cost: { max: 1, currency: 'EUR' } }, sort: { by: 'cost' } })).toEqual([]);
      });
      test('suggests nothing', async () => expect(await engine.suggest('a', 5)).toEqual([]));
      test('takes an empty batch', async () => {
        await engine.upsert([]);
        await engine.remove([]);
        expect(await engine.count()).toBe(0);
      });
    });

    describe('ten records', () => {
      beforeAll(async () => {
        await engine.upsert(DOCUMENTS);
      }, 60_000);

      describe('text', () => {
        const finds: [why: string, text: string, wanted: string[]][] = [
          ['a word of a title', 'drohnen', ['bridges']],
          ['a word of a provider name', 'nordufer', ['bridges', 'stacks']],
          ['a word of a keyword', 'fernerkundung', ['bridges']],
          ['a word of an outcome', 'disturbing', ['beekeeping']],
          ['a word of a description', 'season', ['honey-shop']],
          ['a word in another language of the record', 'imkerei', ['beekeeping']],
          ['without accents what has them', 'premiere', ['seams']],
          ['with accents what has none in the query', 'Première', ['seams']],
          ['decomposed accents', 'premie\u0300re', ['seams']],
          ['letters that do not decompose', 'lodz', ['beekeeping']],
          ['the same, as written', 'ŁÓDŹ', ['beekeeping']],
          ['umlauts', 'bruckenprufung', ['bridges']],
          ['sharp s', 'strassenbauamter', ['bridges']],
          ['in capitals', 'DROHNEN', ['bridges']],
          ['Cyrillic', 'програмиране', ['sofia']],
          ['Cyrillic capitals', 'БИБЛИОТЕКАРИ', ['sofia']],
          ['Cyrillic short i', 'Кратък', ['sofia']],
          ['Greek without tonos', 'προγραμματισμος', ['sofia']],
          ['Greek capitals with final sigma', 'ΠΡΟΓΡΑΜΜΑΤΙΣΜΌΣ', ['sofia']],
          ['Greek final sigma in the text', 'σοφιασ', ['sofia']],
          ['a beginning only of the last word', 'drohn brück', []],
          ['one letter too few', 'drohen', ['bridges']],
          ['one letter too many', 'drohnnen', ['bridges']],
          ['one wrong letter', 'drahnen', ['bridges']],
          ['two letters swapped', 'drohnne', ['bridges']],
          ['no typo in a word of four letters', 'hifes', ['beekeeping']],
          ['no typo in a short word', 'hivo', []],
          ['no wrong first letter in a short word', 'brohnen', []],
          ['two typos in a long word', 'beekeapinng', ['beekeeping', 'honey-shop']],
          ['a wrong first letter in a long word', 'veekeeping', ['beekeeping', 'honey-shop']],
          ['not a wrong first letter and another', 'veekeepinj', []],
          ['not three typos', 'beakeapinj', []],
          ['words together that stand apart', 'farmshop', ['honey-shop']],
          ['words apart that stand together', 'bee keeping', ['beekeeping', 'honey-shop']],
          ['a compound both ways', 'microcredential', ['stacks']],
          ['a compound both ways, apart', 'micro-credential', ['stacks']],
          ['all words, in any field', 'nordufer teachers', ['stacks']],
          ['all words or nothing', 'nordufer honey', []],
          ['words in any order', 'beekeeping urban', ['beekeeping', 'honey-shop']],
          ['several words of one text', 'first micro credential, step by step', ['stacks']],
          ['words around an apostrophe', 'l’ourlet', ['seams']],
          ['words around a straight apostrophe', "l'ourlet", ['seams']],
          ['nothing', 'zzyzx', []],
        ];
        test.each(finds)('finds %s: %s', async (_, text, wanted) => {
          expect(await found(text)).toEqual(wanted);
        });

        const completes: [why: string, text: string, wanted: string[]][] = [
          ['the beginning of a word', 'drohn', ['bridges']],
          ['one letter as a beginning', 'q', ['hostile']],
          ['a whole word before a beginning', 'drohnen brück', ['bridges']],
          ['a typo in an unfinished word', 'beekep', ['beekeeping', 'honey-shop']],
        ];
        test.each(completes)('completes %s when asked to, and only then: %s', async (_, text, wanted) => {
          expect((await ids({ text, prefix: true })).sort()).toEqual(wanted);
          expect(await found(text)).toEqual([]);
        });

        test.each([
          ['', 'empty'],
          ['   ', 'blanks'],
          ['"\\\'&|!:*()<->-', 'signs only'],
          ['\0', 'NUL'],
        ])('everything by %j (%s)', async (text) => expect(await found(text)).toEqual(ALL));
        test.each([
          ['tsquery operators', 'drohnen & !brückenprüfung | (mit:*)', ['bridges']],
          ['a quote left open', '"drohnen', ['bridges']],
          ['a phrase operator', 'drohnen <-> mit', ['bridges']],
          ['a minus alone', 'drohnen - -- –', ['bridges']],
          ['NUL in a word (it separates)', 'droh\0nen', ['bridges']],
          ['a lone surrogate', 'drohnen \ud800', ['bridges']],
          ['SQL', `'; drop table search_documents; --`, []],
          ['backslashes', 'drohnen\\', ['bridges']],
          ['markup', '<b>drohnen</b>', []],
          ['a format specifier', '%s $1 drohnen', []],
        ])('is not impressed by %s', async (_, text, wanted) => {
          expect(await found(text)).toEqual(wanted);
          expect(await engine.count()).toBe(DOCUMENTS.length);
        });
        test('reads the first ten words that count of thirty', async () => {
          const ten = 'hives on roofs swarms in spring and honey that pays';
          expect(await found(`${ten} ${'nonsense '.repeat(20)}`)).toEqual(['beekeeping']);
          expect(await found(`one two three four five six seven eight nine nonsense ${ten}`)).toEqual([]);
        });
        test('takes 10 kB of text', async () => {
          expect(await found('drohnen '.repeat(1250))).toEqual(['bridges']);
          expect(await found('x'.repeat(10_000))).toEqual([]);
        });
        test('ranks a title above a description', async () => {
          expect(await ids({ text: 'urban beekeeping' })).toEqual(['beekeeping', 'honey-shop']);
        });
        test('ranks the right spelling above a typo', async () => {
          await engine.upsert([
            searchDocument('rank-typo', { title: { en: 'Gardenink' } }),
            searchDocument('rank-exact', { title: { en: 'Gardening' } }),
          ]);
          expect(await ids({ text: 'gardening' })).toEqual(['rank-exact', 'rank-typo']);
          await engine.remove(['rank-typo', 'rank-exact']);
        });
        test('combines with filters', async () => {
          expect(await ids({ text: 'beekeeping', filter: { country: ['IE'] } })).toEqual(['honey-shop']);
        });
      });

      describe('filters', () => {
        const cases: [SearchFilter, string[]][] = [
          [{ ids: ['seams', 'bare', 'no-such'] }, ['bare', 'seams']],
          [{ ids: [] }, []],
          [{ country: ['FR'] }, ['seams']],
          [{ country: ['fr', 'GR'] }, ['seams', 'sofia']],
          [{ country: [] }, ALL],
          [{ provider: ['prv_nordufer'] }, ['bridges', 'stacks']],
          [{ provider: ['prv_lodz', 'prv_cork'] }, ['beekeeping', 'honey-shop']],
          [{ provider: ['quote"and\\slash'] }, ['hostile']],
          [{ provider: ['" OR id EXISTS OR id = "'] }, []],
          [{ provider: [LONG_VALUE] }, ['stacks']],
          [{ provider: [LONG_VALUE_TWIN] }, ['hostile']],
          [{ source: ['other'] }, ['stacks']],
          [{ language: ['en'] }, ['beekeeping', 'honey-shop', 'hostile', 'stacks']],
          [{ language: ['de-AT'] }, ['bridges']],
          [{ eqf: [6] }, ['bridges', 'sofia']],
          [{ eqf: [4, 6] }, ['beekeeping', 'bridges', 'seams', 'sofia']],
          [{ ects: { min: 6 } }, ['bridges', 'honey-shop', 'twin-a', 'twin-b']],
          [{ ects: { max: 2 } }, ['seams', 'stacks']],
          [{ ects: { min: 2, max: 3 } }, ['beekeeping', 'seams']],
          [{ ects: { min: 7, max: 8 } }, ['honey-shop']],
          [{ ects: { min: 0 } }, ['beekeeping', 'bridges', 'honey-shop', 'seams', 'stacks', 'twin-a', 'twin-b']],
          [{ hours: { min: 80, max: 100 } }, ['beekeeping']],
          [{ hours: { max: 80.5 } }, ['beekeeping']],
          [{ mode: ['blended'] }, ['beekeeping', 'bridges']],
          [{ assessment: ['project', 'portfolio'] }, ['beekeeping', 'bridges', 'seams']],
          [{ kind: ['badge'] }, ['stacks']],
          [{ kind: ['a "kind"'] }, ['hostile']],
          [{ field: ['07'] }, ['bridges', 'seams']],
          [{ field: ['0723'] }, ['seams']],
          [{ free: true }, ['honey-shop']],
          [{ free: false }, ['beekeeping', 'seams', 'stacks']],
          [{ cost: { max: 120, currency: 'EUR' } }, ['beekeeping', 'honey-shop', 'stacks']],
          [{ cost: { max: 499, currency: 'PLN' } }, []],
          [{ cost: { max: 500, currency: 'pln' } }, ['beekeeping']],
          [{ cost: { max: 500, currency: 'USD' } }, []],
          [{ cost: { max: 500, currency: "x' OR 1=1" } }, []],
          [{ elementStated: ['workload'] }, ['beekeeping', 'bridges', 'honey-shop', 'stacks']],
          [{ elementStated: ['workload', 'costs'] }, ['honey-shop']],
          [{ elementNotStated: ['workload', 'costs'] }, ['bare', 'hostile', 'sofia', 'twin-a', 'twin-b']],
          [{ conformance: ['assessed:yes'] }, ['beekeeping', 'bridges', 'seams']],
          [{ conformance: ['assessed:yes', 'assessed:no'] }, ['beekeeping', 'bridges', 'seams', 'stacks']],
          [{ conformance: ['assessed:yes', 'qualityAssured:yes'] }, ['seams']],
          [{ country: ['DE'], mode: ['online'], kind: ['badge'] }, ['stacks']],
          [{ country: ['DE'], free: true }, []],
        ];
        test.each(cases)('%j', async (filter, wanted) => {
          const result = await engine.query({ first: 50, filter });
          expect(result.hits.map((hit) => hit.id).sort()).toEqual(wanted);
          expect(result.total).toBe(wanted.length);
        });
      });

      describe('facts of one and the same run', () => {
        const may = { startFrom: '2026-05-01', startTo: '2026-05-31' };
        const cases: [why: string, SearchFilter['opportunity'], string[]][] = [
          ['May', may, ['beekeeping', 'bridges', 'honey-shop', 'seams']],
          ['Lyon', { place: ['Lyon'] }, ['bridges', 'seams']],
          ['May and Lyon', { ...may, place: ['lyon'] }, ['bridges']],
          ['September and Lyon', { startFrom: '2026-09-01', startTo: '2026-09-30', place: ['LYON'] }, ['seams']],
          ['from a day on', { startFrom: '2026-09-07' }, ['bridges', 'seams']],
          ['up to a day', { startTo: '2026-05-11' }, ['beekeeping', 'honey-shop']],
          ['a single day', { startFrom: '2026-05-18', startTo: '2026-05-18' }, ['seams']],
          ['an impossible window', { startFrom: '2026-06-01', startTo: '2026-05-01' }, []],
          ['place without accents', { place: ['geneve'] }, ['seams']],
          ['either of two places', { place: ['Łódź', 'Bremen'] }, ['beekeeping', 'bridges']],
          ['France in May', { ...may, country: ['FR'] }, ['bridges']],
          ['online in May', { ...may, mode: ['online'] }, ['bridges', 'honey-shop']],
          ['blended in Lyon: two runs of one record', { mode: ['blended'], place: ['Lyon'] }, []],
          ['in French in May', { ...may, language: ['fr'] }, ['seams']],
          ['free', { free: true }, ['honey-shop']],
          ['free in Lyon', { free: true, place: ['Lyon'] }, []],
          [
            'everything at once',
            { ...may, country: ['FR'], place: ['Lyon'], mode: ['online'], language: ['de'], free: false },
            ['bridges'],
          ],
          ['everything but one', { ...may, country: ['FR'], place: ['Lyon'], mode: ['online'], free: true }, []],
          ['no condition at all', {}, ALL],
        ];
        test.each(cases)('%s', async (_, opportunity, wanted) => {
          expect(await filtered({ opportunity })).toEqual(wanted);
        });
        test('together with facts of the record', async () => {
          expect(await filtered({ country: ['DE'], opportunity: { ...may, place: ['Lyon'] } })).toEqual(['bridges']);
          expect(await ids({ text: 'couture', filter: { opportunity: { ...may, place: ['Lyon'] } } })).toEqual([]);
        });
      });

      describe('facets', () => {
        test('count values, most frequent first, then by value', async () => {
          expect(await facet({ facets: ['country'] })).toEqual([
            ['EE', 3],
            ['DE', 2],
            ['BG', 1],
            ['FR', 1],
            ['GR', 1],
            ['IE', 1],
            ['PL', 1],
          ]);
        });
        test('count under the other filters', async () => {
          expect(await facet({ facets: ['kind'], filter: { mode: ['online'] } })).toEqual([
            ['course', 2],
            ['a "kind"', 1],
            ['badge', 1],
            ['micro-credential', 1],
          ]);
        });
        test('count without the filter of their own', async () => {
          const request: Partial<SearchRequest> = {
            facets: ['mode', 'country', 'kind'],
            filter: { mode: ['blended'], country: ['DE'] },
          };
          expect(await facet(request, 0)).toEqual([
            ['online', 2],
            ['blended', 1],
          ]);
          expect(await facet(request, 1)).toEqual([
            ['DE', 1],
            ['PL', 1],
          ]);
          expect(await facet(request, 2)).toEqual([['micro-credential', 1]]);
          expect((await engine.query({ first: 0, ...request })).total).toBe(1);
        });
        test('count under a text and a filter of one run', async () => {
          expect(
            await facet({ facets: ['country'], text: 'beekeeping', filter: { opportunity: { free: true } } }),
          ).toEqual([['IE', 1]]);
        });
        test('stop at the limit', async () => {
          expect(await facet({ facets: ['country'], facetLimit: 3 })).toEqual([
            ['EE', 3],
            ['DE', 2],
            ['BG', 1],
          ]);
          expect(await facet({ facets: ['country'], facetLimit: 0 })).toEqual([]);
        });
        test('show numbers and truth values as text, and nothing for the unknown', async () => {
          expect(await facet({ facets: ['eqf'] })).toEqual([
            ['4', 2],
            ['5', 2],
            ['6', 2],
          ]);
          expect(await facet({ facets: ['free'] })).toEqual([
            ['false', 3],
            ['true', 1],
          ]);
        });
        test('stand in the order asked, each once', async () => {
          const { facets } = await engine.query({ first: 1, facets: ['source', 'field', 'source', 'conformance'] });
          expect(facets.map((f) => f.name)).toEqual(['source', 'field', 'conformance']);
          expect(facets[0]?.values).toEqual([
            { value: 'contract', count: 9 },
            { value: 'other', count: 1 },
          ]);
        });
        test('every facet there is', async () => {
          const all = ['provider', 'language', 'assessment', 'elementStated', 'free'] as const;
          const { facets } = await engine.query({ first: 0, facets: [...all], filter: { country: ['PL'] } });
          expect(facets.map(({ values }) => values.map(({ value }) => value))).toEqual([
            ['prv_lodz'],
            ['en', 'pl'],
            ['portfolio'],
            ['learningOutcomes', 'title', 'workload'],
            ['false'],
          ]);
        });
        test('a value too long for an engine can still be filtered by as it was shown', async () => {
          const values = await facet({ facets: ['provider'], filter: { ids: ['stacks', 'hostile'] } });
          const long = values?.map(([value]) => String(value)).filter((value) => value.startsWith('a very')) ?? [];
          expect(long).toHaveLength(2);
          const each = await Promise.all(long.map((value) => filtered({ provider: [value] })));
          expect(each.flat().sort()).toEqual(['hostile', 'stacks']);
        });
      });

      describe('order', () => {
        const cases: [SearchRequest['sort'], string[]][] = [
          [
            { by: 'title' },
            ['sofia', 'seams', 'bridges', 'stacks', 'honey-shop', 'hostile', 'twin-a', 'twin-b', 'beekeeping', 'bare'],
          ],
          [
            { by: 'newest' },
            ['beekeeping', 'honey-shop', 'seams', 'bridges', 'sofia', 'stacks', 'hostile', 'bare', 'twin-a', 'twin-b'],
          ],
          [{ by: 'ects' }, ['stacks', 'seams', 'beekeeping', 'honey-shop', 'bridges', 'twin-a', 'twin-b']],
          [
            { by: 'ects', descending: true },
            ['bridges', 'twin-a', 'twin-b', 'honey-shop', 'beekeeping', 'seams', 'stacks'],
          ],
          [{ by: 'cost' }, ['honey-shop', 'stacks', 'beekeeping', 'seams']],
          [{ by: 'cost', descending: true }, ['seams', 'beekeeping', 'stacks', 'honey-shop']],
          [{ by: 'startDate' }, ['beekeeping', 'honey-shop', 'seams', 'bridges']],
          [{ by: 'startDate', descending: true }, ['bridges', 'seams', 'honey-shop', 'beekeeping']],
        ];
        test.each(cases)('%j: ties by id, nothing stated last', async (sort, wanted) => {
          const all = await ids({ sort });
          const known = sort?.by === 'title' ? order(wanted) : wanted;
          expect(all.slice(0, known.length)).toEqual(known);
          expect(all.slice(known.length)).toEqual(ALL.filter((id) => !known.includes(id)));
        });
        // titles by code point once folded: Latin, Greek, Cyrillic
        const order = (wanted: string[]) => [
          ...wanted
            .filter((id) => id !== 'sofia' && id !== 'bare')
            .sort((a, b) => TITLES.indexOf(a) - TITLES.indexOf(b)),
          'sofia',
          'bare',
        ];
        const TITLES = ['bridges', 'seams', 'stacks', 'honey-shop', 'hostile', 'twin-a', 'twin-b', 'beekeeping'];
        test('by cost in the currency of the filter', async () => {
          expect(await ids({ sort: { by: 'cost' }, filter: { cost: { max: 1000, currency: 'PLN' } } })).toEqual([
            'beekeeping',
          ]);
        });
        test('of a text search by another key', async () => {
          expect(await ids({ text: 'beekeeping', sort: { by: 'ects', descending: true } })).toEqual([
            'honey-shop',
            'beekeeping',
          ]);
        });
        test('without text and sort is newest first', async () => {
          expect(await ids({})).toEqual(await ids({ sort: { by: 'newest' } }));
        });
      });

      describe('pages', () => {
        test.each([1, 3, 4, 7])('of %i follow one another without gap or overlap', async (first) => {
          for (const request of [{}, { text: 'o', prefix: true }, { sort: { by: 'title' as const } }]) {
            const whole = await engine.query({ first: 50, ...request });
            const pages: string[] = [];
            let after: SearchPosition | undefined;
            for (let more = true; more; ) {
              const page: SearchResult = await engine.query({ first, ...request, ...(after && { after }) });
              expect(page.total).toBe(whole.total);
              pages.push(...page.hits.map((hit) => hit.id));
              after = page.hits.at(-1)?.position;
              more = page.more;
            }
            expect(pages).toEqual(whole.hits.map((hit) => hit.id));
          }
        });
        test('may begin behind any hit', async () => {
          const { hits, more } = await engine.query({ first: 50, sort: { by: 'title' } });
          expect(more).toBe(false);
          const page = await engine.query({ first: 4, sort: { by: 'title' }, after: hits[2]?.position });
          expect(page.hits).toEqual(hits.slice(3, 7));
          expect(page.more).toBe(true);
        });
        test('end with the hits, not with an error', async () => {
          const { hits } = await engine.query({ first: 50 });
          const page = await engine.query({ first: 10, after: hits.at(-1)?.position });
          expect(page).toEqual({ total: DOCUMENTS.length, hits: [], more: false, facets: [] });
        });
        test('of none still count, and know whether there are any', async () => {
          expect(await engine.query({ first: 0, text: 'beekeeping' })).toEqual({
            total: 2,
            hits: [],
            more: true,
            facets: [],
          });
          const { hits } = await engine.query({ first: 50 });
          const behind = (n: number) => engine.query({ first: 0, after: hits.at(n)?.position });
          expect([(await behind(-2)).more, (await behind(-1)).more]).toEqual([true, false]);
        });
        test.each([-1, 101, 1.5, Number.NaN])('of %d are refused', async (first) => {
          await expect(engine.query({ first })).rejects.toThrow(RangeError);
        });
      });

      describe('highlights', () => {
        const marks = async (request: Partial<SearchRequest>) => {
          const { hits } = await engine.query({ first: 50, highlights: true, ...request });
          return Object.fromEntries(hits.map((hit) => [hit.id, hit.highlights]));
        };
        test('mark whole words and escape everything else', async () => {
          expect((await marks({ text: 'safe' })).hostile).toEqual([
            {
              field: 'title',
              language: 'en',
              text: '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; <mark>Safe</mark> markup &amp; sane quoting',
            },
          ]);
        });
        test('escape inside of marks as well', async () => {
          expect((await marks({ text: 'script' })).hostile?.[0]?.text).toContain('&lt;<mark>script</mark>&gt;');
        });
        test('mark typos, beginnings and accents as the text has them', async () => {
          expect((await marks({ text: 'drohen bruckenpruf', prefix: true })).bridges?.[0]?.text).toBe(
            '<mark>Brückenprüfung</mark> mit <mark>Drohnen</mark>',
          );
        });
        test('mark words that stand apart', async () => {
          expect((await marks({ text: 'microcredential' })).stacks?.map((h) => h.text)).toEqual([
            'Designing a <mark>microcredential</mark>',
            'For teachers who write their first <mark>micro credential</mark>, step by step.',
          ]);
        });
        test('name the field', async () => {
          const fields = (await marks({ text: 'nordufer' })).bridges?.map((h) => [h.field, h.text]);
          expect(fields).toEqual([['provider', 'Hochschule <mark>Nordufer</mark>']]);
        });
        test('choose the language of the reader, when it has a match', async () => {
          const of = async (languages: string[], text: string) =>
            (await marks({ text, languages })).seams?.find((h) => h.field === 'title')?.language;
          expect(await of(['en'], 'sewing')).toBe('en');
          expect(await of(['fr'], 'sewing')).toBe('en');
          expect(await of(['fr', 'en'], 'couture')).toBe('fr');
          expect(await of(['de'], 'couture')).toBe('fr');
        });
        test('are not there when not asked for, or without text', async () => {
          expect((await engine.query({ first: 1, text: 'drohnen' })).hits[0]?.highlights).toEqual([]);
          expect((await marks({})).bridges).toEqual([]);
        });
      });

      describe('suggestions', () => {
        test('complete titles and provider names, beginnings first', async () => {
          expect(await engine.suggest('ho', 10)).toEqual(['Hochschule Nordufer']);
          expect(await engine.suggest('urban bee', 10)).toEqual(['Urban beekeeping']);
          expect(await engine.suggest('beek', 10)).toEqual(['Urban beekeeping']);
        });
        test('do not care for case and accents', async () => {
          expect(await engine.suggest('BRUCKEN', 10)).toEqual(['Brückenprüfung mit Drohnen']);
        });
        test('are at most as many as asked, each once', async () => {
          expect(await engine.suggest('twin', 10)).toEqual(['Twin course']);
          expect(await engine.suggest('s', 2)).toHaveLength(2);
        });
        test('do not come from descriptions, nor from nothing', async () => {
          expect(await engine.suggest('season', 10)).toEqual([]);
          expect(await engine.suggest('', 10)).toEqual([]);
          expect(await engine.suggest('"&|!', 10)).toEqual([]);
        });
      });
    });

    describe('writing', () => {
      test('what is put in is found at once, and replaced as a whole', async () => {
        await engine.upsert([
          searchDocument('write', { title: { en: 'Quokka care' }, country: ['MT'], mode: ['online'] }),
        ]);
        expect(await found('quokka')).toEqual(['write']);
        await engine.upsert([searchDocument('write', { title: { en: 'Wombat care' }, country: ['CY'] })]);
        expect(await found('quokka')).toEqual([]);
        expect(await found('wombat')).toEqual(['write']);
        expect(await filtered({ country: ['MT', 'CY'], mode: ['online'] })).toEqual([]);
        expect(await filtered({ country: ['MT', 'CY'] })).toEqual(['write']);
      });
      test('the last of two versions in one batch counts', async () => {
        await engine.upsert([
          searchDocument('write', { title: { en: 'Numbat care' } }),
          searchDocument('write', { title: { en: 'Bilby care' } }),
        ]);
        expect(await found('numbat')).toEqual([]);
        expect(await found('bilby')).toEqual(['write']);
      });
      test('runs are replaced, too', async () => {
        const place = (name: string) => ({
          opportunities: [{ place: [name], mode: [], language: [], start: '2026-10-01' }],
        });
        await engine.upsert([searchDocument('write', place('Valletta'))]);
        await engine.upsert([searchDocument('write', place('Gozo'))]);
        expect(await filtered({ opportunity: { place: ['Valletta'] } })).toEqual([]);
        expect(await filtered({ opportunity: { place: ['gozo'] } })).toEqual(['write']);
      });
      test('a new word can be misspelt at once', async () => {
        await found('thylacine');
        await engine.upsert([searchDocument('write', { title: { en: 'Thylacine lore' } })]);
        expect(await found('thylacene')).toEqual(['write']);
      });
      test('what is removed is gone at once, and unknown ids do not matter', async () => {
        await engine.remove(['write', 'never-there']);
        expect(await found('thylacine')).toEqual([]);
        expect(await filtered({ opportunity: { place: ['gozo'] } })).toEqual([]);
        expect(await engine.count()).toBe(DOCUMENTS.length);
      });
      test('odd texts do not stop a batch', async () => {
        await engine.upsert([
          searchDocument('odd', {
            title: { en: `Odd \0 \ud800 ${'w'.repeat(5000)} end`, 'x-weird tag!': 'Zweitodd' },
            description: { und: 'lorem ipsum dolor '.repeat(30_000) },
            provider: ['nul\0provider'],
            country: ['LU'],
          }),
        ]);
        expect(await found('zweitodd')).toEqual(['odd']);
        expect(await filtered({ provider: ['nul\0provider'] })).toEqual(['odd']);
        expect(await filtered({ provider: ['nulprovider'] })).toEqual(['odd']);
        await engine.remove(['odd']);
      });
      test('an index that was never made is refused, not invented', async () => {
        await expect(engine.upsert([searchDocument('lost', {})], 'no_such_index')).rejects.toThrow();
        await expect(engine.rebuild('no_such_index')).rejects.toThrow();
        expect(await engine.count()).toBe(DOCUMENTS.length);
      });
    });

    describe('many records', () => {
      const MANY = 1500;
      const many = Array.from({ length: MANY }, (_, i) =>
        searchDocument(`many-${String(i).padStart(5, '0')}`, {
          title: { en: `Common subject number ${i}` },
          country: [i % 3 ? 'AT' : 'HU'],
          provider: [`prv_${i}`],
        }),
      );
      beforeAll(() => engine.upsert(many), 60_000);

      test('are counted exactly', async () => {
        const { total, hits } = await engine.query({ first: 10, text: 'common subject' });
        expect([total, hits.length]).toEqual([MANY, 10]);
        const after = hits[6]?.position;
        expect((await engine.query({ first: 10, after, text: 'common subject' })).total).toBe(MANY);
        expect((await engine.query({ first: 10, filter: { country: ['AT'] } })).total).toBe(1000);
      });
      test('can be paged through beyond the thousandth', async () => {
        const after = [null, many[1399]?.id ?? ''];
        const page = await engine.query({ first: 10, after, sort: { by: 'ects' }, text: 'common' });
        expect(page.hits.map((hit) => hit.id)).toEqual(many.slice(1400, 1410).map((document) => document.id));
      });
      test('have exact facets', async () => {
        expect(await facet({ facets: ['country'], text: 'subject' })).toEqual([
          ['AT', 1000],
          ['HU', 500],
        ]);
      });
      test('go when they are removed', async () => {
        await engine.remove(many.map((document) => document.id));
        expect(await engine.count()).toBe(DOCUMENTS.length);
      });
    });

    describe('rebuilding', () => {
      test('fills an index aside, and swaps it in', async () => {
        const target = await engine.rebuild();
        expect(await engine.count(target)).toBe(0);
        await engine.upsert(
          [searchDocument('rebuilt', { title: { en: 'Okapi tracking' }, country: ['LV'] }), searchDocument('gone', {})],
          target,
        );
        await engine.remove(['gone'], target);
        expect([await engine.count(target), await engine.count()]).toEqual([1, DOCUMENTS.length]);
        expect(await found('okapi')).toEqual([]);

        await engine.rebuild(target);
        expect(await engine.count()).toBe(1);
        expect(await found('okapi')).toEqual(['rebuilt']);
        expect(await found('okapy')).toEqual(['rebuilt']);
        expect(await found('drohnen')).toEqual([]);
        expect(await facet({ facets: ['country'] })).toEqual([['LV', 1]]);
        await expect(engine.rebuild(target)).rejects.toThrow();
      });
      test('can be done again, and the live index be written to', async () => {
        const target = await engine.rebuild();
        await engine.upsert(DOCUMENTS, target);
        await engine.rebuild(target);
        await engine.upsert([searchDocument('after', { title: { en: 'Afterwards' } })]);
        expect(await found('afterward')).toEqual(['after']);
        expect(await engine.count()).toBe(DOCUMENTS.length + 1);
        expect(await filtered({ opportunity: { startTo: '2026-05-04' } })).toEqual(['beekeeping']);
      });
      test('leaves settings alone that are as they should be', async () => {
        await engine.configure();
        expect(await engine.count()).toBe(DOCUMENTS.length + 1);
      });
    });
  });
}
