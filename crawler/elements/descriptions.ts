import { type Element, type LangString, statedIf } from '../../schema/index.ts';
import type { Spot } from '../record/spot.ts';
import { distinctTexts, isCutFrom, joinTexts, withoutCutCopies } from './texts.ts';

/**
 * A description, with an abstract beside it. Many feeds cut the abstract out of the description, and tag one of the two: only an
 * abstract that says something else is put before it. Of two copies the one that is cut short goes.
 */
export function descriptionElement(bodies: readonly Spot[], abstracts: readonly Spot[]): Element<LangString[]> {
  const value = joinTexts(withoutCutCopies(distinctTexts(bodies.flatMap((one) => one.texts()))));
  const said = (value.length ? bodies : abstracts).find((one) => one.texts().length);
  for (const abstract of joinTexts(abstracts.flatMap((one) => one.texts()))) {
    if (value.some((text) => text.value.includes(abstract.value) || isCutFrom(abstract.value, text.value))) continue;
    const same = value.find(({ language }) => language === abstract.language);
    if (!same) value.push(abstract);
    else same.value = isCutFrom(same.value, abstract.value) ? abstract.value : `${abstract.value}\n\n${same.value}`;
  }
  return statedIf(value, said?.path ?? '');
}
