import { Parser } from 'htmlparser2';
import { holdsEmail } from '../persons/mask-contacts.ts';

/** One entry of a sitemap: a page, or (in an index) another sitemap. */
export interface SitemapEntry {
  url: string;
  /** W3C datetime as written; absent when it is none. */
  modified?: string;
  role: 'page' | 'sitemap';
}

export interface SitemapReading {
  entries: SitemapEntry[];
  /** What could not be used, shortened. */
  dropped: { found: string; reason: string }[];
  /** The file ends before its root element does, or says more than it may: entries are missing. */
  incomplete?: string;
}

/** Limits of the protocol (https://www.sitemaps.org/protocol.html): 50,000 entries, 50 MB decoded, 2,048 characters a URL. */
export const SITEMAP_LIMITS = { entries: 50_000, characters: 50 * 1024 * 1024, url: 2048 } as const;

export const isSitemapXml = (head: string): boolean =>
  /<(?:[a-z0-9]+:)?(urlset|sitemapindex)[\s>]/i.test(head.slice(0, 8192)) && !/<html[\s>]/i.test(head.slice(0, 8192));

/** `robots.txt` with at least one record; never a page. */
export const isRobots = (head: string): boolean =>
  !/^\s*[<{[]/.test(head) && /^\s*(user-agent|sitemap)\s*:/im.test(head.slice(0, 65_536));

/** A text sitemap: nothing but one URL a line. */
export function isTextSitemap(head: string): boolean {
  const lines = head.slice(0, 8192).split(/\r\n?|\n/);
  if (head.length > 8192) lines.pop();
  const filled = lines.map((line) => line.trim()).filter(Boolean);
  return filled.length > 0 && filled.every((line) => /^https?:\/\/\S+$/i.test(line));
}

/** Reads sitemap XML (urlset or index) as it streams by; tolerant of unescaped ampersands, which are common. */
export async function readSitemapXml(text: AsyncIterable<string>): Promise<SitemapReading> {
  const reading: SitemapReading = { entries: [], dropped: [] };
  let role: SitemapEntry['role'] = 'page';
  let field = '';
  let entry: { loc: string; lastmod: string } | undefined;
  let closed = false;
  let ending = false;
  const local = (name: string) => name.slice(name.indexOf(':') + 1).toLowerCase();
  const parser = new Parser(
    {
      onopentag(full) {
        const name = local(full);
        if (name === 'sitemapindex') role = 'sitemap';
        if (name === 'url' || name === 'sitemap') entry = { loc: '', lastmod: '' };
        // `image:loc` and the like belong to extensions, not to the page.
        field = full.includes(':') && !/^(sm|sitemap|s):/i.test(full) ? 'other' : name;
      },
      ontext(data) {
        if (!entry || (field !== 'loc' && field !== 'lastmod')) return;
        if (entry[field].length <= SITEMAP_LIMITS.url) entry[field] += data;
      },
      onclosetag(full) {
        const name = local(full);
        field = '';
        if (name === 'urlset' || name === 'sitemapindex') closed = !ending;
        if (!entry || ending || (name !== 'url' && name !== 'sitemap')) return;
        addEntry(reading, entry.loc, role, entry.lastmod);
        entry = undefined;
      },
    },
    { xmlMode: true },
  );
  let characters = 0;
  for await (const chunk of text) {
    characters += chunk.length;
    if (characters > SITEMAP_LIMITS.characters) {
      reading.incomplete = `longer than ${SITEMAP_LIMITS.characters / 1024 / 1024} MB`;
      break;
    }
    parser.write(chunk);
    if (reading.incomplete) break;
  }
  // What is closed from here on was left open.
  ending = true;
  parser.end();
  if (!closed) reading.incomplete ??= 'the file ends before its root element does';
  return reading;
}

/** Reads a text sitemap: one URL a line. */
export async function readSitemapText(text: AsyncIterable<string>): Promise<SitemapReading> {
  const reading: SitemapReading = { entries: [], dropped: [] };
  for await (const line of lines(text)) if (line.trim()) addEntry(reading, line, 'page');
  return reading;
}

/** Reads the `Sitemap:` lines of a robots.txt (RFC 9309 §2.2.4: they belong to no group). */
export async function readRobots(text: AsyncIterable<string>, base: string): Promise<SitemapReading> {
  const reading: SitemapReading = { entries: [], dropped: [] };
  for await (const line of lines(text)) {
    const value = /^\s*sitemap\s*:\s*(\S+)/i.exec(line)?.[1];
    if (value) addEntry(reading, URL.canParse(value, base) ? new URL(value, base).href : value, 'sitemap');
  }
  return reading;
}

/** Lines of a stream of text; a line longer than 64 MB is cut off there. */
export async function* lines(text: AsyncIterable<string>, limit = 64 * 1024 * 1024): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    rest += chunk;
    let start = 0;
    for (
      let at = rest.indexOf('\n', Math.max(0, rest.length - chunk.length));
      at >= 0;
      at = rest.indexOf('\n', start)
    ) {
      yield rest.slice(start, at).replace(/\r$/, '');
      start = at + 1;
    }
    rest = rest.slice(start);
    if (rest.length > limit) {
      yield rest;
      rest = '';
    }
  }
  if (rest) yield* rest.split('\r');
}

const W3C_DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

function addEntry(reading: SitemapReading, loc: string, role: SitemapEntry['role'], lastmod = ''): void {
  const text = loc.trim();
  if (reading.entries.length >= SITEMAP_LIMITS.entries) {
    reading.incomplete = `more than ${SITEMAP_LIMITS.entries} entries`;
    return;
  }
  const fault = !text
    ? 'an entry without a URL'
    : text.length > SITEMAP_LIMITS.url
      ? `a URL of more than ${SITEMAP_LIMITS.url} characters`
      : !/^https?:\/\//i.test(text) || !URL.canParse(text)
        ? 'no absolute http(s) URL'
        : holdsEmail(text)
          ? 'an e-mail address in the URL'
          : undefined;
  if (fault) {
    if (reading.dropped.length < 100) reading.dropped.push({ found: text.slice(0, 200), reason: fault });
    return;
  }
  const url = new URL(text);
  url.hash = '';
  const modified = lastmod.trim();
  const valid = W3C_DATE.test(modified) && !Number.isNaN(Date.parse(modified));
  reading.entries.push({ url: url.href, role, ...(valid ? { modified } : {}) });
}
