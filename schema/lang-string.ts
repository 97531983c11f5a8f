import { z } from 'zod';

/**
 * One text in one language (`rdf:langString`).
 *
 * `language` is a BCP 47 tag; `und` means that the source did not say and nothing was guessed.
 * `value` is plain text: no markup, no control characters, well-formed Unicode, never empty.
 */
export const LangString = z.object({
  language: z.string().min(2).describe('BCP 47 language tag; "und" when the source does not say'),
  value: z.string().min(1).describe('plain text without markup'),
});
export type LangString = z.infer<typeof LangString>;

/** The same text in every language that the source gives, in the order of the source; never flattened to one. */
export const LangStrings = z.array(LangString).min(1);
export type LangStrings = z.infer<typeof LangStrings>;

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * Chooses the text to show: the first wanted language that is there (exact tag, then same primary language),
 * else English, else the first given. The answer carries the language it really has (RFC 4647 §3.4, lookup).
 */
export function chooseText(
  texts: readonly LangString[] | undefined,
  languages: readonly string[],
): LangString | undefined {
  if (!texts?.length) return undefined;
  for (const wanted of [...languages, 'en']) {
    const exact = texts.find((t) => t.language.toLowerCase() === wanted.toLowerCase());
    const near = exact ?? texts.find((t) => primary(t.language) === primary(wanted));
    if (near) return near;
  }
  return texts[0];
}
