import { Credential, type Problem, Provider, type SourceDefinition } from '../../schema/index.ts';
import type { Format, Normalised } from '../format.ts';
import { rejection, ruleOf } from '../problems/rules.ts';
import { plainRecord } from './plain-record.ts';
import { limitRecord } from './record-limits.ts';
import { unsafeText } from './unsafe-text.ts';

/**
 * Normalises one record and holds the result to the published model: parse permissively, publish strictly. A problem
 * whose rule rejects (an impossible date, a negative number) keeps the record out: its last good version stays.
 */
export function normaliseRecord(
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
    const message = (error as Error).message;
    return { rejection: rejection(identifier, '', 'normaliser-failed', message, REPORT_IT), problems: [] };
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
  if (result.credential) result.problems.push(...limitRecord(plainRecord(result.credential)));
  for (const provider of result.providers) plainRecord(provider);
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
