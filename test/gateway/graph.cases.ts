import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway/gateway.ts';
import type { GraphRequest } from '../../gateway/graph-request.ts';
import { credentials, providers } from './fixture-records.ts';

/** A gateway over a catalogue that holds exactly the fixture records. */
export interface GraphUnderTest {
  gateway: Gateway;
  /** Calls per method of the catalogue, where they can be counted. */
  calls?: Record<string, number>;
  /** SQL statements sent, search left out. */
  statements?: string[];
  close(): Promise<void>;
}

const id = (index: number): string => credentials[index]?.record.id ?? '';
const body = (index: number): string => providers[index]?.record.id ?? '';

/** What the graph promises, whichever way subgraphs are reached and whichever store is behind them. */
export function graphCases(name: string, makeGateway: () => Promise<GraphUnderTest>): void {
  describe(name, () => {
    let graph: GraphUnderTest;
    beforeAll(async () => {
      graph = await makeGateway();
    }, 60_000);
    afterAll(() => graph.close());
    beforeEach(() => {
      for (const method of Object.keys(graph.calls ?? {})) delete graph.calls?.[method];
      graph.statements?.splice(0);
    });

    const ask = async (query: string, more: Omit<GraphRequest, 'query'> = {}) => {
      const { result, status } = await graph.gateway.execute({ query, ...more });
      expect(result.errors).toBeUndefined();
      expect(status).toBe(200);
      // biome-ignore lint/suspicious/noExplicitAny: answers are as various as the queries
      return result.data as any;
    };
    const refused = async (query: string, more: Omit<GraphRequest, 'query'> = {}) => {
      const { result } = await graph.gateway.execute({ query, ...more });
      expect(result.errors).toHaveLength(1);
      return result.errors?.[0];
    };

    test('20 hits with awarding bodies and sources cost one search and at most one read per entity type', async () => {
      const { search } = await ask(`{ search(first: 20) { edges { node {
        title { text origin { source { title } } }
        awardingBody { providers { name { text } country { label } } } offeredBy { providers { name { text } } }
        source { title records }
      } } } }`);
      expect(search.edges).toHaveLength(20);
      expect(search.edges.every((e: { node: { source: { title: string } } }) => e.node.source.title)).toBe(true);
      if (graph.calls) {
        expect(graph.calls).toEqual({
          'search.query': 1,
          'credentials.byIds': 1,
          'providers.byIds': 1,
          'sources.byIds': 1,
        });
      }
      // One statement per entity type: credentials, providers, sources.
      if (graph.statements) expect(graph.statements).toHaveLength(3);
    });

    test('counts of providers and completeness of sources are batched too', async () => {
      const data = await ask(`{ providers(first: 8) { edges { node { credentialCount } } }
        sources { completeness { element stated total ratio } runs(first: 2) { problems { remedy } } } }`);
      expect(data.providers.edges).toHaveLength(8);
      if (graph.calls) {
        expect(graph.calls['credentials.countByProviders']).toBe(1);
        expect(graph.calls['sources.completeness']).toBe(1);
        expect(graph.calls['sources.runs']).toBe(1);
        expect(graph.calls['sources.problems']).toBe(1);
      }
    });

    test('what the crawlers have in hand, and whom they leave alone', async () => {
      const { operations } = await ask(
        '{ operations { queuedPages oldestQueuedPage queuedHarvests queuedHarvestsAt heldRuns hosts { origin state until reason } } }',
      );
      expect(operations).toEqual({
        queuedPages: 0,
        oldestQueuedPage: null,
        queuedHarvests: 7,
        queuedHarvestsAt: expect.stringMatching(/^\d{4}-/),
        heldRuns: 0,
        hosts: [{ origin: 'https://resting.example', state: 'PAUSED', until: null, reason: 'maintenance' }],
      });
    });

    test('a source says whether it is harvested by itself, and why not', async () => {
      const { sources } = await ask('{ sources { id enabled disabledBecause } }');
      expect(sources).toEqual([
        { id: 'example-north', enabled: true, disabledBecause: null },
        { id: 'example-south', enabled: false, disabledBecause: 'its terms ask for an agreement' },
      ]);
    });

    test('a portal reads values, a researcher states and origins; derived never passes for stated', async () => {
      const { credential } = await ask(
        `query($id: ID!) { credential(id: $id) {
          id identifier status version
          level { state eqf nqf { country level } origin { path rule } derived { state eqf origin { path rule } } }
          issuerCountry { state country { code uri label } origin { path rule retrievedAt source { id title } } }
          learner { state origin { path } } issueDate { state from }
          assessment { state types { code } text } qualityAssurance { state kinds { code } claims { text } origin { path } }
          workload { ects hours } learningOutcomes { outcomes { text all { language } } }
        } }`,
        { variables: { id: id(0) } },
      );
      expect(credential).toMatchObject({
        id: id(0),
        identifier: 'course-0',
        status: 'LIVE',
        level: {
          state: 'STATED',
          eqf: null,
          nqf: { country: 'IE', level: '6' },
          origin: { path: '/level', rule: null },
          derived: { state: 'DERIVED', eqf: 6, origin: { path: '/level', rule: 'nqf-to-eqf' } },
        },
        issuerCountry: {
          state: 'DERIVED',
          country: { code: 'IE', label: 'Ireland' },
          origin: { rule: 'country-of-awarding-body', source: { id: 'example-north', title: 'Example source North' } },
        },
        learner: { state: 'AT_ISSUANCE', origin: null },
        issueDate: { state: 'AT_ISSUANCE', from: null },
        assessment: { state: 'STATED', types: [], text: 'portfolio' },
        qualityAssurance: { state: 'NOT_STATED', kinds: null, claims: null, origin: null },
        workload: { ects: 1, hours: null },
        learningOutcomes: { outcomes: [{ text: 'Explains data literacy', all: [{ language: 'en' }] }] },
      });
    });

    test('an entry of ESCO that came as an address has the name that ESCO gives it, apart from what the source said', async () => {
      const read = (languages: string) =>
        ask(
          `{ credential(id: "${id(0)}") { skills { items { text uri framework concept { code uri label language } } } } }`,
          { languages: [languages] },
        );
      const { credential } = await read('de');
      expect(credential.skills.items).toEqual([
        {
          text: null,
          uri: 'http://data.europa.eu/esco/skill/00064735-8fad-454b-90c7-ed858cc993f2',
          framework: 'ESCO',
          concept: {
            code: 'skill/00064735-8fad-454b-90c7-ed858cc993f2',
            uri: 'http://data.europa.eu/esco/skill/00064735-8fad-454b-90c7-ed858cc993f2',
            label: 'Strafvollzugsverfahren beaufsichtigen',
            language: 'de',
          },
        },
        { text: 'weaving', uri: 'https://crafts.example/7', framework: 'Crafts', concept: null },
      ]);
      const [first] = (await read('et')).credential.skills.items;
      expect(first.concept).toMatchObject({ label: 'supervise correctional procedures', language: 'en' });
    });

    test('by which rule? the rule of a derived value says what it means and what it rests on', async () => {
      const data = await ask(`{
        credential(id: "${id(1)}") { level { state origin { rule appliedRule { id kind meaning link } } } title { origin { appliedRule { id } } } }
        rules(kind: DERIVATION) { id } every: rules { id } rule(id: "impossible-date") { kind meaning remedy link } none: rule(id: "constructor") { id }
      }`);
      expect(data.credential.level).toMatchObject({
        state: 'DERIVED',
        origin: {
          rule: 'nqf-to-eqf',
          appliedRule: { id: 'nqf-to-eqf', kind: 'DERIVATION', link: expect.stringMatching(/^https:/) },
        },
      });
      expect(data.credential.title.origin.appliedRule).toBeNull();
      expect(data.rules.map((rule: { id: string }) => rule.id)).toContain('source-default');
      expect(data.every.length).toBeGreaterThan(data.rules.length + 50);
      expect(data.rule).toMatchObject({ kind: 'PROBLEM', remedy: expect.stringContaining('YYYY-MM-DD') });
      expect(data.none).toBeNull();
    });

    test('elements can be listed without naming each', async () => {
      const { credential } = await ask(
        `query($id: ID!) { credential(id: $id) {
          elements { name state } some: elements(names: [TITLE]) { __typename name ... on TextElement { text language } } } }`,
        { variables: { id: id(0) } },
      );
      expect(credential.elements).toHaveLength(29);
      expect(credential.elements[0]).toEqual({ name: 'LEARNER', state: 'AT_ISSUANCE' });
      expect(credential.some).toEqual([
        { __typename: 'TextElement', name: 'TITLE', text: 'Data literacy 0', language: 'en' },
      ]);
    });

    describe('languages', () => {
      const TITLE = 'title { text language }';
      const one = (argument: string) =>
        `{ search(text: "data literacy 0" ${argument}) { edges { node { ${TITLE} } } } }`;
      const first = (data: { search: { edges: { node: { title: object } }[] } }) => data.search.edges[0]?.node.title;
      const nl = { text: 'Datageletterdheid 0', language: 'nl' };
      const fr = { text: 'Culture des données 0', language: 'fr' };
      const en = { text: 'Data literacy 0', language: 'en' };

      test.each([
        ['English when nobody asks', '', [], en],
        ['the language of the request', '', ['nl'], nl],
        ['the first that is there', '', ['mt', 'fr', 'nl'], fr],
        ['a region falls back to its language', '', ['nl-BE'], nl],
        ['English when none is there, and says so', '', ['mt'], en],
        ['the argument goes before the request, across subgraphs', ', languages: ["fr"]', ['nl'], fr],
      ])('%s', async (_, argument, languages, expected) => {
        expect(first(await ask(one(argument), { languages }))).toEqual(expected);
      });

      test('the argument may be a variable, and reaches providers and facets', async () => {
        const data = await ask(
          `query($l: [String!]) { search(sort: { by: TITLE }, text: "Data literacy 0", first: 1, facets: [COUNTRY], languages: $l) {
            edges { node { ${TITLE} awardingBody { providers { country { label language } } } } }
            facets { values { value label labelLanguage count } } } }`,
          { variables: { l: ['nl'] } },
        );
        expect(data.search.edges[0].node.title).toEqual(nl);
        expect(data.search.edges[0].node.awardingBody.providers[0].country).toEqual({
          label: 'Ierland',
          language: 'nl',
        });
        expect(data.search.facets[0].values).toContainEqual({
          value: 'IE',
          label: 'Ierland',
          labelLanguage: 'nl',
          count: expect.any(Number),
        });
      });

      test('one element may ask for a language of its own', async () => {
        const { credential } = await ask(
          `{ credential(id: "${id(0)}", languages: ["nl"]) { ${TITLE} french: title(languages: ["fr"]) { text language } } }`,
        );
        expect(credential).toEqual({ title: nl, french: fr });
      });

      test('two lists in one operation are refused', async () => {
        const error = await refused(
          `{ a: credential(id: "${id(0)}", languages: ["nl"]) { id } b: credential(id: "${id(0)}", languages: ["fr"]) { id } }`,
        );
        expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'languages' });
      });

      test('a tag that is none is refused', async () => {
        expect((await refused('{ search(languages: ["n l"]) { totalCount } }'))?.extensions?.code).toBe(
          'BAD_USER_INPUT',
        );
      });
    });

    describe('search', () => {
      const total = async (filter: string): Promise<number> =>
        (await ask(`{ search(filter: { ${filter} }) { totalCount } }`)).search.totalCount;

      test('pages follow one another without gaps or repeats', async () => {
        const seen: string[] = [];
        let after: string | null = null;
        for (let page = 0; page < 10; page++) {
          const data: {
            search: { edges: { node: { id: string } }[]; pageInfo: Record<string, unknown>; totalCount: number };
          } = await ask(
            `query($after: String) { search(first: 7, after: $after) {
                totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
            { variables: { after } },
          );
          seen.push(...data.search.edges.map((edge) => edge.node.id));
          expect(data.search.pageInfo.hasPreviousPage).toBe(page > 0);
          after = data.search.pageInfo.endCursor as string;
          if (!data.search.pageInfo.hasNextPage) break;
        }
        expect(seen).toHaveLength(38);
        expect(new Set(seen).size).toBe(38);
      });

      test('a cursor of another search is refused', async () => {
        const { search } = await ask('{ search(first: 1) { pageInfo { endCursor } } }');
        const error = await refused(`{ search(text: "soil", after: "${search.pageInfo.endCursor}") { totalCount } }`);
        expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
      });

      test('filters', async () => {
        expect(await total('country: ["ie"]')).toBe(5);
        expect(await total('country: ["IE", "NL"], mode: ["online"]')).toBe(10);
        expect(await total('language: ["nl-NL"]')).toBe(19);
        expect(await total('eqf: [6]')).toBe(13);
        expect(await total('ects: { min: 6 }')).toBe(6);
        expect(await total('elementStated: [ASSESSMENT]')).toBe(8);
        expect(await total('elementNotStated: [ASSESSMENT]')).toBe(30);
        expect(await total('conformance: { assessed: [YES] }')).toBe(8);
        expect(await total('kind: ["course"]')).toBe(10);
      });

      test('two facts of one opportunity', async () => {
        expect(await total('opportunity: { startFrom: "2027-01-10", startTo: "2027-01-10", place: ["lyon"] }')).toBe(5);
        expect(await total('opportunity: { startFrom: "2027-01-10", startTo: "2027-01-10", place: ["Tartu"] }')).toBe(
          0,
        );
        expect(await total('startDate: { from: "2027-01-11", to: "2027-01-11" }')).toBe(5);
      });

      test('labels of providers and sources are their names', async () => {
        const { search } = await ask(
          '{ search(facets: [PROVIDER, SOURCE]) { facets { name values { value label count } } } }',
        );
        const [byProvider, bySource] = search.facets;
        expect(byProvider.values).toContainEqual(
          expect.objectContaining({ value: body(1), label: 'Hogeschool Waterland' }),
        );
        expect(bySource.values).toContainEqual(
          expect.objectContaining({ value: 'example-north', label: 'Example source North' }),
        );
        if (graph.calls)
          expect(graph.calls).toMatchObject({ 'search.query': 1, 'providers.byIds': 1, 'sources.byIds': 1 });
      });

      test.each([
        ['mode: ["onlin"]', 'filter.mode', 'online'],
        ['country: ["XX"]', 'filter.country', 'ISO'],
        ['eqf: [9]', 'filter.eqf', '1 to 8'],
        ['ects: { min: 5, max: 2 }', 'filter.ects', 'min'],
        ['startDate: { from: "2026-13-45" }', 'filter.startDate.from', 'YYYY-MM-DD'],
        ['cost: { max: 10, currency: "??" }', 'filter.cost', 'ISO 4217'],
        ['language: ["??"]', 'filter.language', 'BCP 47'],
        ['field: ["0777"]', 'filter.field', 'ISCED'],
      ])('a slip in a filter is an error, not "no hits": %s', async (filter, argument, remedy) => {
        const error = await refused(`{ search(filter: { ${filter} }) { totalCount } }`);
        expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
        expect(error?.extensions?.remedy).toContain(remedy);
      });
    });

    describe('by id', () => {
      test.each(['https://catalogue.example/course/3/', 'URN:example:3'])(
        'an alternate leads to the record: %s',
        async (alternate) => {
          const { credential } = await ask('query($id: ID!) { credential(id: $id) { id } }', {
            variables: { id: alternate },
          });
          expect(credential).toEqual({ id: id(3) });
        },
      );

      test('credentials stand in the order asked, null where there is none', async () => {
        const { credentials: found } = await ask('query($ids: [ID!]!) { credentials(ids: $ids) { id } }', {
          variables: { ids: [id(5), 'crd_00000000000000000000', 'urn:example:3', id(5)] },
        });
        expect(found).toEqual([{ id: id(5) }, null, { id: id(3) }, { id: id(5) }]);
      });

      test('withdrawn and merged records say so', async () => {
        const data = await ask(`{ gone: credential(id: "${id(38)}") { status withdrawnReason mergedInto { id } }
          merged: credential(id: "${id(39)}") { status mergedInto { id title { text } } } none: credential(id: "x") { id } }`);
        expect(data).toEqual({
          gone: { status: 'WITHDRAWN', withdrawnReason: 'gone from the source', mergedInto: null },
          merged: { status: 'WITHDRAWN', mergedInto: { id: id(0), title: { text: 'Data literacy 0' } } },
          none: null,
        });
      });

      test('relations lead to records of the catalogue, outside URIs stay URIs', async () => {
        const { credential } = await ask(
          `{ credential(id: "${id(1)}") { relations { type target origin { path } credential { id } } only: relations(types: [SAME_AS]) { type } } }`,
        );
        expect(credential).toEqual({
          relations: [
            { type: 'STACKS_INTO', target: 'urn:example:2', origin: { path: '/stack/0' }, credential: { id: id(2) } },
            { type: 'SAME_AS', target: 'https://elsewhere.example/9', origin: { path: '/stack/1' }, credential: null },
          ],
          only: [{ type: 'SAME_AS' }],
        });
      });

      test('conformance and opportunities', async () => {
        const { credential } = await ask(`{ credential(id: "${id(1)}") {
          conformance { question answer element reason } opportunityCount
          opportunities(startFrom: "2027-02-11") { startDate locality country { code } participation { code label } prices { amount } origin { path } } } }`);
        expect(credential.conformance[0]).toEqual({
          question: 'SMALL_VOLUME',
          answer: 'YES',
          element: 'WORKLOAD',
          reason: '2 ECTS',
        });
        expect(credential.opportunityCount).toBe(2);
        expect(credential.opportunities).toEqual([
          {
            startDate: '2027-02-11',
            locality: 'Tartu',
            country: { code: 'IE' },
            participation: [{ code: 'online', label: 'Online' }],
            prices: null,
            origin: { path: '/runs/1' },
          },
        ]);
      });
    });

    test('providers: by alternate, in pages, with evidence', async () => {
      const { provider } = await ask(`{ provider(id: "https://body-0.example/") {
        id name { text language } credentialCount identifiers { scheme value } source { id }
        evidence { kind { code } by against until origin { path source { id } } } } }`);
      expect(provider).toMatchObject({
        id: body(0),
        name: { text: 'Northwind University of Applied Sciences', language: 'en' },
        identifiers: [{ scheme: 'schac', value: 'body-0.example' }],
        evidence: [{ by: 'Agency of Examples', until: '2029-12-31', origin: { source: { id: 'example-north' } } }],
      });
      expect(provider.credentialCount).toBeGreaterThan(5);
      const page = (after: string | null) =>
        ask(
          `query($after: String) { providers(first: 5, after: $after) {
            totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
          { variables: { after } },
        );
      const { providers: one } = await page(null);
      const { providers: two } = await page(one.pageInfo.endCursor);
      expect(one).toMatchObject({ totalCount: 8, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
      expect(two).toMatchObject({ totalCount: 8, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
      expect(new Set([...one.edges, ...two.edges].map((e: { node: { id: string } }) => e.node.id)).size).toBe(8);
    });

    test('sources: terms, freshness, completeness', async () => {
      const { source, none } = await ask(`{ none: source(id: "nowhere") { id }
        source(id: "example-south") { id title licence example records freshAt lastRun { state seen created rejected }
          completeness { element stated total ratio } } }`);
      expect(none).toBeNull();
      expect(source).toMatchObject({
        title: 'Example source South',
        licence: 'CC0-1.0',
        example: true,
        records: 18,
        lastRun: { state: 'COMPLETE' },
      });
      expect(source.completeness).toHaveLength(16);
      expect(source.completeness[1]).toEqual({ element: 'TITLE', stated: 18, total: 18, ratio: 1 });
    });
  });
}
