import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ReportError } from '../../subgraphs/shared/errors.ts';
import { layout } from '../pages/layout.ts';
import { preferredType } from './preferred-type.ts';

interface Details {
  /** `extensions.code` of a GraphQL error; BAD_REQUEST when left out. */
  code?: string;
  /** Further headers, such as Allow. */
  headers?: Readonly<Record<string, string>>;
  /** Further extensions of a GraphQL error, such as the limit that was passed. */
  extensions?: Readonly<Record<string, unknown>>;
}

/** Why a request is not served, whatever the media type of the answer: HTTP status, one line, and what to do about it. */
export class Refusal extends Error {
  readonly status: number;
  readonly remedy: string;
  readonly details: Details;

  constructor(status: number, message: string, remedy: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.remedy = remedy;
    this.details = details;
  }
}

/** An error of ours: the reader gets an id, the log the error under it. */
export function internalRefusal(error: unknown, id: string, where: string, report: ReportError): Refusal {
  report({ id, where, error });
  return new Refusal(500, 'Something went wrong on our side', `Try again; if it stays, report the id ${id}.`, {
    code: 'INTERNAL_SERVER_ERROR',
    extensions: { errorId: id },
  });
}

const PROBLEM_TYPES = ['application/json', 'application/problem+json', 'text/html'] as const;

/** A refusal as a page, as JSON or as a problem document (RFC 9457). Who accepts none of these gets JSON all the same. */
export function problem(c: Context, { status, message, remedy, details }: Refusal): Response | Promise<Response> {
  for (const [name, value] of Object.entries(details.headers ?? {})) c.header(name, value);
  c.header('vary', 'accept');
  c.header('cache-control', 'no-store');
  const type = preferredType(c.req.header('accept'), PROBLEM_TYPES);
  if (type === 'text/html') {
    return c.html(layout(`${message} – Credatlas`, html`<h1>${message}</h1><p>${remedy}</p>`), status as 400);
  }
  if (type === 'application/problem+json') {
    return c.body(JSON.stringify({ title: message, status, detail: remedy }), status as 400, { 'content-type': type });
  }
  return c.json(
    { error: message, remedy, ...(details.code && { code: details.code }), ...details.extensions },
    status as 400,
  );
}
