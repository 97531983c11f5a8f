import type { Config } from '../config.ts';
import { type AbandonRequest, abandonIn } from './abandon.ts';
import { type ApproveRequest, approveIn } from './approve.ts';
import { auditIn } from './audit.ts';
import { type CheckRequest, checkIn } from './check-sources.ts';
import type { Handlers } from './control.ts';
import type { Crawler } from './crawler.ts';
import { type DiffRequest, diffOf } from './diff.ts';
import { type DiscoverRequest, discoverIn } from './discover.ts';
import { harvestInto } from './harvest.ts';
import type { HarvestRequest } from './harvest-request.ts';
import { holdsIn } from './holds.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { type PauseRequest, pauseIn, resumeIn } from './pause.ts';
import { type PurgeRequest, purgeIn } from './purge.ts';
import { reindexIn } from './reindex.ts';
import { replayInto } from './replay.ts';
import { type RetireRequest, retireIn } from './retire.ts';
import { listSources } from './sources.ts';
import { statusOf } from './status.ts';
import { type SwitchAnswer, type SwitchRequest, switchIn } from './switch-sources.ts';

/** What other processes may hand over to the one that holds the embedded store. */
export const handedOver = (
  config: Config,
  open: OpenCatalogue,
  { crawler, reschedule, ending }: { crawler: Crawler; reschedule: () => Promise<void>; ending: AbortSignal },
): Handlers => ({
  abandon: (body) => abandonIn(open, body as AbandonRequest),
  discover: (body, emit) => discoverIn({ store: open.store, config }, body as DiscoverRequest, emit),
  harvest: (body, emit) => harvestInto({ open, crawler, ending }, body as HarvestRequest, emit),
  holds: () => holdsIn(open),
  approve: (body) => approveIn(open, body as ApproveRequest),
  pause: (body) => pauseIn(open, body as PauseRequest),
  resume: (body) => resumeIn(open, body as PauseRequest),
  audit: () => auditIn(open),
  purge: async (body) => {
    const answer = await purgeIn(open, body as PurgeRequest);
    await reschedule();
    return answer;
  },
  retire: async (body) => {
    const answer = await retireIn(open, body as RetireRequest);
    await reschedule();
    return answer;
  },
  replay: (body, emit) => replayInto({ ...open, ending }, body as { source: string }, emit),
  diff: (body) => diffOf(open, body as DiffRequest),
  status: (body) => statusOf(open, (body as { source?: string }).source),
  sources: () => listSources(open.catalogue),
  check: (body, emit) => checkIn({ open, feeds: crawler.feeds, ending }, body as CheckRequest, emit),
  switch: async (body): Promise<SwitchAnswer> => {
    const answer = await switchIn(open, body as SwitchRequest);
    await reschedule();
    return { ...answer, inEffect: true };
  },
  reindex: (_, emit) => reindexIn(open, emit),
});
