import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchDocument, SearchEngine, SearchRequest } from '../../catalogue/search/search-engine.ts';
import { searchDocument } from './search-documents.ts';
import type { OpenEngine } from './search-engine.cases.ts';

const titled = (id: string, title: string, draft: Parameters<typeof searchDocument>[1] = {}): SearchDocument =>
  searchDocument(id, { title: { und: title }, ...draft });
const at = (...place: string[]) => ({ opportunities: [{ place, mode: [], language: [] }] });

/** Titles as catalogues have them; each case names the ids it wants. */
const RECORDS: SearchDocument[] = [
  titled('excellent', 'Excellent writing'),
  titled('excel', 'Excel for beginners'),
  titled('exel', 'Exel logistics'),
  titled('energie', "L'énergie solaire", { description: { fr: 'Sources d’énergie et qu’elles coûtent.' } }),
  titled('arte', "Storia dell'arte", { description: { it: "Un'altra storia, quest’anno." } }),
  titled('vitamin', 'Vitamin D and health'),
  titled('cpp', 'Modern C++ for engineers'),
  titled('csharp', 'C# and .NET in practice'),
  titled('fsharp', 'Functional F# (.NET)'),
  titled('c', 'C programming'),
  titled('aplus', 'CompTIA A+ preparation'),
  titled('plus', 'Sales training', { description: { en: 'Experience is a plus, and plus plus for some.' } }),
  titled('aspnet', 'ASP.NET Core for the web'),
  titled('net', 'Net zero strategy'),
  titled('node', 'Backends with Node.js'),
  titled('nodejs', 'NodeJS in a week'),
  titled('graph', 'Paths of a graph', { description: { en: 'From node to node.' } }),
  titled('r', 'Statistics with R'),
  titled('3d', '3D printing'),
  titled('industry', 'Industry 4.0 in the factory'),
  titled('industry-4', 'Industry visits: 4 factories for 0 EUR'),
  titled('tcp', 'TCP/IP networks'),
  titled('rncp', 'Conseiller relation client', { identifiers: ['RNCP37674'] }),
  titled('rncp-next', 'Conseiller funéraire', { identifiers: ['RNCP37675'] }),
  titled('mention', 'Autre titre', { description: { fr: 'Suite de RNCP37674.' } }),
  titled('abc', 'Woodwork', { identifiers: ['ABC-123', 'https://example.org/courses/wood?id=7'] }),
  titled('abc-title', 'ABC-124: Metalwork'),
  titled('kurs', 'Töpfern', { identifiers: ['KURS 12/345'] }),
  titled('kurs-345', 'Kurs 345 in Raum 12'),
  titled('tartu', 'First aid', at('Tartu', 'Tartu Rakenduslik Kolledž')),
  titled('tallinn', 'First aid at sea', at('Tallinn')),
  titled('data', 'Data science basics'),
  titled('science', 'Science of data'),
  titled('science-online', 'Science online'),
  titled('boats', 'Repairing old wooden boats', { description: { en: 'A weekend at the harbour, with tools.' } }),
  titled('boats-all', 'Repairing old wooden boats in winter', { country: ['FI'] }),
  titled('chairs', 'Repairing old wooden chairs', { country: ['SE'], description: { en: 'Sanding and glueing.' } }),
  titled('old', 'Old masters of painting'),
  titled('bike', 'Fahrrad selbst reparieren'),
];
const ALL = RECORDS.map(({ id }) => id).sort();

