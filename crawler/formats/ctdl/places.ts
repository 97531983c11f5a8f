import type { LangString } from '../../../schema/index.ts';
import { placeOf } from '../../elements/places.ts';
import type { Spot } from '../../record/spot.ts';
import { regionOf } from './bodies.ts';

/** A place where it can be pursued, judged: "Online" is none. */
export interface Place {
  spot: Spot;
  facts: ReturnType<typeof placeOf>;
}

export const placesAt = (at: Spot): Place[] => at.each('availableAt').map(placeAt);

/** The words that say of a place that it is none, where they stand. */
export const onlineOf = (places: readonly Place[]): Spot | undefined =>
  places.flatMap(({ spot, facts }) => (facts.online === undefined ? [] : spot.with(facts.online)))[0];

/** A `ceterms:Place`, or its words. */
function placeAt(one: Spot): Place {
  const node = one.node();
  if (!node) return { spot: one, facts: placeOf(one, { name: one.texts()[0]?.value }) };
  const address = node.nodes('address')[0] ?? node;
  const first = (spot: Spot): string | undefined => spot.texts()[0]?.value ?? spot.said();
  const facts = placeOf(node, {
    name: first(node.at('name')),
    street: first(address.at('streetAddress')),
    postcode: first(address.at('postalCode')),
    ...regionOf(address),
  });
  return { spot: node, facts };
}

/** A place in one line, in the language in which it is named. */
export function placeInWords({ spot, facts }: Place): LangString[] {
  const address = spot.nodes('address')[0] ?? spot;
  const [named] = [spot, spot.at('name'), address.at('addressLocality'), address.at('addressRegion')].flatMap((one) =>
    one.texts(),
  );
  const value = [...new Set([facts.place, facts.region])].filter(Boolean).join(', ');
  return value ? [{ language: named?.language ?? 'und', value }] : [];
}
