import type { Problem } from '../../schema/index.ts';
import { StatusRefused } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import { redactUrl } from '../fetch/redact-url.ts';
import type { Format } from '../format.ts';
import { problemOf } from '../normalise/notes.ts';

/** A web page that was taken down; a feed that is not found has moved, or its server is broken. */
export const isGone = (role: string | null | undefined, error: unknown): error is StatusRefused =>
  error instanceof StatusRefused && role === 'page' && (error.status === 404 || error.status === 410);

export const goneProblem = (url: string, { status }: StatusRefused): Problem =>
  problemOf('', 'page-gone', `${status} ${redactUrl(url)}`);

/** Why a body that was read to its end may not be whole all the same. */
export const cutShort = (format: Format, response: GateResponse): string | undefined =>
  format.openEnded && !response.framed
    ? 'the answer ended with its connection, so it may have been cut short. Let the server send Content-Length or chunks.'
    : undefined;
