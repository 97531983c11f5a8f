import { RetryLater } from '../errors.ts';
import { afterOutcome, calm, type HostMood } from './host-backoff.ts';
import { type HostClock, type HostLease, type HostOutcome, type Pace, parkAfterSeconds } from './host-clock.ts';

interface Waiter {
  pace: Pace;
  grant(lease: HostLease): void;
  refuse(error: Error): void;
}

interface Host {
  active: number;
  queue: Waiter[];
  mood: HostMood;
  lastStart: number;
  lastGap: number;
  closedUntil: number;
  parked: boolean;
  timer?: NodeJS.Timeout;
}

/** A host clock for one process: the command line and tests. `patienceMs`: longest time a closed host is waited for. */
export function createInProcessClock({
  patienceMs = 30_000,
  now = () => performance.now(),
  backoff = afterOutcome,
} = {}): HostClock {
  const hosts = new Map<string, Host>();

  const closed = (origin: string, host: Host) => {
    const seconds = Math.ceil((host.closedUntil - now()) / 1000);
    const until = new Date(Date.now() + seconds * 1000).toISOString();
    return new RetryLater(
      `${origin} is ${host.parked ? 'parked' : 'left alone'} until ${until}: it asked for fewer requests or did not answer`,
      host.parked
        ? 'Ask the operator of the host when and how often it may be read.'
        : 'Nothing to do: the request is made again after that time. If it comes often, lower requestsPerSecond of the source.',
      seconds,
    );
  };

  const lease = (origin: string, host: Host): HostLease => {
    let open = true;
    return {
      async release(outcome: HostOutcome) {
        if (!open) return;
        open = false;
        host.active -= 1;
        const { mood, closedSeconds } = backoff(host.mood, outcome);
        host.mood = mood;
        if (closedSeconds > 0 && now() + closedSeconds * 1000 > host.closedUntil) {
          host.closedUntil = now() + closedSeconds * 1000;
          host.parked = closedSeconds > parkAfterSeconds;
        }
        pump(origin, host);
      },
    };
  };

  const pump = (origin: string, host: Host) => {
    clearTimeout(host.timer);
    for (let head = host.queue[0]; head; head = host.queue[0]) {
      if (host.closedUntil - now() > patienceMs) {
        for (const waiter of host.queue.splice(0)) waiter.refuse(closed(origin, host));
        return;
      }
      if (host.active >= head.pace.concurrency) return;
      const gap = (1000 / head.pace.requestsPerSecond) * host.mood.slowdown;
      const start = Math.max(host.lastStart + Math.max(gap, host.lastGap), host.closedUntil);
      const wait = start - now();
      if (wait > 0) {
        host.timer = setTimeout(() => pump(origin, host), Math.min(Math.ceil(wait), 2 ** 31 - 1));
        return;
      }
      host.queue.shift();
      host.active += 1;
      host.lastStart = now();
      host.lastGap = gap;
      head.grant(lease(origin, host));
    }
    forgetIdle();
  };

  /** Keeps the map from growing with every host ever seen. */
  const forgetIdle = () => {
    if (hosts.size < 1000) return;
    const time = now();
    for (const [origin, host] of hosts) {
      const rested = host.closedUntil < time && host.lastStart + host.lastGap < time && host.mood.strikes === 0;
      if (rested && host.active === 0 && host.queue.length === 0) hosts.delete(origin);
    }
  };

  return {
    acquire(origin, pace, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const host = hosts.get(origin) ?? {
        active: 0,
        queue: [],
        mood: calm,
        lastStart: Number.NEGATIVE_INFINITY,
        lastGap: 0,
        closedUntil: Number.NEGATIVE_INFINITY,
        parked: false,
      };
      hosts.set(origin, host);
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          host.queue = host.queue.filter((other) => other !== waiter);
          reject(signal?.reason);
          pump(origin, host);
        };
        const settled = () => signal?.removeEventListener('abort', giveUp);
        const waiter: Waiter = {
          pace,
          grant: (granted) => {
            settled();
            resolve(granted);
          },
          refuse: (error) => {
            settled();
            reject(error);
          },
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        host.queue.push(waiter);
        pump(origin, host);
      });
    },
  };
}
