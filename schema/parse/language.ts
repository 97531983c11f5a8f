import subtags from 'language-subtag-registry/data/json/language.json' with { type: 'json' };
import { own } from '../table.ts';
import { languageNames } from './language-names.ts';
import signLanguages from './sign-languages.json' with { type: 'json' };

const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const NO_LANGUAGE = new Set(['und', 'mis', 'mul', 'zxx', 'root']);
const cache = new Map<string, string | undefined>();

/**
 * A BCP 47 tag (RFC 5646, canonical form) from a tag in any case and with `_`, an ISO 639-2/3 code in either
 * variant (`nld`, `dut`), the URI of a language authority, or the language's name in English, its own tongue or any
 * EU language. A region that does not exist is dropped (`en-EN` → `en`). Unknown languages, `und`, `mul`, `zxx` and
 * anything that is no string give undefined.
 */
export function languageTag(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > 200) return undefined;
  const text = input.trim();
  if (cache.has(text)) return cache.get(text);
  const tag = parse(text);
  if (cache.size < 5000) cache.set(text, tag);
  return tag;
}

/**
 * The tag of what stands where only languages stand: also any other language of the IANA registry (RFC 5646, section 2.2.1), sign
 * languages and small languages of ISO 639-3 among them, and sign languages by their English name there. Elsewhere three letters are as often a word ("new", "max").
 */
export function registeredLanguage(input: unknown): string | undefined {
  const tag = languageTag(input);
  if (tag !== undefined || typeof input !== 'string') return tag;
  const sign = input.length < 60 ? own<string>(signLanguages, input.trim().toLowerCase()) : undefined;
  if (sign) return sign;
  const [, subtag = ''] = /^(?:https?:\/\/\S{1,100}[/#:])?([a-z]{2,3})$/i.exec(input.trim()) ?? [];
  const code = subtag.toLowerCase();
  return code && !NO_LANGUAGE.has(code) && Object.hasOwn(subtags, code) ? code : undefined;
}

function parse(text: string): string | undefined {
  if (/^https?:\/\//i.test(text)) {
    const tail =
      text
        .replace(/[/#]+$/, '')
        .split(/[/#:]/)
        .at(-1) ?? '';
    return fromTag(tail);
  }
  return fromTag(text) ?? languageNames().get(text.toLowerCase().replace(/\s+/g, ' '));
}

function fromTag(text: string): string | undefined {
  const parts = text.replace(/\.utf-?8$/i, '').split(/[-_]/);
  const [primary] = parts;
  if (!primary || !/^[a-z]{2,3}$/i.test(primary) || parts.length > 6) return undefined;
  try {
    const locale = new Intl.Locale(parts.join('-'));
    if (NO_LANGUAGE.has(locale.language) || !known.of(locale.language)) return undefined;
    if (locale.region && /^[A-Z]{2}$/.test(locale.region) && !regions.of(locale.region)) {
      return new Intl.Locale(locale.language, { script: locale.script }).toString();
    }
    return locale.toString();
  } catch {
    return undefined; // not well-formed, so no tag
  }
}
