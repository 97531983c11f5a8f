import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What a client may spend in a window. */
export interface Allowance {
  /** Requests of any kind. */
  requests: number;
  /** Cost points of operations (`cost` in limits.ts): a search of 20 hits is about 2,500 of them, a record about 600. */
  cost: number;
}

/** Seconds of a window; it begins with a client's first request. */
export const WINDOW_SECONDS = 60;

/** The published budget of a network address that shows no key (IPv6: of a /64). */
export const ANONYMOUS: Allowance = { requests: 3_000, cost: 10_000_000 };

/** Addresses remembered; the one not seen for longest is forgotten first. */
const MOST_ADDRESSES = 20_000;

export type Spendable = keyof Allowance;

/** One client's account. */
export interface Budget {
  /** Takes from the account; answers whether it was covered. */
  spend(what: Spendable, points: number): Promise<boolean>;
  /** Whole seconds until `what` is there in full again. */
  resets(what: Spendable): number;
  /** Values of the fields RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers, 2025). */
  readonly fields: { policy: string; state: string };
}

interface Account {
  allowance: Allowance;
  limiters: Record<Spendable, RateLimiterMemory>;
}

/** Budgets by client, kept in memory: each process counts for itself. */
export function createBudgets({ anonymous = ANONYMOUS, most = MOST_ADDRESSES } = {}) {
  const open = (allowance: Allowance): Account => ({
    allowance,
    limiters: {
      requests: new RateLimiterMemory({ points: allowance.requests, duration: WINDOW_SECONDS }),
      cost: new RateLimiterMemory({ points: allowance.cost, duration: WINDOW_SECONDS }),
    },
  });
  const crowd = open(anonymous);
  const addresses = new LRUCache<string, true>({
    max: most,
    dispose: (_, key) => {
      void crowd.limiters.requests.delete(key);
      void crowd.limiters.cost.delete(key);
    },
  });
  const named = new Map<string, Account>();

  return {
    ofAddress(address: string): Budget {
      addresses.set(address, true);
      return budget(crowd, address);
    },
    ofName(name: string, allowance: Allowance): Budget {
      let account = named.get(name);
      if (!account) {
        account = open(allowance);
        named.set(name, account);
      }
      return budget(account, name);
    },
    /** The operator's own machine: nothing is taken, the policy is told all the same. */
    untouched: (): Budget => ({
      spend: async () => true,
      resets: () => 0,
      fields: fieldsOf(anonymous, { requests: anonymous.requests, cost: anonymous.cost }, WINDOW_SECONDS),
    }),
  };
}

function budget({ allowance, limiters }: Account, key: string): Budget {
  const left: Record<Spendable, number> = { ...allowance };
  const until: Record<Spendable, number> = { requests: 0, cost: 0 };
  return {
    async spend(what, points) {
      const after = await limiters[what].consume(key, points).catch((over: unknown) => {
        if (over instanceof RateLimiterRes) return over;
        throw over;
      });
      left[what] = after.remainingPoints;
      until[what] = Math.max(1, Math.ceil(after.msBeforeNext / 1000));
      return after.consumedPoints <= allowance[what];
    },
    resets: (what) => until[what],
    get fields() {
      return fieldsOf(allowance, left, until.requests, until.cost);
    },
  };
}

function fieldsOf(allowance: Allowance, left: Record<Spendable, number>, requestsReset: number, costReset = 0) {
  const t = costReset > 0 ? `;t=${costReset}` : '';
  return {
    policy: `"requests";q=${allowance.requests};w=${WINDOW_SECONDS},"cost";q=${allowance.cost};qu="cost-points";w=${WINDOW_SECONDS}`,
    state: `"requests";r=${left.requests};t=${requestsReset},"cost";r=${left.cost}${t}`,
  };
}
