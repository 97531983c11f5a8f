import type { Config } from '../config.ts';
import { unlessBusy } from '../crawler/harvest/start.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { whoIs } from './who-is.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface AbandonRequest {
  /** A run, or a source that has one under way. */
  run: string;
  by: string;
  force: boolean;
}

/** Ends a run for good; what it has stored stays, and nothing is swept. */
export const abandonIn = ({ store }: OpenCatalogue, { run, by, force }: AbandonRequest) =>
  unlessBusy(store.runs.abandon(run, by, { force }));

/** `credatlas abandon <run|source>`. */
export async function abandonCommand(
  config: Config,
  { json, by, ...asked }: { run: string; by?: string; force: boolean; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const request = { ...asked, by: whoIs(by) };
  const { run, source } = await withCatalogue(config, 'abandon', request, (open) => abandonIn(open, request));
  output.emit({ run, source, by: request.by });
  output.say(`${source}: run ${run} is abandoned; what it has stored stays, nothing was swept`);
  return EXIT.allIn;
}
