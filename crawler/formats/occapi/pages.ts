import { isObject } from '../../../schema/index.ts';
import { jsonNextPages } from '../../decode/json-next-pages.ts';
import type { Page, PageRequest, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';
import { heiIn, identifierOf } from './ids.ts';

/** Collections of JSON:API that come in pages name the next one (JSON:API 1.1, "Pagination"); OCCAPI itself has no pages. */
const paging = jsonNextPages(({ links }) => ({ next: isObject(links) ? links.next : undefined, path: '/links/next' }));
export const { ended } = paging;

/** The role of what a collection leads to, as a sitemap leads to web pages: one that is not found takes nothing else with it. */
const PAGE = 'page';
/** The pages that this one leads to, and what it links to as a whole: noted beside its envelope. */
const WANTED = '@wanted';
const LINKS = '@links';

/** Where a thing leads on: to the collections below it. A unit is asked where its institution does not list all itself. */
const COLLECTIONS = ['programme', 'course'];
const REMEDY = 'let the source point to /hei/{heiId}, or to a collection of courses or programmes below it';

/**
 * An item of a collection is a summary ("a single resource response can include more fields", OCCAPI 2): it leads to its own page, unless
 * it stands in a file, which leads nowhere. An institution is a body, and so is a unit; an instance is a run of its course.
 */
export function cut(page: Page): Cut {
  const online = /^https?:/.test(page.url);
  const wanted: PageRequest[] = [];
  page.envelope[WANTED] = wanted;

  function* item(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    const type = typeof raw.type === 'string' ? raw.type : '';
    const id = identifierIn(raw, ['id']);
    const single = path === '/data' || path === '';
    const self = hrefOf(raw.links, 'self');
    const hei = heiIn(self) ?? heiIn(page.url);
    // The service document of version 1 has links and nothing else; that of version 2 is about the server.
    const root = addressOn(page, hrefOf(raw.links, 'hei'));
    if (root && (type === 'server' || (type === '' && path === ''))) {
      if (online) wanted.push({ url: root });
      return;
    }
    if (!/^(?:course|programme|instance|hei|ounit)$/.test(type)) {
      yield fault(null, path, 'other-resource', type || Object.keys(raw).slice(0, 12).join(', '), REMEDY);
    } else if (id === undefined) {
      yield fault(null, path, 'missing-identifier', raw, 'give id, a text that is not empty');
    } else if (!isObject(raw.attributes)) {
      yield fault(identifierOf(type, id, hei), path, 'not-a-record', raw.attributes, 'let attributes be an object');
    } else if (type === 'instance') {
      yield* instance(raw, id, hei, path);
    } else {
      const body = type === 'hei' || type === 'ounit';
      if (online && !single) {
        const url = addressOn(page, self) ?? addressBelow(page, type, id);
        wanted.push(body ? { url, ...(page.role ? { role: page.role } : {}) } : { url, role: PAGE });
        return;
      }
      if (online && body) page.envelope[LINKS] = raw.links;
      const runs = online && type === 'course' ? addressOn(page, hrefOf(raw.links, 'instance')) : undefined;
      if (runs) wanted.push({ url: runs, role: PAGE });
      const own = type === 'hei' ? identifierIn(raw.attributes, ['heiId']) : undefined;
      yield { identifier: own ?? identifierOf(type, id, hei), path, raw };
    }
  }

  function* instance(raw: Json, id: string, hei: string | undefined, path: string): Iterable<RawRecord | RecordFault> {
    const course = courseOf(raw) ?? /\/course\/([^/?#]+)\/instance\b/.exec(page.url)?.[1];
    if (course) yield { identifier: identifierOf('course', course, hei), part: `instance:${id}`, path, raw };
    else yield fault(null, path, 'run-without-credential', `instance ${id}`, 'let relationships.course.data name it');
  }

  return { item };
}

function courseOf({ relationships }: Json): string | undefined {
  const course = isObject(relationships) && isObject(relationships.course) ? relationships.course.data : undefined;
  return isObject(course) ? identifierIn(course, ['id']) : undefined;
}

/** A link is an address, or an object that holds one (JSON:API, "Links"). */
function hrefOf(links: unknown, name: string): string | undefined {
  const link = isObject(links) ? links[name] : undefined;
  const href = isObject(link) ? link.href : link;
  return typeof href === 'string' && href.trim() ? href.trim() : undefined;
}

/** A server behind another one links to itself by a name that is not for the outside: its paths hold where the page was read. */
function addressOn(page: Page, href: string | undefined): string | undefined {
  const link = href === undefined ? undefined : URL.parse(href, page.url);
  if (!link || !/^https?:$/.test(link.protocol)) return undefined;
  return URL.parse(`${link.pathname}${link.search}`, page.url)?.href;
}

/** The canonical path of what does not link to itself. */
function addressBelow(page: Page, type: string, id: string): string {
  const url = new URL(page.url);
  const [list = '', hei = ''] = /^.*?\/hei(\/[^/]+)?/.exec(url.pathname) ?? [];
  const below = type === 'hei' ? list.slice(0, list.length - hei.length) : `${list}/${type}`;
  url.pathname = `${below}/${encodeURIComponent(id)}`;
  url.search = '';
  return url.href;
}

/** `{jsonapi, links}`: an institution of version 1 links to its collections there, one of version 2 in its `data`. */
export function envelope(said: Json, page: Page): void {
  paging.envelope(said, page);
  page.envelope.links = said.links;
}

/**
 * What the items lead to, the collections below an institution or unit, and the next page of a collection. Units are asked for what their
 * institution does not list itself: that is their role.
 */
export function next(page: Page): PageRequest[] {
  const { [WANTED]: wanted = [], [LINKS]: own, links } = page.envelope;
  const linked = (name: string) => addressOn(page, hrefOf(own, name) ?? hrefOf(links, name));
  const requests = [...(wanted as PageRequest[]), ...paging.next(page)];
  if (!Object.hasOwn(page.envelope, LINKS)) return requests;
  const asked = COLLECTIONS.filter((name) => page.role === undefined || page.role === name);
  const below = asked.flatMap((name) => linked(name) ?? []);
  const [missing, ...more] = asked.filter((name) => !linked(name));
  const units = missing ? linked('ounit') : undefined;
  if (units) requests.push({ url: units, ...(more.length ? {} : { role: missing }) });
  return [...below.map((url) => ({ url })), ...requests];
}
