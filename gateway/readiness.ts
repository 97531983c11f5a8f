import type { Catalogue } from '../catalogue/catalogue.ts';
import type { SubgraphLink } from './transport/subgraph-link.ts';

/** `ok`; served, but something is to be mended; not served. */
export type PartState = 'ok' | `degraded: ${string}` | `down: ${string}`;

/** Whether what is awaited once, after the start, is there; `reason` says what is not. */
export type Started = { ready: true } | { ready: false; reason: string };

/** One thing that is needed. What it throws is for the log: to a stranger it is just down. */
export interface Part {
  name: string;
  /** Where it runs. */
  where?: string;
  /** What is said when it throws or hangs. */
  down: string;
  check: () => Promise<PartState> | PartState;
}

export interface Readiness {
  ready: boolean;
  /** Why not, for a person. */
  reason?: string;
  parts: Record<string, { state: PartState; where?: string }>;
}

/** Milliseconds until a part that hangs is called down, and for which an answer holds. */
const LIMIT = 1_500;
const FRESH = 1_000;
/** A question that has hung for so long is asked anew: its connection may be lost for good. */
const LOST = 30_000;

/**
 * How it stands with every part, within two seconds whatever hangs. However often it is asked, each part is looked at
 * once a second at most, and one that hangs has one question on its way.
 */
export function createReadiness(parts: readonly Part[], started: () => Started): () => Promise<Readiness> {
  const checks = parts.map((part) => ({ part, check: once(part) }));
  let known: { at: number; answer: ReturnType<typeof look> } | undefined;

  const look = () => Promise.all(checks.map(async ({ part, check }) => ({ part, state: await check() })));
  const said = (looked: Awaited<ReturnType<typeof look>>): Readiness => {
    const start = started();
    const states = [
      ...looked,
      {
        part: { name: 'start', where: undefined },
        state: start.ready ? ('ok' as const) : (`down: ${start.reason}` as const),
      },
    ];
    const down = states.flatMap(({ state }) => (state.startsWith('down: ') ? [state.slice('down: '.length)] : []));
    return {
      ready: down.length === 0,
      ...(down.length > 0 && { reason: down.join('; ') }),
      parts: Object.fromEntries(
        states.map(({ part: { name, where }, state }) => [name, where ? { state, where } : { state }]),
      ),
    };
  };
  return () => {
    if (!known || performance.now() - known.at > FRESH) {
      const one = { at: performance.now(), answer: look() };
      known = one;
      // An answer that took its time is fresh from when it came.
      one.answer.then(() => {
        one.at = performance.now();
      });
    }
    return known.answer.then(said);
  };
}

function once({ check, down }: Part): () => Promise<PartState> {
  let asking: { since: number; answer: Promise<PartState> } | undefined;
  return () => {
    if (!asking || performance.now() - asking.since > LOST) {
      const one = {
        since: performance.now(),
        answer: Promise.resolve()
          .then(check)
          .catch((): PartState => `down: ${down}`)
          .finally(() => {
            if (asking === one) asking = undefined;
          }),
      };
      asking = one;
    }
    return Promise.race([asking.answer, late(down)]);
  };
}

const late = (down: string): Promise<PartState> =>
  new Promise((done) => {
    setTimeout(() => done(`down: ${down} (no answer within ${LIMIT} ms)`), LIMIT).unref();
  });

/** What readers need: the store, the search engine, each subgraph. */
export const readersParts = (catalogue: Catalogue, subgraphs: readonly SubgraphLink[]): Part[] => [
  {
    name: 'store',
    down: 'the store of record does not answer',
    check: async (): Promise<PartState> => {
      await catalogue.sources.list();
      return 'ok';
    },
  },
  {
    name: 'search',
    down: 'search does not answer',
    check: async (): Promise<PartState> => {
      await catalogue.search.query({ filter: { ids: ['-'] }, first: 1 });
      return 'ok';
    },
  },
  ...subgraphs.map((link): Part => {
    const down = `the subgraph "${link.name}" does not answer`;
    return {
      name: `subgraph ${link.name}`,
      where: link.where,
      down,
      check: async (): Promise<PartState> => {
        const standing = link.state();
        // What stands after the colon are a stranger's words.
        if (standing.state === 'out') return `down: ${down} since ${standing.since} (${standing.cause.split(':')[0]})`;
        return (await link.probe()) === undefined ? 'ok' : `down: the subgraph "${link.name}" answers with errors`;
      },
    };
  }),
];
