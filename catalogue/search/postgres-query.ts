import type { ConceptQuery } from './concept-tokens.ts';
import { byQuestion, ownFilter, type PlannedRequest } from './normalise-request.ts';
import { startDays } from './opportunity-keys.ts';
import { type Param, sortOrder } from './postgres-order.ts';
import { type FacetName, MOST_FACET_VALUES, type OpportunityFilter, type SearchFilter } from './search-engine.ts';
import type { LongPlan, TextPlan } from './text-plan.ts';

export interface Statement {
  text: string;
  params: unknown[];
  /** Of a long text, or one with concepts: looks its parts up by themselves. */
  long?: true;
}

/** One row: what a query answers. The vocabulary's state is read along, to notice words that we did not know of. */
export interface SearchRow {
  total: number;
  hits: FoundRow[];
  facets: Partial<Record<FacetName, { values: { value: string; count: number }[]; valueCount: number }>>;
  words_n: number | null;
  words_table: number | null;
}

interface FoundRow {
  id: string;
  keys: (string | number | null)[];
  texts?: unknown;
  /** Whether it has the words that were asked for; the rest only where concepts are asked for. */
  said: boolean;
  concepts?: string[];
  conceptLabels?: string[];
}

/** The list of a facet's values in a row. */
const FACET_VALUES: Readonly<Record<FacetName, string>> = {
  country: 'd.country',
  provider: 'd.provider',
  source: 'd.source',
  language: 'd.language',
  eqf: 'd.eqf',
  mode: 'd.mode',
  assessment: 'd.assessment',
  kind: 'd.kind',
  field: 'd.field',
  free: `case when d.free is null then '{}'::text[] else array[d.free::text] end`,
  elementStated: 'd.element_stated',
  conformance: 'd.conformance',
};

/**
 * A request as one SQL statement; pure. Matching rows are read once: filters that a requested facet must not see
 * become columns of truth values instead of conditions.
 */
