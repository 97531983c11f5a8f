import { z } from 'zod';

/** How gently a source is to be read. */
export const Politeness = z.object({
  requestsPerSecond: z.number().positive().max(1000).default(1),
  concurrency: z.number().int().min(1).max(2).default(1),
  blackout: z
    .array(z.string().regex(/^\d{2}:\d{2}-\d{2}:\d{2}$/))
    .default([])
    .describe('UTC windows in which the provider wants no harvest'),
});

/**
 * A source is data, no code (`crawler/sources/<country>/<name>.json`): where statements come from, under which
 * terms, how to read it, and what is true of all its records.
 */
export const SourceDefinition = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
    .describe('stable id, kebab-case'),
  title: z.string().min(1),
  format: z.string().describe('name of a format in crawler/formats'),
  url: z.string().min(1).describe('where reading starts: http(s) URL, or a file path for uploads'),
  publisher: z.string().min(1),
  licence: z.string().describe('SPDX id, URL, or words'),
  terms: z.string().optional(),
  contact: z.string().optional(),
  homepage: z.url({ protocol: /^https?$/ }).optional(),
  schedule: z.string().optional().describe('cron expression, UTC'),
  politeness: Politeness.prefault({}),
  expected: z.number().int().positive().optional().describe('about how many records a healthy run has'),
  allowLoopback: z.boolean().default(false).describe('may be read from this machine itself'),
  example: z.boolean().default(false).describe('example data, made for demonstration'),
  /** What is true of every record of the source though the record does not say it: marked `derived`, rule `source-default`. */
  defaults: z
    .strictObject({
      country: z.string().length(2).optional(),
      language: z.string().optional().describe('BCP 47 language of untagged text'),
      awardingBody: z.string().optional(),
      awardingBodyUrl: z.url({ protocol: /^https?$/ }).optional(),
    })
    .default({}),
  /** Look-ups from the source's own words to vocabulary codes: `{ "level": { "LEVEL_A": "6" } }`. */
  lookups: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Options of the format, documented in the format's file. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  headers: z.record(z.string(), z.string()).default({}),
});
export type SourceDefinition = z.infer<typeof SourceDefinition>;
