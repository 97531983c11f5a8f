import { AddressRefused, RetryLater, SourceBroken } from '../errors.ts';
import { RedirectsBroken, StatusRefused, unreachable } from './fetch-failure.ts';
import type { FetchGate, GateRequest } from './gate-contract.ts';
import type { Pace } from './host-clock.ts';
import { decidingRule, parseRobots, type RobotsRules } from './robots-rules.ts';

/** Our product token in robots.txt. */
export const productToken = 'Credatlas';

const dayMs = 24 * 60 * 60 * 1000;
const longest = 500 * 1024;

export interface RobotsVerdict {
  allowed: boolean;
  /** Seconds between requests that the host asks for. */
  crawlDelay?: number;
  /** The rule that decided, in words, when it is a no. */
  reason?: string;
}

/** What a request for robots.txt takes over from the request it is for. */
export type RobotsRequest = Pick<GateRequest, 'politeness' | 'allowLoopback' | 'signal'>;

export interface Robots {
  /**
   * Whether a page may be read. An answer is kept for a day, also that there is no robots.txt.
   * @throws RetryLater while the host cannot say (5xx, no connection): until then it is left alone (RFC 9309 §2.3.1.4)
   * @throws AddressRefused when the address itself is not allowed
   */
  allowed(url: string, request: RobotsRequest): Promise<RobotsVerdict>;
}

interface Known {
  rules: RobotsRules;
  until: number;
}

const nothingForbidden: RobotsRules = { rules: [] };

/** Robots exclusion by RFC 9309, one robots.txt an origin, fetched through the gate. */
export function createRobots({
  fetch,
  now = () => performance.now(),
}: {
  fetch: FetchGate['fetch'];
  now?: () => number;
}): Robots {
  const known = new Map<string, Known>();
  const failures = new Map<string, { error: RetryLater; until: number }>();
  const underway = new Map<string, Promise<RobotsRules>>();

  async function load(origin: string, request: RobotsRequest): Promise<RobotsRules> {
    try {
      const response = await fetch({
        ...request,
        url: `${origin}/robots.txt`,
        accept: 'text/plain, */*;q=0.1',
        limits: { redirects: 5, totalMs: 30_000 },
      });
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of response.body) {
        chunks.push(chunk);
        size += chunk.byteLength;
        if (size >= longest) break;
      }
      // The part that was read is parsed; a line cut in two at the end is dropped.
      const text = Buffer.concat(chunks).subarray(0, longest).toString();
      return parseRobots(size > longest ? text.slice(0, Math.max(0, text.lastIndexOf('\n'))) : text, productToken);
    } catch (error) {
      if (error instanceof RedirectsBroken) return nothingForbidden;
      if (error instanceof StatusRefused && error.status >= 400 && error.status < 500) return nothingForbidden;
      if (error instanceof SourceBroken) {
        throw unreachable(`${origin}/robots.txt`, 'robots.txt cannot be read, so the host is left alone', error, 3600);
      }
      throw error;
    }
  }

  async function rulesOf(origin: string, key: string, request: RobotsRequest): Promise<RobotsRules> {
    const fresh = known.get(key);
    if (fresh && fresh.until > now()) return fresh.rules;
    const failure = failures.get(key);
    if (failure && failure.until > now()) throw failure.error;
    try {
      const rules = await load(origin, request);
      if (known.size > 10_000) known.clear();
      known.set(key, { rules, until: now() + dayMs });
      failures.delete(key);
      return rules;
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      // The last known rules stay good while the host cannot be asked (RFC 9309 §2.4).
      if (fresh) return fresh.rules;
      if (failures.size > 10_000) failures.clear();
      failures.set(key, { error, until: now() + Math.min(error.seconds * 1000, dayMs) });
      throw error;
    }
  }

  return {
    async allowed(url, request) {
      const target = URL.parse(url);
      if (!target || !/^https?:$/.test(target.protocol)) {
        throw new AddressRefused('robots.txt: not a web address', 'Use an http or https address.');
      }
      if (target.pathname === '/robots.txt') return { allowed: true };
      // Kept apart by leave, so that nothing learnt with leave for loopback is told to those without it.
      const key = `${target.origin} ${request.allowLoopback ?? false}`;
      const { signal, ...shared } = request;
      const running = underway.get(key) ?? rulesOf(target.origin, key, shared).finally(() => underway.delete(key));
      underway.set(key, running);
      const rules = await unlessAborted(running, signal);
      const rule = decidingRule(rules, target.pathname + target.search);
      const delay = rules.crawlDelay === undefined ? {} : { crawlDelay: rules.crawlDelay };
      if (!rule || rule.allow) return { allowed: true, ...delay };
      return { allowed: false, ...delay, reason: `${target.origin}/robots.txt says "Disallow: ${rule.pattern}"` };
    },
  };
}

/** A pace that also keeps the gap a host asks for in robots.txt. */
export function withCrawlDelay(pace: Pace, crawlDelay: number | undefined): Pace {
  if (!crawlDelay) return pace;
  return { ...pace, requestsPerSecond: Math.min(pace.requestsPerSecond, 1 / crawlDelay), concurrency: 1 };
}

/** One caller may leave without taking the answer from the others that wait for it. */
async function unlessAborted<T>(running: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return running;
  running.catch(() => {});
  signal.throwIfAborted();
  let leave = () => {};
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  return Promise.race([running, aborted]).finally(() => signal.removeEventListener('abort', leave));
}
