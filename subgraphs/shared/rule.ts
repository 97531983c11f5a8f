import type { RuleText } from '../../catalogue/catalogue.ts';
import { enumValues } from './enum-values.ts';
import type { Resolve } from './subgraph.ts';

/** The rule that something names; null where it names none, or one that is not published. */
export const appliedRule: Resolve<{ rule?: string }> = ({ rule }, _, { catalogue }): RuleText | null =>
  rule === undefined ? null : (catalogue.rules?.get(rule) ?? null);

/** Resolvers of `Origin` and of the types in `rule.graphql`. */
export const ruleTypes = {
  Origin: { appliedRule },
  RuleKind: enumValues(['derivation', 'problem']),
};
