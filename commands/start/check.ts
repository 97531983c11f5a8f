import { ConfigError } from '../../crawler/errors.ts';

/** One variable and the look at what it points to. */
export interface Check {
  variable: string;
  /** Rejects with what is wrong and the remedy. */
  look(): Promise<unknown>;
}

/** Something that a variable points to cannot be used: `what` says what was tried and what came of it. No secrets. */
export const unusable = (variable: string, what: string, remedy: string): ConfigError =>
  new ConfigError(`${variable}: ${what}`, remedy);

/** Several settings are unusable; each has a line of its own. */
export class NotStartable extends Error {
  readonly reasons: readonly unknown[];
  constructor(reasons: readonly unknown[]) {
    super(reasons.map((reason) => (reason as Error).message).join('; '));
    this.name = 'NotStartable';
    this.reasons = reasons;
  }
}

/** Looks at all of them at once, so that an operator is told all at once. */
export async function checkAll(checks: readonly Check[]): Promise<void> {
  const looks = await Promise.allSettled(checks.map(({ look }) => look()));
  const reasons = looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : []));
  if (reasons.length > 1) throw new NotStartable(reasons);
  if (reasons.length) throw reasons[0];
}
