import type { Credential, LangString } from '../../schema/index.ts';
import { type LinkedConcept, type OpenedConcepts, weigh } from '../../schema/vocabularies/concepts/index.ts';
import { MOST_RECORD_CONCEPTS } from './concept-tokens.ts';
import { both } from './search-document.ts';
import type { RecordConcept } from './search-engine.ts';

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
export function recordConcepts(record: Credential, { concepts, linker }: OpenedConcepts): RecordConcept[] {
  const best = new Map<number, LinkedConcept>();
  const take = (one: LinkedConcept) => {
    if (one.score > (best.get(one.concept)?.score ?? 0)) best.set(one.concept, one);
  };
  const titles = both(record.title).flat();
  const aligned = [...both(record.skills).flat(), ...both(record.occupations).flat()];
  const fields = both(record.fields).flat();
  for (const text of unique(titles).slice(0, MOST_TITLES)) for (const one of linker.link(text)) take(one);
  const keywords = unique([...aligned, ...fields].flatMap(({ text }) => text ?? []));
  for (const text of keywords.slice(0, MOST_KEYWORDS)) for (const one of linker.link(text)) take(one);

  const language = titles[0]?.language ?? 'en';
  const state = (uri: string | undefined, score: number, texts: readonly LangString[] | undefined) => {
    const concept = uri === undefined ? undefined : concepts.find(uri);
    if (uri === undefined || concept === undefined) return;
    const [own] = texts ?? [];
    const labels = concepts.labelsOf(concept).filter(({ preferred }) => preferred);
    const label = labels.find((one) => one.language === language) ?? labels.find((one) => one.language === 'en');
    take({
      concept,
      uri,
      score,
      label: own?.value ?? label?.text ?? labels[0]?.text ?? uri,
      labelLanguage: own?.language ?? label?.language ?? 'und',
      span: { from: 0, to: 0 },
      match: 'exact',
    });
  };
  const outcomes = both(record.learningOutcomes).flat();
  for (const { uri, text } of [...aligned, ...outcomes]) state(uri, 1, text);
  for (const { isced, text } of fields) state(isced && FIELD + isced, FIELD_SCORE, text);

  const ordered = [...best.values()].sort((a, b) => b.score - a.score || a.concept - b.concept);
  const least = Math.max(LEAST, LEAST_OF_BEST * (ordered[0]?.score ?? 0));
  return weigh(ordered.filter(({ score }) => score >= least).slice(0, MOST_RECORD_CONCEPTS)).flatMap(
    ({ uri, weight, label }) => {
      const tenths = Math.min(9, Math.round(weight * 10));
      return tenths ? [{ id: uri, weight: tenths / 10, label }] : [];
    },
  );
}

const unique = (texts: readonly LangString[]): string[] => [...new Set(texts.map(({ value }) => value))];
