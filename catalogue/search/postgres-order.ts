import type { PlannedRequest } from './normalise-request.ts';
import type { SearchPosition } from './search-engine.ts';
import type { TextPlan } from './text-plan.ts';

/** Puts a value among the parameters and answers what stands for it. */
export type Param = (value: unknown, type: string) => string;

interface Column {
  /** Over the table `d`. */
  sql: string;
  type: string;
  down: boolean;
  nullable: boolean;
}

/** A part of a listing that one index can give in order, from where the page begins. */
interface Segment {
  /** Segments of one rank are merged; those of a lower rank go before. */
  rank: number;
  where: string[];
  /** Columns k1, k2, … */
  keys: string[];
  order: string;
}

/** Up to this many hits are ranked by all their text; more only by titles, providers and keywords, which stay cheap. */
const RANK_ALL_TEXT = 500;

/** An order as the parts of a statement. */
export interface Order {
  join: string;
  /** What the gathered matches need: k1, k2, … and what keys are made of. */
  columns: string[];
  /** Wraps the gathered matches (a `select` over `m`) where keys are dear and known only when all are counted. */
  ranked?: string;
  /** The segments, over `m` when gathered, else over `d`. */
  segments(gathered: boolean): Segment[];
  /** Order of the merged segments, over k1, k2, … and id. */
  by: string;
}

export function sortOrder(
  request: PlannedRequest,
  text: TextPlan | undefined,
  full: string | undefined,
  meant: boolean,
  p: Param,
): Order {
  const { by, descending: down, currency } = request.sort;
  if (by === 'relevance' && text?.long) return byWords(text, meant, request.after, p);
  if (by === 'relevance' && text && full) return byRelevance(text, full, meant, request.after, p);
  if (by === 'newest' || by === 'relevance') return byNewest(request.after, p);
  const column = (sql: string, type: string, direction = down): Column => ({
    sql,
    type,
    down: direction,
    nullable: true,
  });
  const columns = {
    title: () => [column('d.sort_title', 'text')],
    startDate: () => [column('d.first_start', 'int')],
    ects: () => [column('d.ects_min', 'float8')],
    cost: () => [
      column(`(d.prices ->> ${p(currency, 'text')})::float8`, 'float8'),
      column('d.price_currency', 'text', false),
      column('d.price_amount', 'float8'),
    ],
    id: () => [],
  }[by]();
  return byColumns(columns, by === 'id' && down, request.after, p);
}

function byColumns(columns: Column[], idDown: boolean, after: SearchPosition | undefined, p: Param): Order {
  return {
    join: '',
    columns: columns.map((column, i) => `${column.sql} as k${i + 1}`),
    segments: (gathered) => segmentsOf(columns, idDown, after, gathered, p),
    by: [...columns.map((c, i) => `k${i + 1} ${c.down ? 'desc' : 'asc'} nulls last`), idDown ? 'id desc' : 'id'].join(
      ', ',
    ),
  };
}

/**
 * Everything behind a position as ranges that an index can begin at: ties behind the id, then what goes beyond the last
 * key, then what lacks it, then the same of the key before. A comparison of all at once would read from the beginning.
 * Where no index has the order (several keys), it is one range all the same.
 */
function segmentsOf(
  columns: Column[],
  idDown: boolean,
  after: SearchPosition | undefined,
  gathered: boolean,
  p: Param,
): Segment[] {
  const keys = columns.map(({ sql }, i) => (gathered ? `m.k${i + 1}` : sql));
  const id = gathered ? 'm.id' : 'd.id';
  const value = (i: number) => p(after?.[i], columns[i]?.type ?? 'text');
  const indexed = columns.length < 2;
  const order = (down: boolean) =>
    [
      ...columns.map((c, i) => `${keys[i]}${c.down && down ? ' desc' : ''}${indexed ? '' : ' nulls last'}`),
      idDown ? `${id} desc` : id,
    ].join(', ');
  const segments: Segment[] = [];
  const add = (where: string[], down = true) =>
    segments.push({ rank: segments.length, where, keys, order: order(down) });
  if (!after) {
    if (!indexed || !keys[0]) add([]);
    else {
      add([`${keys[0]} is not null`]);
      add([`${keys[0]} is null`], false);
    }
    return segments;
  }
  const equal = keys.map((key, i) => (after[i] === null ? `${key} is null` : `${key} = ${value(i)}`));
  add([...equal, `${id} ${idDown ? '<' : '>'} ${p(after.at(-1), 'text')}`], after[0] !== null);
  for (let i = columns.length - 1; i >= 0; i--) {
    if (after[i] === null) continue;
    const before = equal.slice(0, i);
    add([...before, `${keys[i]} ${columns[i]?.down ? '<' : '>'} ${value(i)}`]);
    if (columns[i]?.nullable) add([...before, `${keys[i]} is null`], false);
  }
  if (indexed) return segments;
  const any = segments.map(({ where }) => `(${where.join(' and ')})`).join(' or ');
  return [{ rank: 0, where: [`(${any})`], keys, order: order(true) }];
}

/**
 * Newest change first, as it was when the listing began: what has changed since stands where it stood then, so that it
 * is neither lost nor met twice; what is new since is left out.
 */
