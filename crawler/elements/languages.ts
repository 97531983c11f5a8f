import { type Element, statedIf } from '../../schema/index.ts';
import { registeredLanguage } from '../../schema/parse/language.ts';
import { isFiller } from '../../schema/parse/text.ts';
import type { Spot } from '../record/spot.ts';

/** ISO 639-2 has codes for saying that there is no single language. */
const NO_LANGUAGE = /^(?:mul|zxx|mis|und)$/i;
const BETWEEN_LANGUAGES =
  /\s*(?:[|\n;,/&+]|\s(?:and|or|und|oder|et|ou|y|e|en|of|og|och|ja|i|oraz|a|és|in|ir|un|și|и|και)\s)\s*/;
/** What stands behind a language is about something else: "English with German subtitles", "English (slides)". */
const BESIDE = /\s+(?:with|mit|avec|con|com|met|z|med)\s|\s*[(–]|\s-\s/;

/** What is said from here on is about what one reads beside what one hears. */
const SUBTITLES =
  /[\s,;(–-]*(?:sub-?titl|untertitel|sous-titr|legenda[sd]|subt[ií]tul|sottotitol|ondertitel|tekstity|undertext|undertekst|napisy|titulk)/iu;

/** The languages of instruction in a text (one, or several with a separator), BCP 47. What is none is noted. */
export function readLanguages(spot: Spot): string[] {
  const all = spot.said() ?? '';
  const spoken = (all.split(SUBTITLES)[0] ?? '').replace(/\s+(?:with|mit|avec|con|com|met|z|med|s)$/iu, '');
  if (all && !spoken) spot.note('unknown-language');
  const text = registeredLanguage(spoken.split(BESIDE)[0]) ? (spoken.split(BESIDE)[0] ?? '') : spoken;
  const pieces = registeredLanguage(text) ? [text] : text.split(BETWEEN_LANGUAGES);
  const tags = pieces.flatMap((piece) => {
    if (isFiller(piece) || NO_LANGUAGE.test(piece)) return [];
    const tag = registeredLanguage(piece) ?? registeredLanguage(piece.split(BESIDE)[0]);
    if (!tag) spot.note('unknown-language', undefined, piece);
    return tag ?? [];
  });
  return [...new Set(tags)];
}

/** The languages of instruction said at all these places. */
export function languagesElement(spots: readonly Spot[], path = spots[0]?.path ?? ''): Element<string[]> {
  return statedIf([...new Set(spots.flatMap(readLanguages))], path);
}
