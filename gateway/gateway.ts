import { createGatewayRuntime, createLoggerFromLogging } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import type { Executor } from '@graphql-tools/utils';
import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { createSubgraphContext } from '../subgraphs/shared/context.ts';
import { expectedError, maskError, type ReportError } from '../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../subgraphs/subgraphs.ts';
import { createDoor } from './admission/door.ts';
import { createLanes, type Lanes } from './admission/lanes.ts';
import { createVisits, type Visits } from './admission/visits.ts';
import { placeholderUrl, readSupergraph } from './compose.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { createPrepare, type Prepared } from './prepare.ts';
import { httpExecutor, localExecutor, type OperationContext } from './transport.ts';

/** One GraphQL request, however it came in. */
export interface GraphRequest {
  query: unknown;
  operationName?: unknown;
  variables?: unknown;
  /** Languages of the reader (Accept-Language), most wanted first; a `languages` argument goes before them. */
  languages?: readonly string[];
}

/** The answer, and the HTTP status that goes with it: 200 once the operation was executed, 400 when it could not be. */
export interface GraphAnswer {
  status: number;
  result: { data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] };
}

export interface Gateway {
  execute(request: GraphRequest): Promise<GraphAnswer>;
  /** The public schema. */
  schema: GraphQLSchema;
  /** The supergraph that is served. */
  supergraph: string;
  limits: Limits;
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
  /** Takes what readers are not shown. */
  report: ReportError;
}

/** The gateway: checks first, then Hive's runtime with the Rust planner over subgraphs in process or over HTTP. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { catalogue, report } = options;
  const supergraph = options.supergraph ?? readSupergraph();
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const executors = subgraphExecutors(options, supergraph, limits);
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
        const executor = executors.get(subgraphName);
        if (!executor) throw new Error(`the supergraph names the subgraph "${subgraphName}", which nobody serves`);
        return executor as Executor;
      },
    }),
  });
  const schema = await runtime.getSchema();
  const lanes = createLanes();
  const visits = createVisits();
  const door = createDoor<ExecutionResult>({ prepare: createPrepare(schema, supergraph, limits), lanes, visits });

  const run = async ({ document, operationName, variables, languages }: Prepared): Promise<ExecutionResult> => {
    const context = {
      log,
      languages,
      subgraph: catalogue && createSubgraphContext(catalogue, languages),
    } satisfies OperationContext & { log: unknown };
    const { execute } = runtime.getEnveloped(context as never);
    return execute({ schema, document, operationName, variableValues: variables, contextValue: context });
  };

  return {
    schema,
    supergraph,
    limits,
    lanes,
    visits,
    async execute(request) {
      try {
        const prepared = await door.check(request);
        if ('errors' in prepared) {
          return { status: 400, result: { errors: prepared.errors.map((e) => maskError(e, 'gateway', report)) } };
        }
        const result = await door.through(prepared, () => inTime(run(prepared), limits.timeout));
        return { status: 200, result: shown(result, report) };
      } catch (error) {
        const masked = maskError(error as GraphQLError, 'gateway', report);
        return { status: STATUS.get(String(masked.extensions?.code)) ?? 500, result: { errors: [masked] } };
      }
    },
    close: async () => {
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

/** An executor for each subgraph of the supergraph: ours in process unless a URL is given, foreign ones by their URL. */
function subgraphExecutors({ subgraphUrls = {}, report }: GatewayOptions, supergraph: string, limits: Limits) {
  const executors = new Map<string, Executor<OperationContext>>();
  const ours = new Map(createSubgraphs().map((subgraph) => [subgraph.name, subgraph]));
  for (const [name, composedUrl] of composedUrls(supergraph)) {
    const own = ours.get(name);
    const url = subgraphUrls[name] ?? (own && composedUrl === placeholderUrl(name) ? undefined : composedUrl);
    if (url) executors.set(name, httpExecutor(name, url, limits.timeout, report));
    else if (own) executors.set(name, localExecutor(own, report));
  }
  const unknown = Object.keys(subgraphUrls).find((name) => subgraphUrls[name] && !executors.has(name));
  if (unknown) {
    throw new Error(
      `SUBGRAPH_${unknown.toUpperCase()}_URL is set, but the supergraph has no subgraph "${unknown}"; it has ${[...executors.keys()].join(', ')}`,
    );
  }
  return executors;
}

function composedUrls(supergraph: string): Map<string, string> {
  const urls = new Map<string, string>();
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (definition.kind !== 'EnumTypeDefinition' || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const given = value.directives?.find((d) => d.name.value === 'join__graph')?.arguments ?? [];
      const argument = (name: string): string => {
        const node = given.find((a) => a.name.value === name)?.value;
        return node?.kind === 'StringValue' ? node.value : '';
      };
      urls.set(argument('name'), argument('url'));
    }
  }
  return urls;
}

function shown(result: ExecutionResult, report: ReportError): GraphAnswer['result'] {
  if (!result.errors?.length) return { data: result.data ?? null };
  return { data: result.data ?? null, errors: result.errors.map((e) => maskError(e, 'gateway', report)) };
}

function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        expectedError('TIMEOUT', `the operation took longer than ${milliseconds} ms and was given up`, {
          limit: 'timeout',
          allowed: milliseconds,
          remedy: 'ask for fewer hits, facets or fields',
        }),
      );
    }, milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
