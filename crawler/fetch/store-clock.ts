import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../catalogue/store/store.ts';
import { NotNow, RetryLater } from '../errors.ts';
import { afterOutcome } from './host-backoff.ts';
import { type HostClock, parkAfterSeconds } from './host-clock.ts';

/** A request whose worker gives no sign of life for so long has lost it; its slot comes back. */
const LEASE_SECONDS = 8;
const HEARTBEAT_MS = 2_000;

/** The host clock that all workers on one store share. `patienceMs`: longest time a closed host is waited for; `tell` hears of marks that a wrong clock had set. */
export function createStoreClock(
  hosts: Store['hosts'],
  { patienceMs = 30_000, tell = (_line: string): void => {} } = {},
): HostClock {
  const held = new Set<string>();
  let heartbeat: NodeJS.Timeout | undefined;
  const hold = (lease: string) => {
    held.add(lease);
    heartbeat ??= setInterval(() => void hosts.renew([...held], LEASE_SECONDS).catch(() => {}), HEARTBEAT_MS).unref();
  };
  const letGo = (lease: string) => {
    held.delete(lease);
    if (held.size) return;
    clearInterval(heartbeat);
    heartbeat = undefined;
  };
  return {
    async acquire(origin, pace, signal) {
      for (;;) {
        signal?.throwIfAborted();
        const claim = await hosts.claim(origin, pace, LEASE_SECONDS);
        if (claim.dropped) tell(claim.dropped);
        if ('lease' in claim) {
          let open = true;
          const begun = performance.now();
          hold(claim.lease);
          return {
            async release(outcome) {
              if (!open) return;
              open = false;
              letGo(claim.lease);
              const settle = () =>
                hosts.settle(origin, claim.lease, (mood) => afterOutcome(mood, outcome), parkAfterSeconds, {
                  secondsAgo: (performance.now() - begun) / 1000,
                  requestsPerSecond: pace.requestsPerSecond,
                });
              // A store that is away says nothing of the host or its answer; what was learnt of the host is told it later.
              await settle().catch(() => void settleLater(settle));
            },
          };
        }
        if (claim.paused) {
          const { until, reason } = claim.paused;
          throw new NotNow(
            `${origin} is paused by the operator${reason ? ` (${reason})` : ''}`,
            `End the pause with "credatlas resume ${origin}".`,
            until && { until, now: new Date(until.getTime() - claim.waitMs) },
          );
        }
        if (claim.closed && claim.waitMs > patienceMs) {
          const until = new Date(Date.now() + claim.waitMs).toISOString();
          throw new RetryLater(
            `${origin} is ${claim.parked ? 'parked' : 'left alone'} until ${until}: it asked for fewer requests or did not answer`,
            claim.parked
              ? 'Ask the operator of the host when and how often it may be read.'
              : 'Nothing to do: the request is made again after that time. If it comes often, lower requestsPerSecond of the source.',
            Math.ceil(claim.waitMs / 1000),
          );
        }
        await sleep(Math.max(5, Math.min(claim.waitMs, 5_000)), undefined, { signal });
      }
    },
  };
}

async function settleLater(settle: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    await sleep(1_000, undefined, { ref: false });
    if (
      await settle().then(
        () => true,
        () => false,
      )
    )
      return;
  }
}
