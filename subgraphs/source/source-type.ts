import type { HoldSummary, RecordProblem, RunSummary, SourceState, StoredSource } from '../../catalogue/catalogue.ts';
import { ELEMENTS, type ElementName, type SourceDefinition, STANDARD_ELEMENTS } from '../../schema/index.ts';
import { pageSize } from '../shared/page-size.ts';
import type { Resolve } from '../shared/subgraph.ts';

/** What resolvers of `Source` are handed. `stored` is absent when the catalogue holds no more than the id. */
export interface SourceNode {
  id: string;
  stored?: StoredSource;
}

type Field<A = unknown> = Resolve<SourceNode, A>;
type Page = { first?: number };

// Only what is meant for readers: headers may carry keys, contacts may be persons.
const PUBLISHED = [
  'title',
  'format',
  'url',
  'publisher',
  'licence',
  'terms',
  'homepage',
  'schedule',
  'expected',
  'disabledBecause',
] as const satisfies readonly (keyof SourceDefinition)[];

const isStandard = (name: ElementName): boolean => (STANDARD_ELEMENTS as readonly ElementName[]).includes(name);

const completeness: Field = async ({ id }, _, { loaders }) => {
  const { records, stated } = await loaders.completeness.load(id);
  // A further element that the catalogue does not count is left out: absent is not zero.
  const counted = ELEMENTS.filter((name) => isStandard(name) || stated[name] !== undefined);
  return counted.map((element) => {
    const count = stated[element] ?? 0;
    return { element, stated: count, total: records, ratio: records > 0 ? count / records : null };
  });
};

/** Resolvers of the type `Source`. */
export const sourceType = {
  __resolveReference: async ({ id }: { id: string }, { loaders }: Parameters<Field>[2]) =>
    ({ id, stored: await loaders.source.load(id) }) satisfies SourceNode,
  ...(Object.fromEntries(
    PUBLISHED.map((name) => [name, (({ stored }) => stored?.definition[name]) as Field]),
  ) as Record<string, Field>),
  enabled: (({ stored }) => stored && (stored.switched ?? stored.definition.enabled !== false)) as Field,
  example: (({ stored }) => stored?.definition.example ?? false) as Field,
  records: (({ stored }) => stored?.records ?? 0) as Field,
  freshAt: (({ stored }) => stored?.freshAt) as Field,
  state: (({ stored }) => stored?.state ?? 'new') as Field,
  stateSince: (({ stored }) => stored?.stateSince) as Field,
  hold: (({ stored }) => stored?.hold) as Field,
  paused: (({ stored }) => stored?.paused) as Field,
  vanished: (({ stored }) => stored?.vanished) as Field,
  lastRun: (({ stored }) => stored?.lastRun) as Field,
  runs: (({ id }, { first }, { loaders }) => loaders.runs(pageSize(first, 10)).load(id)) as Field<Page>,
  completeness,
};

/** Resolvers of the type `Run`. */
export const runType = {
  problemCount: (run: RunSummary) => run.problems,
  durationSeconds: ({ startedAt, finishedAt }: RunSummary) =>
    finishedAt ? (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 : null,
  problems: ((run, { first }, { loaders }) => loaders.problems(pageSize(first, 20)).load(run.id)) as Resolve<
    RunSummary,
    Page
  >,
};

export const SEVERITIES: readonly RecordProblem['severity'][] = ['rejected', 'error', 'warning', 'info'];
export const RUN_STATES: readonly RunSummary['state'][] = ['running', 'complete', 'incomplete', 'held', 'failed'];
export const RUN_TRIGGERS: readonly RunSummary['trigger'][] = ['command', 'schedule', 'replay'];
export const SOURCE_STATES: readonly SourceState[] = ['new', 'ok', 'held', 'broken'];
export const HOLD_KINDS: readonly HoldSummary['kind'][] = ['shrunk', 'empty', 'churn', 'unreadable', 'vanished'];
