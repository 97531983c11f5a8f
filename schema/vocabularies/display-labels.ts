import type { LangString } from '../lang-string.ts';
import { LABEL_LANGUAGES } from './language-codes.ts';

const names = new Map<string, Intl.DisplayNames>();
const cache = new Map<string, LangString[]>();

function display(type: 'region' | 'language', locale: string): Intl.DisplayNames {
  const key = `${type} ${locale}`;
  const found = names.get(key) ?? new Intl.DisplayNames(locale, { type, fallback: 'none' });
  names.set(key, found);
  return found;
}

/** Labels of a country or a language in the EU's languages and its neighbours', English first, from CLDR. Cached. */
export function displayLabels(type: 'region' | 'language', code: string): LangString[] {
  const key = `${type} ${code}`;
  let found = cache.get(key);
  if (!found) {
    found = ['en', ...LABEL_LANGUAGES.filter((locale) => locale !== 'en')].flatMap((language) => {
      const value = display(type, language).of(code);
      return value ? [{ language, value }] : [];
    });
    if (cache.size < 2000) cache.set(key, found);
  }
  return found;
}
