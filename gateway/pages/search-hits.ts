import type { GraphQLFormattedError } from 'graphql';
import type { Gateway } from '../gateway.ts';

/** What the front page shows of a search. */
export interface SearchHits {
  total: number;
  hits: { id: string; title: string; language: string; facts: string[] }[];
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
    edges { node {
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
    edges: { node: HitNode | null }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  } | null;
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
  const { totalCount, edges, pageInfo } = answer.search;
  return {
    total: totalCount,
    hits: edges.flatMap(({ node }) => (node ? [hit(node)] : [])),
    hasNextPage: pageInfo.hasNextPage,
    endCursor: pageInfo.endCursor,
    errors: result.errors,
  };
}

function hit({ id, title, awardingBody, issuerCountry, workload, level }: HitNode): SearchHits['hits'][number] {
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
