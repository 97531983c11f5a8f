import type { GraphQLFormattedError } from 'graphql';

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
  /** Headers for HTTP, such as Retry-After. */
  headers?: Readonly<Record<string, string>>;
  result: { data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] };
}
