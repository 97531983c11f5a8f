import { Credential, type Problem, Provider, type SourceDefinition } from '../../schema/index.ts';
import type { Format, Normalised } from '../format.ts';
import { rejection, ruleOf } from '../problems/rules.ts';
import { eachInTime } from './in-time.ts';
import { limitResult } from './record-limits.ts';
import { unsafeText } from './unsafe-text.ts';

/** A record to be normalised, with the raw parts of the same identifier. */
export interface ToNormalise {
  identifier: string;
  raw: unknown;
  parts: readonly unknown[];
}

/**
 * Normalises records and holds each result to the published model: parse permissively, publish strictly. A problem
 * whose rule rejects (an impossible date, a negative number) keeps the record out: its last good version stays. So does a format that
 * throws, makes something beyond reason, or does not come to an end.
 */
export const normaliseRecords = (
  format: Format,
  source: SourceDefinition,
  records: readonly ToNormalise[],
): Normalised[] =>
  eachInTime(
    records,
    ({ identifier, raw, parts }) => normaliseOne(format, source, identifier, raw, parts),
    ({ identifier }, { message }) => failed(identifier, `${format.name}: ${message}`),
  );

/** The same for one record. */
export const normaliseRecord = (
  ...[format, source, identifier, raw, parts]: Parameters<typeof normaliseOne>
): Normalised => normaliseRecords(format, source, [{ identifier, raw, parts }])[0] as Normalised;

const failed = (identifier: string, what: string): Normalised => ({
  rejection: rejection(identifier, '', 'normaliser-failed', what, REPORT_IT),
  problems: [],
});

function normaliseOne(
  format: Format,
  source: SourceDefinition,
  identifier: string,
  raw: unknown,
  parts: readonly unknown[],
): Normalised {
  let result: Normalised;
  try {
    result = format.normalise(raw, source, identifier, parts);
  } catch (error) {
    return failed(identifier, `${format.name}: ${(error as Error | undefined)?.message ?? String(error)}`);
  }
  if ('rejection' in result) return result;
  const impossible = result.problems.find((problem) => ruleOf(problem.rule)?.rejects);
  if (impossible) {
    const { severity: _, ...place } = impossible;
    return {
      rejection: { identifier, ...place },
      problems: result.problems.filter((problem) => problem !== impossible),
    };
  }
  const heavy = limitResult(result);
  if (heavy !== undefined) return tooLarge(identifier, heavy);
  const unsafe = unsafeText(raw) ?? unsafeText(parts, '/parts');
  if (unsafe) result.problems.push(unsafe);
  const credential = result.credential && Credential.safeParse(result.credential);
  if (credential && !credential.success)
    return invalid(identifier, result.problems, credential.error.issues[0], result.credential);
  for (const provider of result.providers) {
    const checked = Provider.safeParse(provider);
    if (!checked.success) return invalid(identifier, result.problems, checked.error.issues[0], provider);
  }
  return result;
}

const tooLarge = (identifier: string, weight: number): Normalised => ({
  rejection: rejection(identifier, '', 'record-too-large', `more than ${weight} characters and entries`),
  problems: [],
});

const REPORT_IT = 'This is a fault of the format in Credatlas; please report it with the record.';

function invalid(
  identifier: string,
  problems: Problem[],
  issue: { path: PropertyKey[]; message: string } | undefined,
  record: unknown,
): Normalised {
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], record);
  const remedy = `${issue?.message}. ${REPORT_IT}`;
  return { rejection: rejection(identifier, `/${path.join('/')}`, 'record-invalid', value, remedy), problems };
}
