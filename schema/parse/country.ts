import { table } from '../table.ts';
import { COUNTRIES, EU_SPECIAL } from '../vocabularies/country-codes.ts';
import { LABEL_LANGUAGES } from '../vocabularies/language-codes.ts';

const byAlpha3 = new Map([...COUNTRIES].map(([alpha2, alpha3]) => [alpha3, alpha2]));
for (const [alpha2, code] of EU_SPECIAL) byAlpha3.set(code, alpha2);

/** What feeds write beside the codes of ISO 3166-1. The EU writes EL and UK. */
const ALIASES = table({
  el: 'GR',
  uk: 'GB',
  xkx: 'XK',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'republic of ireland': 'IE',
  'slovak republic': 'SK',
  'republic of moldova': 'MD',
  macedonia: 'MK',
  turkey: 'TR',
  'united states of america': 'US',
  'russian federation': 'RU',
  'bundesrepublik deutschland': 'DE',
  brd: 'DE',
  'česká republika': 'CZ',
  'slovenská republika': 'SK',
  'eesti vabariik': 'EE',
});

let names: Map<string, string> | undefined;

const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’'`]/g, "'").replace(/\s+/g, ' ').trim();

/** Names in all EU languages (and those of the EEA), from the runtime's CLDR data, on first use. */
function countryNames(): ReadonlyMap<string, string> {
  if (names) return names;
  names = new Map();
  for (const locale of LABEL_LANGUAGES) {
    const display = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
    for (const code of COUNTRIES.keys()) {
      const name = display.of(code);
      if (name && !names.has(fold(name))) names.set(fold(name), code);
    }
  }
  for (const [name, code] of ALIASES) names.set(fold(name), code);
  return names;
}

/**
 * ISO 3166-1 alpha-2, upper case, from alpha-2, alpha-3, the EU's own codes (EL, UK, 1A0), the URI of the EU
 * country authority, or the country's name in an EU language. What is no country (`EN`, `EU`) gives undefined.
 */
export function countryCode(input: unknown): string | undefined {
  if (typeof input !== 'string' || input.length > 200) return undefined;
  const text = input.trim();
  const code = /^https?:\/\//i.test(text) ? (text.replace(/\/+$/, '').split(/[/#]/).at(-1) ?? '') : text;
  const upper = code.toUpperCase();
  if (COUNTRIES.has(upper)) return upper;
  return (
    byAlpha3.get(upper) ??
    ALIASES.get(code.toLowerCase()) ??
    (code.length > 3 ? countryNames().get(fold(code)) : undefined)
  );
}
