import { type Approval, NotHeld } from '../catalogue/store/holds.ts';
import type { Config } from '../config.ts';
import { ConfigError, formatError } from '../crawler/errors.ts';
import { createCrawler } from './crawler.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { notifierOf } from './report-state.ts';
import { whoIs } from './who-is.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface ApproveRequest {
  /** A run or a source. */
  held: string;
  by: string;
}

/** Approves a hold once and brings the search index up to it. */
export async function approveIn({ store, indexer }: OpenCatalogue, { held, by }: ApproveRequest): Promise<Approval> {
  try {
    const approval = await store.holds.approve(held, by);
    // It is approved: a search engine that is away follows when it is back.
    await indexer
      .catchUp()
      .catch((error: unknown) => log.warn(`search index: ${formatError(error)} It follows later.`));
    return approval;
  } catch (error) {
    if (error instanceof NotHeld) throw new ConfigError(error.message, error.remedy);
    throw error;
  }
}

async function approveAndTell(config: Config, open: OpenCatalogue, request: ApproveRequest): Promise<Approval> {
  const crawler = createCrawler({ contact: config.contact, store: open.store });
  try {
    const notifier = notifierOf(config, { store: open.store, gate: crawler.gate, log });
    const approval = await approveIn(open, request);
    await notifier.once();
    return approval;
  } finally {
    await crawler.close();
  }
}

/** `credatlas approve <run|source>`: what is held goes, once; who, when and what is kept. */
export async function approveCommand(
  config: Config,
  { json, held, by }: { held: string; by?: string; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const request = { held, by: whoIs(by) };
  const approval = await withCatalogue(config, 'approve', request, (open) => approveAndTell(config, open, request));
  output.emit(approval);
  output.say(
    `${approval.source}: run ${approval.run} approved by ${approval.by}, ${approval.withdrawn.length} withdrawn`,
  );
  if (approval.kept.length) output.say(`  ${approval.kept.length} kept: they were seen again or were gone already`);
  return EXIT.allIn;
}
