import type { RunSummary } from '../../catalogue/catalogue.ts';
import type { Store } from '../../catalogue/store/store.ts';
import { sweep, sweepParts } from '../../catalogue/store/sweep.ts';
import { forgetParts, layToRest, partsGone } from '../../catalogue/store/tombstones.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { Format } from '../format.ts';
import { compose } from './compose.ts';

/**
 * Ends a run whose pages are read: only one that is proven complete sweeps what it did not see. One that asked for changes sweeps
 * nothing: what its feed says is gone goes, and nothing else.
 */
export async function endRun(
  { store, format }: { store: Store; format: Format },
  at: { run: string; source: SourceDefinition; normaliser: string; owner: string; changesSince: string | undefined },
): Promise<RunSummary> {
  const { run, source, owner } = at;
  const end = async (state: RunSummary['state'], reason?: string): Promise<RunSummary> => {
    await compose({ store, format }, at);
    return store.runs.finish(run, state, reason, owner);
  };
  const pages = await store.runs.pageCounts(run);
  if (pages.failed > 0) {
    const state = pages.read === 0 && (await store.runs.get(run))?.seen === 0 ? 'failed' : 'incomplete';
    return end(state, pages.firstFailure ?? 'a page could not be read');
  }
  if (pages.total !== null && pages.records < pages.total) {
    return end('incomplete', `the feed says it has ${pages.total} records, its pages gave ${pages.records}`);
  }
  const { silent, speaking } = await store.silentPages.of(run);
  const tooSilent = silence(silent.length, speaking, source.guard.share);
  if (tooSilent) return end('incomplete', tooSilent);
  await store.silentPages.keep(run, source.id, silent, source.graceDays);
  await store.ingest.letGoOfText(run);
  if (at.changesSince !== undefined) {
    const held = await layToRest(store.db, run, source.id, { owner, guard: source.guard });
    if (held !== undefined) return end('held', held);
    const parts = await partsGone(store.db, run, source.id);
    // Noted before the parts go: after a crash in between, the list is still there.
    const lost = [...new Set(parts.map(({ identifier }) => identifier))].sort();
    await store.compositions.note(run, source.id, lost, owner);
    await forgetParts(store.db, parts);
    return end('complete');
  }
  const swept = await sweep(store.db, run, source.id, { ...source, owner });
  if (swept.held) return end('held', swept.reason);
  // What it says is gone need not be missed first.
  await layToRest(store.db, run, source.id, { owner });
  // Worked out anew before they go: after a crash in between, the list is still there.
  await store.compositions.note(run, source.id, swept.lostParts, owner);
  await compose({ store, format }, at, run);
  if (swept.lostParts.length) await sweepParts(store.db, run, source.id);
  return end('complete');
}

/** So many pages may fall silent in any run, unless none is left that speaks. */
const ALWAYS = 2;

/**
 * Why a run proves nothing in which pages answered without the records they used to give: a login, a check for robots or a wall of
 * cookies stands before the whole site. `share`: of the pages that give records, from which on it is so.
 */
function silence(silent: number, speaking: number, share: number): string | undefined {
  if (silent === 0 || (speaking > 0 && (silent <= ALWAYS || silent < share * (silent + speaking)))) return undefined;
  return `${silent} of ${silent + speaking} pages answer without the records they gave; see the rule page-silent`;
}
