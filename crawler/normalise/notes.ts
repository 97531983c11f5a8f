import { found, type Problem, type Severity } from '../../schema/index.ts';

/** Collects what was dropped, repaired or doubtful in one record. */
export interface Notes {
  problems: Problem[];
  /** The value was dropped. */
  dropped(path: string, rule: string, value: unknown, remedy: string): void;
  /** The value was repaired or is doubtful. */
  doubtful(path: string, rule: string, value: unknown, remedy: string): void;
  /** Worth knowing. */
  info(path: string, rule: string, value: unknown, remedy: string): void;
}

/** More problems than this in one record help nobody; the last one then says how many were left out. */
const MOST = 100;

export function createNotes(): Notes {
  const problems: Problem[] = [];
  let left = 0;
  const add = (severity: Severity) => (path: string, rule: string, value: unknown, remedy: string) => {
    if (problems.length < MOST) problems.push({ path, rule, severity, found: found(value), remedy });
    else {
      left++;
      problems[MOST] = {
        path: '',
        rule: 'more-problems',
        severity: 'info',
        found: `${left} more`,
        remedy: 'mend those above first',
      };
    }
  };
  return { problems, dropped: add('error'), doubtful: add('warning'), info: add('info') };
}
