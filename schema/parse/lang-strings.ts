import type { LangString } from '../lang-string.ts';
import { isFiller } from './filler.ts';
import { languageTag, registeredLanguage } from './language.ts';
import { plainText } from './plain-text.ts';

const VALUE_KEYS = ['value', '@value', 'string', 'text', '#text', '_', 'multiline'];
const LANGUAGE_KEYS = ['language', '@language', 'lang', 'xml:lang', '@xml:lang', '@lang', 'locale'];
const WRAPPERS = ['strings', '@set', '@list'];
const UNTAGGED = new Set(['und', '@none', 'none', '']);
const DEPTH = 8;

/**
 * Reads text in whatever way feeds tag languages, strips markup, drops fillers and repetitions, keeps the order.
 *
 * Takes a string, an array, `{language, value}`, `{lang, string}`, `{"@value", "@language"}`, `{strings: […]}` and
 * language maps `{"en-US": "…" | ["…"]}`. Text without a usable tag gets `fallbackLanguage`, else `und`.
 * Anything else (numbers, nested records) is no text and gives nothing.
 */
export function langStrings(input: unknown, fallbackLanguage?: string): LangString[] {
  const out: LangString[] = [];
  const seen = new Set<string>();
  const fallback = languageTag(fallbackLanguage) ?? 'und';
  collect(input, fallback, DEPTH, (language, text) => {
    const value = plainText(text);
    if (isFiller(value)) return;
    const key = `${language} ${value}`;
    if (!seen.has(key)) out.push({ language, value });
    seen.add(key);
  });
  return out;
}

function collect(input: unknown, language: string, depth: number, add: (language: string, text: string) => void): void {
  if (typeof input === 'string') add(language, input);
  if (input === null || typeof input !== 'object' || depth === 0) return;
  if (Array.isArray(input)) {
    for (const item of input) collect(item, language, depth - 1, add);
    return;
  }
  const entries = input as Record<string, unknown>;
  const wrapper = WRAPPERS.find((key) => Array.isArray(entries[key]));
  if (wrapper) {
    collect(entries[wrapper], language, depth - 1, add);
    return;
  }
  const valueKey = VALUE_KEYS.find((key) => Object.hasOwn(entries, key));
  if (valueKey) {
    const tag = LANGUAGE_KEYS.map((key) => registeredLanguage(entries[key])).find((found) => found);
    collect(entries[valueKey], tag ?? language, depth - 1, add);
    return;
  }
  const keys = Object.keys(entries);
  // A record is a language map only when each of its keys is a language: `{name: …, id: …}` is something else.
  if (keys.every((key) => UNTAGGED.has(key) || (key.length <= 12 && languageTag(key) !== undefined))) {
    for (const key of keys) collect(entries[key], languageTag(key) ?? language, depth - 1, add);
  }
}
