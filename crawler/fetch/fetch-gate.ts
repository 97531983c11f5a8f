import { Agent } from 'undici';
import packageJson from '../../package.json' with { type: 'json' };
import { isLocalhostName } from './address-check.ts';
import { discard, outcomeOf, settle } from './answer.ts';
import { checkRedirect } from './check-redirect.ts';
import { bareHost, checkUrl } from './check-url.ts';
import { fetchFailure, RedirectsBroken } from './fetch-failure.ts';
import type { FetchGate, GateRequest, GateResponse } from './gate-contract.ts';
import { createGuardedConnect, type Resolver } from './guarded-connect.ts';
import type { HostClock, HostOutcome, Pace } from './host-clock.ts';
import { type ConnectionLimits, defaultLimits, type FetchLimits, withLimits } from './limits.ts';
import { createPatience, type Patience } from './patience.ts';
import { redactUrl } from './redact-url.ts';
import { requestHeaders, userAgent } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** The gate over undici. `contact` (URL or mail address) goes into the User-Agent. */
export function createFetchGate(options: {
  clock: HostClock;
  contact: string;
  version?: string;
  limits?: Partial<FetchLimits & ConnectionLimits>;
  resolver?: Resolver;
}): FetchGate {
  const gateLimits = withLimits(defaultLimits, options.limits);
  const agentName = userAgent(options.version ?? packageJson.version, options.contact);

  // Two pools: a connection opened with leave for loopback must never be reused by a request without it.
  const agent = (allowLoopback: boolean) =>
    new Agent({
      connect: createGuardedConnect({ allowLoopback, resolver: options.resolver, timeout: gateLimits.connectMs }),
      maxHeaderSize: gateLimits.headerBytes,
      allowH2: false,
      // Ours run instead: they do not count the time a reader takes.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const agents = { open: agent(false), loopback: agent(true) };

  /** One request to one address; the host's slot is held until `finish`. */
  async function hop(
    request: GateRequest,
    limits: FetchLimits,
    { url, sameOrigin, pace }: { url: URL; sameOrigin: boolean; pace: Pace },
    patience: Patience,
  ) {
    const headers = requestHeaders(request, agentName, url, sameOrigin);
    const lease = await options.clock.acquire(originOf(url), pace, request.signal).catch((error) => {
      throw request.signal?.aborted ? request.signal.reason : error;
    });
    const controller = new AbortController();
    const giveUp = () => controller.abort(request.signal?.reason);
    request.signal?.addEventListener('abort', giveUp, { once: true });
    const finish = async (outcome: HostOutcome) => {
      request.signal?.removeEventListener('abort', giveUp);
      await lease.release(outcome);
    };
    try {
      request.signal?.throwIfAborted();
      if (sameOrigin && request.sign) Object.assign(headers, await request.sign(url));
      request.onRequest?.();
      const posted = postedBody(request);
      if (posted) headers['content-type'] = posted.type;
      const answer = agents[request.allowLoopback ? 'loopback' : 'open'].request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: posted ? 'POST' : 'GET',
        body: posted?.text ?? null,
        headers,
        signal: controller.signal,
      });
      const response = await patience.wait(url, answer, limits.headersMs, 'no answer');
      response.body.on('error', () => {});
      return { response, headers, controller, finish };
    } catch (error) {
      controller.abort();
      await finish(outcomeOf(error, request.signal));
      throw request.signal?.aborted ? request.signal.reason : fetchFailure(url, error);
    }
  }

  async function follow(request: GateRequest, limits: FetchLimits): Promise<GateResponse> {
    const check = { allowLoopback: request.allowLoopback ?? false, urlLength: limits.urlLength };
    const patience = createPatience(limits.totalMs);
    let url = checkUrl(request.url, check);
    let sameOrigin = true;
    let pace = request.politeness;
    const seen = new Set([url.href]);
    while (true) {
      const at = { url, sameOrigin, pace };
      const { response, headers: sent, controller, finish } = await hop(request, limits, at, patience);
      const exchange = { request, limits, url, patience, response, sent, controller, finish };
      if (!redirects.has(response.statusCode)) return await settle(exchange);
      await discard(exchange, { kind: 'ok' });
      if (postedBody(request)) {
        throw new RedirectsBroken(
          `${redactUrl(url)}: it redirects, which is not followed when something is posted`,
          'Give the address where it ends.',
        );
      }
      const next = checkRedirect(url, responseHeaders(response.headers).location, check);
      if (seen.has(next.href)) {
        throw new RedirectsBroken(
          `${redactUrl(url)}: redirects in a circle`,
          'Tell the provider; the feed may need a cookie.',
        );
      }
      if (seen.size > limits.redirects) {
        throw new RedirectsBroken(
          `${redactUrl(request.url)}: more than ${limits.redirects} redirects`,
          'Give the address where the redirects end as URL of the source.',
        );
      }
      seen.add(next.href);
      pace = (await request.onRedirect?.(next)) ?? request.politeness;
      request.signal?.throwIfAborted();
      sameOrigin &&= next.origin === url.origin;
      url = next;
    }
  }

  return {
    async fetch(request) {
      request.signal?.throwIfAborted();
      return follow(request, withLimits(gateLimits, request.limits));
    },
    async close() {
      await Promise.all([agents.open.destroy(), agents.loopback.destroy()]);
    },
  };
}

function postedBody({ form, json }: GateRequest): { type: string; text: string } | undefined {
  if (json !== undefined) return { type: 'application/json', text: json };
  return form && { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
}

/** Hosts are the same with and without the root's dot. */
const originOf = (url: URL): string =>
  isLocalhostName(bareHost(url)) ? url.origin : url.origin.replace(/\.(?=:\d+$|$)/, '');
