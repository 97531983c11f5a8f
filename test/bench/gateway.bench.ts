import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { ApolloServer, HeaderMap } from '@apollo/server';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { createSubgraphContext, type SubgraphContext } from '../../subgraphs/shared/context.ts';
import { plainSchema } from '../support/plain-schema.ts';
import { loadCatalogue } from './load-catalogue.ts';

/** Queries of one round; the caller may give words that occur in its catalogue. */
export interface GatewayBenchOptions {
  createCatalogue: () => Promise<Catalogue> | Catalogue;
  /** Search words, one a request in turn. */
  words: readonly string[];
  connections?: number;
  seconds?: number;
  rounds?: number;
}

export interface GatewayBenchResult {
  rows: { name: string; requestsPerSecond: number; p50: number; p99: number }[];
  /** Requests/s of the gateway over those of one plain schema, median of the rounds. */
  ratio: number;
}

/** The least that the federated way may reach of the plain one. */
export const RATIO_FLOOR = 0.8;

const QUERY = `query Hits($text: String) {
  search(text: $text, first: 20) {
    totalCount
    edges { cursor node {
      id
      title { text language }
      workload { ects hours }
      level { eqf }
      learningOutcomes { outcomes { text } }
      participation { modes { code label } }
      awardingBody { providers { id name { text language } country { code label } } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

type Ask = (body: string) => Promise<string>;

/** "Search 20 hits → credential fields → provider": federated in process against one schema in @apollo/server. */
export async function benchGateway(options: GatewayBenchOptions): Promise<GatewayBenchResult> {
  const { words, connections = 16, seconds = 5, rounds = 3 } = options;
  const catalogue = await options.createCatalogue();
  const gateway = await createGateway({ catalogue, report: ({ error }) => console.error(error) });
  const plain = await plainApollo(catalogue);
  const contenders: [string, Ask][] = [
    ['gateway, subgraphs in process', async (body) => JSON.stringify((await gateway.execute(JSON.parse(body))).result)],
    ['one schema, @apollo/server', plain.ask],
  ];
  const bodies = words.map((text) => JSON.stringify({ query: QUERY, operationName: 'Hits', variables: { text } }));
  const [first, second] = await Promise.all(contenders.map(([, ask]) => ask(bodies[0] ?? '')));
  if (first !== second?.trim()) throw new Error(`the two do not answer alike:\n${first}\n${second}`);
  if (!first?.includes('"node":{')) throw new Error(`no hits for ${words[0]}: nothing would be measured`);

  const runs = new Map<string, Run[]>(contenders.map(([name]) => [name, []]));
  for (const [, ask] of contenders) await load(ask, bodies, connections, 1.5);
  for (let round = 0; round < rounds; round++) {
    // Each goes first in turn, so that a slow moment of the machine does not always meet the same one.
    for (const [name, ask] of round % 2 === 0 ? contenders : contenders.toReversed()) {
      runs.get(name)?.push(await load(ask, bodies, connections, seconds));
    }
  }
  await gateway.close();
  await plain.stop();

  const rows = contenders.map(([name]) => ({
    name,
    requestsPerSecond: median((runs.get(name) ?? []).map((r) => r.requestsPerSecond)),
    p50: median((runs.get(name) ?? []).map((r) => r.p50)),
    p99: median((runs.get(name) ?? []).map((r) => r.p99)),
  }));
  const ratios = (runs.get(contenders[0]?.[0] ?? '') ?? []).map(
    (run, i) => run.requestsPerSecond / (runs.get(contenders[1]?.[0] ?? '')?.[i]?.requestsPerSecond ?? Number.NaN),
  );
  return { rows, ratio: median(ratios) };
}

type Run = { requestsPerSecond: number; p50: number; p99: number };

async function load(ask: Ask, bodies: readonly string[], connections: number, seconds: number): Promise<Run> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const start = performance.now();
        await ask(bodies[next++ % bodies.length] ?? '');
        times.push(performance.now() - start);
        // A turn of the event loop between requests, as a socket would give.
        await new Promise(setImmediate);
      }
    }),
  );
  const elapsed = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requestsPerSecond: times.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function plainApollo(catalogue: Catalogue): Promise<{ ask: Ask; stop: () => Promise<void> }> {
  const server = new ApolloServer<SubgraphContext>({
    schema: plainSchema(),
    stopOnTerminationSignals: false,
    introspection: true,
  });
  await server.start();
  return {
    ask: async (body) => {
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([['content-type', 'application/json']]),
          search: '',
          body: JSON.parse(body),
        },
        context: async () => createSubgraphContext(catalogue, []),
      });
      return answer.body.kind === 'complete' ? answer.body.string : '';
    },
    stop: () => server.stop(),
  };
}

export function printBench({ rows, ratio }: GatewayBenchResult): void {
  console.table(
    Object.fromEntries(
      rows.map(({ name, requestsPerSecond, p50, p99 }) => [
        name,
        { 'requests/s': Math.round(requestsPerSecond), 'p50 ms': +p50.toFixed(2), 'p99 ms': +p99.toFixed(2) },
      ]),
    ),
  );
  console.log(
    `ratio ${ratio.toFixed(2)} (floor ${RATIO_FLOOR}); ${availableParallelism()} cores, Node ${process.version}`,
  );
}

const ROUNDS = 200;
async function timed(words: readonly string[], work: (word: string) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const started = performance.now();
    await work(words[n % words.length] ?? '');
    times.push(performance.now() - started);
  }
  return median(times);
}

const searchAlone = (catalogue: Catalogue, words: readonly string[]) =>
  timed(words, (text) => catalogue.search.query({ text, first: 20 }));

async function graphAlone(catalogue: Catalogue, words: readonly string[]): Promise<number> {
  const gateway = await createGateway({ catalogue, report: ({ error }) => console.error(error) });
  const p50 = await timed(words, (text) =>
    gateway.execute({ query: QUERY, operationName: 'Hits', variables: { text } }),
  );
  await gateway.close();
  return p50;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const records = Number(process.argv[2] ?? 50_000);
  const { catalogue, words, close } = await loadCatalogue(records);
  const p50 = await searchAlone(catalogue, words);
  const result = await benchGateway({ createCatalogue: () => catalogue, words });
  console.log(
    `${records} records in ${catalogue.search.name}; the bare engine, one search at a time: p50 ${p50.toFixed(2)} ms`,
  );
  const alone = await graphAlone(catalogue, words);
  console.log(
    `the same search through the gateway with fields and providers, one at a time: p50 ${alone.toFixed(2)} ms`,
  );
  printBench(result);
  await close();
  if (result.ratio < RATIO_FLOOR) process.exitCode = 1;
}
