import type { RuleText } from '../../catalogue/catalogue.ts';
import { enumValues } from '../shared/enum-values.ts';
import { sharedEnums } from '../shared/enums.ts';
import { appliedRule, ruleTypes } from '../shared/rule.ts';
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

const rules: Resolve<unknown, { kind?: RuleText['kind'] | null }> = (_, { kind }, { catalogue }) =>
  (catalogue.rules?.all() ?? []).filter((rule) => !kind || rule.kind === kind);

const rule: Resolve<unknown, { id: string }> = (_, { id }, { catalogue }) => catalogue.rules?.get(id) ?? null;

/** Sources: terms, freshness, runs, problems, completeness. */
export const createSourceSubgraph = (): SubgraphModule =>
  defineSubgraph(
    'source',
    {
      Query: { source, sources, operations, rules, rule },
      Operations: operationsType,
      HostState: enumValues(HOST_STATES),
      Source: sourceType,
      Run: runType,
      RunState: enumValues(RUN_STATES),
      RunTrigger: enumValues(RUN_TRIGGERS),
      SourceState: enumValues(SOURCE_STATES),
      HoldKind: enumValues(HOLD_KINDS),
      Severity: enumValues(SEVERITIES),
      RecordProblem: { appliedRule },
      RuleKind: ruleTypes.RuleKind,
      ...sharedEnums,
    },
    ['types', 'rule'],
  );
