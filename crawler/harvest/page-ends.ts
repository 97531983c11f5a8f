import type { Problem } from '../../schema/index.ts';
import { SourceBroken } from '../errors.ts';
import { StatusRefused } from '../fetch/fetch-failure.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import { redactUrl } from '../fetch/redact-url.ts';
import type { Format } from '../format.ts';
import { problemOf } from '../problems/notes.ts';
import { whatStandsThere } from './what-stands-there.ts';

/** What is told of a web page that gives no records by its own answer. */
export interface PageEnded {
  problem: Problem;
  /** It was not taken down: told when it gave records before, which then stay. */
  silence?: Problem;
}

/**
 * How a web page ended that was taken down, or leads to another host; undefined for what is a failure. A feed that is not found has
 * moved, or its server is broken.
 */
export function pageEnded({ url, role }: { url: string; role?: string | null }, error: unknown): PageEnded | undefined {
  if (role !== 'page') return undefined;
  if (error instanceof ForeignRedirect) {
    const problem = problemOf('', 'sitemap-foreign-host', error.message, error.remedy);
    return { problem, silence: silenceOf(error.message) };
  }
  if (!(error instanceof StatusRefused) || (error.status !== 404 && error.status !== 410)) return undefined;
  return { problem: problemOf('', 'page-gone', `${error.status} ${redactUrl(url)}`) };
}

const silenceOf = (found: string): Problem => problemOf('', 'page-silent', found);

/** What is told of a web page that used to give records and gave none of its own: nothing new, or what another page gives. */
export function silenceOfPage(
  { url, role }: { url: string; role: string | null },
  finalUrl: string,
  { fresh, head }: { fresh: number; head: Uint8Array },
): { silence?: Problem; ledTo?: string } {
  if (role !== 'page' || (fresh && finalUrl === url)) return {};
  return { silence: silenceOf(whatStandsThere(finalUrl, head)), ledTo: fresh ? finalUrl : undefined };
}

/** A page of a site leads to another host: that of a sitemap's entry would not be read either. */
export class ForeignRedirect extends SourceBroken {
  readonly target: string;
  constructor(url: string, target: string) {
    super(
      `${redactUrl(url)} redirects to another host: ${redactUrl(target)}`,
      'List the host in the source option "hosts" if it is to be read.',
    );
    this.target = target;
  }
}

/** Why a body that was read to its end may not be whole all the same. */
export const cutShort = (format: Format, response: GateResponse): string | undefined =>
  format.openEnded && !response.framed
    ? 'the answer ended with its connection, so it may have been cut short. Let the server send Content-Length or chunks.'
    : undefined;
