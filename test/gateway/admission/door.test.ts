import { getIntrospectionQuery } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { createBehaviour } from '../../../gateway/admission/behaviour.ts';
import { createKeptTexts } from '../../../gateway/admission/kept-texts.ts';
import { LANES } from '../../../gateway/admission/lanes.ts';
import type { Visit } from '../../../gateway/admission/visits.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

const { catalogue, close } = await createFixtureCatalogue();
const gateway = await createGateway({ catalogue, report: () => {} });
afterAll(async () => {
  await gateway.close();
  await close();
});

const behaviour = createBehaviour();
let last = 0;
const visit = (): Visit => ({
  client: behaviour.arrive(`visitor ${++last}`),
  connection: {},
  page: false,
  admitted: false,
  spent: 0,
});
const DEAR = '{ search(first: 100) { facets { name values { value count } } edges { node { id title { text } } } } }';

describe('operations come through lanes', () => {
  test('what gets no turn is turned away with a code, a time and a remedy; others are served meanwhile', async () => {
    const held = [];
    for (let n = 0; n <= LANES.dear.free; n++) held.push(gateway.lanes.dear.turn(visit()));
    await gateway.visits.serve(visit(), () => gateway.execute({ query: '{ search(first: 1) { totalCount } }' }));
    const turnedAway = visit();
    const dear = gateway.visits.serve(turnedAway, () => gateway.execute({ query: DEAR }));
    const began = performance.now();
    const other = await gateway.visits.serve(visit(), () =>
      gateway.execute({ query: '{ search(first: 1) { totalCount } }' }),
    );
    expect(other.status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_500);
    const { status, result } = await dear;
    expect(status).toBe(503);
    expect(result.errors?.[0]?.extensions).toMatchObject({
      code: 'OVERLOADED',
      retryAfter: expect.any(Number),
      remedy: expect.any(String),
    });
    expect(turnedAway.retryAfter).toBeGreaterThan(0);
    for (const turn of held) (await turn)?.();
  });

  test('calls from inside the process wait for nobody', async () => {
    const held = [];
    for (let n = 0; n <= LANES.dear.free; n++) held.push(gateway.lanes.dear.turn(visit()));
    expect((await gateway.execute({ query: DEAR })).status).toBe(200);
    for (const turn of held) (await turn)?.();
  });

  test('introspection is worked out once for the same document and variables', async () => {
    const query = getIntrospectionQuery();
    const first = await gateway.execute({ query });
    const second = await gateway.execute({ query });
    expect(second.result.data).toBe(first.result.data);
    const typed = 'query($name: String!) { __type(name: $name) { name } }';
    const one = await gateway.execute({ query: typed, variables: { name: 'Credential' } });
    const other = await gateway.execute({ query: typed, variables: { name: 'Provider' } });
    expect([one.result.data, other.result.data]).toEqual([
      { __type: { name: 'Credential' } },
      { __type: { name: 'Provider' } },
    ]);
  });
});

describe('texts that were worked out', () => {
  type Entry = { good: number } | { bad: number };
  const kept = () => createKeptTexts<{ good: number }, { bad: number }>((value: Entry) => 'bad' in value);

  test('a flood of refused ones, or of ones seen once, washes out none that is asked for again', () => {
    const texts = kept();
    texts.keep('portal', { good: 1 });
    expect(texts.get('portal')).toEqual({ good: 1 });
    for (let n = 0; n < 5_000; n++) {
      texts.keep(`bad ${n} ${'x'.repeat(1_000)}`, { bad: n });
      texts.keep(`new ${n} ${'x'.repeat(1_000)}`, { good: n });
    }
    expect(texts.has('portal')).toBe(true);
    expect(texts.get('portal')).toEqual({ good: 1 });
  });

  test('refusals are kept as well, and all is bounded', () => {
    const texts = kept();
    for (let n = 0; n < 5_000; n++) texts.keep(`bad ${n} ${'x'.repeat(40_000)}`, { bad: n });
    expect(texts.get(`bad 4999 ${'x'.repeat(40_000)}`)).toEqual({ bad: 4_999 });
    expect(texts.has(`bad 0 ${'x'.repeat(40_000)}`)).toBe(false);
    expect(texts.sizes().refused).toBeLessThan(20);
  });
});
