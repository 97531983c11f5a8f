import { z } from 'zod';
import { asText } from './table.ts';

/** `error`: the value was dropped; `warning`: the value was repaired or is doubtful; `info`: worth knowing. */
export const Severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof Severity>;

/** Something a provider can mend in one record: where, which rule, what was found, what to do. */
export const Problem = z.object({
  path: z.string().describe('place inside the raw record'),
  rule: z.string().describe('stable id of the rule, kebab-case'),
  severity: Severity,
  found: z.string().describe('the offending value, shortened to 200 characters'),
  remedy: z.string().describe('what to do about it, one sentence'),
});
export type Problem = z.infer<typeof Problem>;

/** Why a record (or, with `identifier` null, a piece of a page that is no record) is not in the catalogue. */
export const Rejection = z.object({
  identifier: z.string().nullable(),
  path: z.string(),
  rule: z.string(),
  found: z.string(),
  remedy: z.string(),
});
export type Rejection = z.infer<typeof Rejection>;

/** Shortens a found value for a report: one line, at most 200 characters. */
export function found(value: unknown): string {
  let text: string;
  try {
    text = typeof value === 'string' ? value.slice(0, 400) : (JSON.stringify(value) ?? String(value));
  } catch {
    text = asText(value); // nested too deep
  }
  const line = text.slice(0, 400).replace(/\s+/g, ' ').trim().toWellFormed();
  return line.length > 200 ? `${line.slice(0, 199).replace(/\p{Surrogate}$/u, '')}…` : line;
}
