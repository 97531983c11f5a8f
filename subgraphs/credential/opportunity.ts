import { distinctRunIds, mintOpportunityId, type Opportunity } from '../../schema/index.ts';
import { countries, languages as languageVocabulary, modesOfLearning } from '../../schema/vocabularies/index.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { fullOrigin } from '../shared/origin.ts';
import { chosen, concept, concepts } from '../shared/text.ts';
import type { CredentialNode } from './node.ts';

type Languages = { languages?: string[] };

/** The dated runs of a record as the GraphQL type `Opportunity` sees them, each with an id that no other run has. */
export function opportunitiesOf(node: CredentialNode, wanted: (run: Opportunity) => boolean, most: number): object[] {
  const { id, opportunities } = node.stored.record;
  // Told apart again although new records are so already: the store may hold one that an earlier version took in.
  const runIds = distinctRunIds(opportunities);
  return opportunities
    .map((run, n): [Opportunity, string] => [run, runIds[n] as string])
    .filter(([run]) => wanted(run))
    .slice(0, most)
    .map(([run, runId]) => opportunityOf(node, { ...run, id: mintOpportunityId(id, runId), identifier: runId }));
}

function opportunityOf(node: CredentialNode, run: Opportunity & { identifier: string }): object {
  const wanted = ({ languages }: Languages) => wantedLanguages(languages, node.languages);
  const { country, participation, languages: spoken, name, funding, path } = run;
  return {
    ...run,
    name: (args: Languages) => chosen(name, wanted(args)),
    funding: (args: Languages) => chosen(funding, wanted(args)),
    country: (args: Languages) => country && concept(countries, country, wanted(args)),
    participation: (args: Languages) => participation && concepts(modesOfLearning, participation, wanted(args)),
    languages: (args: Languages) => spoken && concepts(languageVocabulary, spoken, wanted(args)),
    origin: () => fullOrigin({ path }, node.stored.record.source, node.stored.retrievedAt),
  };
}
