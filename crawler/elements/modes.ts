import { type CodesAndText, type Element, lookedUp, statedIf } from '../../schema/index.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { modesOfLearning } from '../../schema/vocabularies/index.ts';
import { type Spot, wordOf } from '../record/spot.ts';
import { asSaid, codesAndText, divided } from './texts.ts';

/** How fast and at which hours: no form of participation, whatever member it stands in. */
const PACE =
  /^(?:full|part|half|spare)[- ]?time(?: study| course| days?| evenings?| nights?| weekends?)?$|^(?:self|instructor)[- ]?paced$|^(?:day|evening|night|weekend|week ?day)s?(?: ?time)?(?: courses?| classes)?$|^(?:day|block)[- ]release$|^(?:flexible|accelerated|fast[- ]track|intensive)(?: study)?$|^(?:voll|teil)zeit$|^berufsbegleitend$|^abend(?:kurs|s)?$|^(?:à )?temps (?:plein|partiel|complet)$|^en soirée$|^cours du soir$|^(?:a )?tiempo (?:completo|parcial)$|^(?:a )?tempo (?:pieno|parziale|integral|parcial)$|^(?:voltijds?|deeltijds?|avond(?:onderwijs)?)$|^(?:hel|del|kvälls?)(?:tid|fart|kurs)?$|^(?:helfart|halvfart|kvartsfart)$|^(?:heltid|deltid)$|^(?:päivä|ilta|monimuoto)opetus$|^(?:päevaõpe|õhtuõpe|sessioonõpe|tsükliõpe)$|^(?:studia )?(?:dzienne|wieczorowe|zaoczne|niestacjonarne w weekend)$|^(?:denní|večerní)$/iu;

/** What words say of the way of taking part. */
export interface Modes {
  /** Codes of the vocabulary mode-of-learning. */
  codes: string[];
  /** Words that are no code. */
  words: string[];
  /** Words that are a pace ("full time", "evening"). */
  pace: string[];
  path: string;
}

/**
 * Sorts words into ways of taking part, pace, and words of neither kind. `known`: code words of the format's specification, as
 * `wordOf` writes them; '' for words that are legal there but say less than the vocabulary: they stay words. Unknown words are noted
 * unless `quiet`.
 */
export function readModes(spots: readonly Spot[], known?: ReadonlyMap<string, string>, quiet = false): Modes {
  const codes = new Set<string>();
  const words = new Set<string>();
  const pace = new Set<string>();
  let path = '';
  const judge = (spot: Spot, said: string): string | undefined => {
    const word = wordOf(said);
    return lookedUp(spot.reading.source, 'mode', said) ?? known?.get(word) ?? modesOfLearning.parse(said);
  };
  for (const spot of spots) {
    const said = spot.said();
    if (said === undefined) continue;
    const whole = plainText(said);
    const pieces = judge(spot, whole) === undefined && !PACE.test(whole) ? whole.split(/\s*[,;|\n]\s*/) : [whole];
    for (const piece of pieces.flatMap((one) => divided(one, (word) => judge(spot, word) ?? PACE.test(word)))) {
      if (isFiller(piece)) continue;
      path ||= spot.path;
      const code = judge(spot, piece);
      if (code) codes.add(code);
      else if (PACE.test(piece)) pace.add(piece);
      else words.add(piece.slice(0, 200));
      if (code === undefined && !PACE.test(piece) && !quiet && piece.length < 60)
        spot.note('unknown-code', undefined, piece);
    }
  }
  return { codes: [...codes], words: [...words], pace: [...pace], path };
}

/**
 * The ways of taking part in what is held at a place that is none ("Zoom", "Online"; `placeOf`): online, where nothing else is said of
 * it. What was said in place of a place stays in words, unless the code says the same.
 */
export function orOnline<M extends Pick<Modes, 'codes' | 'words'>>(modes: M, online: string | undefined): M {
  if (online === undefined) return modes;
  const codes = modes.codes.length ? modes.codes : ['online'];
  const said = modesOfLearning.parse(online);
  const words = said && codes.includes(said) ? [] : [plainText(online).slice(0, 200)];
  return { ...modes, codes, words: [...new Set([...modes.words, ...words])] };
}

/** Ways of taking part as an element: codes, and the words that have none. */
export function participationElement({ codes, words, path }: Modes, language = 'und'): Element<CodesAndText> {
  return statedIf(
    codesAndText(
      codes,
      words.map((word) => asSaid(word, language)),
    ),
    path,
  );
}
