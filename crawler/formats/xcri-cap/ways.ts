import { type Opportunity, table } from '../../../schema/index.ts';
import { readModes } from '../../elements/modes.ts';
import { type Spot, wordOf } from '../../record/spot.ts';

/** studyMode: codes and captions; NK is "not known". */
const PACES = table({
  ft: 'full-time',
  'full time': 'full-time',
  pt: 'part-time',
  'part time': 'part-time',
  fl: 'flexible',
  flexible: 'flexible',
  pf: 'part of a full-time programme',
});

/**
 * attendanceMode: codes and captions. Distance with or without attendance (DA, DS) stands beside "online" (ON), so it is not the
 * same: it stays words.
 */
const MODES = table({
  cm: 'presential',
  nc: 'presential',
  'face to face non campus': 'presential',
  mm: 'blended',
  on: 'online',
  'online (no attendance)': 'online',
  wb: 'work-based',
  ds: '',
  'distance without attendance': '',
  da: '',
  'distance with attendance': '',
});

/** What codes say that stand without words; those of attendancePattern tell at which hours. */
const CAPTIONS = table({
  ds: 'Distance without attendance',
  da: 'Distance with attendance',
  cm: 'Campus',
  nc: 'Face-to-face non-campus',
  mm: 'Mixed mode',
  on: 'Online (no attendance)',
  wb: 'Work-based',
  dt: 'daytime',
  ev: 'evening',
  tw: 'twilight',
  dr: 'day/block release',
  we: 'weekend',
  cs: 'customised',
});

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
  if (online !== undefined) {
    if (!codes.size) codes.add('online');
    words.add(online);
  }
  return {
    ...(paces.size ? { pace: [...paces].join('; ') } : {}),
    ...(codes.size ? { participation: [...codes] } : {}),
    ...(words.size ? { participationText: [...words].join('; ') } : {}),
  };
}
