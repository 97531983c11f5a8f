import { table } from '../../../schema/index.ts';
import { assessmentTypes, credentialKinds, modesOfLearning } from '../../../schema/vocabularies/index.ts';
import type { Vocabulary } from '../../../schema/vocabulary.ts';
import { readModes } from '../../elements/modes.ts';
import { type Spot, wordOf } from '../../record/spot.ts';

/** The last part of an address: OCCAPI writes terms of the EU's lists by that alone (`920fbb3cbe`), some servers write all of it. */
const tailOf = (uri: string): string => uri.trim().split('/').at(-1) ?? '';
/** The terms of a list that the vocabulary has, as `Spot.word` writes them. */
const byTail = ({ concepts }: Vocabulary) =>
  table(Object.fromEntries(concepts.flatMap(({ code, uri }) => (uri ? [[wordOf(tailOf(uri)), code]] : []))));

const MODES = byTail(modesOfLearning);
export const ASSESSMENTS = byTail(assessmentTypes);
const LEARNING_OPPORTUNITIES = byTail(credentialKinds);

/** Learning opportunity types: the kinds among them, and what the others are called (ELM, learning-opportunity). */
const OTHER_TYPES = table({
  '17744a2647': { code: 'course', label: 'MOOC' },
  '63f9f6180c': { label: 'Apprenticeship' },
  'c 170b037d': { label: 'Challenge' },
  '7e1ac538db': { label: 'Class' },
  '77b99de990': { label: 'Internship' },
  '11252a5207': { label: 'Mentoring' },
  '8b965da2d4': { label: 'Service learning' },
  '65a4cf5de2': { label: 'Study visit' },
  b2434ca358: { label: 'Thesis' },
  '74a4a268e8': { label: 'Short learning programme' },
} as Record<string, { code?: string; label: string }>);

export const SCHEDULES = table({
  '72a0ab92fa': 'Full time',
  f230bae523: 'Part time intensive',
  '67395e6b5a': 'Part time light',
});

/** The end of a term's address as a word. */
export const termOf = (spot: Spot): string => wordOf(tailOf(spot.said() ?? ''));

/** The kind that a term names; `label`: what else it is called. */
export function kindOfTerm(spot: Spot): { code?: string; label?: string } {
  const term = termOf(spot);
  const code = LEARNING_OPPORTUNITIES.get(term);
  return code ? { code } : (OTHER_TYPES.get(term) ?? {});
}

/** The ways of taking part in a course, a programme or an instance. */
export const modesAt = (attributes: Spot) =>
  readModes(
    attributes.each('elmModeOfLearning').map((one) => one.with(termOf(one))),
    MODES,
  );
