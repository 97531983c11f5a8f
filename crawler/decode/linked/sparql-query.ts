/** The query in the address of a SPARQL endpoint; '' where there is none. */
export const queryOf = (address: string): string =>
  URL.canParse(address) ? (new URL(address).searchParams.get('query') ?? '') : '';

/** What a pattern of the query says: subject, the way of properties, object. */
export interface Pattern {
  subject: string;
  way: string[];
  object: string;
}

const TOKEN = /<[^<>\s]{1,500}>|"[^"]{0,200}"|[?$]\w+|[\w-]*:[\w./:-]+|[{};.,/]|\w+/g;

/** The patterns of a plain query (basic graph patterns, `;`, `,` and paths with `/`); a harvester writes no others. */
export function patternsIn(query: string): Pattern[] {
  const body = query.slice(Math.max(0, query.search(/\{/)));
  const patterns: Pattern[] = [];
  let subject: string | undefined;
  let way: string[] | undefined;
  for (const token of body.slice(0, 10_000).match(TOKEN) ?? []) {
    if (/^[{}]$/.test(token) || token === '.' || /^(?:OPTIONAL|VALUES|FILTER)$/i.test(token)) subject = way = undefined;
    else if (token === ';') way = undefined;
    else if (token === ',') continue;
    else if (subject === undefined) subject = token;
    else if (way === undefined) way = wayOf(token);
    else if (token === '/') way.push('');
    else if (way.at(-1) === '') way[way.length - 1] = bare(token);
    else patterns.push({ subject, way, object: token });
  }
  return patterns;
}

/** An address without its brackets. */
export const bare = (token: string): string => token.replace(/^<|>$/g, '');
const wayOf = (token: string): string[] =>
  token === 'a' ? ['@type'] : token.startsWith('<') ? [bare(token)] : token.split('/');

/** The way from the first subject to each variable. */
export function waysIn(patterns: readonly Pattern[], nameOf: (name: string) => string): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  const [first] = patterns;
  for (const { subject, way, object } of patterns) {
    if (!/^[?$]/.test(object)) continue;
    const before = subject === first?.subject ? [] : ways.get(subject.slice(1));
    if (before) ways.set(object.slice(1), [...before, ...way.map(nameOf)]);
  }
  return ways;
}
