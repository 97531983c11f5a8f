import { asText, isObject, type LangString } from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { langStrings, plainText } from '../../../schema/parse/text.ts';
import { nodeUrl } from '../../decode/linked/addresses.ts';
import type { LinkedNode } from '../../decode/linked/node.ts';
import type { AlignmentFacts } from '../../elements/alignments.ts';
import { readLanguages } from '../../elements/languages.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** A course, programme, run or credential being read. */
export interface Course extends RecordReading {
  /** One of the types of `KINDS`. */
  type: string;
  /** `feed`: one document with many courses, so its address is no course's page. */
  page: { url: string | undefined; feed: boolean };
  /** Base of relative addresses; empty for a file, which has no site. */
  base: string;
  /** The course's own address, else that of the page that it has to itself. */
  url: string | undefined;
  title: LangString[];
  /** The node that describes what is awarded, when that is a node. */
  credential: Spot | undefined;
  /** Texts that have no element of their own. */
  further: LangString[];
}

/** Placeholders of templates that were published unfilled. */
export const RESIDUE =
  /\$\{[^}]{0,200}\}|\{\{[^}]{0,200}\}\}|\{%|<%|^\s*(?:%s|\[(?:title|name|course[ _-]?name)\])\s*$/i;
// A long text may be about templates; a short one that holds a placeholder is one that was never filled in.
const isResidue = (text: string): boolean => text.length <= 300 && RESIDUE.test(text);

/** Start of the URI forms of enumeration values. */
export const SCHEMA_PREFIX = /^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:|sdo:)/i;

/** Whether a node stands there and no text. */
export const isThing = ({ value }: Spot): boolean => isObject(value) && !('@value' in value);

/** Whether the node there is of a type. */
export const isOfType = (spot: Spot, type: string): boolean => spot.each('@type').some((one) => one.value === type);

/** The text of a value as it stands; '' for nodes, flags and nothing. */
export function rawText(value: unknown): string {
  const bare = isObject(value) && '@value' in value ? value['@value'] : value;
  return typeof bare === 'string' || typeof bare === 'number' ? String(bare) : '';
}

/** The words of all that stands there: texts and numbers; of nodes their names. Unfilled placeholders are told. */
export function words(spot: Spot): LangString[] {
  if (spot.value === undefined) return [];
  const values: readonly unknown[] = Array.isArray(spot.value) ? spot.value : [spot.value];
  const said = values.flatMap((item): unknown[] => {
    if (!isObject(item)) return [typeof item === 'number' ? String(item) : item];
    if ('@value' in item) return [{ ...item, '@value': asText(item['@value']) }];
    const name = item.name ?? item.termCode ?? item.targetName;
    return Array.isArray(name) ? name : [name];
  });
  for (const item of said) {
    const text = rawText(item);
    if (isResidue(text)) spot.note('template-residue', undefined, text);
  }
  return langStrings(said, spot.language).filter(({ value }) => !isResidue(value));
}

/** The first words there. */
export const wordsAt = (spot: Spot): string | undefined => words(spot)[0]?.value;

/** The web address of a node (`url`, else `@id`), absolute; `urlOnly`: a node that is not known by where it stands. */
export const addressOf = ({ base }: Pick<Course, 'base'>, node: Spot, urlOnly = false): string | undefined =>
  nodeUrl(urlOnly ? { url: node.at('url').value } : (node.value as LinkedNode), base);

/** A term with a name (DefinedTerm, AlignmentObject, Thing) or plain words. */
export interface Term extends AlignmentFacts {
  text: LangString[];
  code?: string;
  spot: Spot;
}

/** What a value says of one term; undefined when it is nothing. */
export function termAt(spot: Spot): Term | undefined {
  const { path } = spot;
  if (!isThing(spot)) {
    const said = rawText(spot.value).trim();
    if (/^https?:\/\/\S+$/.test(said)) return { text: [], uri: said, path, spot };
    const text = words(spot);
    return text.length ? { text, path, spot } : undefined;
  }
  const text = words(spot.with(spot.first('name', 'targetName', 'targetDescription', 'description').value));
  const uri = spot
    .each('@id', 'url', 'targetUrl', 'sameAs')
    .map((one) => one.said() ?? '')
    .find((said) => /^https?:\/\//.test(said));
  const framework = frameworkOf(spot);
  const code = spot.at('termCode').said();
  if (!text.length && !uri && !code) return undefined;
  return { text, path, spot, ...(uri ? { uri } : {}), ...(framework ? { framework } : {}), ...(code ? { code } : {}) };
}

export const termsAt = (node: Spot, ...keys: string[]): Term[] =>
  node.each(...keys).flatMap((spot) => termAt(spot) ?? []);

/** Terms that alignment objects of one type name. */
export const alignedTerms = (node: Spot, type: RegExp): Term[] =>
  node
    .each('educationalAlignment')
    .flatMap((spot) => (type.test(spot.at('alignmentType').said() ?? '') ? (termAt(spot) ?? []) : []));

/** The name of the set of terms, or of the framework, that a term is of; its address when it has no name. */
export function frameworkOf(term: Spot): string | undefined {
  const set = term
    .each('inDefinedTermSet', 'educationalFramework')
    .map((one) => (isThing(one) ? one.first('name', '@id', 'url') : one).said())
    .find(Boolean);
  return set && plainText(set);
}

/** Languages of instruction, BCP 47. */
export const languagesAt = (node: Spot): string[] => [
  ...new Set(
    node.each('inLanguage', 'availableLanguage').flatMap((one) => readLanguages(isThing(one) ? named(one) : one)),
  ),
];

/** Of a language that is a node, what names it best. */
function named(language: Spot): Spot {
  const said = language.each('alternateName', 'name', '@id').map((one) => one.said());
  return language.with(said.find((one) => registeredLanguage(one)) ?? said[0]);
}

/** Keeps text that has no element of its own, with the word that says what it is. */
export function say(r: Course, label: string, text: readonly LangString[]): void {
  for (const { language, value } of text) r.further.push({ language, value: `${label}: ${value}` });
}
