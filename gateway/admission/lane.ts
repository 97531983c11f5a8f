import type { Asker } from './asker.ts';
import { type Client, isCrowd, rank } from './behaviour.ts';
import { createPressure } from './pressure.ts';

export interface LaneOptions {
  /** Share of the event loop's time, 0 to 1. */
  share: number;
  /** Pieces of work at once. */
  concurrency: number;
  /** Nobody waits longer, in milliseconds; `LONGEST_WAIT_MS` when left out. */
  longestWait?: number;
  /** Of one client so many may wait at once; `LONGEST_QUEUE.client` when left out. */
  perClient?: number;
  /** While no more than so many want something of the lane there is no pressure, and nobody waits. */
  free: number;
  /**
   * Work of a moment: it is over before the next request is read, so that two are never open at once. Those that want
   * something are counted by connections of the last half second instead.
   */
  momentary?: boolean;
}

/** Told of what happens in a lane, for metrics. */
export interface LaneObserver {
  waited(seconds: number): void;
  shed(): void;
  waiting(count: number): void;
}

interface Surroundings {
  /** Milliseconds of the clock. */
  now(): number;
  /** Milliseconds that this thread has computed: what other programs take of the machine is not charged to a lane. */
  worked(): number;
  /** The share that the lane has at this moment. */
  share(): number;
  begun(): void;
}

/** Ends a turn. `cost` is what the work took of the loop, in milliseconds; left out: the time since it began. */
export type EndTurn = (cost?: number) => void;

export interface Lane {
  readonly name: string;
  /** A turn; undefined when there is no room to wait, or none came in time. */
  turn(asker: Asker): Promise<EndTurn | undefined>;
  /** Those that wait. */
  readonly waiting: number;
  /** Who is told what happens here; nobody at first. */
  observer?: LaneObserver;
  /** Seconds until those that wait now have had their turn, as far as can be told. */
  readonly backlog: number;
}

interface Waiting extends Asker {
  since: number;
  /** When it is given up. */
  until: number;
  go(end: EndTurn | undefined): void;
}

/** Nobody waits longer: a reader has left by then, and an answer that says so helps more than one that comes late. */
export const LONGEST_WAIT_MS = 2_000;
/** Those who came together are not given up together, or they would all be back in the same moment: a share of the wait. */
const SPREAD = 0.5;
/** Waiting at once, of one client and of all. */
export const LONGEST_QUEUE = { client: 20, all: 1_000 } as const;

/**
 * One kind of work on its way to the event loop. Under pressure a few pieces run at once, and after each the lane
 * rests as long as its share demands; clients that leave pauses go first, others of like rank take turns.
 */
export function createLane(
  name: string,
  {
    concurrency,
    free,
    momentary = false,
    perClient = LONGEST_QUEUE.client,
    longestWait = LONGEST_WAIT_MS,
  }: LaneOptions,
  around: Surroundings,
): Lane {
  const { now, worked, share, begun } = around;
  /** By client, in the order of their last turn: who had one moves to the end. */
  const queues = new Map<Client, Waiting[]>();
  const pressure = createPressure(free, now);
  let waiting = 0;
  let running = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let chargedUntil = 0;
  let meanCost = 5;
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;

  const begin = (pressed: boolean): EndTurn => {
    const at = worked();
    running += 1;
    begun();
    let ended = false;
    return (cost) => {
      if (ended) return;
      ended = true;
      running -= 1;
      // What ran at the same time is charged once.
      const ends = worked();
      const took = cost ?? ends - Math.max(at, chargedUntil);
      if (cost === undefined) chargedUntil = ends;
      meanCost += 0.1 * (took - meanCost);
      if (pressed) restsUntil = Math.max(restsUntil, now()) + took * (1 / share() - 1);
      if (waiting > 0) pump();
    };
  };

  const next = (): Waiting | undefined => {
    let best: Client | undefined;
    let lowest = Number.POSITIVE_INFINITY;
    const crowd = isCrowd(queues.keys());
    for (const client of queues.keys()) {
      const at = rank(client, crowd);
      if (at >= lowest) continue;
      lowest = at;
      best = client;
    }
    if (!best) return undefined;
    const queue = queues.get(best) as Waiting[];
    const first = queue.shift();
    queues.delete(best);
    if (queue.length > 0) queues.set(best, queue);
    waiting -= 1;
    return first;
  };

  const pump = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const at = now();
    while (waiting > 0 && running < concurrency && restsUntil <= at) {
      const one = next() as Waiting;
      lane.observer?.waited((at - one.since) / 1000);
      // Who has hung up meanwhile gets no work done.
      one.go(one.connection.destroyed ? undefined : begin(true));
    }
    giveUp(at);
    lane.observer?.waiting(waiting);
    if (waiting === 0) return;
    wakesAt = Math.min(running < concurrency ? restsUntil : Number.POSITIVE_INFINITY, nextGivenUp());
    timer = setTimeout(pump, Math.max(1, Math.ceil(wakesAt - at)));
  };

  const nextGivenUp = (): number => {
    let until = Number.POSITIVE_INFINITY;
    for (const queue of queues.values()) until = Math.min(until, queue[0]?.until ?? until);
    return until;
  };

  const giveUp = (at: number): void => {
    for (const [client, queue] of queues) {
      while (queue[0] && at >= queue[0].until) {
        const one = queue.shift() as Waiting;
        waiting -= 1;
        lane.observer?.shed();
        one.go(undefined);
      }
      if (queue.length === 0) queues.delete(client);
    }
  };

  const lane: Lane = {
    name,
    get waiting() {
      return waiting;
    },
    get backlog() {
      return (waiting * meanCost) / share() / 1000;
    },
    turn({ client, connection }) {
      const at = now();
      const pressed = (momentary && pressure.feels(connection)) || running + waiting >= free;
      if (!pressed || (waiting === 0 && running < concurrency && restsUntil <= at)) {
        lane.observer?.waited(0);
        return Promise.resolve(begin(pressed));
      }
      const queue = queues.get(client) ?? [];
      if (waiting >= LONGEST_QUEUE.all || queue.length >= perClient) {
        lane.observer?.shed();
        return Promise.resolve(undefined);
      }
      return new Promise((go) => {
        const until = at + longestWait * (1 - SPREAD * Math.random());
        queue.push({ client, connection, since: at, until, go });
        queues.set(client, queue);
        waiting += 1;
        if (!timer || until < wakesAt) pump();
      });
    },
  };
  return lane;
}
