import type { Config } from '../config.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

export async function reindexIn({ indexer, catalogue }: OpenCatalogue, onProgress: (done: number) => void) {
  const started = performance.now();
  const records = await indexer.reindex({ progress: onProgress });
  return { engine: catalogue.search.name, records, seconds: Math.round(performance.now() - started) / 1000 };
}

/** `credatlas reindex`: a new search index from the store, counts checked, then swapped in. */
export async function reindexCommand(config: Config, request: { json: boolean }): Promise<number> {
  const output = createOutput(request);
  const progress = (done: unknown) => output.progress(`${done} records indexed`);
  const result = await withCatalogue(config, 'reindex', {}, (open) => reindexIn(open, progress), progress);
  output.done();
  output.emit(result);
  output.say(`${result.records} records in a new ${result.engine} index, ${result.seconds} s`);
  return EXIT.allIn;
}
