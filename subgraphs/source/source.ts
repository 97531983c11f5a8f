import { enumValues } from '../shared/enum-values.ts';
import { sharedEnums } from '../shared/enums.ts';
import { defineSubgraph, type Resolve, type SubgraphModule } from '../shared/subgraph.ts';
import { HOST_STATES, operations, operationsType } from './operations-type.ts';
import {
  HOLD_KINDS,
  RUN_STATES,
  RUN_TRIGGERS,
  runType,
  SEVERITIES,
  SOURCE_STATES,
  type SourceNode,
  sourceType,
} from './source-type.ts';

const source: Resolve<unknown, { id: string }> = async (_, { id }, { loaders }) => {
  const stored = await loaders.source.load(id);
  return stored ? ({ id, stored } satisfies SourceNode) : null;
};

const sources: Resolve<unknown> = async (_, __, { catalogue }) =>
  (await catalogue.sources.list()).map((stored) => ({ id: stored.definition.id, stored }) satisfies SourceNode);

/** Sources: terms, freshness, runs, problems, completeness. */
export const createSourceSubgraph = (): SubgraphModule =>
  defineSubgraph(
    'source',
    {
      Query: { source, sources, operations },
      Operations: operationsType,
      HostState: enumValues(HOST_STATES),
      Source: sourceType,
      Run: runType,
      RunState: enumValues(RUN_STATES),
      RunTrigger: enumValues(RUN_TRIGGERS),
      SourceState: enumValues(SOURCE_STATES),
      HoldKind: enumValues(HOLD_KINDS),
      Severity: enumValues(SEVERITIES),
      ...sharedEnums,
    },
    ['types'],
  );
