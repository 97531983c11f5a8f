import { foldLetters } from '../../../schema/parse/fold-letters.ts';
import { languageTag } from '../../../schema/parse/language.ts';
import { currencyCode } from '../../../schema/parse/price.ts';
import { kindOfUnit } from '../../elements/workload.ts';
import columns from './columns.json' with { type: 'json' };
import headers from './headers.json' with { type: 'json' };

/** The columns of the template with what belongs into them, in its order. */
export const TEMPLATE: ReadonlyMap<string, string> = new Map(Object.entries(columns.template));
/** Every column that a header may mean. */
export const COLUMNS: readonly string[] = [...TEMPLATE.keys(), ...Object.keys(columns.beside)];
const MULTILINGUAL = new Set(columns.multilingual);
/** Columns of the dated run of a row. */
export const OF_RUN: ReadonlySet<string> = new Set(columns.run);

/** What a header may mean. */
export interface Meaning {
  column: string;
  /** Language of the column's texts, from a suffix: `title:de`, `title_de`, `Title (German)`. */
  language?: string;
  /** What the header says of the values: their unit or currency, or what stands in brackets behind "price". */
  unit?: string;
  /** The lower, the surer. */
  rank: number;
  /** Known by its beginning only. */
  near?: true;
  /** The languages in which the word means this; empty for the names of the template. */
  tongues: readonly string[];
  /** What its code words mean, by their small letters. */
  words?: ReadonlyMap<string, string>;
}

