import { execute, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { maskError, type ReportError } from '../../subgraphs/shared/errors.ts';
import { type SubgraphModule, subgraphSchema } from '../../subgraphs/shared/subgraph.ts';
import type { Ask } from './operation-context.ts';
import { isUnreachable, SubgraphDown } from './subgraph-down.ts';
import { unavailable } from './unavailable.ts';

/**
 * Runs a subgraph in this process: no HTTP, no second parsing; the plan's documents go straight to graphql-js.
 * `troubled` is told of a store that did not answer a part of what was asked.
 */
export function localAsk(subgraph: SubgraphModule, report: ReportError, troubled: (error: SubgraphDown) => void): Ask {
  const schema = subgraphSchema(subgraph);
  return async ({ document, variables, operationName, context }) => {
    const { data, errors } = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context?.subgraph,
    });
    if (!errors) return { data };
    const lost = errors.find((error) => isUnreachable(error.originalError));
    if (lost) {
      const down = new SubgraphDown(`the store does not answer: ${lost.message}`, { cause: lost.originalError });
      if (holdsNothing(data)) throw down;
      troubled(down);
    }
    // A batch that fails is one failure, however many fields waited for it: one line in the log, one id.
    const shown = new Map<unknown, GraphQLFormattedError>();
    return {
      data,
      errors: errors.map((error) => {
        const cause = error.originalError ?? error;
        const said =
          shown.get(cause) ??
          (isUnreachable(cause) ? unavailable(subgraph.name) : maskError(error, subgraph.name, report));
        shown.set(cause, said);
        return new GraphQLError(said.message, { path: error.path, extensions: said.extensions });
      }),
    };
  };
}

/** Whether no root field, and no entity, has an answer. */
const holdsNothing = (data: Record<string, unknown> | null | undefined): boolean =>
  Object.values(data ?? {}).every(
    (value) => value == null || (Array.isArray(value) && value.length > 0 && value.every((item) => item == null)),
  );
