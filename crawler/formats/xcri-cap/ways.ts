import { type Opportunity, table } from '../../../schema/index.ts';
import { orOnline, readModes } from '../../elements/modes.ts';
import { type Spot, wordOf } from '../../record/spot.ts';
import terms from './terms.json' with { type: 'json' };

/** studyMode (codes and captions): at what pace. */
const PACES = table(terms.studyMode);
/**
 * attendanceMode (codes and captions). Distance without attendance (DS) stands beside "online" (ON), so it is not the same: it stays
 * words. With attendance (DA) it is a blend of both.
 */
const MODES = table(terms.attendanceMode);
/** What codes say that stand without words; those of attendancePattern tell at which hours. */
const CAPTIONS = table(terms.captions);

/**
 * How a run is attended and at what pace (XCRI terms 1.2). Words of one kind stand in elements of the other in many feeds: each word
 * is what it is; one of neither kind is what its element is about. `online`: what stood where the place belongs.
 */
export function wayOf(
  at: Spot,
  online: string | undefined,
): Pick<Opportunity, 'pace' | 'participation' | 'participationText'> {
  const codes = new Set<string>();
  const words = new Set<string>();
  const paces = new Set<string>();
  for (const name of ['studyMode', 'attendanceMode', 'attendancePattern'])
    for (const spot of at.each(name)) {
      const code = spot.at('@identifier').word();
      const coded = PACES.get(code);
      const said = spot.said() ?? CAPTIONS.get(code) ?? coded;
      if (code === 'nk' || !said || /^not known$/i.test(said)) continue;
      const found = readModes([spot.with(MODES.has(code) ? code : said)], MODES, true);
      for (const mode of found.codes) codes.add(mode);
      if (coded) paces.add(coded);
      else if (found.codes.length || (name === 'attendanceMode' && found.words.length)) words.add(said);
      else if (found.words.length) paces.add(said);
      for (const word of coded ? [] : found.pace)
        paces.add(name === 'studyMode' ? (PACES.get(wordOf(word)) ?? word) : word);
    }
  const way = orOnline({ codes: [...codes], words: [...words] }, online);
  return {
    ...(paces.size ? { pace: [...paces].join('; ') } : {}),
    ...(way.codes.length ? { participation: way.codes } : {}),
    ...(way.words.length ? { participationText: way.words.join('; ') } : {}),
  };
}
