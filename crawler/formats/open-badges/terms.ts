import { isObject } from '../../../schema/index.ts';
import { linkedSyntax } from '../../record/linked.ts';
import type { Spot } from '../../record/spot.ts';

/** `extensions:ECTSExtension`, `obi:BadgeClass`, `https://w3id.org/openbadges#BadgeClass`: contexts differ, local names do not. */
export const localName = (name: string): string => (name.startsWith('@') ? name : name.split(/[#/:]/).at(-1) || name);

/** Badges are plain JSON first: much of edubadges stands outside of its context. No context is fetched. */
export const badgeSyntax = linkedSyntax({ term: localName });

/** The types of an object, by local name. */
export function typesOf(raw: Readonly<Record<string, unknown>>): string[] {
  const types = [raw.type, raw['@type']].flatMap((one) => (Array.isArray(one) ? one : [one]));
  return types.flatMap((type) => (typeof type === 'string' ? [localName(type)] : []));
}

/** What an extension says, on the object itself or among its `extensions` (Open Educational Badges). */
export const extensionAt = (at: Spot, name: string): Spot[] =>
  [at, ...at.nodes('extensions')].flatMap((one) => one.nodes(`${name}Extension`));

/** The values of an extension whose member has its name (`ECTSExtension.ECTS`), unless told. */
export const saidInExtension = (at: Spot, name: string, member = name): Spot[] =>
  extensionAt(at, name).flatMap((node) => node.each(member));

/** An address in plain text, or the `@id` of an object that is nothing more. */
export const addressAt = (spot: Spot): string | undefined => {
  const said = isObject(spot.value) ? spot.first('id', '@id').said() : spot.said();
  return said !== undefined && /^https?:/i.test(said) ? said : undefined;
};
