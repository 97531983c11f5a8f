import type { LangString } from '../../schema/index.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { langStrings } from '../../schema/parse/text.ts';

const TEST = /^\s*tests?\s*[.!]?\s*$/i;

/** `langStrings` for assessments: "Test" says nothing as a title, but everything as an answer to how one is assessed. */
export function assessmentStrings(input: unknown, fallbackLanguage?: string): LangString[] {
  const fallback = languageTag(fallbackLanguage) ?? 'und';
  if (typeof input === 'string' && TEST.test(input)) return [{ language: fallback, value: input.trim() }];
  if (!Array.isArray(input)) return langStrings(input, fallbackLanguage);
  const out = input.flatMap((item: unknown): LangString[] => {
    const { value, language } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    return typeof value === 'string' && TEST.test(value)
      ? [{ language: languageTag(language) ?? fallback, value: value.trim() }]
      : langStrings(item, fallbackLanguage);
  });
  return out.filter((text, n) => n === out.findIndex((o) => o.value === text.value && o.language === text.language));
}
