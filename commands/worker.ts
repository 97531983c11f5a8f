import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { startCrawl } from './crawl.ts';
import { followChanges } from './follow-changes.ts';
import { log } from './log.ts';
import { openCatalogue } from './open-catalogue.ts';
import type { Life } from './start/until-ended.ts';

/** A harvest mostly waits for its provider, politely. */
const HARVESTS_AT_ONCE = 8;

/** `credatlas worker`: harvests what is scheduled. Any number of workers share one store and one queue. */
export async function work(config: Config, { ended, onEnd, started }: Life): Promise<void> {
  if (!config.databaseUrl) {
    throw new ConfigError(
      'a worker needs a PostgreSQL that others share',
      'Set DATABASE_URL, or use "credatlas serve", which crawls by itself.',
    );
  }
  const open = await openCatalogue(config);
  onEnd(() => open.close());
  const follower = followChanges(open, log);
  onEnd(() => follower.stop());
  const crawl = await startCrawl(config, open, {
    log,
    harvestsAtOnce: HARVESTS_AT_ONCE,
    onRun: (run) => {
      if (run)
        log(
          `${run.source}: ${run.state}, ${run.seen} seen, ${run.created} created, ${run.updated} updated, ${run.rejected} rejected`,
        );
    },
  });
  onEnd(() => crawl.stop());
  started();
  log('worker: ready');
  await ended;
  log('worker: ending after the pages under way');
}
