import {
  Credential,
  found,
  type Problem,
  Provider,
  type Rejection,
  type SourceDefinition,
} from '../../schema/index.ts';
import type { Format, Normalised } from '../format.ts';

/** Normalises one record and holds the result to the published model: parse permissively, publish strictly. */
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
    return rejected(identifier, '', 'normaliser-failed', (error as Error).message, [], REPORT_IT);
  }
  if ('rejection' in result) return result;
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

const rejected = (
  identifier: string,
  path: string,
  rule: string,
  value: unknown,
  problems: Problem[],
  remedy: string,
): { rejection: Rejection; problems: Problem[] } => ({
  rejection: { identifier, path, rule, found: found(value), remedy },
  problems,
});

function invalid(
  identifier: string,
  problems: Problem[],
  issue: { path: PropertyKey[]; message: string } | undefined,
  record: unknown,
): Normalised {
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], record);
  return rejected(
    identifier,
    `/${path.join('/')}`,
    'record-invalid',
    value,
    problems,
    `${issue?.message}. ${REPORT_IT}`,
  );
}
