import type { LangString } from '../../../schema/index.ts';
import { languageTag } from '../../../schema/parse/language.ts';
import { joinTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';

/** `fr-FR-MTP` and the like are private variants of a language (abbreviations, search forms), and no other words for people. */
const VARIANT = /^([a-z]{2,3}(?:-[A-Z]{2})?)-[A-Z]{3}$/;

const tagAt = (spot: Spot, name: string): string | undefined => languageTag(spot.at(name).said() ?? '');

/** A name: `text` (2006) or `free` (2012) with its language; of private variants the plain one, or the first where there is none. */
export function nameOf(spot: Spot): LangString[] {
  const all = spot.each('text', 'free').flatMap((one) => {
    const said = one.at('@language').said() ?? '';
    const [, plain] = VARIANT.exec(said) ?? [];
    const language = plain ? languageTag(plain) : tagAt(one, '@language');
    return one.texts().map((text) => ({ variant: plain !== undefined, text: language ? { ...text, language } : text }));
  });
  const plain = all.filter(({ variant }) => !variant);
  const own = (plain.length ? plain : all.slice(0, 1)).map(({ text }) => text);
  return own.length ? own : spot.texts();
}

/** The words of nested blocks by language, a line each. What a publisher defines for itself (`userDefined`) is another thing. */
export function blockTexts(spots: readonly Spot[]): LangString[] {
  const walk = (spot: Spot, language: string | undefined): LangString[] => {
    const own = tagAt(spot, '@blockLang') ?? language;
    const texts = spot.texts().map((text) => (own ? { ...text, language: own } : text));
    const inner = spot
      .each('subBlock', 'infoBlock')
      .filter((one) => one.at('@userDefined').silent)
      .flatMap((one) => walk(one, own));
    // Words between blocks are in the text of the whole already.
    return texts.length ? texts : inner;
  };
  const out: LangString[] = [];
  for (const text of spots.flatMap((spot) => walk(spot, undefined))) {
    const same = out.find(({ language }) => language === text.language);
    if (same) same.value += `\n${text.value}`;
    else out.push({ ...text });
  }
  return joinTexts(out);
}

/** Blocks that a publisher defines for itself, at any depth, by their name. */
export const definedBlocks = (spot: Spot): { name: string; spot: Spot }[] =>
  spot.each('subBlock', 'infoBlock').flatMap((one) => {
    const name = one.at('@userDefined').said();
    return [...(name ? [{ name, spot: one }] : []), ...definedBlocks(one)];
  });
