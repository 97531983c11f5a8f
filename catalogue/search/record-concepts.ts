import type { Credential, LangString } from '../../schema/index.ts';
import { type OpenedConcepts, weigh } from '../../schema/vocabularies/concepts/index.ts';
import { MOST_RECORD_CONCEPTS } from './concept-tokens.ts';
import { both } from './search-document.ts';
import type { RecordConcept } from './search-engine.ts';
import { type Fitting, spread } from './spread-concepts.ts';

/** Texts of one record that are looked at: each costs about a millisecond. */
const MOST_TITLES = 4;
const MOST_KEYWORDS = 10;
/** What fits less than this, or much less than what fits best, is left out. */
const LEAST = 0.2;
const LEAST_OF_BEST = 0.35;
/** What a field of study counts that is stated by its code. */
const FIELD_SCORE = 0.6;
const FIELD = 'http://data.europa.eu/snb/isced-f/';

/**
 * What a record is about: the concepts of its titles and of the names of its skills, occupations and fields, and those that
 * it states by their addresses. Never of its descriptions, which speak of much else. Pure.
 */
export function recordConcepts(record: Credential, opened: OpenedConcepts): RecordConcept[] {
  const { concepts } = opened;
  const titles = both(record.title).flat();
  const aligned = [...both(record.skills).flat(), ...both(record.occupations).flat()];
  const fields = both(record.fields).flat();
  const keywords = unique([...aligned, ...fields].flatMap(({ text }) => text ?? []));
  const language = titles[0]?.language ?? 'en';
  const stated = (uri: string | undefined, score: number, texts: readonly LangString[] | undefined) => {
    const concept = uri === undefined ? undefined : concepts.find(uri);
    if (uri === undefined || concept === undefined) return [];
    const labels = concepts.labelsOf(concept).filter(({ preferred }) => preferred);
    const label = labels.find((one) => one.language === language) ?? labels.find((one) => one.language === 'en');
    return [{ concept, uri, score, label: texts?.[0]?.value ?? label?.text ?? labels[0]?.text ?? uri }];
  };
  const found = [
    ...textConcepts([...unique(titles).slice(0, MOST_TITLES), ...keywords.slice(0, MOST_KEYWORDS)], opened),
    ...[...aligned, ...both(record.learningOutcomes).flat()].flatMap(({ uri, text }) => stated(uri, 1, text)),
    ...fields.flatMap(({ isced, text }) => stated(isced && FIELD + isced, FIELD_SCORE, text)),
  ];
  return weighed(spread(found, opened));
}

/** What a record is about that is known by some texts only. */
export const conceptsOfTexts = (texts: readonly string[], opened: OpenedConcepts): RecordConcept[] =>
  weighed(spread(textConcepts(texts, opened), opened));

const textConcepts = (texts: readonly string[], { linker }: OpenedConcepts): Fitting[] =>
  texts.flatMap((text) => linker.link(text));

const unique = (texts: readonly LangString[]): string[] => [...new Set(texts.map(({ value }) => value))];

/** Those that fit well enough, with their shares in tenths. */
function weighed(ordered: readonly Fitting[]): RecordConcept[] {
  const least = Math.max(LEAST, LEAST_OF_BEST * (ordered[0]?.score ?? 0));
  return weigh(ordered.filter(({ score }) => score >= least).slice(0, MOST_RECORD_CONCEPTS)).flatMap(
    ({ uri, weight, label }) => {
      const tenths = Math.min(9, Math.round(weight * 10));
      return tenths ? [{ id: uri, weight: tenths / 10, label }] : [];
    },
  );
}
