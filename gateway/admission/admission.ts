import type { Context, MiddlewareHandler, Next } from 'hono';
import type { Gateway } from '../gateway.ts';
import { Refusal } from '../http/refusal.ts';
import { refuse } from '../http/refuse.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Metrics } from '../metrics.ts';
import { createAddresses } from './addresses.ts';
import type { Connection } from './asker.ts';
import { createBehaviour, isCalm, readsPages } from './behaviour.ts';
import { type Allowance, type Budget, createBudgets } from './budgets.ts';
import { clientOfKey, readClientKeys } from './client-keys.ts';
import { PATIENT_MS, rateLimited } from './door.ts';
import { createKeptPages } from './kept-pages.ts';
import type { Visit } from './visits.ts';

export interface AdmissionOptions {
  /** A JSON file with the keys of named clients; see client-keys.ts. */
  clientKeysFile?: string;
  /** Proxies whose X-Forwarded-For and Forwarded are believed, beside this machine: addresses and networks. */
  trustedProxies?: readonly string[];
  /** The budget of an address; `ANONYMOUS` when left out. */
  anonymous?: Allowance;
}

/** Handling a request costs the loop about so much, whatever is answered. */
const HTTP_MS = 0.5;
/** Reading or writing so many bytes takes the loop about a millisecond. */
const BYTES_A_MS = 64_000;
/** Compressing one of GraphiQL's files. */
const COMPRESSION_MS = 30;

/** Says of every request who asks, what he may still spend and when it is his turn. Stands before all routes. */
export function createAdmission(
  { lanes, visits }: Gateway,
  metrics: Metrics,
  options: AdmissionOptions = {},
): MiddlewareHandler {
  lanes.observe(metrics.lane);
  const addresses = createAddresses(options.trustedProxies);
  const keys = options.clientKeysFile ? readClientKeys(options.clientKeysFile) : undefined;
  const budgets = createBudgets({ anonymous: options.anonymous });
  const behaviour = createBehaviour();
  const connections = createConnections();
  const pages = createKeptPages();

  /** Who asks; undefined when it shows a key that nobody has. */
  const identify = (c: Context, connection: Connection): { key: string; budget: Budget } | undefined => {
    const shown =
      keys && (c.req.header('x-api-key') ?? /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]);
    if (shown !== undefined) {
      const client = clientOfKey(keys as NonNullable<typeof keys>, shown.trim());
      return client && { key: `name ${client.name}`, budget: budgets.ofName(client.name, client.allowance) };
    }
    const address = addresses.clientOf((connection as { remoteAddress?: string }).remoteAddress, {
      forwarded: c.req.header('forwarded'),
      xForwardedFor: c.req.header('x-forwarded-for'),
    });
    if (address) return { key: address, budget: budgets.ofAddress(address) };
    return { key: `connection ${connections.numberOf(connection)}`, budget: budgets.untouched() };
  };

  const page = (c: Context, visit: Visit, next: Next): Promise<void> =>
    pages.serve(c, visit.queued ?? false, () => visits.serve(visit, next));

  return async (c, next) => {
    const connection = connections.of(c);
    const who = identify(c, connection);
    const client = behaviour.arrive(who?.key ?? `connection ${connections.numberOf(connection)}`);
    const visit: Visit = {
      client,
      connection,
      budget: who?.budget,
      page: isPage(c),
      admitted: false,
      spent: HTTP_MS + bytesOf(c) / BYTES_A_MS + (isBundle(c) ? COMPRESSION_MS : 0),
    };
    const calm = visit.page ? readsPages(client, performance.now()) : isCalm(client);
    let refusal: Refusal | undefined;
    try {
      // So that every answer can tell where the account stands.
      await who?.budget.spend('cost', 0);
      if (!who) {
        refusal = new Refusal(
          401,
          'the key shown is not known here',
          'check the key, or send none: then the budget of your address holds',
          { code: 'UNAUTHENTICATED', headers: { 'www-authenticate': 'Bearer' } },
        );
      } else if (!(await who.budget.spend('requests', 1))) {
        visit.retryAfter = who.budget.resets('requests');
        const { message, extensions } = rateLimited('requests', visit.retryAfter);
        const { code, remedy, ...more } = extensions as { code: string; remedy: string };
        refusal = new Refusal(429, message, remedy, { code, extensions: more });
      } else if (visit.page && !calm) {
        const asked = performance.now();
        const end = await lanes.page.turn(visit);
        visit.queued = performance.now() > asked + 5;
        visit.admitted = end !== undefined || performance.now() - asked > PATIENT_MS;
        if (end) await page(c, visit, next).finally(end);
        else {
          visit.retryAfter = Math.min(30, Math.max(1, Math.ceil(lanes.page.backlog)));
          refusal = new Refusal(503, 'too many pages are asked for at once', `try again in ${visit.retryAfter} s`, {
            code: 'OVERLOADED',
          });
        }
      } else {
        if (visit.page) {
          lanes.others();
          // While others queue for pages, a reader too is content with one of just now.
          visit.queued = lanes.page.waiting > 0;
          await page(c, visit, next);
        } else await visits.serve(visit, next);
      }
      if (refusal) c.res = await refuse(c, refusal);
      if (visit.retryAfter) c.header('retry-after', String(visit.retryAfter));
      if (who && c.req.path.startsWith('/graphql')) {
        c.header('ratelimit-policy', who.budget.fields.policy);
        c.header('ratelimit', who.budget.fields.state);
      }
      visit.refused ||= c.res.status >= 400;
      if (c.res.status === 429) metrics.limited(refusal ? 'requests' : 'cost');
      if (!visit.admitted && (visit.refused || !calm || visit.spent > 2 * HTTP_MS)) {
        const end = await lanes.answer.turn(visit);
        end?.(visit.spent);
      }
    } finally {
      behaviour.leave(client, visit.refused ?? true);
    }
  };
}

const isPage = ({ req: { path } }: Context): boolean =>
  path === '/' || path === '/sources' || path.startsWith('/credentials/');
const isBundle = (c: Context): boolean => c.req.path.startsWith('/graphql/assets/');
/** More is not read of a request that is refused; commands/settle-body.ts. */
const MOST_BYTES = 2_000_000;
/** Bytes of the request, as it says itself; one that says nothing may send what is allowed. */
const bytesOf = (c: Context): number =>
  c.req.header('transfer-encoding')
    ? DEFAULT_LIMITS.bodyBytes
    : Math.max(0, Math.min(Number(c.req.header('content-length')) || 0, MOST_BYTES));

/** Sockets of requests, numbered; without a server (tests that call the app itself) all are one. */
function createConnections() {
  const numbers = new WeakMap<Connection, number>();
  const inside: Connection = {};
  let last = 0;
  return {
    of: (c: Context): Connection =>
      (c.env as { incoming?: { socket?: Connection } } | undefined)?.incoming?.socket ?? inside,
    numberOf(connection: Connection): number {
      const known = numbers.get(connection);
      if (known) return known;
      last += 1;
      numbers.set(connection, last);
      return last;
    },
  };
}
