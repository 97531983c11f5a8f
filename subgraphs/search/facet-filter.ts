import type { FacetName } from '../../catalogue/search/search-engine.ts';
import { Answer, CONFORMANCE_QUESTIONS, ELEMENTS } from '../../schema/index.ts';
import { constantCase } from '../shared/enum-values.ts';
import { badUserInput } from '../shared/errors.ts';
import type { SearchFilterInput } from './filter-input.ts';

/** A facet's value as its own filter writes it: enum values in capitals. */
export function filterValue(facet: FacetName, value: string): string {
  if (facet === 'elementStated') return constantCase(value);
  if (facet !== 'conformance') return value;
  const [question = '', answer = ''] = value.split(':');
  return `${question}:${constantCase(answer)}`;
}

/** The filter with the values of `facets` in the filters that are their own. */
export function withFacets({ facets, ...filter }: SearchFilterInput): SearchFilterInput {
  const out: SearchFilterInput = { ...filter };
  for (const { name, values } of facets ?? []) {
    if (values.length === 0) continue;
    if (out[name] != null) {
      throw badUserInput(`filter.facets: there is a filter ${name} already`, {
        argument: 'filter.facets',
        remedy: 'name each facet once, and give its values either here or in the filter of its name',
      });
    }
    Object.assign(out, ownFilterOf(name, values));
  }
  return out;
}

function ownFilterOf(name: FacetName, values: string[]): SearchFilterInput {
  switch (name) {
    case 'eqf':
      return { eqf: values.map((value) => (/^[1-8]$/.test(value) ? Number(value) : wrong(name, value))) };
    case 'free': {
      const wanted = values.map((value) => oneOf(name, value, ['true', 'false']) === 'true');
      if (new Set(wanted).size > 1) wrong(name, values.join(', '));
      return { free: wanted[0] ?? null };
    }
    case 'elementStated':
      return { elementStated: values.map((value) => oneOf(name, value, ELEMENTS)) };
    case 'conformance': {
      const answers = new Map<string, string[]>();
      for (const value of values) {
        const [question = '', answer = ''] = value.split(':');
        const asked = oneOf(name, question, CONFORMANCE_QUESTIONS);
        answers.set(asked, [...(answers.get(asked) ?? []), oneOf(name, answer, Answer.options)]);
      }
      return { conformance: Object.fromEntries(answers) };
    }
    default:
      return { [name]: values };
  }
}

/** A word of the catalogue, whether it comes as such or as an enum value. */
const oneOf = (name: FacetName, value: string, words: readonly string[]): string =>
  words.find((word) => word === value || constantCase(word) === value) ?? wrong(name, value);

function wrong(name: FacetName, value: string): never {
  throw badUserInput(
    `filter.facets: ${JSON.stringify(value.slice(0, 60))} is no value of the facet ${constantCase(name)}`,
    {
      argument: 'filter.facets',
      remedy: 'give values as the facet gives them; FREE takes one',
    },
  );
}
