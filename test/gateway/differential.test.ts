import { execute, type GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createSubgraphContext } from '../../subgraphs/shared/context.ts';
import { maskError } from '../../subgraphs/shared/errors.ts';
import { plainSchema } from '../support/plain-schema.ts';
import { type Literals, type RandomOperation, randomOperation } from '../support/random-operation.ts';
import { serveSubgraphs } from '../support/subgraph-services.ts';
import { createFixtureCatalogue, type FixtureCatalogue } from './fixture-catalogue.ts';
import { credentials, providers } from './fixture-records.ts';

/** Generated operations of one run; each is asked of the gateway and of graphql-js alone. */
const OPERATIONS = Number(process.env.DIFFERENTIAL_OPERATIONS ?? 5_000);
const FIRST_SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

/** Unexpected failures of either side, for whoever looks into one. */
const report = ({ error }: { error: unknown }): void => {
  if (process.env.DIFFERENTIAL_SHOW) console.error(error);
};

const quoted = (text: string): string => JSON.stringify(text);
const some = (list: { record: { id: string } }[]): string[] => list.slice(0, 4).map(({ record }) => quoted(record.id));

const IDS = {
  credential: [...some(credentials), '"course-1"', '"nobody"'],
  provider: [...some(providers), '"nobody"'],
  source: ['"example-north"', '"example-south"', '"nobody"'],
};

/** Arguments as readers give them, slips included: those must fail alike. */
const literals: Literals = (field, argument) => {
  const [type, name] = field.split('.');
  if (argument === 'first') return [undefined, '1', '2', '3'];
  if (argument === 'languages')
    return type === 'Query' ? undefined : [undefined, '["nl"]', '["fr", "en"]', '["not a tag"]'];
  if (argument === 'startFrom') return [undefined, '"2030-01-01"', '"2026-13-45"'];
  if (argument === 'names')
    return [undefined, '[TITLE]', '[LEVEL, TITLE, LEARNER]', '[AWARDING_BODY, OFFERED_BY, KIND]'];
  if (argument === 'text') return [undefined, '"data"', '"literacy"', '"zzzz"'];
  if (argument === 'prefix') return ['"da"', '"x"'];
  if (argument === 'facets') return [undefined, '[COUNTRY]', '[LANGUAGE, PROVIDER]'];
  if (argument === 'filter') return [undefined, '{ country: ["IE"] }', '{ eqf: [9] }', '{ mode: ["online"] }'];
  if (argument === 'country') return [undefined, '"IE"', '"Narnia"'];
  if (name === 'credential') return IDS.credential;
  if (name === 'provider') return IDS.provider;
  if (name === 'source') return IDS.source;
  if (argument === 'ids') return ['[]', `[${IDS.credential.slice(0, 3).join(', ')}]`, `[${IDS.credential.join(', ')}]`];
  return undefined;
};

