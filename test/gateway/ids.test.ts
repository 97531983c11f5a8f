import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type GraphQLObjectType, type GraphQLSchema, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createServerApp } from '../../gateway/server.ts';
import { jsonSchema } from '../../schema/json-schema.ts';
import { argumentsOf, entityTypes, type Root, rootsOf, type Sighting, selectionOf, sightings } from './entity-walk.ts';
import { BADLY_NAMED, createHarvestedCatalogue, type HarvestedCatalogue } from './harvested-catalogue.ts';

// What a client cache does with this graph: it keeps one entry for each type and `id`, whatever query brought it.

const UNBOUND = { depth: 99, rootFields: 999, breadth: 999, fields: 99_999, tokens: 999_999, cost: 1e9, aliases: 999 };
const PAGE = { first: '100' };
/** How many ids of a type are looked up one by one, and of how many hundreds one is looked up at once. */
const SINGLE = 30;
const HUNDREDS = 3;

let harvested: HarvestedCatalogue;
let gateway: Gateway;
let schema: GraphQLSchema;
/** All objects seen, by type and id, with the first facts seen of each. */
const known = new Map<string, Sighting>();
let seen = 0;
const contradictions: string[] = [];

beforeAll(async () => {
  harvested = await createHarvestedCatalogue();
  await mergeTwo();
  gateway = await createGateway({
    catalogue: harvested.open.catalogue,
    limits: { ...UNBOUND, timeout: 120_000 },
    report: (entry) => console.error(entry),
  });
  schema = gateway.schema;
  await walk();
}, 600_000);
afterAll(async () => {
  await gateway?.close();
  await harvested?.close();
});

/** A course that was merged into the like one of another source; its own runs stay where they are. */
async function mergeTwo(): Promise<void> {
  await harvested.open.store.db.query(
    `update credentials gone set status = 'withdrawn', merged_into = stays.id from credentials stays
      where gone.source = 'badly-named-again' and stays.source = 'badly-named'
        and gone.identifier = 'A' and stays.identifier = 'A'`,
  );
  await harvested.open.indexer.reindex();
}

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const { result } = await gateway.execute({ query, variables, languages: ['en'] });
  expect(result.errors).toBeUndefined();
  return result.data as Record<string, unknown>;
}

const key = ({ type, id }: Pick<Sighting, 'type' | 'id'>): string => `${type}:${String(id)}`;

function take(answer: unknown): void {
  for (const sighting of sightings(answer)) {
    seen++;
    const before = known.get(key(sighting));
    if (!before) known.set(key(sighting), sighting);
    else if (JSON.stringify(before.facts) !== JSON.stringify(sighting.facts))
      contradictions.push(`${key(sighting)}: ${difference(before.facts, sighting.facts)}`);
  }
}

const difference = (one: Record<string, unknown>, other: Record<string, unknown>): string =>
  Object.keys({ ...one, ...other })
    .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .map((name) => `${name} is ${JSON.stringify(one[name])} and ${JSON.stringify(other[name])}`)
    .join('; ')
    .slice(0, 500);

/** Pages through everything that can be walked, then looks up by id what was found. */
async function walk(): Promise<void> {
  const roots = rootsOf(schema);
  for (const root of roots.filter(({ by }) => !by)) await walkRoot(root);
  for (const root of roots.filter(({ by }) => by)) await lookUp(root);
  // Searches do not find what was withdrawn or merged; links do.
  const gone = await harvested.open.store.db.query<{ id: string }>(
    `select id from credentials where status = 'withdrawn' or merged_into is not null`,
  );
  const tombstones = gone.map(({ id }) => id);
  expect(tombstones.length).toBeGreaterThan(0);
  const credential = schema.getType('Credential') as GraphQLObjectType;
  take(
    await ask(`query ($ids: [ID!]!) { credentials(ids: $ids) ${selectionOf(credential, 1, PAGE)} }`, {
      ids: tombstones,
    }),
  );
}

