import { isFiller, langStrings } from '../../schema/parse/text.ts';
import type { Placed, Syntax } from './spot.ts';

/** A column of a table that means one of the format's columns. */
export interface MeaningfulColumn {
  /** The header as it stands in the row. */
  header: string;
  /** Language of its cells, from a suffix of the header: `title:de`. */
  language?: string;
  /** What its code words mean, by their small letters; `*`: whatever else stands there. */
  words?: ReadonlyMap<string, string>;
}

/** Which columns of a table are read, by the names that the format gives them. */
export interface TableColumns {
  /** The columns that are read under that name, in the order of the table. */
  read(name: string): readonly MeaningfulColumn[];
  /** What a row of the table says: the names of its columns that are read, the headers of the others. */
  names(row: object): readonly string[];
}

const cell = (row: unknown, header: string): unknown =>
  typeof row === 'object' && row !== null && Object.hasOwn(row, header)
    ? (row as Record<string, unknown>)[header]
    : undefined;

/** A cell in the words that are read: its code words put into words, one by one where it is a list. */
export function translated(value: unknown, words: MeaningfulColumn['words']): unknown {
  if (!words || typeof value !== 'string' || value.trim() === '') return value;
  const one = (text: string) =>
    words.get(text.trim().toLowerCase()) ?? (isFiller(text) ? text : (words.get('*') ?? text));
  return words.has(value.trim().toLowerCase()) ? one(value) : value.split('|').map(one).join('|');
}

/**
 * Rows: the format's columns as members, each under whatever headers the table has them; what is not read is a member by its header.
 * Places are the headers, of a further row of the record `/parts/n/header`. A member as a whole is the column without a language, if
 * there is one.
 */
export function rowSyntax(columns: TableColumns): Syntax {
  const placed = (at: Placed, { header, language, words }: MeaningfulColumn): Placed => ({
    value: translated(cell(at.value, header), words),
    path: at.path ? `${at.path}/${header}` : header,
    ...(language ? { language } : {}),
  });
  return {
    member(at, name) {
      const read = columns.read(name);
      return placed(at, read.find(({ language }) => !language) ?? read[0] ?? { header: name });
    },
    values(at, name) {
      const read = columns.read(name);
      const all: Placed[] = [];
      for (const column of read.length ? read : [{ header: name }]) {
        const one = placed(at, column);
        if (one.value !== undefined) all.push(one);
      }
      return all;
    },
    names: (row) => (typeof row === 'object' && row !== null ? columns.names(row) : []),
    texts: langStrings,
    scalar: (value) => (typeof value === 'string' ? value : undefined),
    node: () => undefined,
  };
}
