import { fileURLToPath } from 'node:url';
import type { SourceDefinition } from '../../schema/index.ts';
import { isForeign, sitemapRules } from '../decode/sitemap-rules.ts';
import { SourceBroken } from '../errors.ts';
import { type Authoriser, createAuthoriser } from '../fetch/authorisation/authoriser.ts';
import { emptyKeyRing } from '../fetch/authorisation/key-ring.ts';
import type { FetchGate, GateRequest, GateResponse } from '../fetch/gate-contract.ts';
import type { Pace } from '../fetch/host-clock.ts';
import { defaultLimits, type FetchLimits, MiB } from '../fetch/limits.ts';
import { openLocalFile } from '../fetch/local-file.ts';
import { type Robots, withCrawlDelay } from '../fetch/robots.ts';
import { readable } from '../unpack/readable-body.ts';
import { ForeignRedirect } from './page-ends.ts';

export interface Asking extends Pick<GateRequest, 'validators' | 'signal' | 'onRequest'> {
  /** Throws when an address that a redirect leads to is not to be read now (`may-read.ts`). */
  mayRead?: (url: string) => Promise<void>;
}

/** How a run gets at a page: over the gate, or from the file an operator gave. */
export interface Reader {
  read(source: SourceDefinition, page: { url: string; role: string | null }, asking?: Asking): Promise<GateResponse>;
}

/** Web pages and sitemaps are crawled, so robots.txt is asked; a feed was given to us by its provider. */
const CRAWLED = new Set(['page', 'sitemap']);

/** `uploads`: whether `file:` pages may be read (only ever for a file named on the command line). */
export function createReader(deps: {
  gate: FetchGate;
  robots: Robots;
  uploads?: boolean;
  /** Proves who we are to sources that ask for it; left out, there are no keys. */
  authoriser?: Authoriser;
}): Reader {
  const authoriser = deps.authoriser ?? createAuthoriser({ fetch: deps.gate.fetch, keys: emptyKeyRing });
  return {
    async read(source, page, { validators, signal, onRequest, mayRead } = {}) {
      if (page.url.startsWith('file:')) {
        if (!deps.uploads) {
          throw new SourceBroken(
            `${page.url} is a file`,
            'Only "credatlas harvest <file>" reads files; give a source an http(s) URL.',
          );
        }
        if (page.url !== source.url) {
          throw new SourceBroken(
            `the file leads on to ${page.url.split('/').at(-1)}, which an upload cannot follow`,
            'Harvest the feed by its URL, or give one file that holds all pages.',
          );
        }
        const file = await openLocalFile(fileURLToPath(page.url), { limits: limitsOf(source), signal });
        return readable(file, source, largestOf(source));
      }
      const crawled = page.role !== null && CRAWLED.has(page.role);
      const mayLead = crawled ? sitemapRules(source, page.url) : undefined;
      const paceAt = async (url: string): Promise<Pace> => {
        if (!crawled) return source.politeness;
        const request = { politeness: source.politeness, allowLoopback: source.allowLoopback, signal };
        const verdict = await deps.robots.allowed(url, request);
        if (verdict.allowed) return withCrawlDelay(source.politeness, verdict.crawlDelay);
        throw new SourceBroken(
          `robots.txt does not allow ${url}${verdict.reason ? ` (${verdict.reason})` : ''}`,
          'Ask the provider to allow the user agent Credatlas, or exclude the address in the source.',
        );
      };
      const politeness = await paceAt(page.url);
      const answer = await authoriser.fetch(source, {
        url: page.url,
        // Keys are for the feed's own origin; a page elsewhere that the feed leads to does not get them.
        headers: sameOrigin(page.url, source.url) ? source.headers : {},
        validators,
        signal,
        onRequest,
        allowLoopback: source.allowLoopback,
        politeness,
        /** A hop is judged as if the page had stood there from the start. */
        async onRedirect({ href }) {
          if (mayLead && isForeign(mayLead, href)) throw new ForeignRedirect(page.url, href);
          await mayRead?.(href);
          return paceAt(href);
        },
        limits: limitsOf(source),
      });
      // A site has pages that are no feeds; what stands in them is their format's to say.
      return crawled ? answer : readable(answer, source, largestOf(source));
    },
  };
}

/** A body is read as it comes and never held: its size costs time, not memory. */
function limitsOf({ largestBody }: SourceDefinition): Partial<FetchLimits> {
  if (!largestBody) return {};
  const bytes = largestBody * MiB;
  const totalMs = defaultLimits.totalMs * Math.max(1, bytes / defaultLimits.decodedBytes);
  return { wireBytes: bytes, decodedBytes: bytes, totalMs };
}

const largestOf = (source: SourceDefinition): number => limitsOf(source).decodedBytes ?? defaultLimits.decodedBytes;

const sameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
