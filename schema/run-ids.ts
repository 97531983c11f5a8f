import type { Credential } from './credential.ts';
import { mintOpportunityId, shortDigest } from './ids.ts';
import type { Opportunity } from './opportunity.ts';

/** What tells one run from another and seldom changes; prices, deadlines and states do. */
const WHAT_IT_IS = ['startDate', 'startText', 'endDate', 'place', 'locality', 'country', 'name', 'url'] as const;

/** Digests to tell runs of one id apart by: what they are, then everything they say; where they stand never counts. */
const DIGESTS: readonly ((run: Opportunity) => string)[] = [
  (run) => shortDigest(canonical(WHAT_IT_IS.map((fact) => run[fact] ?? null))),
  ({ id: _, path: __, ...facts }) => shortDigest(canonical(facts)),
];

/**
 * An id for each run of a credential, no two alike. A source's own identifier stays to the letter where it is given
 * once; runs that have none (`id` is empty) or share one get theirs from their facts. So ids hold when runs come, go or
 * change places, and the id of one twin never passes to the other. Twins that say the very same are numbered.
 */
export function distinctRunIds(runs: readonly Opportunity[]): string[] {
  let ids = runs.map((run) => run.id);
  for (const digest of DIGESTS) {
    const times = timesUsed(ids);
    ids = ids.map((id, n) => {
      if (id !== '' && times.get(id) === 1) return id;
      return `${id || 'run'}#${digest(runs[n] as Opportunity)}`;
    });
  }
  const used = new Set(ids);
  const last = new Map<string, number>();
  return ids.map((id) => {
    let n = (last.get(id) ?? 0) + 1;
    while (n > 1 && used.has(`${id}#${n}`)) n++;
    last.set(id, n);
    const own = n === 1 ? id : `${id}#${n}`;
    used.add(own);
    return own;
  });
}

/**
 * The runs of a record as readers are given them, each with an id that no other run of the catalogue has: those that
 * are wanted, and so many at most.
 */
export function publishedRuns(
  { id, opportunities }: Pick<Credential, 'id' | 'opportunities'>,
  wanted: (run: Opportunity) => boolean = () => true,
  most = Number.POSITIVE_INFINITY,
) {
  // Told apart again although new records are so already: a store may hold one that an earlier version took in.
  const ids = distinctRunIds(opportunities);
  return opportunities
    .map((run, n): [Opportunity, string] => [run, ids[n] as string])
    .filter(([run]) => wanted(run))
    .slice(0, most)
    .map(([run, own]) => ({ ...run, id: own, publicId: mintOpportunityId(id, own) }));
}

function timesUsed(ids: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

/** JSON with members in order: a store may keep them in another one. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
