import { languageTag } from '../../schema/parse/language.ts';

/** One column that a table may have. */
export interface Column {
  name: string;
  /** Several languages by a suffix: `title:de`. */
  multilingual?: boolean;
  /** Other headers under which it is recognised, as `headerKey` writes them. */
  synonyms: readonly string[];
}

export interface Recognised<C extends Column> {
  column: C;
  /** Language of the column's texts, from a suffix: `title:de`, `title_de`, `Title (German)`. */
  language?: string;
  /** The lower, the surer. */
  rank: number;
}

/** A header without case, accents and punctuation. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const SUFFIX = /^(.+?)\s*(?:[:@_\-.]\s*|[([]\s*(?:in )?)([A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?|[A-Za-zÀ-ÿ]{4,12})[)\]]?$/;

/**
 * Knows the columns of a table by their headers: without case, accents and punctuation, with a language behind, or by
 * what stands before a bracket. Of two columns with one synonym the first has it. `other`: what a header that is none
 * of these means.
 */
export function createHeaders<C extends Column, T>(columns: readonly C[], other: (key: string) => T | undefined) {
  const byHeader = new Map<string, Recognised<C>>();
  for (const column of columns) {
    for (const [rank, synonym] of [column.name.replaceAll('_', ' '), ...column.synonyms].entries()) {
      if (!byHeader.has(synonym)) byHeader.set(synonym, { column, rank });
    }
  }
  return (header: string): Recognised<C> | T | undefined => {
    const whole = headerKey(header);
    const exact = byHeader.get(whole);
    if (exact) return exact;
    const [, name, tag] = SUFFIX.exec(header.trim()) ?? [];
    if (name && tag) {
      const base = byHeader.get(headerKey(name));
      const language = languageTag(tag);
      if (base?.column.multilingual && language) return { ...base, language };
    }
    const near = byHeader.get(headerKey(header.split(/[\n([]/)[0] ?? ''));
    return near ? { ...near, rank: near.rank + 0.5 } : other(whole);
  };
}
