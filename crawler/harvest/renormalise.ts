import type { Batch, Counts } from '../../catalogue/store/ingest.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Format } from '../format.ts';
import { normaliseRecord } from './normalise-record.ts';
import type { Intake } from './take-in.ts';

const BATCH = 250;

/** Works records out anew from their stored raw text, without fetching: after parts have gone. */
export async function renormalise(
  { intake, format }: { intake: Intake; format: Format },
  at: { run: string; source: SourceDefinition; normaliser: string },
  identifiers: readonly string[],
): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (let from = 0; from < identifiers.length; from += BATCH) {
    const rows = await intake.raw(at.source.id, identifiers.slice(from, from + BATCH));
    const batch: Batch = { ...emptyBatch(at), fromStore: true };
    for (const [identifier, records] of Map.groupBy(rows, (row) => row.identifier)) {
      const main = records.find((row) => row.part === '');
      if (!main) continue;
      const parts = records.filter((row) => row.part !== '').map((row) => row.raw);
      const result = normaliseRecord(format, at.source, identifier, main.raw, parts);
      if ('rejection' in result) {
        batch.reports.push({ identifier, problems: result.problems, rejection: result.rejection });
        continue;
      }
      batch.reports.push({ identifier, problems: result.problems });
      batch.providers.push(...result.providers);
      if (result.credential) batch.credentials.push({ record: result.credential, counted: false });
    }
    counts.push(await intake.apply(batch));
  }
  return counts;
}

/** A batch that takes nothing in yet. */
export const emptyBatch = (at: { run: string; source: SourceDefinition; normaliser: string }): Batch => ({
  run: at.run,
  source: at.source.id,
  page: '',
  normaliser: at.normaliser,
  cursor: 0,
  observations: [],
  unchanged: [],
  credentials: [],
  providers: [],
  others: { created: 0, updated: 0, unchanged: 0 },
  reports: [],
  stillReported: [],
  rejected: 0,
  seen: 0,
});
