import { countryCode } from '../../schema/parse/country.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { currencyCode } from '../../schema/parse/price.ts';
import { isFiller } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import type { Notes } from '../problems/notes.ts';

const said = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
/** ISO 639-2 has codes for saying that there is no single language. */
const NO_LANGUAGE = /^(?:mul|zxx|mis|und)$/i;
const BETWEEN_LANGUAGES = /\s*(?:[|\n;,/&+]|\s(?:and|or|und|oder|et|ou|y|e|en|of)\s)\s*/;

/** The languages in a text (one, or several with a separator), BCP 47. */
export function readLanguages(notes: Notes, value: unknown, path: string): string[] {
  const text = said(value);
  const pieces = languageTag(text) ? [text] : text.split(BETWEEN_LANGUAGES);
  const tags = pieces.flatMap((piece) => {
    if (isFiller(piece) || NO_LANGUAGE.test(piece)) return [];
    const tag = languageTag(piece) ?? languageTag(piece.split(/ - |\s*\(/)[0]);
    if (!tag) notes.add(path, 'unknown-language', piece);
    return tag ?? [];
  });
  return [...new Set(tags)];
}

export function readCountry(notes: Notes, value: unknown, path: string): string | undefined {
  const code = countryCode(value);
  if (!code && said(value) && !isFiller(said(value))) notes.add(path, 'unknown-country', value);
  return code;
}

export function readCurrency(notes: Notes, value: unknown, path: string): string | undefined {
  const code = currencyCode(value);
  if (!code && said(value) && !isFiller(said(value))) notes.add(path, 'unknown-currency', value);
  return code;
}

/** An absolute web address; fillers are nothing, cut-off addresses are noted. */
export function readUrl(notes: Notes, value: unknown, path: string, base?: string): string | undefined {
  const text = said(value);
  if (!text || isFiller(text)) return undefined;
  if (/…|\.{3}$/.test(text)) {
    notes.add(path, 'placeholder-url', value);
    return undefined;
  }
  const url = webUrl(text, base) ?? (/^[\w-]+(\.[\w-]+)+\//.test(text) ? webUrl(`https://${text}`) : undefined);
  if (!url) notes.add(path, 'not-a-url', value);
  return url;
}
