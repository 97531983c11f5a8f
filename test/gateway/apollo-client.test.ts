import { ApolloClient, type DocumentNode, gql, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client';
import { type GraphQLNamedType, type GraphQLObjectType, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { filter, firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../../commands/listen.ts';
import { typePoliciesByLanguage } from '../../examples/apollo-cache.ts';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createServerApp } from '../../gateway/server.ts';
import { entityTypes, isList, selectionOf } from './entity-walk.ts';
import { createHarvestedCatalogue, type HarvestedCatalogue } from './harvested-catalogue.ts';

// Selections of everything are longer than a portal's; time is that of a busy machine.
const LIMITS = { timeout: 60_000, tokens: 99_999, fields: 99_999, cost: 1e9, documentLength: 1e6, bodyBytes: 1e6 };

let harvested: HarvestedCatalogue;
let gateway: Gateway;
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  const report = (entry: unknown) => console.error(entry);
  harvested = await createHarvestedCatalogue();
  const { catalogue } = harvested.open;
  gateway = await createGateway({ catalogue, report, limits: LIMITS });
  server = await listen(createServerApp({ gateway, catalogue, report }), { port: 0, host: '127.0.0.1' });
}, 600_000);
afterAll(async () => {
  await server?.stop();
  await gateway?.close();
  await harvested?.close();
});

/** A client as its documentation has it: a cache with default settings, real HTTP. */
function createClient(typePolicies?: TypePolicies) {
  const client = new ApolloClient({
    cache: new InMemoryCache(typePolicies ? { typePolicies } : undefined),
    link: new HttpLink({ uri: `${server.url}/graphql` }),
  });
  const asked: [DocumentNode, Record<string, unknown>][] = [];
  return {
    client,
    asked,
    /** Over the network into the cache, as a page of an application would. */
    async ask<T>(query: DocumentNode, variables: Record<string, unknown> = {}): Promise<T> {
      asked.push([query, variables]);
      return (await client.query({ query, variables, fetchPolicy: 'network-only' })).data as T;
    },
    cached: async (query: DocumentNode, variables: Record<string, unknown> = {}): Promise<unknown> =>
      (await client.query({ query, variables, fetchPolicy: 'cache-only' })).data,
    fresh: async (query: DocumentNode, variables: Record<string, unknown> = {}): Promise<unknown> =>
      (await client.query({ query, variables, fetchPolicy: 'no-cache' })).data,
  };
}

const FACTS = gql`
  fragment Runs on Opportunity {
    id identifier startDate startText endDate applicationDeadline place locality url status
    name { text language } funding { text language } country { code label language }
    participation { code label } languages { code label } prices { amount currency text } origin { path source { id } }
  }
  fragment Bodies on ProvidersElement {
    state origin { path source { id title } }
    providers { id identifier name { text language } country { code label } source { id title } credentialCount }
    references { name { text language } url provider { id name { text language } } }
  }
  fragment Facts on Credential {
    id identifier version status url retrievedAt alternates
    source { id title licence records }
    title { state text language all { text language } origin { path } }
    inFrench: title(languages: ["fr"]) { text language }
    issuerCountry { state country { code uri label language } }
    awardingBody { ...Bodies } offeredBy { ...Bodies }
    learningOutcomes { state outcomes { text language uri } }
    workload { state ects hours duration credits { scheme value level } }
    level { state eqf text language derived { eqf origin { rule appliedRule { id kind meaning } } } }
    participation { modes { code label } } fields { fields { isced { code label } text } }
    costs { state prices { amount currency audience text } }
    conformance { question answer reason }
    relations { type target label { text } credential { id identifier } }
    opportunityCount opportunities(first: 30) { ...Runs }
  }
`;
const PAGE = gql`
  query Page($after: String) {
    search(first: 20, after: $after) {
      totalCount edges { cursor node { ...Facts } } pageInfo { hasNextPage endCursor }
    }
  }
  ${FACTS}
`;
const ONE = gql`
  query One($id: ID!) {
    credential(id: $id) {
      ...Facts
      next: opportunities(first: 1) { id url prices { amount } }
      fromMay: opportunities(first: 50, startFrom: "2027-05-01") { id startDate url origin { path } }
      elements(names: [TITLE, COSTS]) { name state origin { path } }
    }
  }
  ${FACTS}
`;
const PROVIDERS = gql`
  query Providers($after: String) {
    providers(first: 20, after: $after) {
      edges { node { id identifier name { text language } names { text language } url country { code label }
        evidence { kind { code label } by until origin { path source { id } } } credentialCount source { id title } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const SOURCES = gql`
  query Sources {
    sources { id title format records freshAt state completeness { element stated total }
      lastRun { id state seen created problemCount }
      runs(first: 5) { id format state startedAt seen problems(first: 5) { identifier path rule found } } }
  }
