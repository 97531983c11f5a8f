import type { LangString } from '../lang-string.ts';

/** `{ en: 'Online', de: 'Online' }` → labels in that order. */
export const labels = (byLanguage: Readonly<Record<string, string>>): LangString[] =>
  Object.entries(byLanguage).map(([language, value]) => ({ language, value }));
