import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import type { ExecutionRequest, Executor } from '@graphql-tools/utils';
import { execute, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { SubgraphContext } from '../subgraphs/shared/context.ts';
import { expectedError, maskError, type ReportError } from '../subgraphs/shared/errors.ts';
import { formatAcceptLanguage } from '../subgraphs/shared/languages.ts';
import { type SubgraphModule, subgraphSchema } from '../subgraphs/shared/subgraph.ts';

/** What the gateway puts into the context of an operation. */
export interface OperationContext {
  languages: readonly string[];
  /** Shared by the subgraphs in process; absent when there is no catalogue in this process. */
  subgraph?: SubgraphContext;
}

type Request = ExecutionRequest<Record<string, unknown>, OperationContext>;

const asErrors = (errors: readonly GraphQLFormattedError[]): GraphQLError[] =>
  errors.map((e) => new GraphQLError(e.message, { path: e.path, extensions: e.extensions }));

/** Runs a subgraph in this process: no HTTP, no second parsing; the plan's documents go straight to graphql-js. */
export function localExecutor(subgraph: SubgraphModule, report: ReportError): Executor<OperationContext> {
  const schema = subgraphSchema(subgraph);
  return async (request: ExecutionRequest) => {
    const { document, variables, operationName, context } = request as Request;
    const result = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context?.subgraph,
    });
    if (!result.errors) return result as never;
    return {
      data: result.data,
      errors: asErrors(result.errors.map((e) => maskError(e, subgraph.name, report))),
    } as never;
  };
}

/** Asks a subgraph over HTTP, handing the reader's languages on. */
export function httpExecutor(
  name: string,
  endpoint: string,
  timeout: number,
  report: ReportError,
): Executor<OperationContext> {
  const ask = buildHTTPExecutor({
    endpoint,
    timeout,
    headers: (request) => ({
      'accept-language': formatAcceptLanguage((request as Request | undefined)?.context?.languages ?? []),
    }),
  });
  const unavailable = (error: unknown): GraphQLError => {
    report({ id: name, where: `subgraph ${name} at ${endpoint}`, error });
    return expectedError('SUBGRAPH_UNAVAILABLE', `the subgraph "${name}" does not answer at the moment`, {
      subgraph: name,
      remedy: 'try again in a few seconds; what other subgraphs know is still answered',
    });
  };
  return async (request: ExecutionRequest) => {
    try {
      const result = (await ask(request)) as { data?: unknown; errors?: readonly GraphQLError[] };
      // Without data and without a code of ours the answer came from no GraphQL server.
      const broken = result.errors?.find((e) => TRANSPORT_CODES.has(String(e.extensions?.code)) || e.originalError);
      if (broken && result.data == null) return { data: null, errors: [unavailable(broken)] } as never;
      return result as never;
    } catch (error) {
      return { data: null, errors: [unavailable(error)] } as never;
    }
  };
}

const TRANSPORT_CODES = new Set(['RESPONSE_VALIDATION_FAILED', 'DOWNSTREAM_SERVICE_ERROR', 'TIMEOUT_ERROR']);
