import type { Batch, Counts, KnownObservation, ObservedRecord, Tombstone } from '../../catalogue/store/batch.ts';
import { DUPLICATE_RULE } from '../../catalogue/store/save-problems.ts';
import type { Rejection, SourceDefinition } from '../../schema/index.ts';
import type { Format, RawRecord, RecordFault } from '../format.ts';
import { problemOf } from '../problems/notes.ts';
import { emptyBatch } from './empty-batch.ts';
import { normaliseRecords, type ToNormalise } from './normalise-record.ts';

/** The part of the store that a page needs; a dry run gives one that only compares. */
export interface Intake {
  known(source: string, items: readonly { identifier: string; part: string }[]): Promise<KnownObservation[]>;
  withParts(source: string, identifiers: readonly string[]): Promise<string[]>;
  raw(source: string, identifiers: readonly string[]): Promise<{ identifier: string; part: string; raw: unknown }[]>;
  apply(batch: Batch): Promise<Counts>;
  /** Nothing is put together at the end of the run: each batch with what is known by then. */
  composeAtOnce?: true;
  /** Which of these were erased for good and are not taken in again. */
  purged?(source: string, identifiers: readonly string[]): Promise<Set<string>>;
  /** Notes that a quarantined record is about to be tried once more. */
  tries?(source: string, identifier: string): Promise<void>;
}

/** A record that ended its worker so often, first among its batch and then alone, is not tried again. */
export const MAX_STARTS = 3;

/** A raw record of a batch. */
export interface Item extends RawRecord {
  /** It has ended the crawler whenever it was normalised: kept as it is, and not touched again. */
  quarantined: boolean;
  /** It was quarantined and counted as rejected in this run; now it is tried once more. */
  secondChance?: true;
  part: string;
  json: string;
  hash: string;
}

/**
 * Takes a batch in: normalises what is new or changed, with all parts of its credential, and lets the store have it at once.
 * Answers what it came to, how many of its records this run had not seen (`fresh`), or had (`again`), and which were
 * quarantined long enough to be tried once more.
 */
export async function takeIn(
  { intake, format }: { intake: Intake; format: Format },
  at: { run: string; source: SourceDefinition; key: string; normaliser: string; cursor: number; owner?: string },
  read: Item[],
  readFaults: RecordFault[],
  gone: readonly Tombstone[] = [],
): Promise<{ counts: Counts; fresh: number; again: number; tryAgain: Item[] }> {
  const { source } = at;
  const { items, faults, shut } = await withoutPurged(intake, source.id, read, readFaults);
  const known = new Map<string, KnownObservation>();
  for (const row of await intake.known(source.id, items)) known.set(`${row.part}\0${row.identifier}`, row);
  const batch: Batch = {
    ...emptyBatch(at),
    page: at.key,
    cursor: at.cursor,
    owner: at.owner,
    rejected: faults.length - items.filter((item) => item.secondChance).length,
    seen: faults.length,
    gone,
  };
  batch.seen += shut;
  batch.others.unchanged += shut;
  // Told without a word of it: not even which record it is.
  for (let n = 0; n < shut; n++) batch.reports.push({ identifier: null, problems: [problemOf('', 'purged', '')] });
  for (const { rejection } of faults) {
    batch.reports.push({ identifier: rejection.identifier, problems: [], rejection });
    // A record that could not be read is not gone.
    if (rejection.identifier !== null) {
      batch.observations.push({
        identifier: rejection.identifier,
        part: '',
        hash: '',
        path: rejection.path,
        state: 'accepted',
      });
    }
  }

  const keyOf = (item: { part: string; identifier: string }) => `${item.part}\0${item.identifier}`;
  const fresh: { item: Item; before: KnownObservation | undefined; same: boolean }[] = [];
  const changed = new Set<string>();
  const withParts = new Set<string>();
  const mains = new Map<string, { isNew: boolean }>();
  const leftPages = new Set<string>();
  const tryAgain: Item[] = [];
  let repeated = 0;
  for (const item of items) {
    const before = known.get(keyOf(item));
    const same = !item.secondChance && before?.hash === item.hash && before.normaliser === at.normaliser;
    if (before?.page && before.page !== at.key) leftPages.add(before.page);
    if (!item.secondChance) batch.seen++;
    if (before?.lastRun === at.run) repeated++;
    // Once one text was turned away, which of them stays does not hang on their order: the store's does, if it still comes.
    const another = before?.twice && before.normaliser === at.normaliser && before.hash !== item.hash;
    const settled = before?.state === 'accepted' && (before.lastRun === at.run || another);
    if (settled) {
      again(batch, item, same);
      continue;
    }
    fresh.push({ item, before, same });
    if (same && before.tryAgain) tryAgain.push(item);
    if (!same && !item.quarantined) changed.add(item.identifier);
    if (item.part) withParts.add(item.identifier);
    else mains.set(item.identifier, { isNew: !before });
  }
  batch.leftPages = [...leftPages];
  const bare = [...changed].filter((id) => !withParts.has(id));
  if (bare.length) for (const id of await intake.withParts(source.id, bare)) withParts.add(id);
  // A record of several parts changes once a run, when all are read; one that is new need not wait to be found.
  const later = new Set(
    intake.composeAtOnce ? [] : [...changed].filter((id) => withParts.has(id) && !mains.get(id)?.isNew),
  );
  for (const id of later) changed.delete(id);
  const composed = [...changed].filter((id) => withParts.has(id));
  const stored = composed.length ? await intake.raw(source.id, composed) : [];
  const raws = gather(
    stored,
    fresh
      .filter(({ item, before, same }) => !item.quarantined && !(item.part && same && before?.state === 'rejected'))
      .map(({ item }) => item),
    changed,
  );

  const observations = new Map<string, ObservedRecord>();
  for (const { item, before, same } of fresh) {
    const observation: ObservedRecord = {
      identifier: item.identifier,
      part: item.part,
      hash: item.hash,
      json: same ? undefined : item.json,
      path: item.path,
      state: before?.state ?? 'accepted',
    };
    batch.observations.push(observation);
    if (item.quarantined) {
      observation.state = 'rejected';
      observation.quarantined = true;
      batch.rejected++;
      batch.reports.push({ identifier: item.identifier, problems: [], rejection: quarantined(item) });
      continue;
    }
    if (item.part && same && before?.state === 'rejected') {
      batch.rejected++;
      batch.stillReported.push(item.identifier);
      continue;
    }
    if (item.part) {
      batch.others[!before ? 'created' : same ? 'unchanged' : 'updated']++;
      continue;
    }
    observations.set(item.identifier, observation);
    if (changed.has(item.identifier)) continue;
    if (later.has(item.identifier)) {
      // What its parts make of an unchanged one is counted with them: it may be read in another batch.
      batch.compositions.push({ identifier: item.identifier, ...(same ? {} : { counted: 'updated' as const }) });
      later.delete(item.identifier);
      if (!same) {
        batch.others.updated++;
        continue;
      }
    }
    if (before?.state === 'rejected') batch.rejected++;
    else batch.unchanged.push(item.identifier);
    batch.stillReported.push(item.identifier);
  }
  for (const identifier of later) batch.compositions.push({ identifier });

  const whole = [...changed].flatMap((identifier) => {
    const record = raws.get(identifier);
    // Parts that come before their main record wait in the store.
    return record?.hasMain ? [{ identifier, raw: record.main, parts: record.parts }] : [];
  });
  for (const [n, result] of normaliseRecords(format, source, whole).entries()) {
    const { identifier } = whole[n] as ToNormalise;
    const observation = observations.get(identifier);
    if ('rejection' in result) {
      if (observation) {
        observation.state = 'rejected';
        batch.rejected++;
      }
      batch.reports.push({ identifier, problems: result.problems, rejection: result.rejection });
      continue;
    }
    if (observation) observation.state = 'accepted';
    batch.reports.push({ identifier, problems: result.problems });
    batch.providers.push(...result.providers);
    if (result.credential) batch.credentials.push({ record: result.credential, counted: Boolean(observation) });
    else if (observation) batch.others[known.has(`\0${identifier}`) ? 'updated' : 'created']++;
  }
  const counts = await intake.apply(batch);
  return { counts, fresh: items.length - repeated, again: repeated, tryAgain };
}

