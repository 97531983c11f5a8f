import type { Problem } from '../../schema/index.ts';
import type { Normalised } from '../format.ts';
import { problemOf } from '../problems/notes.ts';
import { plainRecord } from './plain-record.ts';

/** Nobody reads more of one record, and one record must not weigh on all who read the catalogue (34,866 tags were seen). */
const LONGEST_LIST = 1_000;
const LONGEST_TEXT = 100_000;

/** Characters and entries of all that one record comes to. */
const HEAVIEST = 10_000_000;
/** The last then says how many were left out. */
const MOST_PROBLEMS = 1_000;

type Made = Exclude<Normalised, { rejection: unknown }>;

/**
 * Makes texts plain and cuts lists and texts beyond reason, in place; what was cut is told. Answers the bound when the whole is beyond it
 * all the same.
 */
export function limitResult(result: Made): number | undefined {
  const { credential, providers, problems } = result;
  if (providers.length > LONGEST_LIST) {
    problems.push(problemOf('/providers', 'list-too-long', `${providers.length} entries`));
    providers.length = LONGEST_LIST;
  }
  let weight = problems.reduce((sum, { found }) => sum + found.length, 0);
  for (const record of credential ? [credential, ...providers] : providers) {
    const limited = limitRecord(plainRecord(record));
    problems.push(...limited.problems);
    weight += limited.weight;
    if (weight > HEAVIEST) break;
  }
  if (weight > HEAVIEST) return HEAVIEST;
  const more = problems.length - MOST_PROBLEMS;
  if (more > 0) problems.splice(MOST_PROBLEMS, more, problemOf('', 'more-problems', `${more} more`));
  return undefined;
}

function limitRecord(record: object): { problems: Problem[]; weight: number } {
  const problems: Problem[] = [];
  let weight = 0;
  // Where the walk is: a path is written only for what is cut.
  const steps: string[] = [];
  const cut = (key: string, rule: 'text-too-long' | 'list-too-long', value: string, remedy: string) =>
    problems.push(problemOf(`/${[...steps, key].join('/')}`, rule, value, remedy));

  const walk = (holder: object) => {
    for (const key of Object.keys(holder)) {
      const value: unknown = (holder as Record<string, unknown>)[key];
      if (weight > HEAVIEST) return;
      weight += typeof value === 'string' ? 1 + Math.min(value.length, LONGEST_TEXT) : 1;
      if (typeof value === 'string' && value.length > LONGEST_TEXT) {
        (holder as Record<string, unknown>)[key] = value.slice(0, LONGEST_TEXT).toWellFormed();
        cut(key, 'text-too-long', value, `A text has at most ${LONGEST_TEXT} characters; shorten it.`);
      } else if (Array.isArray(value)) {
        if (value.length > LONGEST_LIST) {
          cut(
            key,
            'list-too-long',
            `${value.length} entries`,
            `A list has at most ${LONGEST_LIST} entries; shorten it.`,
          );
          value.length = LONGEST_LIST;
        }
        into(value, key);
      } else if (value && typeof value === 'object') into(value, key);
    }
  };
  const into = (holder: object, key: string) => {
    steps.push(key);
    walk(holder);
    steps.pop();
  };
  walk(record);
  return { problems, weight };
}
