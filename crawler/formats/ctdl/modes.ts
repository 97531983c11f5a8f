import { type CodesAndText, type Element, type LangString, statedIf } from '../../../schema/index.ts';
import { orOnline, readModes } from '../../elements/modes.ts';
import { codesAndText, distinctTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';
import { type Entry, entriesAt, wordsOf } from './entries.ts';

/** Terms of `deliveryType:` and `learnMethod:` (credreg.net/ctdl/terms), as words; '' for those that say nothing of a place. */
const KNOWN = new Map(
  Object.entries({
    'online only': 'online',
    'in person': 'presential',
    'in person only': 'presential',
    'blended delivery': 'blended',
    'variable site': '',
    'work based': 'work-based',
    internship: 'work-based',
    apprenticeship: 'work-based',
    practicum: 'work-based',
    'cooperative education': 'work-based',
    'on the job': 'work-based',
    cooperative: 'work-based',
    laboratory: '',
  }),
);

/** How one takes part, and how fast: the pace is another thing, wherever it stands. */
export interface Participation {
  element: Element<CodesAndText>;
  pace: string[];
}

const DELIVERY = ['learningDeliveryType', 'deliveryType', 'learningMethodType'];
const DESCRIPTIONS = ['learningDeliveryDescription', 'deliveryTypeDescription', 'learningMethodDescription'];
const TIMES = ['scheduleTimingType', 'scheduleFrequencyType'];

/** `online`: the words of a place that is none. */
export function participationOf(at: Spot, online?: Spot): Participation {
  const codes: string[] = [];
  const texts: LangString[] = [];
  const pace: string[] = [];
  let path: string | undefined;
  for (const entry of entriesAt(at, ...DELIVERY)) {
    const found = modesIn(entry);
    codes.push(...found.codes);
    pace.push(...found.pace);
    texts.push(...found.texts);
    if (found.codes.length || found.texts.length) path ??= entry.spot.path;
  }
  for (const description of DESCRIPTIONS.map((name) => at.at(name)).filter((spot) => !spot.silent)) {
    const said = description.texts();
    codes.push(...readModes(said.map(({ value }) => description.with(value)).filter(isShort), KNOWN, true).codes);
    texts.push(...said);
    path ??= description.path;
  }
  const way = orOnline({ codes, words: [] as string[] }, online?.said());
  texts.push(...way.words.map((value) => ({ language: 'und', value })));
  path ??= online?.path;
  for (const entry of entriesAt(at, ...TIMES))
    pace.push(
      ...wordsOf(entry)
        .slice(0, 1)
        .map(({ value }) => value),
    );
  return { element: statedIf(codesAndText(way.codes, distinctTexts(texts)), path ?? ''), pace: [...new Set(pace)] };
}

const isShort = (spot: Spot): boolean => (spot.said()?.length ?? 0) <= 60;

/** Codes of a term or its words. The words stay beside the code of a term, for they are the publisher's; a pace is no mode. */
function modesIn(entry: Entry): { codes: string[]; texts: readonly LangString[]; pace: string[] } {
  const words = wordsOf(entry);
  const term = entry.term === undefined ? [] : wordsOf({ ...entry, texts: [] });
  const { codes, pace } = readModes(
    [...term, ...words].map(({ value }) => entry.spot.with(value)),
    KNOWN,
    true,
  );
  if (codes.length) return { codes, texts: entry.term === undefined ? [] : entry.texts, pace: [] };
  return pace.length
    ? { codes, texts: [], pace: words.slice(0, 1).map(({ value }) => value) }
    : { codes, texts: words, pace: [] };
}
