import type { OpportunityFilter, Range, SearchFilter } from '../../catalogue/search/search-engine.ts';
import { CONFORMANCE_QUESTIONS, type Vocabulary } from '../../schema/index.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { currencyCode } from '../../schema/parse/price.ts';
import {
  assessmentTypes,
  countries,
  credentialKinds,
  iscedF,
  modesOfLearning,
} from '../../schema/vocabularies/index.ts';
import { calendarDate } from '../shared/calendar-date.ts';
import { badUserInput } from '../shared/errors.ts';
import { withFacets } from './facet-filter.ts';
import type { Maybe, RangeInput, SearchFilterInput } from './filter-input.ts';

const MOST_VALUES = 100;

/** The filter as the search engine takes it. Codes are checked here, so that a slip is an error and not "no hits". */
export function searchFilter(given: Maybe<SearchFilterInput>): SearchFilter | undefined {
  if (!given) return undefined;
  const input = withFacets(given);
  return {
    country: codes('filter.country', countries, input.country, 'upper'),
    provider: list('filter.provider', input.provider),
    source: list('filter.source', input.source),
    language: primaryLanguages('filter.language', input.language),
    eqf: eqfLevels(input.eqf),
    ects: range('filter.ects', input.ects),
    hours: range('filter.hours', input.hours),
    mode: codes('filter.mode', modesOfLearning, input.mode),
    assessment: codes('filter.assessment', assessmentTypes, input.assessment),
    kind: codes('filter.kind', credentialKinds, input.kind),
    field: codes('filter.field', iscedF, input.field),
    free: input.free ?? undefined,
    cost: cost(input.cost),
    elementStated: list('filter.elementStated', input.elementStated),
    elementNotStated: list('filter.elementNotStated', input.elementNotStated),
    conformance: conformance(input.conformance),
    opportunity: opportunity(input),
  };
}

function list<T>(place: string, values: Maybe<T[]>): T[] | undefined {
  if (!values) return undefined;
  if (values.length <= MOST_VALUES) return values;
  throw badUserInput(`${place}: at most ${MOST_VALUES} values, ${values.length} given`, {
    argument: place,
    remedy: 'split the search',
  });
}

function codes(place: string, vocabulary: Vocabulary, values: Maybe<string[]>, letters?: 'upper') {
  return list(place, values)?.map((given) => {
    const code = letters === 'upper' ? given.toUpperCase() : given;
    if (vocabulary.get(code)) return code;
    const known = vocabulary.concepts.map((c) => c.code);
    throw badUserInput(`${place}: ${quote(given)} is no code of the vocabulary ${vocabulary.name}`, {
      argument: place,
      accepted: known.length <= 60 ? known : undefined,
      remedy:
        known.length > 0 && known.length <= 60
          ? `use one of ${known.join(', ')}`
          : `use a code of ${vocabulary.title} (${vocabulary.source})`,
    });
  });
}

const quote = (text: string): string => JSON.stringify(text.slice(0, 60));

const primaryLanguages = (place: string, values: Maybe<string[]>) =>
  list(place, values)?.map((given) => {
    const primary = languageTag(given)?.split('-')[0];
    if (primary) return primary;
    throw badUserInput(`${place}: ${quote(given)} is not a language`, {
      argument: place,
      remedy: 'write a BCP 47 tag such as "nl"',
    });
  });

const eqfLevels = (values: Maybe<number[]>) =>
  list('filter.eqf', values)?.map((level) => {
    if (level >= 1 && level <= 8) return level;
    throw badUserInput(`filter.eqf: ${level} is not an EQF level`, {
      argument: 'filter.eqf',
      accepted: [1, 2, 3, 4, 5, 6, 7, 8],
      remedy: 'EQF levels run from 1 to 8',
    });
  });

function range(place: string, input: Maybe<RangeInput>): Range | undefined {
  if (!input) return undefined;
  const min = input.min ?? undefined;
  const max = input.max ?? undefined;
  if ((min ?? 0) < 0 || (max ?? 0) < 0 || (min !== undefined && max !== undefined && min > max)) {
    throw badUserInput(`${place}: no number is between ${min ?? 0} and ${max ?? 'any'}`, {
      argument: place,
      remedy: 'give min ≤ max, neither negative',
    });
  }
  return min === undefined && max === undefined ? undefined : { min, max };
}

function cost(input: Maybe<{ max: number; currency: string }>) {
  if (!input) return undefined;
  const currency = currencyCode(input.currency.toUpperCase());
  if (input.max >= 0 && currency) return { max: input.max, currency };
  throw badUserInput(`filter.cost: ${input.max} ${quote(input.currency)} is not a price`, {
    argument: 'filter.cost',
    remedy: 'give an amount of 0 or more and an ISO 4217 currency such as "EUR"',
  });
}

function conformance(input: SearchFilterInput['conformance']): string[] | undefined {
  if (!input) return undefined;
  return CONFORMANCE_QUESTIONS.flatMap((question) => (input[question] ?? []).map((answer) => `${question}:${answer}`));
}

function opportunity({ opportunity: given, startDate }: SearchFilterInput): OpportunityFilter | undefined {
  if (!given && !startDate) return undefined;
  const from = calendarDate('filter.startDate.from', startDate?.from);
  const to = calendarDate('filter.startDate.to', startDate?.to);
  const startFrom = calendarDate('filter.opportunity.startFrom', given?.startFrom);
  const startTo = calendarDate('filter.opportunity.startTo', given?.startTo);
  return {
    startFrom: [from, startFrom]
      .filter((d) => d !== undefined)
      .sort()
      .at(-1),
    startTo: [to, startTo].filter((d) => d !== undefined).sort()[0],
    country: codes('filter.opportunity.country', countries, given?.country, 'upper'),
    place: list('filter.opportunity.place', given?.place),
    mode: codes('filter.opportunity.mode', modesOfLearning, given?.mode),
    language: primaryLanguages('filter.opportunity.language', given?.language),
    free: given?.free ?? undefined,
  };
}
