import { expectedError } from '../../subgraphs/shared/errors.ts';
import type { GraphRequest } from '../graph-request.ts';
import type { Prepare, Prepared, Refused } from '../prepare.ts';
import { isCalm } from './behaviour.ts';
import { createKeptAnswers } from './kept-answers.ts';
import type { LaneName, Lanes } from './lanes.ts';
import type { Visit, Visits } from './visits.ts';

/** From this cost on an operation goes through the lane of the dear ones. */
export const DEAR = 6_000;
/** Milliseconds of the loop that writing this many characters of an answer takes, about. */
const CHARACTERS_A_MS = 100_000;

/** Who was turned away after waiting this long need not be held back before he is told. */
export const PATIENT_MS = 500;

/** Leads operations through the lanes: into `prepare` when their text is new, into execution by what they ask for. */
export function createDoor<Result extends { errors?: readonly unknown[] }>({
  prepare,
  lanes,
  visits,
}: {
  prepare: Prepare;
  lanes: Lanes;
  visits: Visits;
}) {
  const kept = createKeptAnswers<Result>();

  /** Who waits here: neither pages nor calls from inside the process do. */
  const visitor = (): Visit | undefined => {
    const visit = visits.current();
    return visit?.page ? undefined : visit;
  };

  const turn = async (lane: LaneName, visit: Visit) => {
    const asked = performance.now();
    const end = await lanes[lane].turn(visit);
    visit.admitted = end !== undefined || performance.now() - asked > PATIENT_MS;
    if (end) return end;
    visit.retryAfter = Math.min(30, Math.max(1, Math.ceil(lanes[lane].backlog)));
    throw overloaded(visit.retryAfter);
  };

  return {
    /** Checks a request. Throws when there is no room or the client's budget is spent. */
    async check(request: GraphRequest): Promise<Prepared | Refused> {
      const visit = visitor();
      if (!visit) return prepare(request);
      const end = prepare.knows(request) ? undefined : await turn('unread', visit);
      const began = performance.now();
      let prepared: Prepared | Refused;
      try {
        prepared = prepare(request);
      } finally {
        visit.spent += performance.now() - began;
        end?.();
      }
      visit.admitted = false;
      visit.refused = 'errors' in prepared;
      if ('errors' in prepared) return prepared;
      if (visit.budget && !(await visit.budget.spend('cost', prepared.cost))) {
        visit.retryAfter = visit.budget.resets('cost');
        throw rateLimited('cost', visit.retryAfter);
      }
      return prepared;
    },

    /** Executes what was checked when its turn has come. */
    async through(prepared: Prepared, execute: () => Promise<Result>): Promise<Result> {
      const visit = visitor();
      const { introspection, key } = prepared;
      const before = keptFor(prepared, visit);
      if (before) return before;
      const lane = introspection ? 'introspection' : prepared.cost >= DEAR ? 'dear' : 'ordinary';
      const end = visit && (await enter(lane, visit));
      try {
        // Of many that waited for the same, one has executed it by now.
        const meanwhile = keptFor(prepared, visit);
        if (meanwhile) return meanwhile;
        const result = await execute();
        if (introspection === 'only' && !result.errors?.length) kept.keep(key, result);
        return result;
      } finally {
        end?.();
      }
    },
  };

  function keptFor({ introspection, key }: Prepared, visit: Visit | undefined): Result | undefined {
    const known = introspection === 'only' ? kept.get(key) : undefined;
    if (known && visit) visit.spent += known.characters / CHARACTERS_A_MS;
    return known?.answer;
  }

  async function enter(lane: LaneName, visit: Visit) {
    // Readers who leave pauses need no lane for what is cheap: those who do not are kept to their share beside them.
    if (lane !== 'ordinary' || !isCalm(visit.client)) return turn(lane, visit);
    visit.admitted = true;
    lanes.others();
    return undefined;
  }
}

const overloaded = (seconds: number) =>
  expectedError('OVERLOADED', 'too much is asked at once; this request was not served', {
    retryAfter: seconds,
    remedy: `try again in ${seconds} s; ask for fewer hits, facets or fields, and for one thing after the other`,
  });

/** The error of a client whose budget is spent. */
export const rateLimited = (what: 'requests' | 'cost', seconds: number) =>
  expectedError('RATE_LIMITED', `the ${what === 'cost' ? 'cost points' : 'requests'} of this minute are spent`, {
    limit: what,
    retryAfter: seconds,
    remedy: `try again in ${seconds} s; the fields RateLimit-Policy and RateLimit tell what is left, and a key allows more`,
  });