export function buildSearch(request: PlannedRequest, text: TextPlan | undefined): Statement {
  const params: unknown[] = [];
  const p = (value: unknown, type: string): string => `$${params.push(value)}::${type}`;
  const conditions = filterConditions(request.filter, p);
  const matched = text?.long && longMatches(text.long, p);
  const full = text && !matched ? p(text.full, 'tsquery') : undefined;
  const meant = text && request.concepts && conceptMatches(request.concepts, text.required, p);
  if (full) conditions.set('text', meant ? `(d.words @@ ${full} or ${meant.condition})` : `d.words @@ ${full}`);
  if (matched) {
    const also = meant ? ' union all select id from meant' : '';
    conditions.set('matched', `d.id in (select id from matched${also})`);
    if (text.required) conditions.set('text', `d.words @@ ${p(text.required, 'tsquery')}`);
  }

  const set = (names: Iterable<string>) => [...names].filter((name) => conditions.has(name));
  const flags = set(new Set(request.facets.map(ownFilter)));
  const shared = [...conditions].filter(([name]) => !flags.includes(name)).map(([, sql]) => sql);
  const where = shared.length ? `where ${shared.join('\n      and ')}` : '';
  const allFlags = (but?: string) => {
    const rest = flags.filter((name) => name !== but).map((name) => `m.is_${name}`);
    return rest.length ? `where ${rest.join(' and ')}` : '';
  };

  const order = sortOrder(request, text, full, meant !== undefined, p);
  const columns = [
    'd.id',
    ...order.columns,
    ...flags.map((name) => `(${conditions.get(name)}) as is_${name}`),
    ...request.facets.map((facet) => `${FACET_VALUES[facet]} as f_${facet}`),
  ];
  // Without facets and ranking, an index may give the page in order: then matches are not gathered first.
  const gathered = request.facets.length > 0 || order.ranked !== undefined;
  const matches = `select ${columns.join(', ')}
    from search_documents d ${order.join}
    ${where}`;
  // Counted by whole lists first: there are few different ones, so that few are taken apart (four times as fast).
  const facets = request.facets.map(
    (
      facet,
    ) => `'${facet}', (select jsonb_build_object('valueCount', least(coalesce(max(c.different), 0), ${MOST_FACET_VALUES + 1}),
        'values', coalesce(jsonb_agg(jsonb_build_object('value', c.value, 'count', c.count)
          order by c.count desc, c.value collate "C") filter (where c.place <= ${p(request.facetLimit, 'int')}), '[]')) from (
      select v.value, sum(l.n)::int as count, count(*) over () as different,
          row_number() over (order by sum(l.n) desc, v.value collate "C") as place from (
        select m.f_${facet} as list, count(*) as n from m ${allFlags(ownFilter(facet))} group by 1
      ) l cross join lateral unnest(l.list) v(value)
      group by v.value order by place limit ${p(Math.max(request.facetLimit, 1), 'int')}) c)`,
  );
  const limit = `limit ${p(request.take, 'int')}`;
  const flagged = flags.map((name) => `m.is_${name}`);
  const [source, always] = order.ranked ? ['ranked m', []] : gathered ? ['m', flagged] : ['search_documents d', shared];
  const parts = order.segments(gathered);
  const segments = parts.map(({ rank, where: only, keys, order: by }) => {
    const all = [...always, ...only];
    return `(select ${[`${rank} as rank`, gathered ? 'm.id' : 'd.id', ...keys.map((key, i) => `${key} as k${i + 1}`)].join(', ')}
      from ${source}${all.length ? ` where ${all.join(' and ')}` : ''} order by ${by} ${limit})`;
  });
  const keys = parts[0]?.keys.map((_, i) => `k${i + 1}`) ?? [];
  const page = `page as (
    select q.id, jsonb_build_array(${keys.join(', ')}) as keys, row_number() over () as place from (
      select * from (${segments.join('\n      union all ')}) u order by rank, ${order.by} ${limit}) q
  )`;
  const body = gathered
    ? `with m as materialized (
    ${matches}
  ), counted as (select count(*)::int as total from m ${allFlags()}
  ), ${order.ranked ? `ranked as materialized (${order.ranked} ${allFlags()}\n  ), ` : ''}${page}`
    : `with counted as (select count(*)::int as total from search_documents d ${where}
  ), ${page}`;
  const said = full ? `t.words @@ ${full}` : 'exists (select 1 from matched where matched.id = p.id)';
  const hit = [
    `'id', p.id, 'keys', p.keys, 'said', ${meant ? said : 'true'}`,
    ...(meant ? [`'concepts', t.concepts, 'conceptLabels', t.concept_labels`] : []),
    ...(request.highlights ? [`'texts', t.texts`] : []),
  ];
  const before = [matched, meant?.rows].filter(Boolean);
  return {
    text: `${before.length ? body.replace(/^with /, `with ${before.join(', ')}, `) : body}
  select (select total from counted) as total,
    (select coalesce(jsonb_agg(jsonb_build_object(${hit.join(', ')}) order by p.place), '[]') from page p${
      request.highlights || meant ? ' join search_documents t on t.id = p.id' : ''
    }) as hits,
    ${facets.length ? `jsonb_build_object(${facets.join(',\n    ')})` : `'{}'::jsonb`} as facets,
    ${text ? `(select max(n) from search_words)::int` : 'null'} as words_n,
    ${text ? `'search_words'::regclass::oid::bigint` : 'null'} as words_table`,
    params,
    ...(before.length > 0 && { long: true as const }),
  };
}

/** The records that share a concept with the query, and how near they are to it: `meant`. */
function conceptMatches({ tokens, points }: ConceptQuery, required: string, p: Param) {
  const and = required ? ` and d.words @@ ${p(required, 'tsquery')}` : '';
  const condition = `(d.concepts && ${p(tokens, 'text[]')}${and})`;
  const rows = `meant as materialized (
    select d.id, sum(a.points)::float8 as points
      from search_documents d cross join lateral unnest(d.concepts) c (token)
        join unnest(${p([...points.keys()], 'text[]')}, ${p([...points.values()], 'int[]')}) a (token, points) using (token)
     where ${condition} group by d.id)`;
  return { condition, rows };
}

