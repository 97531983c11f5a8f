import {
  type CredentialDraft,
  completeCredential,
  isObject,
  type LangString,
  type Problem,
  Problem as ProblemModel,
  type SourceDefinition,
  stated,
} from '../../schema/index.ts';
import type { Members, WrittenDocumentation } from '../documentation.ts';
import { type Bodies, createBodies } from '../elements/bodies.ts';
import { fillFromRuns } from '../elements/runs.ts';
import { distinctTexts } from '../elements/texts.ts';
import { refuseTitle, turnAway } from '../elements/title.ts';
import type { Format, Normalised } from '../format.ts';
import { createNotes } from '../problems/notes.ts';
import type { RuleId } from '../problems/rules.ts';
import { type Shape, tellUnread } from './shape.ts';
import { membersOf } from './shape-members.ts';
import type { Reading, Spot } from './spot.ts';

/** One record as a format's table sees it. */
export interface RecordReading extends Reading {
  /** The record. */
  main: Spot;
  /** Further raw records of the same identifier, in key order: runs, rows, statements. */
  parts: readonly Spot[];
  /** The object around the record (an envelope, JSON:API's `data`), where the format has one. */
  root?: Spot;
  identifier: string;
  bodies: Bodies;
}

/** What is read of a record, one entry an element; what is left out is not stated. */
export type Elements = Omit<Partial<CredentialDraft>, 'source' | 'identifier' | 'title'>;

/** A record opened: its main spot and those of its parts. */
export interface Opened {
  main: Spot;
  parts: readonly Spot[];
  /** The record as a whole, when the elements stand in a member of it: what of it is not read is told. */
  /** The object around the record (an envelope, JSON:API's `data`), where the format has one. */
  root?: Spot;
}

/** Why a record is turned away before anything is read of it. */
export interface Refusal {
  path: string;
  rule: RuleId;
  found?: unknown;
  remedy?: string;
}

/** A format as a table: where its records are, what of them is read, and which place is which element. */
export interface FormatTable<R extends RecordReading = RecordReading>
  extends Omit<Format, 'documentation' | 'normalise' | 'reads' | 'clean'> {
  documentation: WrittenDocumentation;
  /** What is read of a record. Whatever else it says is told as `not-mapped`. */
  shape: Shape;
  /** What is read of its parts, the same way; left out where the format tells of them itself. */
  partShape?: Shape;
  /** The record and its parts as spots, or why it is none. `raw` is what `records` gave, from the store. */
  open(raw: unknown, parts: readonly unknown[], reading: Reading): Opened | Refusal;
  /** Adds what this format needs everywhere; also the place to set the language of untagged text. `raw`: as `open` got it. */
  prepare?(reading: RecordReading, raw: unknown): R;
  /** A record that is a body and no credential: its bodies are added, or it is turned away. */
  body?(reading: R): boolean | Refusal;
  /** Where the title stands. */
  named(reading: R): { spot: Spot; texts?: readonly LangString[] } | Refusal;
  elements(reading: R): Elements;
  /** Last changes to a draft that is complete: what further parts say. */
  complete?(draft: CredentialDraft, reading: R): void;
}

/** Makes a format of a table. Repairs, persons, titles, what is not mapped, unions of runs and conformance are the same for all. */
export function defineFormat<R extends RecordReading = RecordReading>(table: FormatTable<R>): Format {
  const { documentation, shape, partShape, open, prepare, body, named: titleOf, elements, complete, ...format } = table;

  function normalise(
    raw: unknown,
    source: SourceDefinition,
    identifier: string,
    partsOfRaw: readonly unknown[],
  ): Normalised {
    const notes = createNotes(notesIn(raw));
    const refuse = ({ path, rule, found, remedy }: Refusal) =>
      turnAway(notes, identifier, path, rule, found ?? raw, remedy);
    const context: Reading = { source, notes, language: source.defaults.language };
    const opened = open(raw, partsOfRaw, context);
    if (isRefusal(opened)) return refuse(opened);
    tellRepairs(raw, context);
    const bodies = createBodies(source);
    // The context itself, so that a language found while reading holds for all spots of it.
    const bare: RecordReading = Object.assign(context, { ...opened, identifier, bodies });
    const reading = prepare ? prepare(bare, raw) : (bare as R);
    const isBody = body?.(reading);
    if (isBody) return isRefusal(isBody) ? refuse(isBody) : { providers: bodies.all(), problems: notes.problems };
    const named = titleOf(reading);
    if (isRefusal(named)) return refuse(named);
    const texts = distinctTexts(named.texts ?? named.spot.texts());
    const refused = refuseTitle(notes, identifier, named.spot.path, texts, named.spot.shown);
    if (refused) return refused;
    const draft: CredentialDraft = {
      source: source.id,
      identifier,
      title: stated([...texts], named.spot.path),
      ...elements(reading),
    };
    tellUnread(reading.root ?? reading.main, shape);
    if (partShape) for (const part of reading.parts) tellUnread(part, partShape);
    complete?.(draft, reading);
    const credential = completeCredential(fillFromRuns(draft, context.language));
    return { credential, providers: bodies.all(), problems: notes.problems };
  }

  return {
    ...format,
    documentation: {
      derived: [],
      options: {},
      // Asked for by few.
      get members() {
        const own = membersOf(shape);
        const same = (one: Members) => own.some(({ read }) => read.join() === one.read.join());
        // What is read of parts alone.
        const ofParts = partShape ? membersOf(partShape).filter((one) => !same(one)) : [];
        return [...own, ...ofParts.map((one) => ({ ...one, of: one.of.length ? one.of : ['parts'] }))];
      },
      ...documentation,
    },
    // What is read of a part alone is read as well: the door would take "Campus Vass" for a person elsewhere.
    reads: (member) => shape.reads(member) || partShape?.reads(member) === true,
    normalise,
  };
}

const isRefusal = (value: unknown): value is Refusal => isObject(value) && typeof value.rule === 'string';

/** What the reader of the page noted in the raw record: problems, checked, for the store may hold another shape. */
function notesIn(raw: unknown): Problem[] {
  const notes = isObject(raw) && Array.isArray(raw.notes) ? raw.notes : [];
  return notes.filter((note) => ProblemModel.safeParse(note).success) as Problem[];
}

/** What the reader of the page had to mend, where it notes that in a raw record: never a member of the feed. */
export const REPAIRED = '@repaired';
export const ENCODING = '@encoding';

function tellRepairs(raw: unknown, { notes }: Reading): void {
  if (!isObject(raw)) return;
  for (const what of Array.isArray(raw[REPAIRED]) ? raw[REPAIRED] : []) notes.add('', 'json-repaired', what);
  if (raw[ENCODING]) notes.add('', 'wrong-encoding', raw[ENCODING]);
}
