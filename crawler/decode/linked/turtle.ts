import { EventEmitter } from 'node:events';
import { Parser, type Term } from 'n3';
import { SourceBroken } from '../../errors.ts';
import { LIMITS } from './limits.ts';
import type { Said, Statements } from './statements.ts';

/** The lexer looks at an unfinished token anew with each piece: pieces of this size keep that cheap. */
const PIECE = 1024 * 1024;

/** `rdf:type` */
export const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

export interface TurtleOptions {
  /** What relative addresses are relative to. */
  base: string;
  /** What a node is to call a property, and a type. */
  name(iri: string): string;
  type(iri: string): string;
}

/** Where a document could not be read. */
export interface TurtleFault {
  message: string;
  /** The subject that was spoken of there, and the text about it as far as it was skipped; without one the rest is lost. */
  subject?: string;
  skipped?: string;
}

/** A subject begins a line, and a statement ends with a point: there reading can begin anew. */
const BOUNDARY = /\.[ \t]*(?:#[^\n]*)?\r?\n\s*(?=<|_:|@|[A-Za-z][\w.-]*:)/g;
const SUBJECT = /(?:^|\n)(?:<([^<>\s]{1,2000})>|([A-Za-z][\w-]{0,60}):([\w.-]{1,200})\s)/g;
const STARTS = new RegExp(SUBJECT.source.replace('(?:^|\\n)', '^'));
const BASE = /(?:@base|\bBASE)\s+<([^<>\s]{0,2000})>/gi;

/**
 * Reads Turtle and N-Triples into statements. A statement that is none costs what is said of its subject; reading goes on behind it.
 * Nothing is fetched: `owl:imports`, `rdfs:seeAlso` and the like are statements.
 *
 * @throws SourceBroken when the document has more characters than are held in memory.
 */
export async function readTurtle(
  text: AsyncIterable<string>,
  into: Statements,
  options: TurtleOptions,
): Promise<TurtleFault[]> {
  const faults: TurtleFault[] = [];
  const prefixes = new Map<string, string>();
  let { base } = options;
  let parser = begin();
  /** What was passed on last, and the line of the parser that it begins in. */
  let recent = '';
  let line = 1;

  function begin() {
    const input = new EventEmitter();
    const state: { input: EventEmitter; error?: { message: string; line: number } } = { input };
    const idOf = (term: Term): string => (term.termType === 'BlankNode' ? `_:${term.value}` : term.value);
    new Parser({ format: 'Turtle', baseIRI: base, blankNodePrefix: 'd' }).parse(
      input,
      (error, quad) => {
        if (error) {
          const { context } = error as Error & { context?: { line?: number } };
          state.error ??= { message: error.message, line: context?.line ?? 1 };
        }
        if (!quad || state.error) return;
        const { subject, predicate, object } = quad;
        const isType = predicate.value === RDF_TYPE;
        let said: Said;
        if (object.termType === 'Literal') said = { text: object.value, language: object.language || undefined };
        else said = { node: isType ? options.type(object.value) : idOf(object) };
        into.add(idOf(subject), isType ? '@type' : options.name(predicate.value), said);
      },
      (prefix, iri) => void prefixes.set(prefix, iri.value),
    );
    return state;
  }

  function emit(piece: string): void {
    try {
      parser.input.emit('data', piece);
    } catch (error) {
      parser.error ??= {
        message: error instanceof Error ? error.message : String(error),
        line: Number.MAX_SAFE_INTEGER,
      };
    }
  }

  const subjectOf = (found: readonly (string | undefined)[] | null | undefined): string | undefined => {
    const [, iri, prefix = '', local] = found ?? [];
    const namespace = prefixes.get(prefix);
    return iri ?? (local !== undefined && namespace !== undefined ? namespace + local : undefined);
  };

  /** What a text is about that breaks in the line that begins at `at`. `open`: the statement before that line lacks its point. */
  function brokenAt(text: string, at: number): { subject?: string | undefined; open: boolean } {
    const before = text.slice(0, at).trimEnd();
    const own = subjectOf(STARTS.exec(text.slice(at, at + 2300)));
    const ended = before === '' || before.endsWith('.');
    if (own !== undefined && ended) return { subject: own, open: false };
    return { subject: ended ? undefined : subjectOf([...before.matchAll(SUBJECT)].at(-1)), open: own !== undefined };
  }

  /** The rest cannot be read: what is known of its subject is not all. */
  function giveUp(text: string, { message, line: broken }: { message: string; line: number }): void {
    const { subject } = brokenAt(text, lineStart(text, broken - line));
    if (subject !== undefined) into.forget(subject);
    faults.push({ message });
  }

  /** Passes text on, and whatever can be read behind what is broken. Answers whether reading can go on. */
  function pass(piece: string): boolean {
    for (const found of piece.matchAll(BASE)) base = URL.parse(found[1] ?? '', base)?.href ?? base;
    emit(piece);
    let rest = piece;
    while (parser.error) {
      const known = recent + rest;
      const at = lineStart(known, parser.error.line - line);
      const { subject, open } = brokenAt(known, at);
      BOUNDARY.lastIndex = at;
      const boundary = open ? undefined : BOUNDARY.exec(known);
      if ((!open && !boundary) || faults.length >= LIMITS.told) {
        giveUp(known, parser.error);
        return false;
      }
      // Where the statement before lacks its point, it is that one that is broken: reading goes on here.
      const end = boundary ? boundary.index + boundary[0].length : at;
      if (subject !== undefined) into.forget(subject);
      const start =
        [...known.slice(0, end).matchAll(SUBJECT)].findLast((found) => subjectOf(found) === subject)?.index ?? end;
      faults.push({
        message: parser.error.message,
        ...(subject === undefined ? {} : { subject, skipped: known.slice(start, end) }),
      });
      parser = begin();
      for (const [prefix, iri] of prefixes) emit(`@prefix ${prefix}: <${iri}> .\n`);
      line = 1 + prefixes.size;
      recent = '';
      rest = known.slice(end);
      emit(rest);
    }
    line += linesIn(recent);
    recent = rest;
    return true;
  }

  let held = '';
  let size = 0;
  for await (const piece of text) {
    size += piece.length;
    if (size > LIMITS.json) throw tooLarge();
    held += piece;
    while (held.length >= PIECE) {
      if (!pass(held.slice(0, PIECE))) return faults;
      held = held.slice(PIECE);
    }
  }
  if (!pass(held)) return faults;
  parser.input.emit('end');
  if (parser.error) giveUp(recent, parser.error);
  return faults;
}

const linesIn = (text: string): number => text.split('\n').length - 1;

/** Where a line begins, counted from 0; the end of the text when it has not so many. */
function lineStart(text: string, line: number): number {
  let at = 0;
  for (let n = 0; n < line; n++) {
    const next = text.indexOf('\n', at);
    if (next < 0) return text.length;
    at = next + 1;
  }
  return at;
}

/** A graph is held as a whole, because its parts refer to each other in any order. */
export const tooLarge = (): SourceBroken =>
  new SourceBroken(
    `more than ${LIMITS.json} characters in one catalogue`,
    'publish it in parts, each with all that its records refer to',
  );
