import { z } from 'zod';
import { own } from './table.ts';

/** Whether the runtime knows a time zone of that name (IANA time zone database). */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** How gently a source is to be read. */
export const Politeness = z.object({
  requestsPerSecond: z.number().positive().max(1000).default(1),
  concurrency: z.number().int().min(1).max(2).default(1),
  blackout: z
    .array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/))
    .default([])
    .describe('UTC windows in which the provider wants no harvest, HH:MM-HH:MM, also over midnight'),
});

/**
 * When a complete run is held for a person to look at instead of taking records out of the catalogue. Shares are 0–1;
 * up to two records may always go (`share`), unless they are the last.
 */
export const Guard = z.object({
  share: z.number().min(0).max(1).default(0.2).describe('share of the live records that may go in one run'),
  churn: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('share of the live records that may be replaced by records with new identifiers in one run'),
  unreadable: z.number().min(0).max(1).default(0.5).describe('share of the records read that may be unreadable'),
});
export type Guard = z.infer<typeof Guard>;

/** Text encrypted with RSA-OAEP to the key of whoever runs this crawler, base64 (QualityLink Data Exchange, "HTTP Request Header"). */
const Encrypted = z
  .string()
  .regex(/^[A-Za-z0-9+/\s]+={0,2}\s*$/, { error: 'must be base64' })
  .describe('encrypted with RSA-OAEP to the public key of the aggregator, base64');

/** How requests to a source say who they come from (QualityLink Data Exchange, "Access Control"). Holds no secret in clear. */
export const SourceAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }).describe('open, or by IP address'),
  z.strictObject({
    type: z.literal('httpheader'),
    field: z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'must be the name of a request header' })
      .optional()
      .describe('request header; like the value, left out when agreed with the provider outside'),
    value: Encrypted.optional(),
  }),
  z.strictObject({
    type: z.literal('oauth2.0'),
    tokenEndpoint: z.url({ protocol: /^https?$/ }),
    scope: z.string().optional(),
    clientId: z.string().optional().describe('left out: agreed with the provider, in the file of credentials'),
    clientSecret: Encrypted.optional(),
  }),
  z.strictObject({
    type: z.literal('httpsig'),
    alg: z.string().optional().describe('HTTP Message Signatures (RFC 9421): the algorithm the provider wants'),
  }),
]);
export type SourceAuth = z.infer<typeof SourceAuth>;

const Fields = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, { error: 'an id has 2 to 63 small letters, digits and hyphens' })
    .describe('stable id, kebab-case'),
  title: z.string().min(1),
  format: z.string().describe('name of a format in crawler/formats'),
  url: z.string().min(1).describe('where reading starts: http(s) URL, or a file path for uploads'),
  publisher: z.string().min(1),
  licence: z.string().describe('SPDX id, URL, or words'),
  terms: z.string().optional(),
  contact: z.string().optional(),
  homepage: z.url({ protocol: /^https?$/ }).optional(),
  schedule: z
    .string()
    .regex(/^[\w*,/#?-]+(\s+[\w*,/#?-]+){4,5}$/, { error: 'a cron expression has five fields, such as "0 3 * * *"' })
    .optional()
    .describe('cron expression, UTC'),
  politeness: Politeness.prefault({}),
  guard: Guard.prefault({}),
  graceDays: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(0)
    .describe(
      'days a record that is gone stays flagged as missing before it is withdrawn; 0: until the next complete run',
    ),
  fullReadDays: z
    .number()
    .positive()
    .optional()
    .describe('after so many days a page is read in full whatever its ETag says; 7 unless told'),
  largestBody: z
    .number()
    .int()
    .positive()
    .max(10_240)
    .optional()
    .describe('how large one body of the feed may be, in MiB, packed or unpacked; 200 unless told'),
  expected: z.number().int().positive().optional().describe('about how many records a healthy run has'),
  enabled: z
    .boolean()
    .default(true)
    .describe('false: harvested by its schedule only when the operator has switched it on with --force'),
  disabledBecause: z
    .string()
    .min(1)
    .optional()
    .describe('why not, for the operator: its terms ask for an agreement, or nobody has proven the endpoint'),
  allowLoopback: z.boolean().default(false).describe('may be read from this machine itself'),
  example: z.boolean().default(false).describe('example data, made for demonstration'),
  /** What is true of every record of the source though the record does not say it: marked `derived`, rule `source-default`. */
  defaults: z
    .strictObject({
      country: z.string().length(2).optional(),
      language: z.string().optional().describe('BCP 47 language of untagged text'),
      timeZone: z
        .string()
        .refine(isTimeZone, { error: 'a time zone has a name of the IANA database, such as "Europe/Amsterdam"' })
        .optional()
        .describe('IANA time zone in which instants of the source are days; that of `country` unless told'),
      awardingBody: z.string().optional(),
      awardingBodyUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .default({}),
  /** Look-ups from the source's own words to vocabulary codes: `{ "level": { "LEVEL_A": "6" } }`. */
  lookups: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Options of the format, which says what they mean (`credatlas formats <name>`). */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  auth: SourceAuth.optional(),
  /** The QualityLink manifest that made this source; absent for sources given by hand. */
  manifest: z
    .strictObject({
      domain: z.string().min(1).describe('where the manifest was found'),
      url: z.url({ protocol: /^https?$/ }).describe('the manifest itself'),
      entry: z.string().min(1).describe('what names the source inside the manifest: its id, else type and path'),
    })
    .optional(),
});

/**
 * A source is data, no code (`crawler/sources/<country>/<name>.json`): where statements come from, under which
 * terms, how to read it, and what is true of all its records.
 */
export const SourceDefinition = Fields.refine(({ enabled, disabledBecause }) => enabled || disabledBecause, {
  path: ['disabledBecause'],
  error: 'a source that is not enabled must say why',
});
export type SourceDefinition = z.infer<typeof SourceDefinition>;

/** What a source's definition says that one of its own words means. */
export const lookedUp = (source: SourceDefinition, kind: string, word: string): string | undefined =>
  own(own(source.lookups, kind), word);