/** A header without case, accents and punctuation, in whatever script. */
export const headerKey = (header: string): string =>
  foldLetters(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** As people without the letters on their keyboard write them: `Gebuehr`, `Uddannelsessted` with `aa`. */
const SPELT = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' }));
const spelt = (header: string): string => header.replace(/[äöüåøæ]/g, (letter) => SPELT.get(letter) as string);

const WORDS = new Map<string, Meaning[]>();

function add(key: string, column: string, rank: number, tongue?: string): void {
  const known = WORDS.get(key) ?? [];
  // The names of the template mean their column in every table.
  if (known.some((one) => !one.tongues.length)) return;
  const same = known.find((one) => one.column === column);
  if (same && tongue && !same.tongues.includes(tongue)) same.tongues = [...same.tongues, tongue];
  if (!same) WORDS.set(key, [...known, { column, rank, tongues: tongue ? [tongue] : [] }]);
}

for (const name of COLUMNS) add(name.replaceAll('_', ' '), name, 0);
for (const [n, [tongue, said]] of Object.entries(headers).entries())
  for (const [column, list] of Object.entries(said))
    for (const [rank, header] of list.split('; ').entries())
      for (const written of new Set([header, spelt(header)]))
        add(headerKey(written), column, 1 + rank + n / 100, tongue);

const SUFFIX = /^(.+?)\s*(?:[:@_\-.]\s*|[([]\s*(?:in )?)([A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?|[A-Za-zÀ-ÿ]{4,12})[)\]]?$/;
const BRACKET = /^([^\n([]+)[\n([]+([^()[\]]{1,60})/;
/** "Dauer in Wochen", "Kaina, Eur", "price_eur". */
const TAIL = /^(.{2,60}?)[\s,;:_/–-]+(?:(?:in|en|w|v|ve|i|em|în|σε|в|på|u)\s+)?([^\s,;:_/–-]{1,14})$/u;
const WITH_UNIT = /^(?:ects|credits|hours|hours_m..|teaching_hours|self_study_hours|extent|duration)$/;
/** Codes of ISO 4217 are words, too ("all", "top", "try"): in small letters only those that people write so. */
const SMALL = /^(?:eur|usd|gbp|chf|pln|czk|huf|sek|dkk|nok|ron|bgn|isk)$/;

/** The currency that a header names: "€", "GBP", "inkl. MwSt., EUR". */
export const currencyIn = (words: string): string | undefined => {
  for (const word of words.split(/[\s,;:/()[\]_–-]+/)) {
    if (/^[a-z]{3}$/i.test(word) && word !== word.toUpperCase() && !SMALL.test(word.toLowerCase())) continue;
    const code = currencyCode(word);
    if (code) return code;
  }
  // "Toutes taxes comprises", the tax of a country with one currency.
  return /(?:^|[^\p{L}])ttc(?:$|[^\p{L}])/iu.test(words) ? 'EUR' : undefined;
};

/** So many in a period, or per cent: the number in such a column is no amount of the whole. */
const SHARE =
  /[/%]|(?<![\p{L}])(?:SWS|(?:per|pro|par|por|al|je|each|za|na|på|om)\s\p{L}+|weekly|wöchentlich|hebdomadaire|semanal(?:es)?|settimanali?|tygodniowo)(?![\p{L}])/iu;
const isUnit = (text: string): boolean => kindOfUnit(text) !== undefined || SHARE.test(text);

/** The meaning with the unit that the header gives; an amount whose unit is ECTS is ECTS, whatever it is called. */
function inUnit(meaning: Meaning, said: string | undefined): Meaning {
  const { column } = meaning;
  const unit = said?.replace(/^(?:in|en|w|v) (?=\S)/i, '').trim();
  if (!unit || (column === 'price' ? !/[\p{L}\p{Sc}]/u.test(unit) : !WITH_UNIT.test(column) || !isUnit(unit)))
    return meaning;
  const kind = column === 'price' ? undefined : kindOfUnit(unit);
  if (kind === 'ects' && /^(?:credits|hours|extent|duration)$/.test(column))
    return { ...meaning, column: 'ects', unit };
  if (column !== 'extent' || !kind) return { ...meaning, unit };
  return { ...meaning, column: kind === 'time' ? 'duration' : kind, unit };
}

/** What belongs to a word with something behind it that is no word of a header. */
function byBeginning(header: string): Meaning[] | undefined {
  const [, name, tag] = SUFFIX.exec(header) ?? [];
  const language = name && tag ? languageTag(tag) : undefined;
  const texts = language && name ? WORDS.get(headerKey(name))?.filter(({ column }) => MULTILINGUAL.has(column)) : [];
  if (texts?.length) return texts.map((one) => ({ ...one, ...(language ? { language } : {}) }));
  const [, before = '', inside] = BRACKET.exec(header) ?? [];
  const near = WORDS.get(headerKey(before || (header.split(/[\n([]/)[0] ?? '')));
  if (near) return near.map((one) => inUnit({ ...one, rank: one.rank + 0.5, near: true }, inside));
  const [, amount = '', unit = ''] = TAIL.exec(header) ?? [];
  const found = WORDS.get(headerKey(amount))?.filter(({ column }) =>
    column === 'price' ? currencyIn(unit) : WITH_UNIT.test(column) && isUnit(unit),
  );
  return found?.length ? found.map((one) => inUnit({ ...one, rank: one.rank + 0.5, near: true }, unit)) : undefined;
}

/** "Titel / Title": the columns that all its parts may mean. */
function inTwoLanguages(header: string): Meaning[] | undefined {
  const [first = [], ...rest] = header.split(/\s*[/|\n]\s*/).map((part) => WORDS.get(headerKey(part)) ?? []);
  if (!rest.length) return undefined;
  const all = first.flatMap((one) => {
    const others = rest.map((part) => part.find(({ column }) => column === one.column));
    return others.every((other) => other)
      ? [{ ...one, tongues: [...new Set([one, ...others].flatMap((other) => other?.tongues ?? []))] }]
      : [];
  });
  return all.length ? all : undefined;
}

function special(key: string): Meaning[] | undefined {
  const one = (column: string, rank: number) => [{ column, rank, tongues: ['en'] }];
  if (/\bisced\b/.test(key)) return one('isced_f', key.includes('detailed') ? 990 : 991);
  return /^fee to attend\b/.test(key) ? one('has_fee', 990) : undefined;
}

function judge(given: string): readonly Meaning[] {
  const header = given
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:\d{1,2}[.)]\s+|\*\s*)/, ''); // forms number their questions
  if (!header) return [];
  const key = headerKey(header);
  const apart = () => WORDS.get(headerKey(header.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')));
  const exact = WORDS.get(key) ?? apart();
  if (exact) {
    const inside = BRACKET.exec(header)?.[2];
    return exact.map((one) =>
      inUnit(one, inside ?? (one.column === 'price' ? currencyIn(header) : TAIL.exec(header)?.[2])),
    );
  }
  return byBeginning(given.trim()) ?? inTwoLanguages(header) ?? special(key) ?? [];
}

/** A header of a survey may be a whole question; what is longer is a text. */
const LONGEST = 400;
const judged = new Map<string, readonly Meaning[]>();

/** What a header may mean: several things where a word means one column in one language and another in another. */
export function meaningsOf(header: string): readonly Meaning[] {
  if (header.length > LONGEST) return [];
  let found = judged.get(header);
  if (!found) {
    if (judged.size > 5_000) judged.clear();
    found = judge(header);
    judged.set(header, found);
  }
  return found;
}
