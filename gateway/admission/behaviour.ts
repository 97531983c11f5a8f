import { LRUCache } from 'lru-cache';

/** One who asks: a named client, a network address, or a connection from the operator's own machine. */
export interface Client {
  readonly key: string;
  /** Requests open at this moment. */
  open: number;
  /** Requests answered so far. */
  seen: number;
  /** Share of its time in which it had a request open, 0 to 1, recent requests counting most. */
  busy: number;
  /** Share of its requests that were refused, 0 to 1, recent ones counting most. */
  refused: number;
  openedAt: number;
  answeredAt: number;
  /** Milliseconds from one page it asks for to the next, recent ones counting most. */
  pageEvery: number;
  pageAskedAt: number;
}

/** The last request counts a quarter, as soon as there are four: those outweigh all earlier ones. */
const RECENT = 0.25;
/** Above this share a client leaves no pauses to speak of: a loop. Readers and portals pause. */
const CALM = 0.75;
/** A browser opens six connections to a host. */
const MANY_OPEN = 6;
/** So many requests have to be seen before a client is known. */
const KNOWN_AFTER = 3;
/** Where a client stands of which nothing is known yet: behind the calm, before the loops. */
const UNKNOWN = 0.95;
/** So many newcomers at once are a crowd, and stand behind the loops that are known. */
const CROWD = 8;
const CROWDED = 1.05;

/**
 * How clients behaved lately, for the order in which they are served when many wait; whether one is served never
 * depends on it. A loop without pauses has nearly always a request open, a reader has not. A flood could pause, too,
 * but then it is none. It needs no address, so it also holds when a flood has many.
 */
export function createBehaviour(most = 20_000, now: () => number = () => performance.now()) {
  const clients = new LRUCache<string, Client>({ max: most });

  return {
    /** A client's request has come in. */
    arrive(key: string): Client {
      const at = now();
      let client = clients.get(key);
      if (!client) {
        client = {
          key,
          open: 0,
          seen: 0,
          busy: UNKNOWN,
          refused: 0,
          openedAt: at,
          answeredAt: at,
          pageEvery: PAGES_APART,
          pageAskedAt: Number.NEGATIVE_INFINITY,
        };
        clients.set(key, client);
      } else if (client.open === 0) {
        const took = client.answeredAt - client.openedAt;
        const pause = at - client.answeredAt;
        if (took + pause > 0) client.busy += Math.max(RECENT, 1 / client.seen) * (took / (took + pause) - client.busy);
        client.openedAt = at;
      }
      client.open += 1;
      return client;
    },

    /** Its answer has gone out. */
    leave(client: Client, refused: boolean): void {
      client.open -= 1;
      client.seen += 1;
      client.refused += RECENT * ((refused ? 1 : 0) - client.refused);
      client.answeredAt = now();
    },

    get size() {
      return clients.size;
    },
  };
}
export type Behaviour = ReturnType<typeof createBehaviour>;

/**
 * Who goes first when many wait: the lowest. Each further request that a client has open counts against it. In a crowd
 * of newcomers, such as a flood from ever-new addresses, whoever was here before goes first.
 */
export function rank({ busy, refused, open, seen }: Client, crowd: boolean): number {
  return Math.round(((seen === 0 && crowd ? CROWDED : busy) + refused) * 100) + open * 5;
}

/** Whether so many of those that wait are newcomers that they are a crowd. */
export function isCrowd(clients: Iterable<Client>): boolean {
  let newcomers = 0;
  for (const { seen } of clients) if (seen === 0) newcomers += 1;
  return newcomers > CROWD;
}

/** Nobody reads ten pages a second, for long: a loop that is answered at once looks as if it left pauses. */
const PAGES_APART = 100;
const LONGEST_APART = 1_000;

/** Takes note of a page that is asked for; answers whether the client asks for pages as a reader does. */
export function readsPages(client: Client, at: number): boolean {
  const apart = Math.min(LONGEST_APART, at - client.pageAskedAt);
  client.pageAskedAt = at;
  client.pageEvery += RECENT * (apart - client.pageEvery);
  return isCalm(client) && client.pageEvery >= PAGES_APART;
}

/** Whether a client is known to leave pauses. */
export const isCalm = (client: Client): boolean =>
  client.seen >= KNOWN_AFTER && client.open <= MANY_OPEN && client.busy < CALM;
