import { type CodesAndText, type Element, type LangString, notApplicable, statedIf } from '../../schema/index.ts';
import { assessmentTypes } from '../../schema/vocabularies/index.ts';
import { codesAndText, codesIn, distinctTexts } from './texts.ts';

/** Words for "there is none", which is a statement and no silence. */
const NONE =
  /^(?:none|no assessment|no exam(?:ination)?|not assessed|without assessment|keine prüfung|ohne prüfung|sans évaluation|pas d'évaluation|sin evaluación|geen toets(?:ing)?|senza valutazione|nessuna valutazione|ei arviointia|ei hinnata|bez egzaminu|ingen examination|sem avaliação)\.?$/iu;

/** How learning is assessed: codes where words are terms of the EU list, and the words. Words for "none" say that there is none. */
export function assessmentElement(
  found: readonly { texts: readonly LangString[]; path: string }[],
  codes: readonly string[] = [],
): Element<CodesAndText> {
  const said = found.filter(({ texts }) => texts.length);
  const texts = distinctTexts(said.flatMap((one) => one.texts));
  const path = said[0]?.path ?? found[0]?.path ?? '';
  if (!codes.length && texts.length && texts.every(({ value }) => NONE.test(value))) return notApplicable(path);
  return statedIf(codesAndText([...codes, ...codesIn(assessmentTypes, texts)], texts), path);
}
