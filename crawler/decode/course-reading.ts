import { found, type LangString, type Problem, type Provider, type SourceDefinition } from '../../schema/index.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { isFiller, langStrings, plainText } from '../../schema/parse/text.ts';
import { nodeUrl } from './course-nodes.ts';
import type { RawCourse } from './course-page.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

/** Placeholders of templates that were published unfilled. */
export const RESIDUE =
  /\$\{[^}]{0,200}\}|\{\{[^}]{0,200}\}\}|\{%|<%|^\s*(?:%s|\[(?:title|name|course[ _-]?name)\])\s*$/i;

/** What all the small functions below need. `path` is a JSON Pointer into the raw record. */
export interface Reading {
  raw: RawCourse;
  node: LinkedNode;
  source: SourceDefinition;
  problems: Problem[];
  providers: Provider[];
  /** Text collected for `furtherInformation`: what has no element of its own. */
  further: LangString[];
  links: string[];
}

/** Language of untagged text: that of the page, else the default of the source. */
export const fallbackLanguage = (r: Reading): string | undefined => r.raw.page.language ?? r.source.defaults.language;

/** A value as one string; nodes have none. */
export const rawText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'object' && value !== null && '@value' in value
        ? String(value['@value'])
        : '';

/** Plain text of strings and numbers; of nodes their name. HTML comments go: Markdown editors leave them behind. */
export function texts(r: Reading, value: unknown, path: string): LangString[] {
  const plain = list(value).flatMap((item): unknown[] => {
    if (typeof item === 'number') return [String(item)];
    if (typeof item === 'string') return [uncomment(item)];
    if (typeof item === 'object' && item !== null && '@value' in item) {
      return [{ ...item, '@value': uncomment(String(item['@value'])) }];
    }
    return isNode(item) ? list(item['name'] ?? item['termCode'] ?? item['targetName']) : [];
  });
  const out = langStrings(plain, fallbackLanguage(r));
  // A long text may be about templates; a short one that holds a placeholder is one that was never filled in.
  const isResidue = (text: string) => text.length <= 300 && RESIDUE.test(text);
  for (const item of plain) {
    const text = rawText(item);
    if (isResidue(text)) problem(r, path, 'template-residue', text, 'fill the template in', 'error');
  }
  return out.filter(({ value: text }) => !isResidue(text));
}

/** Linear, unlike a lazy regex over a text with many opened and never closed comments. */
function uncomment(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    if (end < 0) break;
    out += text.slice(from, at);
    from = end + 3;
  }
  return out + text.slice(from);
}

/** Notes a problem of this record; at most 100 are kept. */
export function problem(
  r: Reading,
  path: string,
  rule: string,
  value: unknown,
  remedy: string,
  severity: Problem['severity'] = 'warning',
): void {
  if (r.problems.length < 100) r.problems.push({ path, rule, severity, found: found(value), remedy });
}

/** The pointer of one of several values. */
export const at = (path: string, value: unknown, index: number): string =>
  Array.isArray(value) ? `${path}/${index}` : path;

/** Values of a property with the place of each. */
export const each = (node: LinkedNode, key: string, path = '/node'): [unknown, string][] =>
  list(node[key]).map((value, i) => [value, at(`${path}/${key}`, node[key], i)]);

/** The course's own address, else that of the page that it has to itself. */
export function courseUrl(r: Reading): string | undefined {
  return nodeUrl(r.node, r.raw.base) ?? (r.raw.page.feed ? undefined : r.raw.page.url);
}

/** An address without scheme, www., query, fragment and trailing slash, for comparing. */
export const bare = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '');

/** A field that is left out when there is no text. */
export const optional = <K extends string>(key: K, value: LangString[]): { [P in K]?: LangString[] } =>
  (value.length ? { [key]: value } : {}) as { [P in K]?: LangString[] };

/** Start of the URI forms of enumeration values. */
export const SCHEMA_PREFIX = /^https?:\/\/schema\.org\//i;

/** Terms with a name (DefinedTerm, AlignmentObject, Thing) or plain words; the place of each. */
export interface Term {
  text: LangString[];
  uri?: string;
  framework?: string;
  code?: string;
  path: string;
}

export function term(r: Reading, value: unknown, path: string): Term | undefined {
  if (!isNode(value)) {
    const raw = rawText(value).trim();
    if (/^https?:\/\/\S+$/.test(raw)) return { text: [], uri: raw, path };
    const text = texts(r, value, path);
    return text.length ? { text, path } : undefined;
  }
  const text = texts(
    r,
    value['name'] ?? value['targetName'] ?? value['targetDescription'] ?? value['description'],
    path,
  );
  const uri = [value['@id'], value['url'], value['targetUrl'], value['sameAs']]
    .flatMap(list)
    .map((u) => rawText(isNode(u) ? u['@id'] : u))
    .find((u) => /^https?:\/\//.test(u));
  const set = list(value['inDefinedTermSet'] ?? value['educationalFramework'])
    .map((s) => rawText(isNode(s) ? (s['name'] ?? s['@id'] ?? s['url']) : s))
    .find(Boolean);
  const code = rawText(value['termCode']).trim();
  if (!text.length && !uri && !code) return undefined;
  return {
    text,
    path,
    ...(uri ? { uri } : {}),
    ...(set ? { framework: plainText(set) } : {}),
    ...(code ? { code } : {}),
  };
}

export const terms = (r: Reading, node: LinkedNode, key: string, path = '/node'): Term[] =>
  each(node, key, path).flatMap(([value, place]) => term(r, value, place) ?? []);

/** Terms of alignment objects of one type. */
export function aligned(r: Reading, type: RegExp): Term[] {
  return each(r.node, 'educationalAlignment').flatMap(([value, path]) =>
    isNode(value) && type.test(rawText(value['alignmentType'])) ? (term(r, value, path) ?? []) : [],
  );
}

/** A term as the record carries it. */
export const alignment = ({ text, uri, framework }: Term) => ({
  ...(text.length ? { text } : {}),
  ...(uri ? { uri } : {}),
  ...(framework ? { framework } : {}),
});

/** Languages of instruction of a course or run, BCP 47. */
export function languageTags(r: Reading, node: LinkedNode, path: string): string[] {
  const out = new Set<string>();
  for (const key of ['inLanguage', 'availableLanguage']) {
    for (const [value, place] of each(node, key, path)) {
      const options = isNode(value)
        ? [value['alternateName'], value['name'], value['@id']].map(rawText).filter(Boolean)
        : [rawText(value)];
      const tag = options.map((option) => languageTag(option)).find(Boolean);
      if (tag) {
        out.add(tag);
        continue;
      }
      for (const part of (options[0] ?? '').split(/\s*(?:[,;/|]|\band\b|\bet\b|\bund\b)\s*/)) {
        if (!part.trim() || isFiller(part)) continue;
        const single = languageTag(part);
        if (single) out.add(single);
        else problem(r, place, 'language-unknown', part, 'give a BCP 47 language tag', 'error');
      }
    }
  }
  return [...out];
}

/** Keeps text that has no element of its own, with the words that say what it is. */
export function say(r: Reading, label: string, text: LangString[]): void {
  for (const { language, value } of text) r.further.push({ language, value: `${label}: ${value}` });
}
