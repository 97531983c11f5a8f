import type { SourceDefinition } from '../../schema/index.ts';
import { ConfigError } from '../errors.ts';
import type { PageRequest } from '../format.ts';
import { SITEMAP_LIMITS, type SitemapEntry } from './sitemap.ts';

/** Which of a sitemap's entries a source wants to have read. */
export interface SitemapRules {
  hosts: ReadonlySet<string>;
  anyHost: boolean;
  include?: RegExp;
  exclude?: RegExp;
  sitemaps?: RegExp;
  maxPages: number;
}

const host = (url: string): string | undefined => {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return /^https?:$/.test(parsed.protocol) ? parsed.host.toLowerCase().replace(/^www\./, '') : undefined;
};

/**
 * Rules from `source.options`: `include` and `exclude` (regular expressions on page URLs), `sitemaps` (on the URLs of
 * sitemaps in an index), `hosts` (further hosts, separated by commas or blanks; `*` is any) and `maxPages`.
 * Throws ConfigError when an option cannot be used.
 */
export function sitemapRules(source: SourceDefinition, pageUrl: string): SitemapRules {
  const { options } = source;
  const hosts = new Set<string>();
  const local = !host(pageUrl) && !host(source.url);
  for (const url of [pageUrl, source.url]) {
    const name = host(url);
    if (name) hosts.add(name);
  }
  const more = String(options.hosts ?? '')
    .split(/[\s,]+/)
    .filter(Boolean);
  for (const name of more) hosts.add(name.toLowerCase().replace(/^www\./, ''));
  const rules: SitemapRules = {
    hosts,
    // Whoever uploads a sitemap file vouches for the addresses in it; the fetch gate still checks each one.
    anyHost: more.includes('*') || (local && more.length === 0),
    maxPages: maxPages(options.maxPages),
  };
  for (const name of ['include', 'exclude', 'sitemaps'] as const) {
    const pattern = options[name];
    if (pattern !== undefined && pattern !== '') rules[name] = safePattern(String(pattern), name, source.id);
  }
  return rules;
}

function maxPages(value: unknown): number {
  if (value === undefined) return SITEMAP_LIMITS.entries;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new ConfigError(`option maxPages is "${value}"`, 'give a whole number of at least 1');
  }
  return Math.min(number, SITEMAP_LIMITS.entries);
}

/** A pattern that compiles and whose repetitions do not nest: `(a+)+` takes exponential time on a URL made for it. */
function safePattern(pattern: string, name: string, source: string): RegExp {
  const where = `source ${source}: option ${name} is "${pattern.slice(0, 200)}"`;
  if (pattern.length > 500) throw new ConfigError(`${where}…: too long`, 'use at most 500 characters');
  if (nestsRepetition(pattern)) {
    throw new ConfigError(`${where}: a repeated group that contains a repetition`, 'write it without nested * or +');
  }
  try {
    return new RegExp(pattern, 'i');
  } catch (error) {
    throw new ConfigError(`${where}: ${(error as Error).message}`, 'write a valid JavaScript regular expression');
  }
}

function nestsRepetition(pattern: string): boolean {
  const open: boolean[] = [];
  const text = pattern.replace(/\\./g, '_').replace(/\[[^\]]*\]/g, '_');
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '(') open.push(false);
    else if (char === ')') {
      const inside = open.pop() ?? false;
      if (inside && /^[*+{]/.test(text.slice(i + 1))) return true;
      // What is inside a group is inside the group around it as well.
      if (open.length && (inside || /^[*+{]/.test(text.slice(i + 1)))) open[open.length - 1] = true;
    } else if ((char === '*' || char === '+' || char === '{') && open.length) open[open.length - 1] = true;
  }
  return false;
}

/** Whether an address lies on a host that the source does not name; scheme and `www.` make no difference. */
export const isForeign = ({ anyHost, hosts }: SitemapRules, url: string): boolean =>
  !anyHost && !hosts.has(host(url) ?? '');

export interface Selection {
  requests: PageRequest[];
  foreign: { count: number; first: string } | undefined;
  capped: number;
}

/** The requests that a sitemap gives under the rules: filtered, each once, capped. */
export function selectPages(entries: readonly SitemapEntry[], rules: SitemapRules): Selection {
  const requests = new Map<string, PageRequest>();
  let foreign: Selection['foreign'];
  let capped = 0;
  for (const { url, role, modified } of entries) {
    if (isForeign(rules, url)) {
      foreign = { count: (foreign?.count ?? 0) + 1, first: foreign?.first ?? url };
      continue;
    }
    if (role === 'page' && ((rules.include && !rules.include.test(url)) || rules.exclude?.test(url))) continue;
    if (role === 'sitemap' && rules.sitemaps && !rules.sitemaps.test(url)) continue;
    if (requests.has(url)) continue;
    if (requests.size >= rules.maxPages) capped++;
    else requests.set(url, { url, role, ...(modified ? { modified } : {}) });
  }
  return { requests: [...requests.values()], foreign, capped };
}
