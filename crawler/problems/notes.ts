import type { Problem } from '../../schema/index.ts';
import { quoted } from '../persons/quoted.ts';
import { RULES, type RuleId } from './rules.ts';

/** Collects what was dropped, repaired or doubtful in one record. */
export interface Notes {
  readonly problems: Problem[];
  /** Severity and usual remedy come from the table of rules. */
  add(path: string, rule: RuleId, value: unknown, remedy?: string): void;
}

/** One problem, with severity and usual remedy from the table of rules. */
export const problemOf = (
  path: string,
  rule: RuleId,
  value: unknown,
  remedy: string = RULES[rule].remedy,
): Problem => ({
  path,
  rule,
  severity: RULES[rule].severity,
  found: quoted(value, rule),
  remedy,
});

/** More problems than this in one record help nobody; the last one then says how many were left out. */
const MOST = 100;

/**
 * `before`: what the reader of the page noted; it is not said again. A problem that rejects the record is never among those left
 * out.
 */
export function createNotes(before: readonly Problem[] = []): Notes {
  const problems: Problem[] = before.slice(0, MOST);
  let left = Math.max(0, before.length - MOST);
  const tell = () => {
    problems[MOST] = problemOf('', 'more-problems', `${left} more`);
  };
  if (left) tell();
  return {
    problems,
    add(path, rule, value, remedy) {
      const problem = problemOf(path, rule, value, remedy);
      if (before.some((told) => told.path === path && told.rule === rule && told.found === problem.found)) return;
      if (problems.length < MOST) problems.push(problem);
      else {
        left++;
        tell();
        if ('rejects' in RULES[rule]) problems[MOST - 1] = problem;
      }
    },
  };
}

/** Notes for reading again what was reported before. */
export const silent = (): Notes => createNotes();