describe('the gateway answers as one schema in graphql-js does', () => {
  let fixture: FixtureCatalogue;
  let gateway: Gateway;
  /** The same with every subgraph asked over HTTP. */
  let distributed: Gateway;
  let services: Awaited<ReturnType<typeof serveSubgraphs>>;
  const plain = plainSchema();
  const limit = 1_000_000;
  beforeAll(async () => {
    fixture = await createFixtureCatalogue();
    services = await serveSubgraphs(fixture.catalogue, report);
    const limits = {
      depth: 50,
      breadth: limit,
      rootFields: limit,
      aliases: limit,
      directives: limit,
      fields: limit,
      cost: 1e9,
    };
    gateway = await createGateway({ catalogue: fixture.catalogue, report, limits });
    distributed = await createGateway({ subgraphUrls: services.urls, report, limits });
  });
  afterAll(async () => {
    await gateway.close();
    await distributed.close();
    await services.stop();
    await fixture.close();
  });

  const ofGateway = async ({ query, variables }: RandomOperation, asked = gateway) =>
    told((await asked.execute({ query, variables, languages: ['nl'] })).result);
  const ofPlain = async ({ query, variables }: RandomOperation) =>
    told(
      await execute({
        schema: plain,
        document: parse(query),
        variableValues: variables,
        contextValue: createSubgraphContext(fixture.catalogue, ['nl']),
      }),
    );

  test.each([
    ['a list selected twice', '{ search(first: 2) { edges { cursor } edges { node { id } } } }'],
    ['a list of texts selected twice', '{ credential(id: "course-1") { alternates alternates } }'],
    [
      'a list selected on the interface and on a type',
      '{ credential(id: "course-1") { elements { origin { path } ... on TextElement { origin { rule } all { text } } ... on Element { ... on TextElement { all { language } } } } } }',
    ],
    [
      'objects below a list, in two inline fragments',
      '{ search(first: 2) { ... { edges { node { title { text } } } } ... on SearchConnection { edges { node { title { language } id } } } } }',
    ],
    [
      'a list twice, once skipped',
      '{ sources { id } sources @skip(if: true) { title } ... @include(if: false) { sources { url } } }',
    ],
    ['nothing but a skipped field', '{ sources @skip(if: true) { id } }'],
    ['a selection whose only field is skipped', '{ sources { id @skip(if: true) } }'],
    [
      '__typename under other names',
      '{ kindOf: __typename search(first: 1) { __typename t: __typename edges { __typename } } }',
    ],
    [
      'schema and data side by side',
      '{ __type(name: "Text") { name } search(first: 1) { totalCount } __schema { queryType { name } } }',
    ],
  ])('%s', async (_, query) => {
    const operation = { query, variables: {} };
    const [one, other] = [await ofGateway(operation), await ofPlain(operation)];
    expect(one).toEqual(other);
  });

  test(`${OPERATIONS} generated operations`, { timeout: 900_000 }, async () => {
    let withErrors = 0;
    let withLists = 0;
    for (let seed = FIRST_SEED; seed < FIRST_SEED + OPERATIONS; seed++) {
      const operation = randomOperation(gateway.schema, literals, seed);
      // Every tenth over HTTP.
      const by = seed % 10 === 0 ? distributed : gateway;
      const [one, other] = await Promise.all([ofGateway(operation, by), ofPlain(operation)]);
      const asked = `seed ${seed}: ${operation.query}\nvariables ${JSON.stringify(operation.variables)}`;
      expect(one, asked).toEqual(other);
      if (other.errors.length > 0) withErrors += 1;
      if (/\[\{.*\},\{/.test(other.text)) withLists += 1;
    }
    console.log(
      `${OPERATIONS} operations answered alike, ${withErrors} with errors, ${withLists} with lists of objects`,
    );
    expect(withErrors).toBeGreaterThan(OPERATIONS / 100);
    expect(withLists).toBeGreaterThan(OPERATIONS / 10);
  });
});

interface Answer {
  data?: unknown;
  errors?: readonly (GraphQLError | GraphQLFormattedError)[];
}

/**
 * The data to the letter, order included; of errors what a reader acts on, in the order of their paths. Where several errors
 * made one and the same place null, any of them may be told (GraphQL §6.4.4), so that only the place counts.
 */
function told({ data, errors = [] }: Answer) {
  const shown = errors.map((error) => {
    const { message, path, extensions } = maskError(error, 'test', report);
    const place = nullPlace(data, path ?? []);
    return JSON.stringify(place.length === path?.length ? [path, message, extensions?.code] : [place]);
  });
  return { text: JSON.stringify(data), errors: [...new Set(shown)].sort() };
}

/** The beginning of a path up to the first null. */
function nullPlace(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let at = data;
  for (const [depth, step] of path.entries()) {
    if (at == null) return path.slice(0, depth);
    at = (at as Record<string | number, unknown>)[step];
  }
  return path;
}
