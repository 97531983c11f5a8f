import type { Rules, RuleText } from '../../catalogue/catalogue.ts';
import { DERIVATIONS, type Derivation } from './derivations.ts';
import { ruleLink } from './rule-links.ts';
import { RULES, type Rule } from './rules.ts';

/** All published rules, derivations first, as the graph serves them. */
export function createRuleBook(): Rules {
  const texts: RuleText[] = [
    ...Object.entries<Derivation>(DERIVATIONS).map(
      ([id, { meaning, source }]): RuleText => ({
        id,
        kind: 'derivation',
        meaning,
        ...(source ? { link: source } : {}),
      }),
    ),
    ...Object.entries<Rule>(RULES).map(([id, { meaning, remedy }]): RuleText => {
      const link = ruleLink(id);
      return { id, kind: 'problem', meaning, remedy, ...(link ? { link } : {}) };
    }),
  ];
  const byId = new Map(texts.map((text) => [text.id, text]));
  return { get: (id) => byId.get(id), all: () => texts };
}
