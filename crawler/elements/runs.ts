import { type CredentialDraft, derived, type Opportunity } from '../../schema/index.ts';

/** A run without the fields that nothing was said of. */
export const compactRun = <T extends object>(run: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(run).filter(([, value]) => value !== undefined)) as T;

const unique = <T>(values: readonly T[]): T[] => [...new Map(values.map((one) => [JSON.stringify(one), one])).values()];

/** What a run says, wherever it stands: alike for runs that say the same. */
export const saidBy = (run: Opportunity): string => JSON.stringify({ ...run, path: '' });

/**
 * What only the runs say (costs, languages, participation) is what the credential offers in all: derived, by the rule
 * `union-of-opportunities`. `language`: that of the runs' words.
 */
export function unionOfRuns(
  runs: readonly Opportunity[],
  language = 'und',
): Pick<CredentialDraft, 'costs' | 'languages' | 'participation'> {
  const from = (says: (run: Opportunity) => unknown): string => runs.find((run) => says(run))?.path ?? '';
  const rule = 'union-of-opportunities';
  const prices = unique(runs.flatMap((run) => run.prices ?? []));
  const languages = unique(runs.flatMap((run) => run.languages ?? []));
  const codes = unique(runs.flatMap((run) => run.participation ?? []));
  const text = unique(runs.flatMap((run) => run.participationText ?? [])).map((value) => ({ language, value }));
  const spoken = from((run) => run.participation?.length || run.participationText);
  return {
    ...(prices.length
      ? {
          costs: derived(
            prices,
            from((run) => run.prices?.length),
            rule,
          ),
        }
      : {}),
    ...(languages.length
      ? {
          languages: derived(
            languages,
            from((run) => run.languages?.length),
            rule,
          ),
        }
      : {}),
    ...(codes.length || text.length
      ? { participation: derived({ codes, ...(text.length ? { text } : {}) }, spoken, rule) }
      : {}),
  };
}

/** Fills in from the runs what the credential itself does not say. */
export function fillFromRuns(draft: CredentialDraft, language?: string): CredentialDraft {
  const union = unionOfRuns(draft.opportunities ?? [], language);
  for (const name of ['costs', 'languages', 'participation'] as const) {
    if (union[name] && (draft[name]?.state ?? 'not-stated') === 'not-stated')
      Object.assign(draft, { [name]: union[name] });
  }
  return draft;
}
