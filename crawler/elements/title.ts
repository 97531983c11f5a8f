import type { LangString, Problem, Rejection } from '../../schema/index.ts';
import type { Normalised } from '../format.ts';
import type { Notes } from '../problems/notes.ts';
import { type RuleId, rejection } from '../problems/rules.ts';

const MAX_TITLE = 10_000;

/** Turns a record away, with what was noted so far. */
export const turnAway = (
  notes: Notes,
  identifier: string,
  path: string,
  rule: RuleId,
  value: unknown,
  remedy?: string,
): { rejection: Rejection; problems: Problem[] } => ({
  rejection: rejection(identifier, path, rule, value, remedy),
  problems: notes.problems,
});

/** Why these texts are no title, if so. `raw` is what stood there. */
export function refuseTitle(
  notes: Notes,
  identifier: string,
  path: string,
  title: readonly LangString[] | undefined,
  raw: unknown,
): Extract<Normalised, { rejection: unknown }> | undefined {
  if (!title?.length) return turnAway(notes, identifier, path, 'missing-title', raw ?? 'no title');
  const long = title.find((text) => text.value.length > MAX_TITLE);
  if (!long) return undefined;
  const what = `${long.value.length} characters: ${long.value.slice(0, 100)}`;
  return turnAway(notes, identifier, path, 'title-too-long', what);
}
