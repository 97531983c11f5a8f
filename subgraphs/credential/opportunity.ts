import { type Opportunity, publishedRuns } from '../../schema/index.ts';
import { countries, languages as languageVocabulary, modesOfLearning } from '../../schema/vocabularies/index.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { fullOrigin } from '../shared/origin.ts';
import { chosen, concept, concepts } from '../shared/text.ts';
import type { CredentialNode } from './node.ts';

type Languages = { languages?: string[] };

/** The dated runs of a record as the GraphQL type `Opportunity` sees them. */
export const opportunitiesOf = (node: CredentialNode, wanted: (run: Opportunity) => boolean, most: number): object[] =>
  publishedRuns(node.stored.record, wanted, most).map((run) => opportunityOf(node, run));

function opportunityOf(node: CredentialNode, run: ReturnType<typeof publishedRuns>[number]): object {
  const wanted = ({ languages }: Languages) => wantedLanguages(languages, node.languages);
  const { country, participation, languages: spoken, name, funding, path } = run;
  return {
    ...run,
    id: run.publicId,
    identifier: run.id,
    name: (args: Languages) => chosen(name, wanted(args)),
    funding: (args: Languages) => chosen(funding, wanted(args)),
    country: (args: Languages) => country && concept(countries, country, wanted(args)),
    participation: (args: Languages) => participation && concepts(modesOfLearning, participation, wanted(args)),
    languages: (args: Languages) => spoken && concepts(languageVocabulary, spoken, wanted(args)),
    origin: () => fullOrigin({ path }, node.stored.record.source, node.stored.retrievedAt),
  };
}