`;

interface Paged {
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: { node: { id: string } }[];
}

type Page = { search: Paged & { totalCount: number } };

test('a client with the default cache pages through everything and finds no foreign fact', async () => {
  const { client, ask, asked, cached, fresh } = createClient();
  const list = client.watchQuery<Page, { after?: string | null }>({ query: PAGE, variables: {} });
  const first = await firstValueFrom(list.pipe(filter(({ dataState }) => dataState === 'complete')));
  asked.push([PAGE, {}]);
  let page = (first.data as Page).search;
  const ids = page.edges.map(({ node }) => node.id);
  while (page.pageInfo.hasNextPage) {
    const after = page.pageInfo.endCursor;
    const more = await list.fetchMore({ variables: { after } });
    asked.push([PAGE, { after }]);
    page = (more.data as Page).search;
    ids.push(...page.edges.map(({ node }) => node.id));
  }
  expect(new Set(ids).size).toBe(page.totalCount);

  for (const id of ids.filter((_, n) => n % 20 === 0)) await ask(ONE, { id });
  for (let after: string | undefined; ; ) {
    const { providers } = await ask<{ providers: Paged }>(PROVIDERS, { after });
    if (!providers.pageInfo.hasNextPage) break;
    after = providers.pageInfo.endCursor;
  }
  await ask(SOURCES);

  const entries = Object.keys(client.cache.extract() as object).filter((name) => name.includes(':'));
  const kept = Object.groupBy(entries, (name) => name.slice(0, name.indexOf(':')));
  const counts = Object.entries(kept).map(([type, all]) => `${all?.length} ${type}`);
  console.log(`${asked.length} queries, in the cache: ${counts.join(', ')}`);
  expect(Object.keys(kept).sort()).toEqual(
    entityTypes(gateway.schema)
      .map(({ name }) => name)
      .sort(),
  );
  expect(kept.Opportunity?.length).toBeGreaterThan(300);
  for (const [query, variables] of asked) {
    const now = await fresh(query, variables);
    expect(now).toBeDefined();
    expect(await cached(query, variables)).toEqual(now);
  }
}, 600_000);

describe('one record in several languages', () => {
  const LANGUAGES = [['en'], ['nl', 'de'], ['fr', 'et', 'pt']];
  const PAGE_OF_RUNS = { first: '20' };
  let ids: string[];
  /** Everything there is of a credential: in the languages of the operation, and with the languages on each field. */
  let byOperation: DocumentNode;
  let byField: DocumentNode;

  beforeAll(async () => {
    const credential = gateway.schema.getType('Credential') as GraphQLObjectType;
    const all = (given: Record<string, string>) => selectionOf(credential, 1, given);
    byOperation = gql`query ByOperation($id: ID!, $languages: [String!]) {
      credential(id: $id, languages: $languages) ${all(PAGE_OF_RUNS)} }`;
    byField = gql`query ByField($id: ID!, $languages: [String!]) {
      credential(id: $id) ${all({ ...PAGE_OF_RUNS, languages: '$languages' })} }`;
    const rows = await harvested.open.store.db.query<{ id: string }>(
      `select distinct on (source) id from credentials
        where document -> 'title' -> 'value' @> '[{"language": "en"}]'
          and jsonb_array_length(document -> 'title' -> 'value') > 1 and jsonb_array_length(document -> 'opportunities') > 0
          and status = 'live' order by source, id limit 3`,
    );
    ids = rows.map(({ id }) => id);
    expect(ids).toHaveLength(3);
  });

  /** Asks for all records in all languages, one after another, then reads what the cache has kept. */
  async function wrong(query: DocumentNode, clientFor: (languages: string[]) => ReturnType<typeof createClient>) {
    const pairs = ids.flatMap((id) => LANGUAGES.map((languages) => ({ id, languages })));
    for (const pair of pairs) await clientFor(pair.languages).ask(query, pair);
    const differing: object[] = [];
    for (const pair of pairs) {
      const { cached, fresh } = clientFor(pair.languages);
      const [kept, now] = [await cached(query, pair), await fresh(query, pair)];
      if (JSON.stringify(kept) !== JSON.stringify(now)) differing.push(pair);
    }
    return { differing: differing.length, of: pairs.length };
  }

  test('the danger: with `languages` on root fields only, a default cache shows the texts that came last', async () => {
    const { ask, cached, fresh } = createClient();
    const title = gql`query ($id: ID!, $l: [String!]) { credential(id: $id, languages: $l) { id title { text language } } }`;
    type Title = { credential: { title: { text: string; language: string } } };
    const id = ids[0] as string;
    const { credential } = await ask<Title>(title, { id, l: ['en'] });
    expect(credential.title.language).toBe('en');
    const all = gql`query ($id: ID!) { credential(id: $id) { id title { all { language } } } }`;
    const given = (await fresh(all, { id })) as { credential: { title: { all: { language: string }[] } } };
    const other = given.credential.title.all.find(({ language }) => language !== 'en');
    await ask(title, { id, l: [other?.language] });
    expect(((await cached(title, { id, l: ['en'] })) as Title).credential.title.language).toBe(other?.language);
    const client = createClient();
    expect((await wrong(byOperation, () => client)).differing).toBeGreaterThan(0);
  }, 300_000);

  test('safe: `languages` on each field that holds a text, default cache', async () => {
    const client = createClient();
    expect(await wrong(byField, () => client)).toEqual({ differing: 0, of: ids.length * LANGUAGES.length });
  }, 300_000);

  test('safe: `languages` on root fields, and the type policies of examples/apollo-cache.ts', async () => {
    const client = createClient(typePoliciesByLanguage);
    expect(await wrong(byOperation, () => client)).toEqual({ differing: 0, of: ids.length * LANGUAGES.length });
  }, 300_000);

  test('safe: a cache for each list of languages', async () => {
    const clients = new Map<string, ReturnType<typeof createClient>>();
    const clientFor = (languages: string[]) => {
      const name = languages.join();
      const client = clients.get(name) ?? createClient();
      clients.set(name, client);
      return client;
    };
    expect(await wrong(byOperation, clientFor)).toEqual({ differing: 0, of: ids.length * LANGUAGES.length });
  }, 300_000);

  test('`languages` on each field answers what `languages` on the root field does, to the last label', async () => {
    const { fresh } = createClient();
    const answers = new Set<string>();
    for (const id of ids) {
      for (const languages of LANGUAGES) {
        const answer = await fresh(byField, { id, languages });
        expect(answer).toEqual(await fresh(byOperation, { id, languages }));
        answers.add(JSON.stringify(answer));
      }
    }
    expect(answers.size).toBeGreaterThan(ids.length * 2);
  }, 300_000);

  test('every field of a type with an id that holds a text or a label can be asked for in a language', () => {
    const without: string[] = [];
    const withArgument: string[] = [];
    for (const type of entityTypes(gateway.schema)) {
      for (const field of Object.values(type.getFields())) {
        const has = field.args.some(({ name }) => name === 'languages');
        if (has) withArgument.push(`${type.name}.${field.name}`);
        else if (speaks(field.type)) without.push(`${type.name}.${field.name}`);
      }
    }
    expect(without).toEqual([]);
    const inRecipe = Object.entries(typePoliciesByLanguage).flatMap(([type, { fields }]) =>
      Object.keys(fields).map((field) => `${type}.${field}`),
    );
    expect(inRecipe.sort()).toEqual(withArgument.sort());
  });

  /** Whether what is answered depends on languages: somewhere in it a text or label says which one was chosen. */
  function speaks(given: unknown, above: readonly GraphQLNamedType[] = []): boolean {
    const type = getNamedType(given as GraphQLNamedType);
    if (above.includes(type)) return false;
    // Lists of texts are a text in every language, for everybody the same.
    if (type.name === 'Text') return !isList(given);
    if (isInterfaceType(type))
      return gateway.schema.getPossibleTypes(type).some((one) => speaks(one, [...above, type]));
    if (!isObjectType(type) || entityTypes(gateway.schema).includes(type)) return false;
    const fields = type.getFields();
    if (fields.language && (fields.text || fields.label)) return true;
    return Object.values(fields).some((field) => speaks(field.type, [...above, type]));
  }

  test('the operation-wide list and the list of `elements` go through fragments on the element types too', async () => {
    const { fresh } = createClient();
    const query = gql`query ($id: ID!, $l: [String!]) {
      credential(id: $id) { id elements(names: [TITLE], languages: $l) { name ... on TextElement { text language } }
        title(languages: $l) { name text language } } }`;
    for (const l of LANGUAGES) {
      const { credential } = (await fresh(query, { id: ids[0], l })) as {
        credential: { elements: object[]; title: object };
      };
      expect(credential.elements).toEqual([credential.title]);
    }
  });
});
