import { type Credential, type LangString, stated } from '../../../schema/index.ts';
import { createLevel, eqfOfUri, type Level } from '../../elements/level.ts';
import { isEqfName, levelInWords } from '../../elements/level-words.ts';
import { type CtdlReading, type Entry, entriesAt, frameworkOf, wordsOf } from './entries.ts';
import { lastPart, schemeOf } from './terms.ts';

/** Words that say the level of the EQF and nothing more. */
const ONLY_EQF =
  /^\W{0,3}(?:EQF|European Qualifications? Framework)?[\s:-]{0,3}(?:level)?[\s:-]{0,3}[1-8][\s.)\]]{0,2}$/i;

/** `ceterms:atLevel` is the level of what is learnt; for whom it is (`audienceLevelType`) counts as one where that names the EQF. */
export function levelOf(reading: CtdlReading): Credential['level'] {
  const { main } = reading;
  const level = createLevel(reading);
  const own = entriesAt(main, 'atLevel');
  for (const entry of own) readLevel(level, entry);
  for (const one of main.each('level')) level.words(one);
  const audience = entriesAt(main, 'audienceLevelType', 'educationLevelType');
  if (level.namesEqf()) return withWords(level.element(), audience);
  for (const entry of audience) readAudience(level, entry);
  return level.element();
}

function readLevel(level: Level, entry: Entry): void {
  const { spot, texts } = entry;
  const framework = frameworkOf(entry);
  const uris = addressesOf(entry);
  const inEqf = [framework ?? '', ...uris].some(isEqfName);
  const code = spot.at('codedNotation').said();
  const label = code ?? texts[0]?.value ?? '';
  const words = labelled(entry, label, inEqf);
  if (!inEqf && !words.length) {
    readAddress(level, entry);
    return;
  }
  if (inEqf || framework === undefined || levelInWords(label).ofEqf) {
    const only = words.length > 0 && words.every(({ value }) => ONLY_EQF.test(value));
    if (only && (inEqf || levelInWords(label).ofEqf)) level.eqf(spot.with(label || words[0]?.value));
    else level.words(spot, { framework: inEqf ? 'EQF' : undefined, uris }, words);
    return;
  }
  const number = /(?:^|level\s{0,3}|\s)(\d+(?:[.,]\d+)?)\s*$/i.exec(label)?.[1];
  level.nqf(spot, { level: number ?? label, framework, ...(number ? { label } : {}) });
}

/** The words for a level; in the EQF the last part of its address will do. */
function labelled({ texts, spot, term }: Entry, label: string, inEqf: boolean): readonly LangString[] {
  if (texts.length && label === texts[0]?.value) return texts;
  if (label) return spot.with(label).texts();
  const tail = inEqf && term && eqfOfUri(term) === undefined ? lastPart(term) : '';
  return /^[1-8]$/.test(tail) ? spot.with(tail).texts() : [];
}

/** A level that is only an address or a term: `https://…/scqf/levels/8`. */
function readAddress(level: Level, entry: Entry): void {
  const { spot, term } = entry;
  if (term === undefined) return;
  const framework = schemeOf(term);
  const number = lastPart(term);
  if (framework && /^\d{1,2}$/.test(number)) level.nqf(spot, { framework, level: number });
  else if (/^https?:/i.test(wordsOf(entry)[0]?.value ?? '')) spot.note('unresolved-reference', undefined, term);
  else level.words(spot, {}, wordsOf(entry));
}

const addressesOf = ({ spot, term }: Entry): string[] =>
  [term, ...['framework', 'isPartOf', '@id'].map((name) => spot.at(name).said())].filter((uri) => uri !== undefined);

function readAudience(level: Level, entry: Entry): void {
  const framework = frameworkOf(entry);
  const inEqf = framework !== undefined && isEqfName(framework);
  const uris = addressesOf(entry);
  level.words(entry.spot, { framework: inEqf ? framework : undefined, uris }, wordsOf(entry));
}

/** For whom it is stands beside the level, in words. */
function withWords(element: Credential['level'], audience: readonly Entry[]): Credential['level'] {
  const words = audience.flatMap(wordsOf).filter(({ language }) => language !== 'zxx');
  if (!words.length) return element;
  const { value, origin } = element;
  const text = [...(value?.text ?? []), ...words];
  return { ...element, ...stated({ ...value, text }, origin?.path ?? audience[0]?.spot.path ?? '') };
}
