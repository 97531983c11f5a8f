import { getIntrospectionQuery } from 'graphql';

/** One HTTP request of the load test. */
export interface LoadRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

/** Makes the n-th request of a load. */
export type Make = (n: number) => LoadRequest;

export interface Attack {
  name: string;
  make: Make;
}

const post = (query: string, variables?: unknown): LoadRequest => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
});
const get = (path: string): LoadRequest => ({ method: 'GET', path });

const WORDS = [
  'data',
  'learning',
  'water',
  'energy',
  'care',
  'digital',
  'design',
  'management',
  'sustainable',
  'health',
];
const word = (n: number): string => WORDS[n % WORDS.length] ?? '';

const SEARCH = `query Portal($text: String) { search(text: $text, first: 20) { totalCount edges { node {
  id title { text language } workload { ects hours } level { eqf } awardingBody { providers { name { text } } } } } } }`;
const RECORD = `query Record($id: ID!) { credential(id: $id) { id title { text language } description { text }
  learningOutcomes { outcomes { text } } awardingBody { providers { id name { text } } } opportunities(first: 5) { startDate place } } }`;

/** What readers and portals ask: searches, records, pages. */
export const normal =
  (ids: readonly string[]): Make =>
  (n) => {
    const id = ids[n % ids.length] ?? '';
    const kind = n % 7;
    if (kind === 2 || kind === 5) return post(RECORD, { id });
    if (kind === 3) return get(`/?q=${word(n)}`);
    if (kind === 6) return get(`/credentials/${id}`);
    return post(SEARCH, { text: word(n) });
  };

const DEAREST = `query D($text: String) { search(text: $text, first: 100) { totalCount
  facets { name values { value label count labelLanguage } }
  edges { cursor highlights { field language text } node { id title { text language all { text language } }
    level { state eqf } workload { ects hours duration } description { text } kind { text } targetGroup { text }
    awardingBody { providers { id name { text } country { label } } } participation { modes { code label } }
    learningOutcomes { outcomes { text } } conformance { question answer reason } source { id title licence }
    elements { name state origin { path rule retrievedAt } }
    opportunities(first: 3) { startDate place prices { amount currency } } } } } }`;

const values = (count: number, n: number): string[] => Array.from({ length: count }, (_, i) => `v${n}.${i}`);
const FILTER = 'query F($filter: SearchFilter) { search(filter: $filter) { totalCount } }';
const nested = (depth: number, open: string, close: string, inner: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);
const wide = (n: number): string =>
  `{ credential(id: "x") { ${Array.from({ length: 95 }, (_, i) => `nope${n}x${i}`).join(' ')} } ${Array.from({ length: 9 }, (_, r) => `a${r}: credential(id: "y") { ${Array.from({ length: 95 }, (_, i) => `nope${n}x${r}x${i}`).join(' ')} }`).join(' ')} }`;
const spreads = (n: number): string =>
  `{ ${Array.from({ length: 99 }, (_, i) => `...f${i}`).join(' ')} } ${Array.from({ length: 99 }, (_, i) => `fragment f${i} on Query { credential(id: "${n}") { title { text } nope${i} } }`).join(' ')}`;

/** Of each kind of attack the plain case, and its siblings. */
export const attacks: readonly Attack[] = [
  { name: 'refused: one syntax error', make: () => post('{ search( }') },
  { name: 'refused: ever-new unknown fields', make: (n) => post(`{ nope${n} search { totalCount nope } }`) },
  { name: 'refused: ever-new, as large as may be', make: (n) => post(n % 2 ? wide(n) : spreads(n)) },
  {
    name: 'refused: too deep, brackets',
    make: (n) =>
      post(
        n % 3 === 0
          ? `{ search(text: ${nested(2_900, '[', ']', `"${n}"`)}) { totalCount } }`
          : n % 3 === 1
            ? nested(1_400, '{ a ', '}', `{ b${n} }`)
            : `{ credential(id: "${n}") { ${nested(14, 'relations { credential { ', '} }', 'id')} } }`,
      ),
  },
  { name: 'introspection: the same', make: () => post(getIntrospectionQuery()) },
  {
    name: 'introspection: varied',
    make: (n) =>
      post(
        n % 2
          ? `${getIntrospectionQuery()} # ${n}`
          : `{ a${n}: __schema { types { name description fields { name description args { name type { name kind ofType { name } } } type { name kind ofType { name } } } } } }`,
      ),
  },
  { name: 'values: 100,000 in variables', make: (n) => post(FILTER, { filter: { provider: values(100_000, n) } }) },
  {
    name: 'values: lists, texts and nesting up to the body limit',
    make: (n) =>
      [
        () => post(FILTER, { filter: { provider: values(10_000, n) } }),
        () => post(`{ search(filter: { provider: ${JSON.stringify(values(9_000, n))} }) { totalCount } }`),
        () => post('query T($t: String) { search(text: $t) { totalCount } }', { t: `${n} `.repeat(15_000) }),
        () => post(`{ search(text: "${`${n} `.repeat(15_000)}") { totalCount } }`),
        () => ({
          ...post(FILTER),
          body: `{"query":${JSON.stringify(FILTER)},"variables":{"filter":${nested(5_000, '{"opportunity":', '}', `${n}`)}}}`,
        }),
        () => post(FILTER, Object.fromEntries(values(5_000, n).map((name) => [name, 1]))),
      ][n % 6]?.() as LoadRequest,
  },
  { name: 'dear: all facets, 100 hits, all fields', make: (n) => post(DEAREST, { text: n % 2 ? '' : word(n) }) },
  { name: 'bodies: at the limit', make: (n) => post(`{ __typename } # ${n} ${'x'.repeat(130_900)}`) },
  { name: 'bodies: beyond the limit', make: (n) => post(`{ __typename } # ${n} ${'x'.repeat(1_200_000)}`) },
  { name: 'pages: /?q=', make: (n) => get(`/?q=${word(n)}+${n % 50}`) },
  { name: 'pages: /credentials/x', make: (n) => get(`/credentials/x${n % 3 ? n : ''}`) },
  { name: 'ordinary searches without a pause', make: (n) => post(SEARCH, { text: `${word(n)} ${n}` }) },
  {
    name: 'health, assets, nothing there',
    make: (n) => get(['/health', '/assets/page.css', '/nothing', '/graphql'][n % 4] ?? ''),
  },
];
