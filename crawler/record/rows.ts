import { langStrings } from '../../schema/parse/text.ts';
import type { Placed, Syntax } from './spot.ts';

/** A column of a table that means one of the format's columns. */
export interface MeaningfulColumn {
  /** The header as it stands in the row. */
  header: string;
  /** Language of its cells, from a suffix of the header: `title:de`. */
  language?: string;
}

/**
 * Rows: the format's columns as members, each under whatever headers the table has them. Places are the headers. Of several headers
 * without a language only the best one is read; those with a language stand beside it.
 */
export function rowSyntax(columns: (name: string) => readonly MeaningfulColumn[]): Syntax {
  const cell = (row: unknown, header: string): unknown =>
    typeof row === 'object' && row !== null && Object.hasOwn(row, header)
      ? (row as Record<string, unknown>)[header]
      : undefined;
  const values = ({ value }: Placed, name: string): Placed[] =>
    columns(name).flatMap(({ header, language }) => {
      const text = cell(value, header);
      return text === undefined ? [] : [{ value: text, path: header, ...(language ? { language } : {}) }];
    });
  return {
    values,
    member(at, name) {
      const [first] = columns(name);
      return first ? { value: cell(at.value, first.header), path: first.header } : { value: undefined, path: name };
    },
    names: (row) =>
      typeof row === 'object' && row !== null ? Object.keys(row).filter((header) => !header.startsWith('@')) : [],
    texts: langStrings,
    scalar: (value) => (typeof value === 'string' ? value : undefined),
    node: () => undefined,
  };
}
