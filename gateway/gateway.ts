import { createGatewayRuntime, createLoggerFromLogging } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createSubgraphContext } from '../subgraphs/shared/context.ts';
import { expectedError, maskError, type ReportError } from '../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../subgraphs/subgraphs.ts';
import { createDoor } from './admission/door.ts';
import { createLanes, type Lanes } from './admission/lanes.ts';
import { createVisits, type Visits } from './admission/visits.ts';
import { placeholderUrl, readSupergraph } from './compose.ts';
import { readGraphs } from './composed-graphs.ts';
import type { GraphAnswer, GraphRequest } from './graph-request.ts';
import { inTime } from './in-time.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import type { Completed } from './operation/complete.ts';
import { readOwners } from './operation/field-owners.ts';
import { createRun } from './operation/run.ts';
import { createPrepare } from './prepare.ts';
import { PATIENCE, type Patience } from './transport/guard.ts';
import type { OperationContext } from './transport/operation-context.ts';
import { createSubgraphLink, type SubgraphLink } from './transport/subgraph-link.ts';
import { withoutGone } from './without-gone.ts';

export interface Gateway {
  execute(request: GraphRequest): Promise<GraphAnswer>;
  /** The public schema. */
  schema: GraphQLSchema;
  /** The supergraph that is served. */
  supergraph: string;
  limits: Limits;
  /** How it stands with each subgraph, for those who run the gateway. */
  subgraphs: readonly SubgraphLink[];
  /** The lanes through which visits come to their turn, and the visit being served; calls without one wait for nobody. */
  lanes: Lanes;
  visits: Visits;
  close(): Promise<void>;
}

export interface GatewayOptions {
  /** What subgraphs in process read. Not needed when all of them are asked over HTTP. */
  catalogue?: Catalogue;
  /** Subgraphs to be asked over HTTP, by name; the others run in this process. */
  subgraphUrls?: Readonly<Record<string, string | undefined>>;
  /** Another supergraph than the committed one, for instance one that foreign subgraphs have joined. */
  supergraph?: string;
  limits?: Partial<Limits>;
  /** How long subgraphs are waited for, and when they are taken out. */
  patience?: Partial<Patience>;
  /** Takes what readers are not shown. */
  report: ReportError;
}

/** The gateway: checks first, then Hive's runtime with the Rust planner over subgraphs in process or over HTTP. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { catalogue, report } = options;
  const supergraph = options.supergraph ?? readSupergraph();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const links = subgraphLinks(options, supergraph, limits);
  const log = createLoggerFromLogging(false);
  const runtime = createGatewayRuntime({
    supergraph,
    unifiedGraphHandler,
    logging: log,
    subgraphErrors: false,
    landingPage: false,
    graphiql: false,
    maskedErrors: false,
    requestId: false,
    skipValidation: true,
    __experimental__batchExecution: false,
    transports: () => ({
      getSubgraphExecutor: ({ subgraphName }) => {
        const link = links.get(subgraphName);
        if (!link) throw new Error(`the supergraph names the subgraph "${subgraphName}", which nobody serves`);
        return link.executor;
      },
    }),
  });
  const schema = await runtime.getSchema();
  const lanes = createLanes();
  const visits = createVisits();
  const door = createDoor<Completed>({ prepare: createPrepare(schema, supergraph, limits), lanes, visits });

  const run = createRun(schema, readOwners(supergraph), async ({ document, operationName, variables, languages }) => {
    const answered = new AbortController();
    const context = {
      log,
      languages,
      subgraph: catalogue && createSubgraphContext(catalogue, languages, answered.signal),
      givenUp: new Set(),
      deadline: performance.now() + limits.timeout,
      signal: answered.signal,
    } satisfies OperationContext & { log: unknown };
    const { execute } = runtime.getEnveloped(context as never);
    try {
      return withoutGone(
        await execute({ schema, document, operationName, variableValues: variables, contextValue: context }),
      );
    } finally {
      answered.abort();
    }
  });

  return {
    schema,
    supergraph,
    limits,
    subgraphs: [...links.values()],
    lanes,
    visits,
    async execute(request) {
      try {
        const prepared = await door.check(request);
        if ('errors' in prepared) {
          return { status: 400, result: { errors: prepared.errors.map((e) => maskError(e, 'gateway', report)) } };
        }
        const result = await door.through(prepared, () =>
          inTime(run(prepared), limits.timeout, () => tookTooLong(limits.timeout)),
        );
        return { status: 200, result: shown(result, report) };
      } catch (error) {
        const masked = maskError(error as GraphQLError, 'gateway', report);
        return { status: STATUS.get(String(masked.extensions?.code)) ?? 500, result: { errors: [masked] } };
      }
    },
    close: async () => {
      await Promise.all([...links.values()].map((link) => link.close()));
      await runtime[Symbol.asyncDispose]();
    },
  };
}

/** What goes with an operation that was not executed, or not to its end. */
const STATUS = new Map([
  ['TIMEOUT', 504],
  ['OVERLOADED', 503],
  ['RATE_LIMITED', 429],
]);

/** A link to each subgraph of the supergraph: ours in process unless a URL is given, foreign ones by their URL. */
function subgraphLinks(
  { subgraphUrls = {}, report, catalogue, patience }: GatewayOptions,
  supergraph: string,
  limits: Limits,
) {
  const links = new Map<string, SubgraphLink>();
  const ours = new Map(createSubgraphs().map((subgraph) => [subgraph.name, subgraph]));
  for (const { name, url: composedUrl } of readGraphs(supergraph)) {
    const own = ours.get(name);
    const url = subgraphUrls[name] ?? (own && composedUrl === placeholderUrl(name) ? undefined : composedUrl);
    if (!url && !own) continue;
    const margin = Math.min(PATIENCE.margin, limits.timeout / 10);
    links.set(name, createSubgraphLink({ name, own, url, catalogue, report, patience: { margin, ...patience } }));
  }
  const unknown = Object.keys(subgraphUrls).find((name) => subgraphUrls[name] && !links.has(name));
  if (unknown) {
    throw new Error(
      `SUBGRAPH_${unknown.toUpperCase()}_URL is set, but the supergraph has no subgraph "${unknown}"; it has ${[...links.keys()].join(', ')}`,
    );
  }
  return links;
}

function shown({ data, errors }: Completed, report: ReportError): GraphAnswer['result'] {
  return errors.length === 0 ? { data } : { data, errors: errors.map((e) => maskError(e, 'gateway', report)) };
}

const tookTooLong = (milliseconds: number): GraphQLError =>
  expectedError('TIMEOUT', `the operation took longer than ${milliseconds} ms and was given up`, {
    limit: 'timeout',
    allowed: milliseconds,
    remedy: 'ask for fewer hits, facets or fields',
  });