function byNewest(after: SearchPosition | undefined, p: Param): Order {
  return {
    join: '',
    columns: ['d.seq as k1', 'd.earlier'],
    segments(gathered) {
      const [seq, id, earlier] = gathered ? ['m.k1', 'm.id', 'm.earlier'] : ['d.seq', 'd.id', 'd.earlier'];
      const of = (place: string, where: string[]) => ({ rank: 0, where, keys: [place], order: `${place} desc, ${id}` });
      if (!after) return [of(seq, [])];
      const [began, place, last] = [p(after[0], 'bigint'), p(after[1], 'bigint'), p(after[2], 'text')];
      const behind = (key: string) => `${key} <= ${place} and (${key} < ${place} or ${id} > ${last})`;
      const then = `(select max(e) from unnest(${earlier}) e where e <= ${began})`;
      return [of(seq, [behind(seq)]), of(then, [`${seq} > ${began}`, behind(then)])];
    },
    by: 'k1 desc, id',
  };
}

/** All words as written first, then what means the same, then misspellings. Of a long query: enough of its words first. */
const TIERS = { exact: 2, meant: 1, misspelt: 0, long: 0, longMeant: -1 } as const;

const TIER_COLUMNS: Column[] = [
  { sql: '', type: 'int', down: true, nullable: false },
  { sql: '', type: 'float8', down: true, nullable: false },
];
const TIER_ORDER = 'k1 desc, k2 desc, id';

/**
 * Exact words before concepts before misspellings, then by rank (concepts: by how near they are). How many hits there were
 * when the listing began decides what is ranked.
 */
function byRelevance(text: TextPlan, full: string, meant: boolean, after: SearchPosition | undefined, p: Param): Order {
  const rank = p(text.rank, 'tsquery');
  const tiers = meant || text.full !== text.exact;
  const exact = tiers ? '(e.id is not null)' : 'true';
  const [, code, lastRank, id] = after ?? [];
  const { tier: lastTier, headOnly } = readTier(Number(code));
  const head = after ? String(headOnly) : `(select total from counted) > ${RANK_ALL_TEXT}`;
  const ranked = `ts_rank(d.head, ${tiers ? `case when ${exact} then ${rank} else ${full} end` : rank}, 1)`;
  const other = meant ? `case when s.id is null then ${TIERS.misspelt} else ${TIERS.meant} end` : TIERS.misspelt;
  const byAll = meant ? `m.tier = ${TIERS.meant} or ${head}` : head;
  return {
    // joined, not asked row by row: the index answers it without looking into any row
    join: [
      tiers &&
        `left join (select id from search_documents where words @@ ${p(text.exact, 'tsquery')}) e on e.id = d.id`,
      meant && 'left join meant s on s.id = d.id',
    ]
      .filter(Boolean)
      .join(' '),
    columns: [
      `case when ${exact} then ${TIERS.exact} else ${other} end as tier`,
      `${meant ? `case when ${exact} or s.id is null then ${ranked} else s.points end` : ranked} as head_rank`,
    ],
    ranked: `select m.id, m.tier as k1, (m.head_rank + case when ${byAll} then 0 else 0.1 *
        (select ts_rank(b.words, case when m.tier = ${TIERS.exact} then ${rank} else ${full} end, 1) from search_documents b where b.id = m.id)
        end)::float8 as k2 from m`,
    segments: (gathered) => segmentsOf(TIER_COLUMNS, false, after && [lastTier, lastRank ?? 0, id ?? ''], gathered, p),
    by: TIER_ORDER,
  };
}

/** Of a long query: most and rarest words first, then by rank; behind them what only means the same. */
function byWords(text: TextPlan, meant: boolean, after: SearchPosition | undefined, p: Param): Order {
  const [, code, lastRank, id] = after ?? [];
  const lastTier = readTier(Number(code)).tier === TIERS.meant ? TIERS.longMeant : TIERS.long;
  const rank = `e.rarity + ts_rank(d.head, ${p(text.rank, 'tsquery')}, 1)`;
  const columns = meant
    ? [
        `case when e.id is null then ${TIERS.longMeant} else ${TIERS.long} end as tier`,
        `case when e.id is null then s.points else ${rank} end as head_rank`,
      ]
    : [`${TIERS.long} as tier`, `${rank} as head_rank`];
  return {
    join: meant
      ? 'left join matched e on e.id = d.id left join meant s on s.id = d.id'
      : 'join matched e on e.id = d.id',
    columns,
    ranked: 'select m.id, m.tier as k1, m.head_rank::float8 as k2 from m',
    segments: (gathered) => segmentsOf(TIER_COLUMNS, false, after && [lastTier, lastRank ?? 0, id ?? ''], gathered, p),
    by: TIER_ORDER,
  };
}

/** A tier as positions carry it; 1 and 2 are older than concepts. */
const readTier = (code: number) => ({
  tier: code & 1 ? TIERS.exact : code & 4 ? TIERS.meant : TIERS.misspelt,
  headOnly: (code & 2) !== 0,
});
const codeOf = (tier: number, headOnly: boolean): number =>
  (tier === TIERS.exact ? 1 : tier === TIERS.meant || tier === TIERS.longMeant ? 4 : 0) | (headOnly ? 2 : 0);

/** Where the hit `keys`, `id` stands in the listing, `number` hits behind its beginning. */
export function positionOf(
  request: PlannedRequest,
  keys: readonly (string | number | null)[],
  id: string,
  page: { first: readonly (string | number | null)[]; total: number; number: number },
): SearchPosition {
  const { after, sort } = request;
  if (sort.by === 'newest') return [after?.[0] ?? page.first[0] ?? 0, keys[0] ?? 0, id];
  if (sort.by !== 'relevance') return [...keys, id];
  const headOnly = after ? readTier(Number(after[1])).headOnly : page.total > RANK_ALL_TEXT;
  return [page.number, codeOf(Number(keys[0]), headOnly), keys[1] ?? 0, id];
}
