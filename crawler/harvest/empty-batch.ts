import type { Batch } from '../../catalogue/store/batch.ts';
import type { SourceDefinition } from '../../schema/index.ts';

/** A batch that takes nothing in yet. */
export const emptyBatch = (at: { run: string; source: SourceDefinition; normaliser: string }): Batch => ({
  run: at.run,
  source: at.source.id,
  page: '',
  normaliser: at.normaliser,
  cursor: 0,
  observations: [],
  leftPages: [],
  compositions: [],
  unchanged: [],
  credentials: [],
  providers: [],
  others: { created: 0, updated: 0, unchanged: 0 },
  reports: [],
  stillReported: [],
  rejected: 0,
  seen: 0,
});
