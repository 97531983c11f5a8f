import type { ElementName } from '../schema/index.ts';

/** Members (columns, elements, properties) that are read where they stand together. */
export interface Members {
  /** Names of the members in which they stand, or what they are together; none: the record itself. */
  of: readonly string[];
  read: readonly string[];
  /** What belongs into them, by name, where the format itself says it. */
  meaning?: Readonly<Record<string, string>>;
  /** Members that are known and stay in the raw record: no element has a place for them. */
  kept: readonly string[];
}

/** What a format says of itself beside its facts: its page (`docs/formats/`, `credatlas formats <name>`) is made of it. */
export interface Documentation {
  /** What it reads, in one line: the row of the tables. */
  reads: string;
  /** Elements that it has a place for, on the credential or on its runs. */
  elements: readonly ElementName[];
  /** Elements that it has no place for, and that a published rule derives from what it says. */
  derived: readonly ElementName[];
  /** What real feeds do, and how it is read. */
  quirks: readonly string[];
  /** Options of a source of this format (`SourceDefinition.options`), with what they mean. */
  options: Readonly<Record<string, string>>;
  members: readonly Members[];
}

/** What a table writes: the members are those of its shape, unless it has words for them. */
export type WrittenDocumentation = Pick<Documentation, 'reads' | 'elements' | 'quirks'> & Partial<Documentation>;
