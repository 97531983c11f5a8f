import { z } from 'zod';
import { Conformance } from './conformance.ts';
import { elementOf } from './element.ts';
import { LangStrings } from './lang-string.ts';
import { IsoDate, IsoDuration, Opportunity, Price } from './opportunity.ts';
import { ProviderReference } from './provider.ts';
import { Relation } from './relation.ts';

/** The learner exists only on the issued credential; no learner data is ever stored, so there is no value. */
export const LearnerValue = z.never();

/** Country (ISO 3166-1 alpha-2) and, where given, NUTS region of the issuer. */
export const CountryValue = z.object({
  country: z.string().length(2),
  region: z.string().optional().describe('NUTS code'),
});
export type CountryValue = z.infer<typeof CountryValue>;

/** A window of issuing stated by the source; the date on a learner's credential is `at-issuance`. */
export const IssueDateValue = z.object({ from: IsoDate.optional(), until: IsoDate.optional() });

/** One learning outcome, in every language given, with its framework entry (ESCO, …) where stated. */
export const LearningOutcome = z.object({
  text: LangStrings,
  uri: z.string().optional(),
  framework: z.string().optional(),
});
export type LearningOutcome = z.infer<typeof LearningOutcome>;

/** Credits of a scheme that is not ECTS, as stated; never converted without a published rule. */
export const OtherCredit = z.object({
  scheme: z.string(),
  value: z.number().nonnegative().optional(),
  level: z.string().optional(),
});

/**
 * Notional workload. ECTS credits, hours of effort, calendar duration and credits of other schemes are four
 * different things and stay apart. Ranges use `…Max`.
 */
export const WorkloadValue = z.object({
  ects: z.number().nonnegative().optional(),
  ectsMax: z.number().nonnegative().optional(),
  hours: z.number().nonnegative().optional().describe('hours of learner effort (60 minutes)'),
  hoursMax: z.number().nonnegative().optional(),
  duration: IsoDuration.optional(),
  durationText: z.string().optional(),
  credits: z.array(OtherCredit).optional(),
});
export type WorkloadValue = z.infer<typeof WorkloadValue>;

/** A level in a national qualifications framework, as stated. */
export const NqfLevel = z.object({
  country: z.string().length(2).optional(),
  framework: z.string().optional(),
  level: z.string(),
  label: z.string().optional(),
});
export type NqfLevel = z.infer<typeof NqfLevel>;

/** Level of the learning: EQF 1–8, NQF as stated, QF-EHEA cycle, or the source's own words. */
export const LevelValue = z.object({
  eqf: z.number().int().min(1).max(8).optional(),
  nqf: NqfLevel.optional(),
  cycle: z.string().optional().describe('code of the vocabulary qf-ehea-cycle'),
  text: LangStrings.optional(),
});
export type LevelValue = z.infer<typeof LevelValue>;

/** Vocabulary codes and the source's own words for them. */
const codesAndText = (vocabulary: string) =>
  z.object({
    codes: z.array(z.string()).describe(`codes of the vocabulary ${vocabulary}; empty when only text is given`),
    text: LangStrings.optional(),
  });
export const AssessmentValue = codesAndText('assessment-type');
export const ParticipationValue = codesAndText('mode-of-learning');
export const TargetGroupValue = codesAndText('target-group');
export type CodesAndText = z.infer<typeof AssessmentValue>;

/** What the source claims about quality assurance. Evidence found in registers stands on the provider, apart. */
export const QualityAssuranceValue = z.object({
  kinds: z.array(z.string()).describe('codes of the vocabulary quality-assurance-kind'),
  claims: z.array(z.object({ name: z.string().optional(), url: z.string().optional(), text: LangStrings.optional() })),
});

export const SupervisionValue = z.object({
  code: z.string().optional().describe('code of the vocabulary supervision'),
  text: LangStrings.optional(),
});

/** The grading scheme. The grade itself is `at-issuance`. */
export const GradeValue = z.object({ scheme: LangStrings });

/** Whether the credential stands alone or stacks. Named targets are {@link Relation}s. */
export const StackabilityValue = z.object({
  code: z.enum(['stand-alone', 'stackable']).optional(),
  text: LangStrings.optional(),
});

export const FurtherInformationValue = z.object({
  text: LangStrings.optional(),
  links: z.array(z.string()),
  validity: z.string().optional().describe('how long the credential is valid, ISO 8601 duration or as stated'),
});

/** The kind of credential: a code of the vocabulary credential-kind and the source's own words. */
export const KindValue = z.object({ code: z.string().optional(), text: LangStrings.optional() });

/** A field of study: ISCED-F 2013 code where there is one, else the source's own classification in words. */
export const FieldValue = z.object({
  isced: z
    .string()
    .regex(/^\d{2,4}$/)
    .optional(),
  scheme: z.string().optional(),
  code: z.string().optional(),
  text: LangStrings.optional(),
});
export type FieldValue = z.infer<typeof FieldValue>;

/** A skill or an occupation with its framework entry where stated. */
export const AlignmentValue = z.object({
  text: LangStrings.optional(),
  uri: z.string().optional(),
  framework: z.string().optional(),
});

/**
 * What is awarded, once. Its dated runs are `opportunities`.
 *
 * Sixteen standard elements (Council Recommendation 2022/C 243/02, Annex I) and further ones (Cedefop), each with
 * state and origin; origins point into the raw record of `source`, read at `retrievedAt`.
 */
export const Credential = z.object({
  id: z.string().regex(/^crd_[0-9a-z]{20}$/),
  source: z.string().describe('id of the source that states this record'),
  identifier: z.string().min(1).describe("the source's own identifier, to the letter"),
  alternates: z.array(z.string()).describe('other identifiers (URL, URN, CTID, …) that resolve to this record'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("the provider's own page"),

  learner: elementOf(LearnerValue),
  title: elementOf(LangStrings),
  issuerCountry: elementOf(CountryValue),
  awardingBody: elementOf(z.array(ProviderReference).min(1)),
  issueDate: elementOf(IssueDateValue),
  learningOutcomes: elementOf(z.array(LearningOutcome).min(1)),
  workload: elementOf(WorkloadValue),
  level: elementOf(LevelValue),
  assessment: elementOf(AssessmentValue),
  participation: elementOf(ParticipationValue),
  qualityAssurance: elementOf(QualityAssuranceValue),
  prerequisites: elementOf(LangStrings),
  supervision: elementOf(SupervisionValue),
  grade: elementOf(GradeValue),
  stackability: elementOf(StackabilityValue),
  furtherInformation: elementOf(FurtherInformationValue),

  description: elementOf(LangStrings),
  kind: elementOf(KindValue),
  fields: elementOf(z.array(FieldValue).min(1)),
  skills: elementOf(z.array(AlignmentValue).min(1)),
  occupations: elementOf(z.array(AlignmentValue).min(1)),
  targetGroup: elementOf(TargetGroupValue),
  purpose: elementOf(LangStrings),
  offeredBy: elementOf(z.array(ProviderReference).min(1)),
  languages: elementOf(z.array(z.string()).min(1)).describe('languages of instruction of the whole, BCP 47'),
  costs: elementOf(z.array(Price).min(1)),
  funding: elementOf(LangStrings),
  certificationFormat: elementOf(LangStrings),
  conditionsToEarn: elementOf(LangStrings),

  opportunities: z.array(Opportunity),
  relations: z.array(Relation),
  conformance: Conformance,
  sourceModified: z.string().optional().describe('when the source says it last changed the record, ISO 8601'),
});
export type Credential = z.infer<typeof Credential>;
