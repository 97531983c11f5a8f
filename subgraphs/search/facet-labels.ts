import type { FacetName, SearchFacet } from '../../catalogue/search/search-engine.ts';
import { chooseText, type LangString, labelOf, type Vocabulary } from '../../schema/index.ts';
import {
  assessmentTypes,
  countries,
  credentialKinds,
  iscedF,
  languages as languageVocabulary,
  modesOfLearning,
} from '../../schema/vocabularies/index.ts';
import type { SubgraphContext } from '../shared/context.ts';

type Label = (value: string) => LangString;

const BY_VOCABULARY: Partial<Record<FacetName, Vocabulary>> = {
  country: countries,
  language: languageVocabulary,
  mode: modesOfLearning,
  assessment: assessmentTypes,
  kind: credentialKinds,
  field: iscedF,
};

const english = (value: string): LangString => ({ language: 'en', value });
const bare = (value: string): LangString => ({ language: 'zxx', value });
const words = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase();

const IN_ENGLISH: Partial<Record<FacetName, Label>> = {
  eqf: (value) => english(`EQF level ${value}`),
  free: (value) => english(value === 'true' ? 'free of charge' : 'with a price'),
  elementStated: (value) => english(words(value)),
  conformance: (value) => english(words(value.replace(':', ': '))),
};

/** The labels of a facet's values. Names of providers and sources cost one batched call each. */
export async function labelsOf(
  facet: SearchFacet,
  { loaders }: SubgraphContext,
  languages: readonly string[],
): Promise<LangString[]> {
  const values = facet.values.map(({ value }) => value);
  const vocabulary = BY_VOCABULARY[facet.name];
  if (vocabulary) return values.map((value) => labelOf(vocabulary, value, languages));
  if (facet.name === 'provider') {
    const stored = await Promise.all(values.map((id) => loaders.provider.load(id)));
    return values.map((id, i) => chooseText(stored[i]?.record.name, languages) ?? bare(id));
  }
  if (facet.name === 'source') {
    const stored = await Promise.all(values.map((id) => loaders.source.load(id)));
    // The title of a source is given without a language.
    return values.map((id, i) => ({ language: 'und', value: stored[i]?.definition.title ?? id }));
  }
  return values.map(IN_ENGLISH[facet.name] ?? bare);
}