/** How a reader's text is read: the same on every engine. */
export function searchTextCases(name: string, open: OpenEngine): void {
  describe(`what a reader writes: ${name}`, { timeout: 60_000 }, () => {
    let engine: SearchEngine;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ engine, close } = await open());
      await engine.upsert(RECORDS);
    }, 60_000);
    afterAll(() => close?.());

    const ranked = async (text: string, request: Partial<SearchRequest> = {}) =>
      (await engine.query({ first: 50, text, ...request })).hits.map((hit) => hit.id);
    const found = async (text: string) => (await ranked(text)).sort();
    const marked = async (text: string, id: string) =>
      (await engine.query({ first: 50, text, highlights: true })).hits.find((hit) => hit.id === id)?.highlights[0]
        ?.text;

    describe('whole words', () => {
      test('come alone, before typos', async () => {
        expect(await ranked('excel')).toEqual(['excel', 'exel']);
      });
      test('are completed when asked for', async () => {
        expect((await ranked('excel', { prefix: true })).sort()).toEqual(['excel', 'excellent', 'exel']);
        expect(await ranked('exce', { prefix: true })).toContain('excellent');
        expect(await found('exce')).toEqual([]);
      });
      test('are not what suggestions keep to', async () => {
        expect(await engine.suggest('excel', 5)).toEqual(['Excel for beginners', 'Excellent writing']);
      });
      test('are marked, beginnings are not', async () => {
        expect(await marked('excel', 'excel')).toBe('<mark>Excel</mark> for beginners');
      });
    });

    describe('elisions', () => {
      test.each<[text: string, wanted: string[]]>([
        ['énergie', ['energie']],
        ["l'énergie", ['energie']],
        ['d’energie', ['energie']],
        ["L'ÉNERGIE", ['energie']],
        ["qu'elles", ['energie']],
        ["all'arte", ['arte']],
        ["dell’altra quest'anno", ['arte']],
        ['vitamin d', ['vitamin']],
        ['"sources énergie"', ['energie']],
        ['"sources d’énergie"', ['energie']],
      ])('%s', async (text, wanted) => expect(await found(text)).toEqual(wanted));
      test('are not marked', async () => {
        expect(await marked("d'énergie", 'energie')).toBe('L&#39;<mark>énergie</mark> solaire');
      });
    });

    describe('names with signs', () => {
      test.each<[text: string, wanted: string[]]>([
        ['C++', ['cpp']],
        ['c++ engineers', ['cpp']],
        ['C#', ['csharp']],
        ['F#', ['fsharp']],
        ['c', ['c']],
        ['C programming', ['c']],
        ['.NET', ['csharp', 'fsharp']],
        ['dotnet', ['csharp', 'fsharp']],
        ['net', ['aspnet', 'net']],
        ['ASP.NET', ['aspnet']],
        ['A+', ['aplus']],
        ['Node.js', ['node', 'nodejs']],
        ['nodejs', ['node', 'nodejs']],
        ['node js', ['node', 'nodejs']],
        ['R', ['r']],
        ['statistics r', ['r']],
        ['3D', ['3d']],
        ['Industry 4.0', ['industry']],
        ['industry 4', ['industry', 'industry-4']],
        ['TCP/IP', ['tcp']],
      ])('%s', async (text, wanted) => expect(await found(text)).toEqual(wanted));
      test('are marked as they are written', async () => {
        expect(await marked('c++', 'cpp')).toBe('Modern <mark>C++</mark> for engineers');
        expect(await marked('.net c#', 'csharp')).toBe('<mark>C#</mark> and <mark>.NET</mark> in practice');
        expect(await marked('industry 4.0', 'industry')).toBe('<mark>Industry</mark> <mark>4.0</mark> in the factory');
      });
      test('can be completed', async () => {
        expect(await engine.suggest('modern c++', 5)).toEqual(['Modern C++ for engineers']);
        expect(await ranked('modern c++', { prefix: true })).toEqual(['cpp']);
      });
    });

    describe('phrases and exclusions', () => {
      const withData = ALL.filter((id) => id !== 'data' && id !== 'science');
      test.each<[text: string, wanted: string[]]>([
        ['data science', ['data', 'science']],
        ['"data science"', ['data']],
        ['„data science“', ['data']],
        ['“data science”', ['data']],
        ['« data science »', ['data']],
        ['("data science")', ['data']],
        ['"science of data"', ['science']],
        ['"science data"', []],
        ['"data scence"', []],
        ['"data" basics', ['data']],
        ['basics "data science"', ['data']],
        ['"data science', ['data', 'science']],
        ['data" science', ['data', 'science']],
        ['science -data', ['science-online']],
        ['science -online', ['data', 'science']],
        ['science -"data science"', ['science', 'science-online']],
        ['-online science -basics', ['science']],
        ['-data', withData],
        ['-"data science" -„science of data“', withData],
        ['science - data', ['data', 'science']],
        ['science-data', ['data', 'science']],
      ])('%s', async (text, wanted) => expect(await found(text)).toEqual(wanted));
      test('stand beside a word that is still being typed', async () => {
        expect(await ranked('"data science" bas', { prefix: true })).toEqual(['data']);
        expect((await ranked('-data scien', { prefix: true })).sort()).toEqual(['science-online']);
      });
      test('are counted and paged', async () => {
        const { total, facets } = await engine.query({ first: 0, text: 'science -data', facets: ['source'] });
        expect([total, facets[0]?.values]).toEqual([1, [{ value: 'contract', count: 1 }]]);
        expect(await ranked('-data', { sort: { by: 'id' } })).toEqual(withData);
      });
      test('are marked as a whole', async () => {
        expect(await marked('"data science"', 'data')).toBe('<mark>Data science</mark> basics');
      });
    });

    describe('identifiers and codes', () => {
      test.each<[text: string, wanted: string[]]>([
        ['RNCP37674', ['rncp', 'mention']],
        ['rncp 37674', ['rncp', 'mention', 'rncp-next']],
        ['rncp37675', ['rncp-next']],
        ['ABC-123', ['abc']],
        ['abc123', ['abc']],
        ['ABC 123', ['abc']],
        ['abc/124', ['abc-title']],
        ['ABC124', ['abc-title']],
        ['KURS 12/345', ['kurs']],
        ['https://example.org/courses/wood?id=7', ['abc']],
        ['http://www.example.org/courses/wood?id=7', ['abc']],
        ['https', []],
        ['https://example.org/courses', []],
      ])('%s', async (text, wanted) => {
        const all = await ranked(text);
        // the one that is called so comes first
        expect(all[0]).toBe(wanted[0]);
        expect(all.sort()).toEqual(wanted.toSorted());
      });
    });

    describe('places of runs', () => {
      test.each<[text: string, wanted: string[]]>([
        ['first aid tartu', ['tartu']],
        ['Tallinn', ['tallinn']],
        ['"rakenduslik kolledz"', ['tartu']],
      ])('%s', async (text, wanted) => expect(await found(text)).toEqual(wanted));
    });

    describe('long sentences', () => {
      test.each<[why: string, text: string, wanted: string[]]>([
        ['need not have all words', 'how to repair old wooden boats in Finland', ['boats-all', 'boats']],
        ['need enough of them', 'old furniture quickly sold on markets abroad together', []],
        ['do not need function words', 'I want to learn repairing of wooden boats', ['boats', 'boats-all']],
        ['forgive typos', 'repairing old woodn boats at the lake', ['boats', 'boats-all', 'chairs']],
        ['of three words that count need all', 'the wooden boats of winter', ['boats-all']],
        ['know other languages', 'wie kann ich mein Fahrrad selbst reparieren', ['bike']],
        ['keep to phrases', 'repairing old wooden things "in winter" quickly', ['boats-all']],
        ['keep to exclusions', 'repairing old wooden boats elsewhere -winter', ['boats', 'chairs']],
        ['read a code as one word', 'conseiller relation client RNCP37674 paris', ['rncp']],
        ['are not filled up by saying a word twice', 'old old old old boats boats', ['boats', 'boats-all']],
        ['may be of function words only', 'how to be or not to be', []],
        [
          'are read beyond their tenth word',
          `the of and in to for with on at by from ${'boats old '.repeat(3)}`,
          ['boats', 'boats-all'],
        ],
      ])('%s: %s', async (_, text, wanted) => expect(await found(text)).toEqual(wanted.toSorted()));

      const SENTENCE = 'repairing old wooden boats in winter';
      test('have the record with most and rarest words first', async () => {
        expect(await ranked(SENTENCE)).toEqual(['boats-all', 'boats', 'chairs']);
      });
      test('three words still need all', async () => {
        expect(await found('wooden boats abroad')).toEqual([]);
      });
      test('count, facet and filter what is listed', async () => {
        const whole = await engine.query({ first: 0, text: SENTENCE, facets: ['country'] });
        expect([whole.total, whole.more, whole.facets[0]?.values]).toEqual([
          3,
          true,
          [
            { value: 'FI', count: 1 },
            { value: 'SE', count: 1 },
          ],
        ]);
        const filter = { country: ['SE'] };
        const part = await engine.query({ first: 5, text: SENTENCE, filter, facets: ['country', 'source'] });
        expect([part.total, part.hits.map(({ id }) => id)]).toEqual([1, ['chairs']]);
        expect(part.facets.map(({ values }) => values.length)).toEqual([2, 1]);
        expect(await ranked(SENTENCE, { filter: { ids: ['boats', 'old'] } })).toEqual(['boats']);
      });
      test('are paged and sorted', async () => {
        const pages: string[] = [];
        let after: SearchRequest['after'];
        for (let more = true; more; ) {
          const page = await engine.query({ first: 1, text: SENTENCE, ...(after && { after }) });
          pages.push(...page.hits.map((hit) => hit.id));
          expect(page.total).toBe(3);
          after = page.hits.at(-1)?.position;
          more = page.more;
        }
        expect(pages).toEqual(['boats-all', 'boats', 'chairs']);
        expect(await ranked(SENTENCE, { sort: { by: 'id', descending: true } })).toEqual([
          'chairs',
          'boats-all',
          'boats',
        ]);
        expect(await ranked(SENTENCE, { sort: { by: 'id' }, after: ['boats'], first: 1 })).toEqual(['boats-all']);
      });
      test('are marked', async () => {
        expect(await marked(SENTENCE, 'chairs')).toBe(
          '<mark>Repairing</mark> <mark>old</mark> <mark>wooden</mark> chairs',
        );
      });
      test('may end in a word that is still being typed', async () => {
        expect(await ranked('repairing old wooden bo', { prefix: true })).toEqual(['boats', 'boats-all', 'chairs']);
        expect(await ranked('abroad repairing old woo', { prefix: true })).toHaveLength(3);
        expect(await ranked('abroad repairing old woo')).toEqual([]);
      });
    });

    describe('did you mean', () => {
      const meant = async (text: string, request: Partial<SearchRequest> = {}) =>
        (await engine.query({ first: 5, text, didYouMean: true, ...request })).didYouMean;
      const cases: [why: string, text: string, request: Partial<SearchRequest>, wanted: string | undefined][] = [
        ['a word too far off to be found', 'wodn chairs', {}, 'wooden chairs'],
        ['a misspelling that is found', 'Woodn chairs', {}, 'wooden chairs'],
        ['accents as records write them', 'energiw solaire', {}, 'énergie solaire'],
        ['in counts only', 'wodn chairs', { first: 0 }, 'wooden chairs'],
        ['everything else as written', 'Wodn "old wooden" -x CHAIRS', {}, 'wooden "old wooden" -x CHAIRS'],
        ['nothing where all is found as it is', 'wooden chairs', {}, undefined],
        ['nothing where nothing is near', 'zzyzx', {}, undefined],
        ['nothing where each word is known', 'wooden masters vitamin', {}, undefined],
        ['nothing that would find nothing', 'wodn vitamin', {}, undefined],
        ['nothing that the filter leaves out', 'wodn chairs', { filter: { country: ['FI'] } }, undefined],
        ['nothing for what is quoted', '"wodn chairs"', {}, undefined],
        ['nothing for what can be parted', 'woodenchairs', {}, undefined],
        ['nothing for no text', '+++', {}, undefined],
        ['of near words the one that more records have', 'ould masrers', {}, 'old masters'],
      ];
      test.each(cases)('%s: %s', async (_, text, request, wanted) => {
        expect(await meant(text, request)).toBe('didYouMean' in engine.cannot ? undefined : wanted);
      });
      test('is not looked for unless asked', async () => {
        expect((await engine.query({ first: 5, text: 'wodn chairs' })).didYouMean).toBeUndefined();
      });
    });

    describe('text that is none', () => {
      const BLANK = [
        '+++',
        '"""',
        '---',
        '🎉🎉',
        '👩‍🔬',
        '\u0000\u0007\u202e',
        '-',
        '-""',
        '""',
        '« »',
        '"🎉"',
        '.',
        '#',
      ];
      test.each(BLANK)('%j finds everything', async (text) => {
        const { total } = await engine.query({ first: 1, text, highlights: true, facets: ['country'] });
        expect(total).toBe(RECORDS.length);
      });
      test('is bounded, however long', async () => {
        const long = [
          'x',
          'excel ',
          '"',
          '-',
          '-a ',
          '"a" ',
          "l'",
          'c++',
          '🎉',
          '\u0007',
          '(',
          '«a» ',
          'e\u0301',
          '1.',
        ];
        const started = performance.now();
        for (const text of long) {
          const whole = text.repeat(10_000 / text.length);
          for (const prefix of [true, false]) {
            const { total } = await engine.query({ first: 5, text: whole, prefix, highlights: true });
            expect(total).toBeLessThanOrEqual(RECORDS.length);
          }
          await engine.suggest(whole, 5);
        }
        expect(performance.now() - started).toBeLessThan(10_000);
      });
      test('separates, where it is a control character', async () => {
        expect(await found('data\u0007science\u001b')).toEqual(['data', 'science']);
      });
    });
  });
}
