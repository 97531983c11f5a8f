import { z } from 'zod';

/** `unknown` when the source is silent: silence is never a "no". */
export const Answer = z.enum(['yes', 'no', 'unknown']);
export type Answer = z.infer<typeof Answer>;

/** An answer with the element it rests on and the id of the reason. */
export const ConformanceAnswer = z.object({
  answer: Answer,
  element: z.string().describe('the element the answer rests on'),
  reason: z.string().describe('one sentence for a reader'),
});
export type ConformanceAnswer = z.infer<typeof ConformanceAnswer>;

/** The four questions of the EU definition of a micro-credential. Shown with its reasons, never as a bare label. */
export const CONFORMANCE_QUESTIONS = ['smallVolume', 'outcomesStated', 'assessed', 'qualityAssured'] as const;
export type ConformanceQuestion = (typeof CONFORMANCE_QUESTIONS)[number];

export const Conformance = z.object({
  smallVolume: ConformanceAnswer,
  outcomesStated: ConformanceAnswer,
  assessed: ConformanceAnswer,
  qualityAssured: ConformanceAnswer,
});
export type Conformance = z.infer<typeof Conformance>;
