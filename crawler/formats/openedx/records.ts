import { isObject } from '../../../schema/index.ts';
import { type Follows, jsonNextPages } from '../../decode/json-next-pages.ts';
import type { Page, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';
import { answerOf } from './answers.ts';

export const IDS = ['uuid', 'course_id', 'key', 'id'];
const PARTNERS = /^\/linked\/partners\.v1\//;

/** How many partners a page of Coursera held: they stand in a list of their own, and are no courses. */
const partnersOn = new WeakMap<Page, number>();

/** This page with another value of one parameter. */
function withParameter(page: Page, name: string, value: unknown): string | undefined {
  if (!URL.canParse(page.url)) return undefined;
  const url = new URL(page.url);
  url.searchParams.set(name, String(value));
  return url.href;
}

const number = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
const asked = (page: Page, name: string): number =>
  URL.canParse(page.url) ? number(Number(new URL(page.url).searchParams.get(name) ?? 0)) : 0;

/**
 * What a page says of the next one: an address (`next` of Django REST, `pagination.next` of the LMS), a start (`paging.next` of Coursera), or
 * how many there are from where on (`meta` of Richie). Fewer than they say, and nothing that leads on, proves nothing.
 */
function follows(envelope: Json, page: Page, items: number): Follows {
  const { next, previous, count, pagination, paging, meta } = envelope;
  if (isObject(meta) && 'total_count' in meta) {
    const end = number(meta.offset) + (number(meta.count) || items);
    const missing = number(meta.total_count) - end;
    const url = missing > 0 && items > 0 ? withParameter(page, 'offset', end) : undefined;
    return {
      next: url,
      path: '/meta',
      total: meta.total_count,
      ...(missing > 0 && !url ? { more: `${missing} more` } : {}),
    };
  }
  if (isObject(paging)) {
    const start = paging.next === undefined || paging.next === null || paging.next === '' ? undefined : paging.next;
    const missing = number(paging.total) - asked(page, 'start') - (items - (partnersOn.get(page) ?? 0));
    const url = start === undefined ? undefined : withParameter(page, 'start', start);
    const more = start === undefined ? missing > 0 : url === undefined;
    return { next: url, path: '/paging', total: paging.total, ...(more ? { more: 'there are more' } : {}) };
  }
  const says = isObject(pagination) ? pagination : { next, previous, count };
  const alone = says.next == null && says.previous == null && number(says.count) > items;
  return {
    next: says.next,
    path: isObject(pagination) ? '/pagination' : '/next',
    total: says.count,
    ...(alone ? { more: `${says.count} are said, ${items} given` } : {}),
  };
}

export const paging = jsonNextPages(follows);

/** Courses and programmes; what hides itself is not taken. Partners of Coursera are parts of the courses that name them. */
export function cut(page: Page): Cut {
  const partners = new Map<string, { raw: Json; path: string }>();
  const named = new Map<string, Set<string>>();

  function* item(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    if (PARTNERS.test(path)) {
      const id = identifierIn(raw, ['id']);
      partnersOn.set(page, (partnersOn.get(page) ?? 0) + 1);
      if (id !== undefined) partners.set(id, { raw, path });
      return;
    }
    if (raw.hidden === true) return yield fault(null, path, 'private-record', 'a hidden course');
    const identifier = identifierIn(raw, IDS);
    if (answerOf(raw) === undefined)
      return yield fault(null, path, 'other-resource', `an item with ${Object.keys(raw).slice(0, 12).join(', ')}`);
    if (identifier === undefined)
      return yield fault(null, path, 'missing-identifier', raw.title ?? raw.name, `give ${IDS.join(' or ')}`);
    for (const id of Array.isArray(raw.partnerIds) ? raw.partnerIds : [])
      named.set(String(id), (named.get(String(id)) ?? new Set()).add(identifier));
    yield { identifier, path, raw };
  }

  function* end(): Iterable<RawRecord> {
    for (const [id, { raw, path }] of partners)
      for (const identifier of named.get(id) ?? []) yield { identifier, part: `partner:${id}`, path, raw };
  }

  return { item, end };
}
