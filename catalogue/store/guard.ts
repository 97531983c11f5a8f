import type { Guard } from '../../schema/index.ts';
import type { HoldKind } from './holds.ts';

/** Up to so many records may always go in one run, unless they are the last of their source. */
const ALWAYS = 2;

/** What a complete run has to show for itself, next to what was there. */
export interface GuardFacts {
  /** Raw records that the run read, and those of them that could not be read. */
  seen: number;
  rejected: number;
  /** Records that could be found when the run began. */
  standing: number;
  /** Those of them that a complete run, or an approval, has confirmed; as many as `standing` where no run ever was complete. */
  settled: number;
  /** Records that came after the last confirmation, in whichever run. */
  created: number;
  /** Live records that the run has not seen, and the confirmed ones among them. */
  going: number;
  settledGoing: number;
  /** Missing records whose grace is over. */
  withdrawing: number;
  /** All confirmed records that the run has not seen, live or missing. */
  settledUnseen: number;
  /** Live records for which an earlier run is held, which nobody has approved, and which this run has not read either. */
  heldGoing: number;
  /** Known records of which this run could not read a word: their last good version stays. */
  spoiled: boolean;
}

/** Whether the run is to be held, and why. Pure, so that each limit can be tried by itself. */
export function guard(
  {
    seen,
    rejected,
    standing,
    settled,
    created,
    going,
    settledGoing,
    settledUnseen,
    withdrawing,
    heldGoing,
    spoiled,
  }: GuardFacts,
  limits: Guard,
): { kind: HoldKind; reason: string; live: number } | undefined {
  const held = (kind: HoldKind, reason: string) => ({ kind, reason, live: settled });
  const unseen = going + withdrawing;
  if (standing > 0 && seen === 0 && unseen > 0) {
    return held('empty', `the feed is empty; ${standing} records are in the catalogue`);
  }
  if (rejected > ALWAYS && rejected >= limits.unreadable * seen && (unseen > 0 || spoiled)) {
    return held(
      'unreadable',
      `${rejected} of ${seen} records could not be read (${percent(rejected / seen)}); held from ${percent(limits.unreadable)}`,
    );
  }
  const churned = Math.max(ALWAYS, limits.churn * settled);
  const all = settled > 0 && settledUnseen >= settled;
  if ((all && created > 0) || (settledGoing >= churned && created >= churned)) {
    return held(
      'churn',
      `${Math.max(settledGoing, all ? settled : 0)} of ${settled} records are gone and ${created} came with new identifiers: identifiers may have changed`,
    );
  }
  if (all) {
    return held('empty', `all ${settled} records are gone from the feed; that is held for approval`);
  }
  // Also of what came since: a run that was held or broke off confirms nothing, but readers have seen its records.
  for (const [gone, before] of [
    [settledGoing, settled],
    [going, standing],
  ] as const) {
    const allowed = Math.max(ALWAYS, Math.floor(before * limits.share));
    if (gone <= allowed) continue;
    return held(
      'shrunk',
      `${gone} of ${before} records are gone from the feed; more than ${allowed} at once is held for approval`,
    );
  }
  if (heldGoing > 0) {
    return held(
      'shrunk',
      `${heldGoing} records for which an earlier run is held are still gone from the feed, and nobody has approved that`,
    );
  }
  return undefined;
}

/** Whether too many records are said to be gone at once; `standing`: that could be found when the run began. */
export function guardTombstones(
  gone: number,
  standing: number,
  { share }: Guard,
): { kind: HoldKind; reason: string; live: number } | undefined {
  const allowed = Math.max(ALWAYS, Math.floor(standing * share));
  if (gone < standing && gone <= allowed) return undefined;
  if (gone === 0) return undefined;
  return {
    kind: gone >= standing ? 'empty' : 'shrunk',
    reason: `the feed says that ${gone} of ${standing} records are gone; more than ${allowed} at once is held for approval`,
    live: standing,
  };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
