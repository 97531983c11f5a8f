import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { startCrawl } from './crawl.ts';
import { EXIT } from './exit-codes.ts';
import { followChanges } from './follow-changes.ts';
import { endAsked } from './listen.ts';
import { log } from './log.ts';
import { openCatalogue } from './open-catalogue.ts';

/** A harvest mostly waits for its provider, politely. */
const HARVESTS_AT_ONCE = 8;

/** `credatlas worker`: harvests what is scheduled. Any number of workers share one store and one queue. */
export async function workerCommand(config: Config): Promise<number> {
  if (!config.databaseUrl) {
    throw new ConfigError(
      'a worker needs a PostgreSQL that others share',
      'Set DATABASE_URL, or use "credatlas serve", which crawls by itself.',
    );
  }
  const ended = endAsked();
  const open = await openCatalogue(config);
  const follower = followChanges(open, log);
  const end = async () => {
    await follower.stop();
    await open.close();
  };
  const starting = startCrawl(config, open, {
    log,
    harvestsAtOnce: HARVESTS_AT_ONCE,
    onRun: (run) => {
      if (run)
        log(
          `${run.source}: ${run.state}, ${run.seen} seen, ${run.created} created, ${run.updated} updated, ${run.rejected} rejected`,
        );
    },
  });
  const crawl = await starting.catch(async (error) => {
    await end();
    throw error;
  });
  log('worker: ready');
  await ended;
  log('worker: ending after the pages under way');
  await crawl.stop();
  await end();
  return EXIT.allIn;
}
