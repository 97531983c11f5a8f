import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import type { Ask, SubgraphAnswer, SubgraphRequest } from './operation-context.ts';
import { SubgraphDown, SubgraphRefused } from './subgraph-down.ts';
import type { Teller } from './teller.ts';

/** Times in milliseconds. */
export interface Patience {
  /** Until a subgraph is given up. */
  limit: number;
  /** Until the light question is given up that finds out whether a subgraph answers. */
  probeLimit: number;
  /** Failures in a row until a subgraph is taken out. */
  failures: number;
  /** From one probe to the next while it is out. */
  pause: number;
  /** Kept back of an operation's time, for putting together what there is. */
  margin: number;
}

export const PATIENCE: Patience = { limit: 3_000, probeLimit: 2_000, failures: 3, pause: 2_000, margin: 500 };

/** Milliseconds that a timer may be late. */
const STALL = 250;

/** How it stands with a subgraph. `out`: nobody asks it until a probe has been answered. */
export type SubgraphState = { state: 'in' } | { state: 'out'; since: string; cause: string };

/**
 * Stands between the gateway and a subgraph: gives it up in time, and after a few failures in a row asks it no more
 * until a probe is answered. Probes are nobody's request, so while it is out no reader waits for it.
 */
export function createGuard({
  name,
  ask,
  probe,
  patience,
  teller,
}: {
  name: string;
  ask: Ask;
  probe: (signal: AbortSignal) => Promise<unknown>;
  patience: Patience;
  teller: Teller;
}) {
  const counted = handleType(SubgraphDown);
  // When to probe is said below; the breaker only has to agree by then.
  const breaker = circuitBreaker(counted, {
    halfOpenAfter: patience.pause / 2,
    breaker: new ConsecutiveBreaker(patience.failures),
  });
  let out: { since: string; cause: SubgraphDown } | undefined;
  const ended = new AbortController();
  breaker.onBreak((reason) => {
    const cause = reason && 'error' in reason && reason.error instanceof SubgraphDown ? reason.error : undefined;
    out = { since: out?.since ?? new Date().toISOString(), cause: cause ?? new SubgraphDown('it does not answer') };
    teller.gone(out.cause);
  });
  breaker.onReset(() => {
    out = undefined;
    teller.back();
  });

  const within = <T>(limit: number, work: (signal: AbortSignal) => Promise<T>, from?: AbortSignal): Promise<T> => {
    const began = performance.now();
    return timeout(limit, TimeoutStrategy.Aggressive)
      .execute(({ signal }) => work(signal), from)
      .catch((error: unknown) => {
        const taken = performance.now() - began;
        // What is called off may say so itself before the timer does.
        if (!(error instanceof TaskCancelledError) && taken < limit) throw error;
        // A timer that comes late itself tells of this process, which had no time to read answers, not of the subgraph.
        throw taken > limit + STALL ? new OutOfTime() : new Late(limit);
      });
  };

  /** One question on its way at a time, however long it hangs: a store that has stopped is not to be filled with them. */
  let asking: { answer: Promise<unknown>; since: number } | undefined;
  const probed = (): Promise<unknown> => {
    if (!asking || performance.now() - asking.since > 20 * patience.probeLimit) {
      const late = AbortSignal.any([ended.signal, AbortSignal.timeout(patience.probeLimit)]);
      const one = { answer: probe(late), since: performance.now() };
      asking = one;
      const over = () => {
        if (asking === one) asking = undefined;
      };
      one.answer.then(over, over);
    }
    const { answer } = asking;
    return within(patience.probeLimit, () => answer);
  };

  /** After a failure: probes until it answers. What fails counts, so a subgraph that hangs is out before others wait. */
  let watching = false;
  const watch = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    while (!ended.signal.aborted) {
      try {
        if (breaker.state === CircuitState.Closed) await probed().catch(failed);
        else await breaker.execute(() => probed().catch((error) => Promise.reject(asDown(error))));
      } catch {
        if (breaker.state === CircuitState.Closed) {
          await sleep(patience.probeLimit / 4, undefined, { ref: false });
          continue;
        }
      }
      if (breaker.state === CircuitState.Closed) break;
      await sleep(patience.pause, undefined, { ref: false });
    }
    watching = false;
  };
  /** Counts a failure of a probe; a probe that is answered does not make up for requests that were not. */
  const failed = (error: unknown): Promise<never> =>
    breaker.execute(() => Promise.reject(error instanceof OutOfTime ? error : asDown(error)));

  return {
    async ask(request: SubgraphRequest): Promise<SubgraphAnswer> {
      const { deadline = Number.POSITIVE_INFINITY, signal, givenUp } = request.context ?? {};
      if (out || givenUp?.has(name)) throw new BrokenCircuitError();
      const left = deadline - performance.now() - patience.margin;
      const limit = Math.min(patience.limit, left);
      if (limit <= 0) throw new OutOfTime();
      try {
        return await breaker.execute(() =>
          within(limit, (late) => ask(request, late), signal).catch((error: unknown) => {
            // Less time than it may have says nothing about the subgraph; nor does a reader who has gone.
            if ((error instanceof Late && limit < patience.limit) || signal?.aborted) {
              throw new OutOfTime({ cause: error });
            }
            throw error;
          }),
        );
      } catch (error) {
        if (error instanceof SubgraphDown || error instanceof SubgraphRefused) teller.trouble(error);
        if (error instanceof Late) givenUp?.add(name);
        if (error instanceof SubgraphDown) void watch();
        throw error;
      }
    },
    /** Asks the light question, beside the breaker. */
    probe: probed,
    state: (): SubgraphState => (out ? { state: 'out', since: out.since, cause: out.cause.message } : { state: 'in' }),
    close: () => ended.abort(),
  };
}

class Late extends SubgraphDown {
  constructor(limit: number) {
    super(`no answer within ${Math.round(limit)} ms`);
  }
}

/** The operation has no time left for this subgraph. */
export class OutOfTime extends Error {
  constructor(options?: ErrorOptions) {
    super('the operation has no time left', options);
    this.name = 'OutOfTime';
  }
}

const asDown = (error: unknown): SubgraphDown =>
  error instanceof SubgraphDown ? error : new SubgraphDown(error instanceof Error ? error.message : String(error));
