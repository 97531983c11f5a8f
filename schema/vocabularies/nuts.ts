import type { Concept, Vocabulary } from '../vocabulary.ts';
import { foldKey } from '../vocabulary.ts';
import { NUTS_NAMES } from './nuts-names.ts';

const BASE = 'http://data.europa.eu/nuts/code/';
const URI = /^https?:\/\/data\.europa\.eu\/nuts\/code\//i;

/** Countries with NUTS or statistical regions, and the language of their region names (`mul`: several). */
const NAME_LANGUAGE: ReadonlyMap<string, string> = new Map(
  (
    'AL:sq AT:de BE:mul BG:bg CH:mul CY:el CZ:cs DE:de DK:da EE:et EL:el ES:es FI:mul FR:fr HR:hr HU:hu IE:en IS:is IT:it LI:de ' +
    'LT:lt LU:fr LV:lv ME:sr MK:mk MT:mt NL:nl NO:no PL:pl PT:pt RO:ro RS:sr SE:sv SI:sl SK:sk TR:tr UK:en'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
);

/** Whether a code has the form of NUTS 0–3 and a NUTS country. A word such as ESSEN has not: its NUTS 1 part is unknown. */
function isNuts(code: string): boolean {
  const country = code.slice(0, 2);
  if (!NAME_LANGUAGE.has(country) || !/^[A-Z]{2}[A-Z0-9]{0,3}$/.test(code)) return false;
  return code.length === 2 || NUTS_NAMES.has(code.slice(0, 3)) || /\d/.test(code.slice(2));
}

function concept(code: string): Concept {
  const name = NUTS_NAMES.get(code);
  return {
    code,
    uri: BASE + code,
    label: name ? [{ language: NAME_LANGUAGE.get(code.slice(0, 2)) ?? 'mul', value: name }] : [],
    ...(code.length > 2 ? { broader: code.slice(0, -1) } : {}),
  };
}

const concepts = [...NUTS_NAMES.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).map(concept);
const byName = new Map<string, string>();
for (const { code, label } of concepts) {
  const key = foldKey(label[0]?.value ?? '');
  if (!byName.has(key)) byName.set(key, code);
}

/**
 * NUTS regions (Regulation (EC) 1059/2003). NUTS 1 and 2 are named and listed; NUTS 3 and codes of other versions
 * are answered by rule, without a name. The codes begin with the NUTS country code: EL is Greece, UK the United Kingdom.
 */
export const nuts: Vocabulary = {
  name: 'nuts',
  title: 'NUTS regions',
  source: 'http://data.europa.eu/nuts',
  version: 'NUTS 2021, with codes of 2016 still met',
  date: '2021-01-01',
  licence: '© European Union (GISCO, Eurostat), reuse with acknowledgement',
  concepts,
  get: (code) => (isNuts(code) ? concept(code) : undefined),
  parse(text) {
    if (text.length > 120) return undefined;
    const code = text.trim().replace(URI, '').toUpperCase();
    return isNuts(code) ? code : byName.get(foldKey(text));
  },
};

/** ISO 3166-1 alpha-2 of the country of a NUTS code: `EL30` → GR, `UKI` → GB. Undefined when it is no NUTS code. */
export function nutsCountry(code: string): string | undefined {
  if (!isNuts(code)) return undefined;
  const prefix = code.slice(0, 2);
  return prefix === 'EL' ? 'GR' : prefix === 'UK' ? 'GB' : prefix;
}
