import { type Opportunity, table } from '../../../schema/index.ts';
import { readModes } from '../../elements/modes.ts';
import { type Spot, wordOf } from '../../record/spot.ts';

/** studyMode, codes and captions; NK is "not known". */
const PACES = table({
  ft: 'full-time',
  'full time': 'full-time',
  pt: 'part-time',
  'part time': 'part-time',
  fl: 'flexible',
  flexible: 'flexible',
  pf: 'part of a full-time programme',
});

/** attendancePattern: at which hours. */
const PATTERNS = table({
  dt: 'daytime',
  ev: 'evening',
  tw: 'twilight',
  dr: 'day/block release',
  we: 'weekend',
  cs: 'customised',
});
const HOURS = new Set(PATTERNS.values());

/**
 * attendanceMode, codes and captions. Distance with or without attendance (DA, DS) stands beside "online" (ON), so it is not the same:
 * it stays words.
 */
const MODES = new Map([
  ['cm', 'presential'],
  ['nc', 'presential'],
  ['face to face non campus', 'presential'],
  ['mm', 'blended'],
  ['on', 'online'],
  ['online (no attendance)', 'online'],
  ['wb', 'work-based'],
  ['ds', ''],
  ['distance without attendance', ''],
  ['da', ''],
  ['distance with attendance', ''],
]);
const CAPTIONS = table({ ds: 'Distance without attendance', da: 'Distance with attendance' });

/**
 * How a run is attended and at what pace. Words of one kind stand in elements of the other in many feeds: each word is what it is.
 * `online`: what stood where the place belongs.
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
      const said = spot.said();
      if (code === 'nk' || (!code && /^not known$/i.test(said ?? ''))) continue;
      const pace =
        (name === 'studyMode' && PACES.get(code)) ||
        (name === 'attendancePattern' &&
          (PATTERNS.has(code) || HOURS.has(wordOf(said ?? ''))) &&
          (said ?? PATTERNS.get(code)));
      if (pace) {
        paces.add(pace);
        continue;
      }
      const found = readModes([MODES.has(code) ? spot.with(code) : spot], MODES, true);
      for (const word of found.pace) paces.add(PACES.get(wordOf(word)) ?? word);
      for (const mode of found.codes) codes.add(mode);
      const rest = said ?? CAPTIONS.get(code);
      if (!rest || (!found.codes.length && !found.words.length)) continue;
      if (name === 'studyMode' && !found.codes.length) paces.add(rest);
      else words.add(rest);
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
