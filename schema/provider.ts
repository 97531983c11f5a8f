import { z } from 'zod';
import { Origin } from './element.ts';
import { LangStrings } from './lang-string.ts';

/** An identifier of an organisation in a named scheme (`ror`, `erasmus`, `schac`, `ctid`, `vat`, `ukprn`, …). */
export const OrganisationIdentifier = z.object({ scheme: z.string(), value: z.string() });
export type OrganisationIdentifier = z.infer<typeof OrganisationIdentifier>;

/** Dated evidence from a register about a provider's quality assurance: who assessed it, against what, until when. */
export const QualityEvidence = z.object({
  kind: z.string().describe('code of the vocabulary quality-assurance-kind'),
  by: z.string().optional().describe('the assessing body'),
  against: z.string().optional().describe('the standard'),
  from: z.string().optional(),
  until: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  origin: Origin,
});

/** A body that awards or teaches, as one source describes it. */
export const Provider = z.object({
  id: z.string().regex(/^prv_[0-9a-z]{20}$/),
  source: z.string(),
  identifier: z.string().describe("the source's own identifier, or `name:…` when the source gives only a name"),
  alternates: z.array(z.string()).describe('other identifiers and URLs that resolve to this provider'),
  name: LangStrings.optional().describe('absent when the source refers to the body without naming it'),
  identifiers: z.array(OrganisationIdentifier),
  url: z.url({ protocol: /^https?$/ }).optional(),
  country: z.string().length(2).optional().describe('ISO 3166-1 alpha-2'),
  locality: z.string().optional(),
  region: z.string().optional().describe('NUTS code or name'),
  description: LangStrings.optional(),
  evidence: z.array(QualityEvidence),
});
export type Provider = z.infer<typeof Provider>;

/** A credential's reference to a body: its provider id and the name as it stands in the credential's own record. */
export const ProviderReference = z.object({
  id: z.string(),
  name: LangStrings.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
});
export type ProviderReference = z.infer<typeof ProviderReference>;
