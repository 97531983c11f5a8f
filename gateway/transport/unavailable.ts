import type { GraphQLError } from 'graphql';
import { expectedError } from '../../subgraphs/shared/errors.ts';

/** What a reader is told of a subgraph that does not answer; never where it runs. */
export const unavailable = (subgraph: string): GraphQLError =>
  expectedError('SUBGRAPH_UNAVAILABLE', `the subgraph "${subgraph}" does not answer at the moment`, {
    subgraph,
    remedy: 'try again in a few seconds; what other subgraphs know is still answered',
  });

/** What a reader is told when the time of the whole operation was up before this subgraph had answered. */
export const outOfTime = (subgraph: string): GraphQLError =>
  expectedError('TIMEOUT', `the operation had no time left for the subgraph "${subgraph}"`, {
    limit: 'timeout',
    subgraph,
    remedy: 'ask for fewer hits, facets or fields; what other subgraphs know is still answered',
  });
