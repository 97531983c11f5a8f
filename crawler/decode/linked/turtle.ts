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
const SUBJECT = /(?:^|\n)<([^<>\s]{1,2000})>/g;
const STARTS = /^\s*<([^<>\s]{1,2000})>/;
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

  /** Passes text on, and whatever can be read behind what is broken. Answers whether reading can go on. */
  function pass(piece: string): boolean {
    for (const found of piece.matchAll(BASE)) base = new URL(found[1] ?? '', base).href;
    emit(piece);
    let rest = piece;
    while (parser.error) {
      const known = recent + rest;
      const at = lineStart(known, parser.error.line - line);
      const before = known.slice(0, at).trimEnd();
      const own = STARTS.exec(known.slice(at, at + 2000))?.[1];
      // The statement before it lacks its point: then it is that one that is broken, and reading goes on here.
      const open = own !== undefined && before !== '' && !before.endsWith('.');
      BOUNDARY.lastIndex = at;
      const boundary = open ? undefined : BOUNDARY.exec(known);
      if ((!open && !boundary) || faults.length >= LIMITS.told) {
        faults.push({ message: parser.error.message });
        into.forgetLast();
        return false;
      }
      const end = boundary ? boundary.index + boundary[0].length : at;
      const subject = open || own === undefined ? [...before.matchAll(SUBJECT)].at(-1)?.[1] : own;
      if (subject !== undefined) into.forget(subject);
      const start = subject === undefined ? end : known.lastIndexOf(`<${subject}>`, at);
      faults.push({
        message: parser.error.message,
        ...(subject === undefined ? {} : { subject, skipped: known.slice(Math.max(0, start), end) }),
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
  if (parser.error) {
    faults.push({ message: parser.error.message });
    into.forgetLast();
  }
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
