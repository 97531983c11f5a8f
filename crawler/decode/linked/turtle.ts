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

/**
 * Reads Turtle and N-Triples into statements, and answers what broke it off, if anything did: all before that is there. Nothing is
 * fetched: `owl:imports`, `rdfs:seeAlso` and the like are statements.
 *
 * @throws SourceBroken when the document has more characters than are held in memory.
 */
export async function readTurtle(
  text: AsyncIterable<string>,
  into: Statements,
  { base, name, type }: TurtleOptions,
): Promise<string | undefined> {
  const input = new EventEmitter();
  let broken: string | undefined;
  const idOf = (term: Term): string => (term.termType === 'BlankNode' ? `_:${term.value}` : term.value);
  new Parser({ format: 'Turtle', baseIRI: base }).parse(input, (error, quad) => {
    if (error) broken ??= error.message;
    if (!quad || broken !== undefined) return;
    const { subject, predicate, object } = quad;
    const isType = predicate.value === RDF_TYPE;
    let said: Said;
    if (object.termType === 'Literal') said = { text: object.value, language: object.language || undefined };
    else said = { node: isType ? type(object.value) : idOf(object) };
    into.add(idOf(subject), isType ? '@type' : name(predicate.value), said);
  });
  let held = '';
  let size = 0;
  const pass = (piece: string): void => {
    try {
      input.emit('data', piece);
    } catch (error) {
      broken ??= error instanceof Error ? error.message : String(error);
    }
  };
  for await (const piece of text) {
    size += piece.length;
    if (size > LIMITS.json) throw tooLarge();
    held += piece;
    while (held.length >= PIECE && broken === undefined) {
      pass(held.slice(0, PIECE));
      held = held.slice(PIECE);
    }
    if (broken !== undefined) break;
  }
  if (broken === undefined) pass(held);
  if (broken === undefined) input.emit('end');
  return broken;
}

/** A graph is held as a whole, because its parts refer to each other in any order. */
export const tooLarge = (): SourceBroken =>
  new SourceBroken(
    `more than ${LIMITS.json} characters in one catalogue`,
    'publish it in parts, each with all that its records refer to',
  );
