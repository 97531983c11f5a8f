import { byQuestion, ownFilter, type PlannedRequest, SORT_CURRENCY } from './normalise-request.ts';
import { dayNumber } from './opportunity-keys.ts';
import type { FacetName, OpportunityFilter, SearchFilter } from './search-engine.ts';
import type { TextPlan } from './text-plan.ts';

export interface Statement {
  text: string;
  params: unknown[];
}

/** One row: what a query answers. The vocabulary's state is read along, to notice words that we did not know of. */
export interface SearchRow {
  total: number;
  hits: { id: string; texts?: unknown }[];
  facets: Partial<Record<FacetName, { value: string; count: number }[]>>;
  words_n: number | null;
  words_table: number | null;
}

/** Up to this many hits are ranked by all their text; more only by titles, providers and keywords, which stay cheap. */
const RANK_ALL_TEXT = 500;

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
  const full = text ? p(text.full, 'tsquery') : undefined;
  if (full) conditions.set('text', `d.words @@ ${full}`);

  const set = (names: Iterable<string>) => [...names].filter((name) => conditions.has(name));
  const flags = set(new Set(request.facets.map(ownFilter)));
  const shared = [...conditions].filter(([name]) => !flags.includes(name)).map(([, sql]) => sql);
  const where = shared.length ? `where ${shared.join('\n      and ')}` : '';
  const allFlags = (but?: string) => {
    const rest = flags.filter((name) => name !== but).map((name) => `m.is_${name}`);
    return rest.length ? `where ${rest.join(' and ')}` : '';
  };

  const order = sortOrder(request, text, full, p);
  const columns = [
    'd.id',
    ...order.columns,
    ...flags.map((name) => `(${conditions.get(name)}) as is_${name}`),
    ...request.facets.map((facet) => `${FACET_VALUES[facet]} as f_${facet}`),
  ];
  const limit = `offset ${p(request.offset, 'int')} limit ${p(request.first, 'int')}`;
  // Without facets and ranking, an index may give the page in order: then matches are not gathered first.
  const gathered = request.facets.length > 0 || order.ranked;
  const matches = `select ${columns.join(', ')}
    from search_documents d ${order.join}
    ${where}`;
  // Counted by whole lists first: there are few different ones, so that few are taken apart (four times as fast).
  const facets = request.facets.map(
    (facet) => `'${facet}', (select coalesce(jsonb_agg(jsonb_build_object('value', c.value, 'count', c.count)
        order by c.count desc, c.value collate "C"), '[]') from (
      select v.value, sum(l.n)::int as count from (
        select m.f_${facet} as list, count(*) as n from m ${allFlags(ownFilter(facet))} group by 1
      ) l cross join lateral unnest(l.list) v(value)
      group by v.value order by sum(l.n) desc, v.value collate "C" limit ${p(request.facetLimit, 'int')}) c)`,
  );
  const body = gathered
    ? `with m as materialized (
    ${matches}
  ), counted as (select count(*)::int as total from m ${allFlags()}
  ), page as (
    select m.id, row_number() over () as place from (select m.id from m ${allFlags()} order by ${order.by} ${limit}) m
  )`
    : `with counted as (select count(*)::int as total from search_documents d ${where}
  ), page as (
    select m.id, row_number() over () as place from (${matches} order by ${order.by.replaceAll('m.', '')} ${limit}) m
  )`;
  const hit = request.highlights
    ? `jsonb_build_object('id', p.id, 'texts', t.texts)`
    : `jsonb_build_object('id', p.id)`;
  return {
    text: `${body}
  select (select total from counted) as total,
    (select coalesce(jsonb_agg(${hit} order by p.place), '[]') from page p${
      request.highlights ? ' join search_documents t on t.id = p.id' : ''
    }) as hits,
    ${facets.length ? `jsonb_build_object(${facets.join(',\n    ')})` : `'{}'::jsonb`} as facets,
    ${text ? `(select max(n) from search_words)::int` : 'null'} as words_n,
    ${text ? `'search_words'::regclass::oid::bigint` : 'null'} as words_table`,
    params,
  };
}

type Param = (value: unknown, type: string) => string;

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
  if (filter.startFrom !== undefined) facts.push(`o.start_day >= ${p(dayNumber(filter.startFrom) ?? 1, 'int')}`);
  if (filter.startTo !== undefined) facts.push(`o.start_day <= ${p(dayNumber(filter.startTo) ?? 2 ** 17, 'int')}`);
  if (filter.country) facts.push(`o.country = any(${p(filter.country, 'text[]')})`);
  for (const name of ['place', 'mode', 'language'] as const) {
    if (filter[name]) facts.push(`o.${name} && ${p(filter[name], 'text[]')}`);
  }
  if (filter.free !== undefined) facts.push(`o.free = ${p(filter.free, 'boolean')}`);
  return `d.id in (select o.id from search_opportunities o where ${facts.join(' and ')})`;
}

/** Columns that sorting needs, and the order over them (as columns of `m`). Ties go by id; nothing stated goes last. */
function sortOrder(request: PlannedRequest, text: TextPlan | undefined, full: string | undefined, p: Param) {
  const { by, descending } = request.sort;
  if (by === 'relevance' && text && full) {
    const rank = p(text.rank, 'tsquery');
    const tiers = text.full !== text.exact;
    const exact = tiers ? '(e.id is not null)' : 'true';
    return {
      ranked: true,
      // joined, not asked row by row: the index answers it without looking into any row
      join: tiers
        ? `left join (select id from search_documents where words @@ ${p(text.exact, 'tsquery')}) e on e.id = d.id`
        : '',
      columns: [
        `${exact} as exact`,
        `ts_rank(d.head, ${tiers ? `case when ${exact} then ${rank} else ${full} end` : rank}, 1) as head_rank`,
      ],
      by: `m.exact desc, m.head_rank + case when (select total from counted) > ${RANK_ALL_TEXT} then 0 else 0.1 *
        (select ts_rank(b.words, case when m.exact then ${rank} else ${full} end, 1) from search_documents b where b.id = m.id)
        end desc, m.id`,
    };
  }
  const key: Record<string, string> = {
    title: 'd.sort_title',
    newest: 'd.updated',
    relevance: 'd.updated',
    startDate: 'd.first_start',
    ects: 'd.ects_min',
    cost: `(d.prices ->> ${by === 'cost' ? p(request.filter.cost?.currency ?? SORT_CURRENCY, 'text') : ''})::float8`,
  };
  const down = by === 'newest' || by === 'relevance' || descending;
  return {
    ranked: false,
    join: '',
    columns: [`${key[by]} as sort_key`],
    by: `m.sort_key ${down ? 'desc' : 'asc'}${by === 'newest' ? '' : ' nulls last'}, m.id`,
  };
}