/**
 * The records with enough words of a long query, with the summed rarity of those they have: `matched`. Each word is
 * looked up in the index by itself; a record is never opened for it.
 */
function longMatches({ words, floor }: LongPlan, p: Param): string {
  const found = words.map((ways, i) =>
    ways
      .map((way) => `select id, ${i} as word from search_documents where words @@ ${p(way, 'tsquery')}`)
      .join(' union '),
  );
  return `found as materialized (
    (${found.join(')\n    union all (')})
  ), rarity as (
    select word, ln(1 + max(count(*)) over () / count(*)::float8) as weight from found group by word
  ), matched as materialized (
    select id, round(sum(weight)::numeric, 6)::float8 as rarity from found join rarity using (word)
     group by id having count(*) >= ${p(floor, 'int')})`;
}

function filterConditions(filter: SearchFilter, p: Param): Map<string, string> {
  const out = new Map<string, string>();
  const lists = ['country', 'provider', 'source', 'language', 'mode', 'assessment', 'kind', 'field'] as const;
  if (filter.ids) out.set('ids', `d.id = any(${p(filter.ids, 'text[]')})`);
  for (const name of lists) {
    if (filter[name]) out.set(name, `d.${name} && ${p(filter[name], 'text[]')}`);
  }
  if (filter.eqf) out.set('eqf', `d.eqf && ${p(filter.eqf.map(String), 'text[]')}`);
  for (const name of ['ects', 'hours'] as const) {
    const range = filter[name];
    if (!range) continue;
    const ends = [`d.${name}_min is not null`];
    if (range.min !== undefined) ends.push(`d.${name}_max >= ${p(range.min, 'float8')}`);
    if (range.max !== undefined) ends.push(`d.${name}_min <= ${p(range.max, 'float8')}`);
    out.set(name, ends.join(' and '));
  }
  if (filter.free !== undefined) out.set('free', `coalesce(d.free = ${p(filter.free, 'boolean')}, false)`);
  if (filter.cost) {
    out.set('cost', `(d.prices ->> ${p(filter.cost.currency, 'text')})::float8 <= ${p(filter.cost.max, 'float8')}`);
  }
  if (filter.elementStated) out.set('elementStated', `d.element_stated @> ${p(filter.elementStated, 'text[]')}`);
  if (filter.elementNotStated) {
    out.set('elementNotStated', `not d.element_stated && ${p(filter.elementNotStated, 'text[]')}`);
  }
  if (filter.conformance) {
    const groups = byQuestion(filter.conformance).map((tokens) => `d.conformance && ${p(tokens, 'text[]')}`);
    out.set('conformance', groups.join(' and '));
  }
  if (filter.opportunity) out.set('opportunity', opportunityCondition(filter.opportunity, p));
  return out;
}

function opportunityCondition(filter: OpportunityFilter, p: Param): string {
  const facts: string[] = [];
  const { from, to } = startDays(filter);
  if (filter.startFrom !== undefined) facts.push(`o.start_day >= ${p(from, 'int')}`);
  if (filter.startTo !== undefined) facts.push(`o.start_day <= ${p(to, 'int')}`);
  if (filter.country) facts.push(`o.country = any(${p(filter.country, 'text[]')})`);
  for (const name of ['place', 'mode', 'language'] as const) {
    if (filter[name]) facts.push(`o.${name} && ${p(filter[name], 'text[]')}`);
  }
  if (filter.free !== undefined) facts.push(`o.free = ${p(filter.free, 'boolean')}`);
  return `d.id in (select o.id from search_opportunities o where ${facts.join(' and ')})`;
}
