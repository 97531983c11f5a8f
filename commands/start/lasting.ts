import type { Config } from '../../config.ts';
import { EXIT } from '../exit-codes.ts';
import { checkEnvironment, type Part } from './check-environment.ts';
import { START_PATIENCE_MS } from './patiently.ts';
import { type Life, untilEnded } from './until-ended.ts';

export const PARTS = {
  serve: ['address', 'store', 'search', 'queue', 'subgraphs', 'keys', 'clients', 'notices'],
  /** Harvesting is others' work, and so is telling of it. */
  'serve --no-crawler': ['address', 'store', 'search', 'queue', 'subgraphs', 'keys', 'clients'],
  worker: ['store', 'search', 'queue', 'keys', 'notices'],
  subgraph: ['address', 'store', 'search'],
} satisfies Record<string, readonly Part[]>;

/**
 * A command that lasts: looks at what it has to do with, then works until it is asked to end. `work` loads what it needs itself:
 * a wrong setting is told before megabytes of libraries are read.
 */
export async function lasting(
  config: Config,
  parts: readonly Part[],
  work: (life: Life) => Promise<void>,
): Promise<number> {
  await untilEnded(async (life) => {
    await checkEnvironment(config, parts, START_PATIENCE_MS);
    await work(life);
  }, config);
  return EXIT.allIn;
}
