import type { LangString } from '../../../schema/index.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { wordsOfTerm } from './terms.ts';

/** A record of CTDL: what it asks of those who earn it stands apart from what it asks of those who enter. */
export interface CtdlReading extends RecordReading {
  /** Condition profiles of what is to be done to earn it. */
  toEarn: readonly Spot[];
  /** Condition profiles of `requires` that by their names are conditions to enter. */
  toEnter: readonly Spot[];
  /** Learning opportunities and assessments that earning it takes. */
  required: readonly Spot[];
}

/** An entry of a list or a framework as CTDL gives it: an alignment object, a concept, a bare term, its address, plain words. */
export interface Entry {
  spot: Spot;
  /** What it is called, in so many words. */
  texts: readonly LangString[];
  /** The term or address that it is (`deliveryType:OnlineOnly`). */
  term: string | undefined;
  /** It is described by an object. */
  described: boolean;
}

const NAMES = ['targetNodeName', 'targetName', 'competencyText', 'name', 'prefLabel'] as const;
const TARGETS = ['targetNode', 'targetUrl', 'target', '@id'] as const;
const IS_TERM = /^(?:https?:\/\/|[a-z][\w-]{0,30}:)\S{1,500}$/i;
/** Addresses of CTDL's own terms, whose last part is the word for them. */
const OWN_TERM = /^(?!https?:)|^https?:\/\/(?:www\.)?(?:purl\.org\/ctdl|credreg\.net\/)/i;

export function entryOf(one: Spot): Entry {
  const node = one.node();
  if (!node) {
    const said = one.said();
    const term = said !== undefined && IS_TERM.test(said) ? said : undefined;
    return { spot: one, texts: term ? [] : one.texts(), term, described: false };
  }
  const named = node.first(...NAMES).texts();
  // A text in its languages is an object, too.
  const texts = named.length ? named : node.texts();
  const term = TARGETS.map((name) => node.at(name).said()).find((said) => said && !said.startsWith('_:'));
  return { spot: node, texts, term, described: true };
}

export const entriesAt = (at: Spot, ...names: string[]): Entry[] => at.each(...names).map(entryOf);

/** The words for an entry: its name, else those of the term. An address that is none of CTDL's own is shown as it stands. */
export function wordsOf({ texts, term }: Entry): readonly LangString[] {
  if (texts.length || term === undefined) return texts;
  return OWN_TERM.test(term) ? [{ language: 'en', value: wordsOfTerm(term) }] : [{ language: 'zxx', value: term }];
}

/** The first word for each of these entries, in a row. */
export const listed = (entries: readonly Entry[]): string =>
  [...new Set(entries.flatMap((entry) => wordsOf(entry)[0]?.value ?? []))].join(', ');

/** The framework that an entry is of: its name, else its address. */
export const frameworkOf = ({ spot }: Entry): string | undefined =>
  spot.at('frameworkName').texts()[0]?.value ?? spot.first('framework', 'targetFramework').said();

/** Where words stand for conditions and the like: in the description of a profile, else in its name, or plainly. */
export function wordsIn(at: Spot, ...names: string[]): Spot[] {
  return at.each(...names).flatMap((one) => {
    const node = one.node();
    if (!node) return IS_TERM.test(one.said() ?? '') ? [] : [one];
    const words = descriptionOf(node);
    if (words.length) return words;
    const name = node.at('name');
    return name.silent ? [node] : [name];
  });
}

export const descriptionOf = (profile: Spot): Spot[] =>
  [profile.at('description'), profile.at('condition')].filter((spot) => !spot.silent);

/** The local names of its types. */
export const typesOf = (at: Spot): string[] => at.each('@type', 'type').flatMap((one) => one.said() ?? []);

/** The identifier of a node: its CTID, else its `@id`; blank nodes have none. */
export function identifierOf(node: Spot): string | undefined {
  const said = node.at('ctid').said() ?? ownId(node);
  return said?.startsWith('_:') ? undefined : said;
}

/** Its `@id`, unless it is a blank node. */
export function ownId(node: Spot): string | undefined {
  const said = node.first('@id', 'id').said();
  return said?.startsWith('_:') ? undefined : said;
}
