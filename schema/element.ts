import { z } from 'zod';

/**
 * The sixteen standard elements to describe a micro-credential, in the order of Annex I of
 * Council Recommendation 2022/C 243/02. The first eleven are mandatory there.
 */
export const STANDARD_ELEMENTS = [
  'learner',
  'title',
  'issuerCountry',
  'awardingBody',
  'issueDate',
  'learningOutcomes',
  'workload',
  'level',
  'assessment',
  'participation',
  'qualityAssurance',
  'prerequisites',
  'supervision',
  'grade',
  'stackability',
  'furtherInformation',
] as const;
export type StandardElement = (typeof STANDARD_ELEMENTS)[number];

/** Annex I marks these eleven as mandatory; the other five are optional. */
export const MANDATORY_ELEMENTS: readonly StandardElement[] = STANDARD_ELEMENTS.slice(0, 11);

/** Further elements: what learners choose by (Cedefop's template) and what the standard elements lean on. */
export const FURTHER_ELEMENTS = [
  'description',
  'kind',
  'fields',
  'skills',
  'occupations',
  'targetGroup',
  'purpose',
  'offeredBy',
  'languages',
  'costs',
  'funding',
  'certificationFormat',
  'conditionsToEarn',
] as const;
export type FurtherElement = (typeof FURTHER_ELEMENTS)[number];

export const ELEMENTS = [...STANDARD_ELEMENTS, ...FURTHER_ELEMENTS] as const;
export type ElementName = StandardElement | FurtherElement;

/**
 * - `stated`: the source says it, in the place that `origin.path` names.
 * - `derived`: worked out from something the source says, by the published rule that `origin.rule` names.
 * - `not-stated`: the source is silent. Says nothing about the world.
 * - `at-issuance`: exists only on the credential issued to a learner (the learner, the date, the grade).
 * - `not-applicable`: the source says that it does not apply.
 */
export const ElementState = z.enum(['stated', 'derived', 'not-stated', 'at-issuance', 'not-applicable']);
export type ElementState = z.infer<typeof ElementState>;

/**
 * Where a value comes from. Kept compactly: source and time of retrieval stand once on the record, so an origin
 * is the place inside the raw record (RFC 6901 JSON Pointer for JSON, an XPath-like path for XML and HTML, a
 * column name for CSV) and, for derived values, the id of the rule.
 */
export const Origin = z.object({
  path: z.string().describe('place inside the raw record'),
  rule: z.string().optional().describe('id of the derivation rule; absent on stated values'),
});
export type Origin = z.infer<typeof Origin>;

/** A value with its state and origin. `derived` holds what a rule adds to a stated value, kept apart from it. */
export interface Element<T> {
  state: ElementState;
  value?: T;
  origin?: Origin;
  derived?: { value: T; origin: Origin };
}

/** The zod model of {@link Element} over a value model. */
export const elementOf = <T extends z.ZodType>(value: T) =>
  z.object({
    state: ElementState,
    value: value.optional(),
    origin: Origin.optional(),
    derived: z.object({ value, origin: Origin }).optional(),
  });

/** The source says `value` at `path`. */
export const stated = <T>(value: T, path: string): Element<T> => ({ state: 'stated', value, origin: { path } });

/** `value` follows by `rule` from what stands at `path`. */
export const derived = <T>(value: T, path: string, rule: string): Element<T> => ({
  state: 'derived',
  value,
  origin: { path, rule },
});

/** Adds to a stated element what `rule` makes of it, without touching what was stated. */
export const withDerived = <T>(element: Element<T>, value: T, path: string, rule: string): Element<T> => ({
  ...element,
  derived: { value, origin: { path, rule } },
});

/** Unknown stays unknown. */
export const notStated = <T>(): Element<T> => ({ state: 'not-stated' });
export const atIssuance = <T>(): Element<T> => ({ state: 'at-issuance' });
export const notApplicable = <T>(path: string): Element<T> => ({ state: 'not-applicable', origin: { path } });

/** `stated(value, path)` when there is a value (not undefined, not an empty array), else `notStated()`. */
export const statedIf = <T>(value: T | undefined, path: string): Element<T> =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? notStated() : stated(value, path);
