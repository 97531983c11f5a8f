import { createLane, type Lane, type LaneObserver, type LaneOptions } from './lane.ts';

/** What of the event loop's time each kind of work may have while others want some, and how many at once. */
export const LANES = {
  /** Texts never seen before are parsed and validated. */
  unread: { share: 0.15, concurrency: 1, free: 6, momentary: true },
  /** Introspection that has not been asked for like this before. */
  introspection: { share: 0.1, concurrency: 1, free: 2, momentary: true },
  /** Searches with many hits, facets or fields. */
  dear: { share: 0.2, concurrency: 1, free: 2, momentary: true },
  /** All other operations, of clients that are not known to leave pauses. */
  ordinary: { share: 0.5, concurrency: 2, free: 8 },
  /** Pages, of such clients. */
  page: { share: 0.2, concurrency: 1, free: 3, momentary: true },
  /** Answers that cost next to nothing (refusals, assets): held back so that asking again costs nothing either. */
  answer: { share: 0.1, concurrency: 1, free: 4, momentary: true, perClient: 1_000, longestWait: 8_000 },
} satisfies Record<string, LaneOptions>;
export type LaneName = keyof typeof LANES;

/** All lanes together get at most this share while calm clients are being served beside them. */
const TOGETHER = 0.75;
/** A lane counts as active for so long after its last piece of work. */
const ACTIVE_MS = 1_000;

export type Lanes = Record<LaneName, Lane> & {
  /** Work outside the lanes has begun: a calm client is there, so lanes keep to their shares. */
  others(): void;
  /** Has every lane tell what happens in it. */
  observe(observer: (lane: LaneName) => LaneObserver): void;
};

const clock = (): number => performance.now();
const threadTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** The lanes of one process. They share one event loop, so each keeps to its share only while others want theirs. */
export function createLanes(now = clock, worked = threadTime): Lanes {
  const active = new Map<string, number>();
  let outside = Number.NEGATIVE_INFINITY;
  const share = (name: LaneName): number => {
    const since = now() - ACTIVE_MS;
    let sum = 0;
    for (const [other, at] of active) if (at > since) sum += LANES[other as LaneName].share;
    if (outside <= since && sum <= LANES[name].share) return 1;
    return LANES[name].share * Math.min(1, TOGETHER / sum);
  };
  const lane = (name: LaneName): Lane =>
    createLane(name, LANES[name], {
      now,
      worked,
      share: () => share(name),
      begun: () => void active.set(name, now()),
    });
  const lanes = {
    unread: lane('unread'),
    introspection: lane('introspection'),
    dear: lane('dear'),
    ordinary: lane('ordinary'),
    page: lane('page'),
    answer: lane('answer'),
  };
  return {
    ...lanes,
    others: () => {
      outside = now();
    },
    observe: (observer) => {
      for (const one of Object.values(lanes)) one.observer = observer(one.name as LaneName);
    },
  };
}
