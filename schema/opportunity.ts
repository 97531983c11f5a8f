import { z } from 'zod';
import { LangStrings } from './lang-string.ts';

/** A calendar date, ISO 8601 `YYYY-MM-DD`. */
export const IsoDate = z.iso.date().describe('ISO 8601 calendar date');

/** A calendar span, ISO 8601 duration such as `P10W`. Never an effort: effort is hours or credits. */
export const IsoDuration = z
  .string()
  .regex(/^P(?:\d+(?:[.,]\d+)?[YMWD])+(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?$/)
  .describe('ISO 8601 duration of calendar time');

/** One price as stated. 0 is a price; several prices are several entries (audiences, regions). */
export const Price = z.object({
  amount: z.number().nonnegative().optional().describe('in units of `currency`; absent when only text is given'),
  currency: z.string().length(3).optional().describe('ISO 4217'),
  audience: z.string().optional().describe('for whom, as stated'),
  text: z.string().optional().describe('as stated, when it is more than amount and currency'),
});
export type Price = z.infer<typeof Price>;

/**
 * One dated run of a credential's learning: who can start when, where, how and for how much
 * (ELM LearningOpportunity, OOAPI Offering, XCRI presentation, schema.org CourseInstance).
 * Every field is what the source states; absent means not stated.
 */
export const Opportunity = z.object({
  id: z
    .string()
    .describe(
      "the source's own identifier of the run; one made from its facts where the source gives none or the same twice; unique in the credential",
    ),
  publicId: z
    .string()
    .regex(/^opp_[0-9a-z]{20}$/)
    .optional()
    .describe('unique in the catalogue, which gives it; `id` in the graph, where `identifier` is the one above'),
  path: z.string().describe('place inside the raw record'),
  name: LangStrings.optional(),
  place: z.string().optional().describe('venue, town or both, as stated'),
  locality: z.string().optional().describe('town'),
  region: z.string().optional().describe('NUTS code or name, as stated'),
  country: z.string().length(2).optional().describe('ISO 3166-1 alpha-2'),
  startDate: IsoDate.optional(),
  startText: z.string().optional().describe('how the start is put when it is not a date ("any time")'),
  endDate: IsoDate.optional(),
  applicationStart: IsoDate.optional(),
  applicationDeadline: IsoDate.optional(),
  duration: IsoDuration.optional(),
  durationText: z.string().optional().describe('the duration as stated when it is not ISO 8601'),
  hours: z.number().nonnegative().optional().describe('effort of this run in hours'),
  pace: z.string().optional().describe('full-time, part-time, … as stated'),
  participation: z.array(z.string()).optional().describe('codes of the vocabulary mode-of-learning'),
  participationText: z.string().optional(),
  languages: z.array(z.string()).optional().describe('languages of instruction, BCP 47'),
  prices: z.array(Price).optional(),
  funding: LangStrings.optional(),
  status: z.enum(['scheduled', 'cancelled', 'full', 'closed']).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('where to read more or to enrol'),
});
export type Opportunity = z.infer<typeof Opportunity>;