async function walkRoot({ field, type, pages }: Root): Promise<void> {
  const given = argumentsOf(field, pages ? { ...PAGE, after: '$after' } : PAGE);
  const query = `${pages ? 'query ($after: String)' : ''} { ${field.name}${given} ${selectionOf(type, 2, PAGE)} }`;
  for (let after: string | undefined; ; ) {
    const data = await ask(query, { after });
    take(data);
    const page = data[field.name] as { pageInfo?: { hasNextPage: boolean; endCursor: string } } | null;
    if (!pages || !page?.pageInfo?.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
}

async function lookUp({ field, type, by }: Root): Promise<void> {
  const ids = [...known.values()].filter((one) => one.type === type.name).map(({ id }) => String(id));
  const several = by === 'ids';
  const query = `query ($ids: ${several ? '[ID!]!' : 'ID!'}) { ${field.name}(${by}: $ids) ${selectionOf(type, 1, PAGE)} }`;
  const step = several ? HUNDREDS * 100 : Math.max(1, Math.floor(ids.length / SINGLE));
  for (let from = 0; from < ids.length; from += step) {
    const some = ids.slice(from, from + (several ? 100 : 1));
    const data = await ask(query, { ids: several ? some : some[0] });
    const answered = several ? data[field.name] : [data[field.name]];
    expect((answered as ({ id: string } | null)[]).map((one) => one?.id)).toEqual(some);
    take(data);
  }
}

describe('types with an id', () => {
  test('each is met, in numbers that prove something', async () => {
    const met = new Map<string, number>();
    for (const { type } of known.values()) met.set(type, (met.get(type) ?? 0) + 1);
    console.log(`${seen} sightings of ${known.size} objects: ${JSON.stringify(Object.fromEntries(met))}`);
    expect([...met.keys()].sort()).toEqual(
      entityTypes(schema)
        .map(({ name }) => name)
        .sort(),
    );
    const { search, providers, sources } = (await ask(
      '{ search { totalCount } providers { totalCount } sources { id } }',
    )) as { search: { totalCount: number }; providers: { totalCount: number }; sources: unknown[] };
    // Tombstones are met beside those that search finds.
    expect(met.get('Credential')).toBeGreaterThan(search.totalCount);
    expect(met.get('Provider')).toBeGreaterThanOrEqual(providers.totalCount);
    expect(met.get('Source')).toBe(sources.length);
    expect(met.get('Credential')).toBeGreaterThan(330);
    expect(met.get('Opportunity')).toBeGreaterThan(300);
    expect(met.get('Run')).toBeGreaterThanOrEqual(sources.length);
    expect(seen).toBeGreaterThan(2 * known.size);
  });

  test('one type and id never stands for two objects: the same questions, the same facts', () => {
    expect(contradictions.slice(0, 5)).toEqual([]);
  });

  test('one id never stands for objects of two types: some caches file by id alone', () => {
    const types = new Map<string, string>();
    const shared = [...known.values()].flatMap(({ type, id }) => {
      const other = types.get(String(id));
      types.set(String(id), type);
      return other && other !== type ? [`${String(id)} is a ${type} and a ${other}`] : [];
    });
    expect(shared).toEqual([]);
  });

  test('no object is without an id, and no id is empty', () => {
    for (const type of entityTypes(schema)) {
      const { id } = type.getFields();
      expect(`${type.name}.id: ${String(id?.type)}`).toBe(`${type.name}.id: ID!`);
      expect(isNonNullType(id?.type)).toBe(true);
    }
    expect([...known.values()].filter(({ id }) => typeof id !== 'string' || id === '')).toEqual([]);
  });

  test('no type has another field that caches take for a key', () => {
    for (const type of Object.values(schema.getTypeMap()))
      if ('getFields' in type) expect(Object.keys(type.getFields()), type.name).not.toContain('_id');
  });
});

describe('runs of badly named courses', () => {
  const runs = async (source: string) => {
    const data = (await ask(
      `{ search(filter: { source: ["${source}"] }, first: 100) { edges { node { id identifier opportunities { id identifier startDate endDate url prices { amount } } } } } }`,
    )) as { search: { edges: { node: { id: string; identifier: string; opportunities: Run[] } }[] } };
    return data.search.edges.flatMap(({ node }) =>
      node.opportunities.map((run) => ({ course: node.identifier, credential: node.id, ...run })),
    );
  };
  interface Run {
    id: string;
    identifier: string;
    startDate: string | null;
    endDate: string | null;
    url: string | null;
    prices: { amount: number }[];
  }

  test('each price has an id of its own; the identifier is the one of the source where it names one run', async () => {
    const all = [...(await runs('badly-named')), ...(await runs('badly-named-again'))];
    // A, B, C, D and E in one source; the other's A was merged away.
    expect(all.map((run) => run.prices[0]?.amount).sort()).toEqual(
      [10, 20, 30, 40, 50, 60, 70, 80, 90, 30, 40, 50, 60, 70, 80, 90].sort(),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(16);
    for (const { id } of all) expect(id).toMatch(/^opp_[0-9a-z]{20}$/);
    const named = all.filter(({ course }) => course === 'A' || course === 'B');
    expect(named.map(({ course, identifier }) => `${course} ${identifier}`).sort()).toEqual([
      'A run-1',
      'A run-2',
      'B run-1',
      'B run-1',
    ]);
  });

  test('they are the same after harvests, also when rows come, go, change places and prices', async () => {
    const name = (run: Run & { course: string }) => `${run.course} ${run.startDate} ${run.endDate} ${run.url}`;
    const before = await runs('badly-named');
    await harvested.harvest();
    expect(await runs('badly-named')).toEqual(before);
    const [header, ...rows] = BADLY_NAMED.trim().split('\n');
    const more = 'D,Fire,Vuur,,,2027-04-01,,65,EUR,';
    harvested.serveBadly(
      `${[header, ...[more, ...rows.filter((row) => !row.startsWith('C'))].reverse()].join('\n').replace(',70,', ',75,')}\n`,
    );
    await harvested.harvest();
    const after = new Map((await runs('badly-named')).map((run) => [name(run), run]));
    const kept = before.filter(({ course }) => course !== 'C');
    expect(kept.map((run) => after.get(name(run))?.id)).toEqual(kept.map(({ id }) => id));
    expect(after.get('D null 2027-06-01 null')?.prices).toEqual([{ amount: 75 }]);
    expect(before.map(({ id }) => id)).not.toContain(after.get('D null 2027-04-01 null')?.id);
  }, 180_000);

  test('the record as JSON has the ids of the graph, and is what its JSON Schema says', async () => {
    const { catalogue } = harvested.open;
    const app = createServerApp({ gateway, catalogue, report: (entry) => console.error(entry) });
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const valid = ajv.compile(jsonSchema('credential'));
    for (const run of await runs('badly-named')) {
      const answer = await app.request(`/credentials/${run.credential}?format=json`);
      const { record } = (await answer.json()) as { record: { opportunities: { id: string; publicId: string }[] } };
      expect(valid(record) || valid.errors).toBe(true);
      expect(record.opportunities.map(({ id, publicId }) => `${id} ${publicId}`)).toContain(
        `${run.identifier} ${run.id}`,
      );
    }
  });

  test('a record that an earlier version took in, its runs not yet told apart, is safe too', async () => {
    const { db } = harvested.open.store;
    await db.query(
      `update credentials set document = jsonb_set(jsonb_set(document, '{opportunities,0,id}', '"same"'), '{opportunities,1,id}', '"same"')
        where source = 'badly-named' and identifier = 'E'`,
    );
    const old = (await runs('badly-named')).filter(({ course }) => course === 'E');
    expect(old).toHaveLength(2);
    expect(new Set(old.map(({ id }) => id)).size).toBe(2);
    expect(new Set(old.map(({ identifier }) => identifier)).size).toBe(2);
  });
});