/** What was erased for good is passed over before anybody looks into it. */
async function withoutPurged(intake: Intake, source: string, items: Item[], faults: RecordFault[]) {
  const asked = [
    ...items.map(({ identifier }) => identifier),
    ...faults.flatMap(({ rejection: r }) => r.identifier ?? []),
  ];
  const shut = asked.length ? await intake.purged?.(source, asked) : undefined;
  if (!shut?.size) return { items, faults, shut: 0 };
  const open = items.filter(({ identifier }) => !shut.has(identifier));
  const openFaults = faults.filter(({ rejection: r }) => r.identifier === null || !shut.has(r.identifier));
  return { items: open, faults: openFaults, shut: items.length - open.length + faults.length - openFaults.length };
}

const quarantined = (item: Item): Rejection => ({
  identifier: item.identifier,
  path: item.path,
  rule: 'quarantined',
  found: `${item.json.length} characters`,
  remedy: `The record ended the crawler ${MAX_STARTS} times. It is kept as it was read and tried again after a day, and when it, or its format, changes; please report it.`,
});

/**
 * An identifier comes again in the same run. The first record with it stays, and from then on the text that the store has, so that
 * every run ends the same: the same text again is told and counts as unchanged, another text is turned away.
 */
function again(batch: Batch, item: Item, same: boolean): void {
  const report = {
    path: item.path,
    rule: DUPLICATE_RULE,
    found: item.identifier.slice(0, 200),
    remedy: 'Give each record an identifier of its own; the first record with an identifier is kept.',
  };
  if (same) batch.others.unchanged++;
  else {
    batch.rejected++;
    batch.twice = [...(batch.twice ?? []), { identifier: item.identifier, part: item.part }];
  }
  batch.reports.push({
    identifier: item.identifier,
    problems: same ? [{ ...report, severity: 'warning' }] : [],
    rejection: same ? undefined : { ...report, identifier: item.identifier },
    keep: true,
  });
}

/** The newest raw of every part of the changed records: what this page says, else what the store has. */
function gather(stored: { identifier: string; part: string; raw: unknown }[], items: Item[], changed: Set<string>) {
  const rawOf = new Map<string, Map<string, unknown>>();
  const put = (identifier: string, part: string, raw: unknown) => {
    const parts = rawOf.get(identifier) ?? new Map<string, unknown>();
    rawOf.set(identifier, parts.set(part, raw));
  };
  for (const row of stored) put(row.identifier, row.part, row.raw);
  for (const item of items) if (changed.has(item.identifier)) put(item.identifier, item.part, item.raw);
  return new Map(
    [...rawOf].map(([identifier, parts]) => [
      identifier,
      {
        hasMain: parts.has(''),
        main: parts.get(''),
        parts: [...parts]
          .filter(([part]) => part)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, raw]) => raw),
      },
    ]),
  );
}
