import type { Retirement } from '../catalogue/store/retire.ts';
import type { Config } from '../config.ts';
import { formatError } from '../crawler/errors.ts';
import { unlessBusy } from '../crawler/harvest/start.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { whoIs } from './who-is.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface RetireRequest {
  source: string;
  by: string;
  reason?: string;
  undo: boolean;
}

/** Takes a source out, or brings it back, and brings the search index up to it. */
export async function retireIn(
  { store, indexer }: OpenCatalogue,
  { source, by, reason, undo }: RetireRequest,
): Promise<Retirement | { source: string; by: string; reinstated: true }> {
  const { retirements } = store;
  if (undo) {
    await unlessBusy(retirements.reinstate(source, by));
    return { source, by, reinstated: true };
  }
  const answer = await unlessBusy(retirements.retire(source, by, reason));
  // It is done: a search engine that is away follows when it is back.
  await indexer.catchUp().catch((error: unknown) => log.warn(`search index: ${formatError(error)} It follows later.`));
  return answer;
}

/** `credatlas retire <source>`. */
export async function retireCommand(
  config: Config,
  { json, by, ...asked }: { source: string; undo: boolean; reason?: string; by?: string; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const request = { ...asked, by: whoIs(by) };
  const answer = await withCatalogue(config, 'retire', request, (open) => retireIn(open, request));
  output.emit(answer);
  output.say(
    'reinstated' in answer
      ? `${answer.source} is back; its records come with its next harvest (credatlas harvest ${answer.source})`
      : `${answer.source} is retired: ${answer.credentials} credentials and ${answer.providers} providers withdrawn`,
  );
  return EXIT.allIn;
}
