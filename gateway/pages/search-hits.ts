import type { GraphQLFormattedError } from 'graphql';
import type { Gateway } from '../gateway.ts';

/** What the front page shows of a search. */
export interface SearchHits {
  total: number;
  /** `through`: of a hit that has not the words, what was searched for, what both are about, and what the hit says. */
  hits: { id: string; title: string; language: string; facts: string[]; through: string[] }[];
  /** When there are none: what may have been meant, and the concepts that are nearest. */
  didYouMean?: string | null;
  nearest?: { text: string; language: string }[];
  hasNextPage: boolean;
  endCursor?: string | null;
  /** Why there is no answer, for a reader. */
  problem?: string;
  /** What went wrong with parts of it. */
  errors?: readonly GraphQLFormattedError[];
}

const QUERY = `query FrontPageSearch($text: String!, $after: String) {
  search(text: $text, first: 20, after: $after) {
    totalCount
    didYouMean
    nearest { label { text language } }
    edges { match { how concept { label { text } } queryLabel recordLabel } node {
      id
      title { text language }
      awardingBody { providers { name { text } } }
      issuerCountry { country { label } derived { country { label } } }
      workload { ects hours duration }
      level { eqf derived { eqf } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Answer {
  search: {
    totalCount: number;
    didYouMean: string | null;
    nearest: { label: { text: string; language: string } }[] | null;
    edges: { match: Match | null; node: HitNode | null }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
}
interface Match {
  how: 'TEXT' | 'CONCEPT';
  concept: { label: { text: string } } | null;
  queryLabel: string | null;
  recordLabel: string | null;
}
/** Only the id is known for certain: everything else comes from other subgraphs. */
interface HitNode {
  id: string;
  title: { text: string | null; language: string | null } | null;
  awardingBody: { providers: { name: { text: string } | null }[] | null } | null;
  issuerCountry: { country: { label: string } | null; derived: { country: { label: string } | null } | null } | null;
  workload: { ects: number | null; hours: number | null; duration: string | null } | null;
  level: { eqf: number | null; derived: { eqf: number | null } | null } | null;
}

/** What is wrong with the question is said as it is; what is wrong with us in plain words. */
const OURS = new Set(['SUBGRAPH_UNAVAILABLE', 'SEARCH_UNAVAILABLE', 'TIMEOUT', 'INTERNAL_SERVER_ERROR', undefined]);

const problemOf = (error: GraphQLFormattedError | undefined): string =>
  OURS.has(error?.extensions?.code as string | undefined)
    ? 'The search does not answer at the moment. Try again in a few seconds.'
    : (error?.message ?? '');

/** Searches through the graph, as any other reader does. */
export async function searchHits(
  gateway: Gateway,
  text: string,
  after: string | undefined,
  languages: readonly string[],
): Promise<SearchHits> {
  const { result } = await gateway.execute({ query: QUERY, variables: { text, after: after || null }, languages });
  const answer = result.data as unknown as Answer | null | undefined;
  if (!answer?.search) {
    return {
      total: 0,
      hits: [],
      hasNextPage: false,
      problem: problemOf(result.errors?.[0]),
    };
  }
  const { totalCount, didYouMean, nearest, edges, pageInfo } = answer.search;
  return {
    total: totalCount,
    didYouMean,
    nearest: nearest?.map(({ label }) => label) ?? [],
    hits: edges.flatMap(({ match, node }) => (node ? [{ ...hit(node), through: throughOf(match) }] : [])),
    hasNextPage: pageInfo.hasNextPage,
    endCursor: pageInfo.endCursor,
    errors: result.errors,
  };
}

/** Names that say the same are told once. */
function throughOf(match: Match | null): string[] {
  if (match?.how !== 'CONCEPT') return [];
  const names = [match.queryLabel, match.concept?.label.text, match.recordLabel].filter((name) => name != null);
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

function hit({
  id,
  title,
  awardingBody,
  issuerCountry,
  workload,
  level,
}: HitNode): Omit<SearchHits['hits'][number], 'through'> {
  const facts = [
    awardingBody?.providers?.flatMap((provider) => provider.name?.text ?? []).join(', '),
    issuerCountry?.country?.label ?? issuerCountry?.derived?.country?.label,
    workload?.ects != null && `${workload.ects} ECTS`,
    workload?.hours != null && `${workload.hours} hours`,
    workload?.duration,
    level?.eqf != null ? `EQF ${level.eqf}` : level?.derived?.eqf != null && `EQF ${level.derived.eqf} (derived)`,
  ];
  return {
    id,
    title: title ? (title.text ?? '(no title stated)') : `${id} (title not known at the moment)`,
    language: title ? (title.language ?? 'und') : 'en',
    facts: facts.filter((fact): fact is string => typeof fact === 'string' && fact !== ''),
  };
}
