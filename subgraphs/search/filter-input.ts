import type { FacetName } from '../../catalogue/search/search-engine.ts';
import type { ConformanceQuestion } from '../../schema/index.ts';

/** A value that a reader may leave out or give as null. */
export type Maybe<T> = T | null | undefined;

export type RangeInput = { min?: Maybe<number>; max?: Maybe<number> };
export interface OpportunityInput {
  startFrom?: Maybe<string>;
  startTo?: Maybe<string>;
  country?: Maybe<string[]>;
  place?: Maybe<string[]>;
  mode?: Maybe<string[]>;
  language?: Maybe<string[]>;
  free?: Maybe<boolean>;
}

/** Values of one facet, as facets give them. */
export interface FacetFilterInput {
  name: FacetName;
  values: string[];
}

/** The GraphQL input `SearchFilter`. */
export interface SearchFilterInput {
  country?: Maybe<string[]>;
  provider?: Maybe<string[]>;
  source?: Maybe<string[]>;
  language?: Maybe<string[]>;
  eqf?: Maybe<number[]>;
  ects?: Maybe<RangeInput>;
  hours?: Maybe<RangeInput>;
  mode?: Maybe<string[]>;
  assessment?: Maybe<string[]>;
  kind?: Maybe<string[]>;
  field?: Maybe<string[]>;
  free?: Maybe<boolean>;
  cost?: Maybe<{ max: number; currency: string }>;
  elementStated?: Maybe<string[]>;
  elementNotStated?: Maybe<string[]>;
  conformance?: Maybe<Partial<Record<ConformanceQuestion, Maybe<string[]>>>>;
  startDate?: Maybe<{ from?: Maybe<string>; to?: Maybe<string> }>;
  opportunity?: Maybe<OpportunityInput>;
  facets?: Maybe<FacetFilterInput[]>;
}
