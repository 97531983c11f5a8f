import { type CredentialDraft, notStated, type Opportunity } from '../../../schema/index.ts';
import { type Modes, participationElement, readModes } from '../../elements/modes.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import { type Course, isOfType, isThing, RESIDUE, SCHEMA_PREFIX } from './words.ts';

const KEYS = ['courseMode', 'educationalProgramMode', 'eventAttendanceMode'];
const QUOTES = /^["'“”„‘’«»\s]+|["'“”„‘’«»\s]+$/g;

/** `courseMode` and its siblings, sorted; they are free text, so no word is wrong there. */
export function modesAt(node: Spot): Modes {
  const said = node.each(...KEYS).flatMap((spot) => {
    const text = (isThing(spot) ? spot.first('name', '@id', 'url') : spot).said();
    if (text === undefined) return [];
    const bare = text.replace(QUOTES, '');
    if (bare !== text) spot.note('stray-quotes', undefined, text);
    return RESIDUE.test(bare) ? [] : [spot.with(bare.replace(SCHEMA_PREFIX, ''))];
  });
  return readModes(said, undefined, true);
}

/** The course's own ways of taking part; what its runs say is filled in for all formats alike. */
export function participation(
  r: Course,
  own: Modes,
  runs: readonly { opportunity: Opportunity; spot: Spot }[],
): NonNullable<CredentialDraft['participation']> {
  const { main } = r;
  if (own.codes.length || own.words.length)
    return participationElement({ ...own, path: main.first(...KEYS).path }, main.language);
  if (runs.some(({ opportunity: run }) => run.participation?.length || run.participationText)) return notStated();
  const virtual = runs.find(({ spot }) => spot.each('location').some((place) => isOfType(place, 'VirtualLocation')));
  if (virtual) return derivedBy({ codes: ['online'] }, virtual.spot.at('location').path, 'virtual-location');
  if (r.type !== 'WorkBasedProgram') return notStated();
  return derivedBy({ codes: ['work-based'] }, '/node/@type', 'work-based-program');
}
