import type { Credential, Problem } from '../../schema/index.ts';
import { problemOf } from '../problems/notes.ts';

/** Nobody reads more of one record, and one record must not weigh on all who read the catalogue (34,866 tags were seen). */
const LONGEST_LIST = 1_000;
const LONGEST_TEXT = 100_000;

/** Cuts lists and texts beyond reason, in place; what was cut is told. */
export function limitRecord(record: Credential): Problem[] {
  const problems: Problem[] = [];
  const cut = (path: string, rule: 'text-too-long' | 'list-too-long', value: string, remedy: string) =>
    problems.push(problemOf(path, rule, value, remedy));

  const walk = (holder: object, path: string) => {
    for (const [key, value] of Object.entries(holder)) {
      const at = `${path}/${key}`;
      if (typeof value === 'string' && value.length > LONGEST_TEXT) {
        (holder as Record<string, unknown>)[key] = value.slice(0, LONGEST_TEXT).toWellFormed();
        cut(at, 'text-too-long', value, `A text has at most ${LONGEST_TEXT} characters; shorten it.`);
      } else if (Array.isArray(value)) {
        if (value.length > LONGEST_LIST) {
          cut(
            at,
            'list-too-long',
            `${value.length} entries`,
            `A list has at most ${LONGEST_LIST} entries; shorten it.`,
          );
          value.length = LONGEST_LIST;
        }
        walk(value, at);
      } else if (value && typeof value === 'object') walk(value, at);
    }
  };
  walk(record, '');
  return problems;
}
