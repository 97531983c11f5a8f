import type { RunDiff } from '../catalogue/store/history.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface DiffRequest {
  runs: string[];
}

/** What a run changed, or what lies between two runs of one source. */
export async function diffOf({ store }: OpenCatalogue, { runs }: DiffRequest): Promise<RunDiff> {
  const [one = '', other] = runs;
  const found = await Promise.all([one, ...(other ? [other] : [])].map((id) => store.history.run(id)));
  const missing = [one, other].find((id, at) => id && !found[at]);
  if (missing) {
    throw new ConfigError(`there is no run "${missing}"`, 'See the runs of a source with "credatlas status <source>".');
  }
  if (other && found[0]?.source !== found[1]?.source) {
    throw new ConfigError(
      `the runs are of two sources, ${found[0]?.source} and ${found[1]?.source}`,
      'Give two runs of one source.',
    );
  }
  const diff = await store.history.diff(one, other);
  if (!diff) throw new ConfigError(`there is no run "${one}"`, 'See the runs with "credatlas status <source>".');
  return diff;
}

/** `credatlas diff <run> [<run>]`. */
export async function diffCommand(config: Config, { json, runs }: DiffRequest & { json: boolean }): Promise<number> {
  const output = createOutput({ json });
  const diff = await withCatalogue(config, 'diff', { runs }, (open) => diffOf(open, { runs }));
  output.emit(diff);
  for (const line of diffLines(diff)) output.say(line);
  return EXIT.allIn;
}

const SIGNS = {
  created: '+',
  updated: '~',
  restored: '+',
  missing: '?',
  withdrawn: '-',
  merged: '>',
  purged: 'x',
} as const;

function diffLines({ from, to, records, rejected, mended, rules }: RunDiff): string[] {
  const span = from ? `after ${from.id} up to ${to.id}` : `run ${to.id} (${to.trigger}, ${to.state})`;
  const counts = [...Map.groupBy(records, (r) => r.kind)].map(([kind, of]) => `${of.length} ${kind}`);
  return [
    `${to.source}: ${span}, ${counts.join(', ') || 'no record changed'}`,
    ...records.map(
      ({ kind, identifier, title, reason }) =>
        `${SIGNS[kind]} ${kind} ${identifier}${title ? ` "${title}"` : ''}${reason ? `: ${reason}` : ''}`,
    ),
    ...rejected.map(({ identifier, rule }) => `! rejected ${identifier ?? '(no record)'}: ${rule}`),
    ...(mended ?? []).map(({ identifier, rule }) => `  no longer rejected ${identifier ?? '(no record)'}: ${rule}`),
    ...Object.entries(rules).map(([rule, n]) => `  ${from && n > 0 ? '+' : ''}${n} × ${rule}`),
  ];
}
