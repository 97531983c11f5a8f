import type { Gateway } from '../gateway.ts';

/** What the front page shows of a search. */
export interface SearchHits {
  total: number;
  hits: { id: string; title: string; language: string; facts: string[] }[];
  hasNextPage: boolean;
  endCursor?: string | null;
  /** Why there is no answer, for a reader. */
  problem?: string;
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
  };
}
interface HitNode {
  id: string;
  title: { text: string | null; language: string | null };
  awardingBody: { providers: { name: { text: string } | null }[] | null };
  issuerCountry: { country: { label: string } | null; derived: { country: { label: string } | null } | null };
  workload: { ects: number | null; hours: number | null; duration: string | null };
  level: { eqf: number | null; derived: { eqf: number | null } | null };
}

/** Searches through the graph, as any other reader does. */
export async function searchHits(
  gateway: Gateway,
  text: string,
  after: string | undefined,
  languages: readonly string[],
): Promise<SearchHits> {
  const { result } = await gateway.execute({ query: QUERY, variables: { text, after: after || null }, languages });
  const answer = result.data as unknown as Answer | undefined;
  if (!answer?.search) {
    return {
      total: 0,
      hits: [],
      hasNextPage: false,
      problem: result.errors?.[0]?.message ?? 'Search does not answer.',
    };
  }
  const { totalCount, edges, pageInfo } = answer.search;
  return {
    total: totalCount,
    hits: edges.flatMap(({ node }) => (node ? [hit(node)] : [])),
    hasNextPage: pageInfo.hasNextPage,
    endCursor: pageInfo.endCursor,
  };
}

function hit({ id, title, awardingBody, issuerCountry, workload, level }: HitNode): SearchHits['hits'][number] {
  const facts = [
    awardingBody.providers?.flatMap((provider) => provider.name?.text ?? []).join(', '),
    issuerCountry.country?.label ?? issuerCountry.derived?.country?.label,
    workload.ects !== null && `${workload.ects} ECTS`,
    workload.hours !== null && `${workload.hours} hours`,
    workload.duration,
    level.eqf !== null ? `EQF ${level.eqf}` : level.derived?.eqf != null && `EQF ${level.derived.eqf} (derived)`,
  ];
  return {
    id,
    title: title.text ?? '(no title stated)',
    language: title.language ?? 'und',
    facts: facts.filter((fact): fact is string => typeof fact === 'string' && fact !== ''),
  };
}
