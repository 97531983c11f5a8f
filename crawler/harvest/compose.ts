import type { Batch } from '../../catalogue/store/batch.ts';
import type { Composition } from '../../catalogue/store/compositions.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Format, Normalised } from '../format.ts';
import { emptyBatch } from './empty-batch.ts';
import { normaliseRecords } from './normalise-record.ts';

const BATCH = 250;

/**
 * Puts together anew, from their stored raw text, the records whose parts a run has changed: once, however many pages
 * these came from. `seenIn`: only parts seen in that run still count. What is done is struck off in the same transaction, so a
 * crash repeats nothing.
 */
export async function compose(
  { store, format }: { store: Store; format: Format },
  at: { run: string; source: SourceDefinition; normaliser: string; owner: string },
  seenIn?: string,
): Promise<void> {
  const { source } = at;
  for (;;) {
    const records = await store.compositions.next(source.id, at.run, BATCH);
    if (!records.length) return;
    const raws = await store.ingest.raw(
      source.id,
      records.map(({ identifier }) => identifier),
      seenIn,
    );
    const rawsOf = Map.groupBy(raws, (row) => row.identifier);
    // Whose main record the run has read is there again, should it have been missing; of the others only parts were read.
    for (const wasRead of [true, false]) {
      const batch: Batch = {
        ...emptyBatch(at),
        owner: at.owner,
        composed: [],
        ...(wasRead ? {} : { fromStore: true }),
      };
      const these = records.filter(({ counted }) => (counted !== null) === wasRead);
      const whole = these.flatMap(({ identifier, counted }) => {
        const parts = rawsOf.get(identifier) ?? [];
        const main = parts.find((row) => row.part === '');
        const others = parts.filter((row) => row.part !== '').map((row) => row.raw);
        return main ? [{ identifier, counted, raw: main.raw, parts: others }] : [];
      });
      const states = new Map(
        normaliseRecords(format, source, whole).map((result, n) => {
          const record = whole[n] as (typeof whole)[number];
          return [record.identifier, composeRecord(batch, record, result)];
        }),
      );
      batch.composed = these.map(({ identifier }) => ({ identifier, state: states.get(identifier) }));
      if (batch.composed?.length) await store.ingest.apply(batch);
    }
  }
}

function composeRecord(
  batch: Batch,
  { identifier, counted }: Pick<Composition, 'identifier' | 'counted'>,
  result: Normalised,
): 'accepted' | 'rejected' {
  // It was counted before anybody knew what comes of it.
  if (counted === 'rejected') batch.rejected--;
  else if (counted) batch.others[counted]--;
  if ('rejection' in result) {
    if (counted) batch.rejected++;
    batch.reports.push({ identifier, problems: result.problems, rejection: result.rejection });
    return 'rejected';
  }
  batch.reports.push({ identifier, problems: result.problems });
  batch.providers.push(...result.providers);
  if (result.credential) batch.credentials.push({ record: result.credential, counted: Boolean(counted) });
  else if (counted) batch.others.unchanged++;
  return 'accepted';
}
