import {
  CONFORMANCE_QUESTIONS,
  type CodesAndText,
  type Credential,
  ELEMENTS,
  type Element,
  type LangString,
  type Opportunity,
  type Price,
} from '../../schema/index.ts';
import { SORT_CURRENCY } from './normalise-request.ts';
import { MOST_EARLIER, type SearchDocument, type SearchOpportunity } from './search-engine.ts';

/** What an element says, and what a rule adds to it. */
export const both = <T>(element: Element<T>): T[] =>
  [element.value, element.derived?.value].filter((value) => value !== undefined);
const unique = <T>(values: readonly (T | undefined)[]): T[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
const texts = (...lists: (LangString[] | undefined)[]): LangString[] => lists.flatMap((list) => list ?? []);
const codes = (element: Element<CodesAndText>): string[] => unique(both(element).flatMap((value) => value.codes));
const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * What is indexed of one credential; pure. Stated and derived values are found alike (a reader who filters by EQF 6
 * wants both); `elementStated` keeps them apart.
 *
 * @param seq position in the change log that this document reflects
 * @param earlier positions of its changes before, newest first
 */
export function toSearchDocument(record: Credential, seq: number, earlier: readonly number[] = []): SearchDocument {
  const bodies = [...both(record.awardingBody), ...both(record.offeredBy)].flat();
  const runs = record.opportunities.filter((run) => run.status !== 'cancelled');
  const modes = codes(record.participation);
  const languages = unique(both(record.languages).flat().map(primary));
  const costs = both(record.costs).flat();
  const prices = [...costs, ...runs.flatMap((run) => run.prices ?? [])];
  return {
    id: record.id,
    seq,
    earlier: earlier.filter((position) => position < seq).slice(0, MOST_EARLIER),
    title: texts(...both(record.title)),
    identifiers: unique([record.identifier, ...record.alternates]),
    description: texts(...both(record.description)),
    outcomes: both(record.learningOutcomes).flatMap((outcomes) => outcomes.flatMap((outcome) => outcome.text)),
    providerNames: unique(bodies.flatMap((body) => body.name?.map((name) => name.value) ?? [])),
    keywords: texts(
      ...both(record.skills).flatMap((list) => list.map((skill) => skill.text)),
      ...both(record.occupations).flatMap((list) => list.map((occupation) => occupation.text)),
      ...both(record.fields).flatMap((list) => list.map((field) => field.text)),
    ),
    country: unique(both(record.issuerCountry).map((value) => value.country)),
    provider: unique(bodies.map((body) => body.id)),
    source: record.source,
    language: unique([...languages, ...runs.flatMap((run) => run.languages?.map(primary) ?? [])]),
    eqf: unique(both(record.level).map((level) => level.eqf)),
    ects: span(both(record.workload).map((load) => [load.ects, load.ectsMax])),
    hours: span(both(record.workload).map((load) => [load.hours, load.hoursMax])),
    mode: unique([...modes, ...runs.flatMap((run) => run.participation ?? [])]),
    assessment: codes(record.assessment),
    kind: unique(both(record.kind).map((kind) => kind.code)),
    field: unique(
      both(record.fields)
        .flat()
        .flatMap((field) => withBroader(field.isced)),
    ),
    free: isFree(prices),
    prices: prices.flatMap(({ amount, currency }) => {
      // Nothing is nothing in any currency; the one that sorting uses stands for all.
      const unit = currency ?? (amount === 0 ? SORT_CURRENCY : undefined);
      return amount === undefined || unit === undefined ? [] : [{ amount, currency: unit.toUpperCase() }];
    }),
    elementStated: ELEMENTS.filter((name) => record[name].state === 'stated'),
    conformance: CONFORMANCE_QUESTIONS.map((question) => `${question}:${record.conformance[question].answer}`),
    opportunities: runs.map((run) => toSearchOpportunity(run, modes, languages, costs)),
  };
}

/** What the record says of the whole (mode, languages, price) holds of each run that does not say otherwise. */
function toSearchOpportunity(
  run: Opportunity,
  modes: readonly string[],
  languages: readonly string[],
  costs: readonly Price[],
): SearchOpportunity {
  return {
    start: run.startDate,
    country: run.country,
    place: unique([run.locality, run.place, ...(run.place?.split(',').map((part) => part.trim()) ?? [])]).filter(
      (place) => place !== '',
    ),
    mode: [...(run.participation?.length ? run.participation : modes)],
    language: run.languages?.length ? unique(run.languages.map(primary)) : [...languages],
    free: isFree(run.prices?.length ? run.prices : costs),
  };
}

function span(ranges: readonly [number | undefined, number | undefined][]): { min: number; max: number } | undefined {
  const ends = ranges.flat().filter((value) => value !== undefined);
  return ends.length ? { min: Math.min(...ends), max: Math.max(...ends) } : undefined;
}

/** `0613` → `0613`, `061`, `06`: a filter by a broader field finds the narrower ones. */
const withBroader = (isced: string | undefined): string[] =>
  isced ? [4, 3, 2].filter((length) => length <= isced.length).map((length) => isced.slice(0, length)) : [];

function isFree(prices: readonly Price[]): boolean | undefined {
  const amounts = prices.map((price) => price.amount).filter((amount) => amount !== undefined);
  return amounts.length ? amounts.includes(0) : undefined;
}
