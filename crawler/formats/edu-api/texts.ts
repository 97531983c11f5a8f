import type { LangString } from '../../../schema/index.ts';
import { distinctTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';

/** `[{recordLanguage, value}]` (LanguageTypedString); the drafts of QualityLink tag it with `language`. */
export const textsAt = (spot: Spot, name: string): LangString[] => distinctTexts(spot.each(name).flatMap(textsOf));

/** The words of one such string. */
export const textsOf = (one: Spot): LangString[] =>
  one.node()
    ? one.with({ value: one.at('value').value, language: one.first('recordLanguage', 'language').value }).texts()
    : one.texts();
