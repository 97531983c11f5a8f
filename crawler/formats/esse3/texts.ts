import { type LangString, table } from '../../../schema/index.ts';
import { languageTag } from '../../../schema/parse/language.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };

/** `tipoTestoCod` → where the text belongs; the labels beside it are each university's own. */
const TEXTS = table(codes.texts);
/** What Italian universities write where they have nothing to say. */
const NOTHING = /^(?:=+|-+|\/+)$/;

/** Title in Italian and in English, which have members of their own. */
export const titleOf = (af: Spot): LangString[] => [
  ...af.at('afGenDes').texts(),
  ...af
    .at('afGenDesEng')
    .texts()
    .map(({ value }) => ({ language: 'en', value })),
];

export interface Said {
  spot: Spot;
  texts: LangString[];
}

/**
 * The texts of an activity by what they are about. Those of a part of the students (surnames from A to L) count where there are no
 * others; a second block is told.
 */
export function textsOf(af: Spot): (about: string) => Said[] {
  const blocks = af.each('testi').filter((block) => block.each('testo').length);
  const chosen = blocks.find((block) => block.at('partStuCod').silent) ?? blocks[0];
  for (const block of blocks) if (block !== chosen) block.note('not-mapped', undefined, block.at('partStuDes').said());
  const typed = Map.groupBy(chosen?.each('testo') ?? [], (one) => {
    const type = one.at('tipoTestoCod').said() ?? '';
    const about = TEXTS.get(type);
    if (about === undefined) one.note('not-mapped', undefined, type);
    return about ?? 'none';
  });
  return (about) =>
    (typed.get(about) ?? []).flatMap((one) => {
      const spot = one.at('contenuto');
      if (NOTHING.test(spot.said() ?? '')) return [];
      const language = languageTag(one.at('linguaCod').said() ?? '');
      const texts = spot.texts().map((text) => ({ language: language ?? text.language, value: unwrapped(text.value) }));
      return texts.length ? [{ spot, texts }] : [];
    });
}

/** A text broken at the width of a page: its lines are long, and go on with small letters. */
function unwrapped(text: string): string {
  const lines = text.split('\n');
  const rest = lines.slice(1);
  const full = lines.slice(0, -1).every(({ length }) => length > 45 && length < 130);
  const small = rest.filter((line) => /^[\p{Ll}(“"‘]/u.test(line)).length;
  return rest.length && full && small * 2 >= rest.length ? lines.join(' ') : text;
}
