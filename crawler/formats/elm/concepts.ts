import type { LangString } from '../../../schema/index.ts';
import type { Spot } from '../../record/spot.ts';

/** A term of a controlled list as ELM refers to it: by its address, with or without its words. */
export interface ConceptAt {
  spot: Spot;
  /** The address; terms that a tool numbers within its document (`urn:epass:concept:…`) have none. */
  uri: string | undefined;
  texts: readonly LangString[];
}

const IS_REFERENCE = /^(?:https?:|urn:|_:|mailto:)/i;
/** What the EU's lists say where nothing is known. */
const UNKNOWN = /\/OP_DATPRO$/;

/** The terms at these properties; `OP_DATPRO` says nothing. */
export const conceptsAt = (at: Spot, ...names: string[]): ConceptAt[] =>
  at.each(...names).flatMap((one) => {
    const node = one.node();
    const said = node ? node.at('@id').said() : one.said();
    if (said !== undefined && UNKNOWN.test(said)) return [];
    const uri = said !== undefined && /^https?:/i.test(said) ? said : undefined;
    const named = node ? node.first('prefLabel', 'altLabel', 'title', 'notation').texts() : [];
    const texts = node || IS_REFERENCE.test(said ?? '') ? named : one.texts();
    return uri === undefined && !texts.length ? [] : [{ spot: one, uri, texts }];
  });

/** What stands in place of the term where words are looked for: its address where the EU's lists have it, else its words. */
export const wordSpots = ({ spot, uri, texts }: ConceptAt, known: (word: string) => unknown): Spot[] =>
  uri !== undefined && (known(uri) || !texts.length) ? [spot.with(uri)] : texts.map(({ value }) => spot.with(value));

/** The last part of an address. */
export const tailOf = (uri: string): string =>
  uri
    .replace(/[/#]+$/, '')
    .split(/[/#]/)
    .at(-1) ?? '';

/** The words at these properties: of notes (`noteLiteral`), of things with a title, or plainly. */
export const wordsAt = (at: Spot, ...names: string[]): Spot[] =>
  at.each(...names).flatMap((one) => {
    const named = one.node()?.first('noteLiteral', 'title', 'prefLabel', 'value');
    if (named && !named.silent) return [named];
    return IS_REFERENCE.test(one.said() ?? '') ? [] : [one];
  });
