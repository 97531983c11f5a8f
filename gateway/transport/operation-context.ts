import type { ExecutionRequest } from '@graphql-tools/utils';
import type { GraphQLError } from 'graphql';
import type { SubgraphContext } from '../../subgraphs/shared/context.ts';

/** What the gateway puts into the context of an operation. */
export interface OperationContext {
  languages: readonly string[];
  /** Shared by the subgraphs in process; absent when there is no catalogue in this process. */
  subgraph?: SubgraphContext;
  /** When the operation is given up, in the time of `performance.now()`. */
  deadline?: number;
  /** Subgraphs that this operation has waited for in vain: it does not wait for them again in a later step of its plan. */
  givenUp?: Set<string>;
  /** Aborted when the operation has been answered: whatever still runs for it may stop. */
  signal?: AbortSignal;
}

/** One fetch of a query plan, as the runtime hands it to a subgraph. */
export type SubgraphRequest = Pick<
  ExecutionRequest<Record<string, unknown>, OperationContext>,
  'document' | 'variables' | 'operationName' | 'context'
>;

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLError[];
}

/** One way to a subgraph. Throws {@link SubgraphDown} when the subgraph has not answered as one. */
export type Ask = (request: SubgraphRequest, signal: AbortSignal) => Promise<SubgraphAnswer>;
