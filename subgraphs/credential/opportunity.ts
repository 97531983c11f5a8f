import type { Opportunity } from '../../schema/index.ts';
import { countries, languages as languageVocabulary, modesOfLearning } from '../../schema/vocabularies/index.ts';
import { fullOrigin } from '../shared/origin.ts';
import { chosen, concept, concepts } from '../shared/text.ts';
import type { CredentialNode } from './node.ts';

/** One dated run as the GraphQL type `Opportunity` sees it. */
export const opportunityOf = (node: CredentialNode, opportunity: Opportunity): object => {
  const { languages } = node;
  const { country, participation, languages: spoken, name, funding, path } = opportunity;
  return {
    ...opportunity,
    name: chosen(name, languages),
    funding: chosen(funding, languages),
    country: country && concept(countries, country, languages),
    participation: participation && (() => concepts(modesOfLearning, participation, languages)),
    languages: spoken && (() => concepts(languageVocabulary, spoken, languages)),
    origin: () => fullOrigin({ path }, node.stored.record.source, node.stored.retrievedAt),
  };
};
