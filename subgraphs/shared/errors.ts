import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** What an expected failure says beside its message. */
export interface UserErrorDetails {
  /** The argument that is wrong, with its place (`filter.mode`). */
  argument?: string;
  /** What to do about it, one sentence. */
  remedy: string;
  [extension: string]: unknown;
}

/** An expected failure: shown to the reader as it is. */
export const expectedError = (code: string, message: string, details: UserErrorDetails): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...details } });

/** The reader asked for something that cannot be. */
export const badUserInput = (message: string, details: UserErrorDetails): GraphQLError =>
  expectedError('BAD_USER_INPUT', message, details);

/** What is logged of an unexpected error; the reader sees only the id. */
export interface ErrorReport {
  id: string;
  where: string;
  path?: readonly (string | number)[];
  error: unknown;
}
export type ReportError = (report: ErrorReport) => void;

/** Codes of errors that may be shown as they are. Everything else is masked. */
const SHOWN = new Set([
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'SEARCH_WINDOW_EXCEEDED',
  'SEARCH_UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'OPERATION_TOO_LARGE',
  'TIMEOUT',
  'NOT_FOUND',
  'UNFIT_ANSWER',
  'OVERLOADED',
  'RATE_LIMITED',
]);

type AnyError = Pick<GraphQLFormattedError, 'message' | 'locations' | 'path' | 'extensions'> & {
  originalError?: unknown;
};

/** An error as a reader may see it: expected ones as they are, others masked, with an id that the log carries too. */
export function maskError(error: AnyError, where: string, report: ReportError): GraphQLFormattedError {
  const { message, locations, path, extensions } = error;
  const code = extensions?.code;
  if (typeof code === 'string' && SHOWN.has(code)) {
    const { stacktrace: _, serviceName: __, ...rest } = extensions as Record<string, unknown>;
    return { message, ...(locations && { locations }), ...(path && { path }), extensions: rest };
  }
  if (code === 'INTERNAL_SERVER_ERROR' && typeof extensions?.errorId === 'string') {
    return { message, ...(path && { path }), extensions: { code, errorId: extensions.errorId } };
  }
  const id = randomUUID();
  report({ id, where, path, error: error.originalError ?? error });
  return {
    message: 'Something went wrong on our side',
    ...(path && { path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: id, remedy: 'try again; if it stays, report the errorId' },
  };
}
