import type { LangString } from '../../schema/index.ts';
import { isFiller, langStrings, plainText } from '../../schema/parse/text.ts';
import { joinTexts } from '../normalise/texts.ts';
import type { XmlElement } from './xml-element.ts';

/** An element with its place, `/course/presentation[2]/start`. Built while walking, so that every value has a path. */
export interface Place {
  element: XmlElement;
  path: string;
}

/** The children of that local name with their places; namespaces differ between versions and feeds of one format. */
export function all(at: Place | undefined, ...names: string[]): Place[] {
  const found: Place[] = [];
  for (const name of names) {
    const same = at?.element.children?.filter((child) => child.name === name) ?? [];
    same.forEach((element, i) => {
      found.push({ element, path: `${at?.path}/${name}${same.length > 1 ? `[${i + 1}]` : ''}` });
    });
  }
  return found;
}

/** The first child of one of these names that says something. */
export const first = (at: Place | undefined, ...names: string[]): Place | undefined =>
  all(at, ...names).find((place) => textOf(place) !== undefined || place.element.children?.length);

/** Plain text of an element; fillers are nothing. */
export function textOf(at: Place | undefined): string | undefined {
  if (!at?.element.text) return undefined;
  const text = plainText(at.element.text);
  return isFiller(text) ? undefined : text;
}

/** The texts of elements in their languages, several of one language joined with an empty line. */
export function texts(places: readonly Place[], language: string | undefined): LangString[] | undefined {
  const out = joinTexts(
    places.flatMap(({ element }) =>
      langStrings({ '@value': element.text ?? '', '@language': element.language ?? '' }, language),
    ),
  );
  return out.length ? out : undefined;
}

/** The local part of `xsi:type="xcriTerms:careerOutcome"`: its prefix is bound differently in every feed. */
export const typeOf = ({ element }: Place): string | undefined => element.attributes?.['xsi:type']?.split(':').at(-1);

const PICTURES = new Set(['image', 'logo']);

/** A copy without pictures. */
export function withoutPictures(element: XmlElement): XmlElement {
  const children = element.children
    ?.filter((child) => !PICTURES.has(child.name.toLowerCase()))
    .map((child) => withoutPictures(child));
  return { ...element, ...(children ? { children } : {}) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A stored tree as an element, with what has not the shape of one left out: `normalise` may not stumble over it. */
export function toElement(value: unknown): XmlElement | undefined {
  if (!isRecord(value) || typeof value.name !== 'string') return undefined;
  const element: XmlElement = { name: value.name };
  if (typeof value.namespace === 'string') element.namespace = value.namespace;
  if (typeof value.language === 'string') element.language = value.language;
  if (typeof value.text === 'string') element.text = value.text;
  if (isRecord(value.attributes)) {
    const texts = Object.entries(value.attributes).filter((e): e is [string, string] => typeof e[1] === 'string');
    element.attributes = Object.fromEntries(texts);
  }
  if (Array.isArray(value.children)) {
    element.children = value.children.flatMap((child) => toElement(child) ?? []);
  }
  return element;
}
