import type { Opportunity } from '../../../schema/index.ts';
import { type PlaceFacts, placeOf, readCountry } from '../../elements/places.ts';
import type { Spot } from '../../record/spot.ts';
import { isOfType, isThing, wordsAt } from './words.ts';

/** What an address says: a PostalAddress, or words. */
export function postalAt(address: Spot): PlaceFacts {
  if (!isThing(address)) return { street: wordsAt(address) };
  let country: string | undefined;
  for (const one of address.each('addressCountry'))
    country ??= readCountry(isThing(one) ? one.first('name', 'identifier', '@id') : one);
  return {
    street: wordsAt(address.at('streetAddress')),
    postcode: wordsAt(address.at('postalCode')),
    locality: wordsAt(address.at('addressLocality')),
    region: wordsAt(address.at('addressRegion')),
    country,
  };
}

/** The places of a run, written as one. What only says that it is online is no place: its words stand apart. */
export function placesAt(
  run: Spot,
): Pick<Opportunity, 'place' | 'locality' | 'region' | 'country'> & { online?: string } {
  let online: string | undefined;
  const written = new Set<string>();
  const out: Pick<Opportunity, 'place' | 'locality' | 'region' | 'country'> = {};
  for (const location of run.each('location')) {
    for (const facts of factsOf(location)) {
      const { place, online: words, ...rest } = placeOf(location, facts);
      if (place) written.add(place);
      online ??= words;
      Object.assign(out, { ...rest, ...out });
    }
  }
  const place = [...written].join(', ').slice(0, 1000);
  return { ...(place ? { place } : {}), ...out, ...(online ? { online } : {}) };
}

/** A Place, a PostalAddress, a VirtualLocation or words. */
function factsOf(location: Spot): PlaceFacts[] {
  if (!isThing(location)) return [{ name: wordsAt(location) }];
  if (isOfType(location, 'VirtualLocation')) return [];
  const name = wordsAt(location.at('name'));
  const bare = location.at('addressCountry').silent && location.at('addressLocality').silent;
  const addresses = location.each('address');
  const [first = bare ? undefined : location, ...others] = addresses;
  return [{ name, ...(first && postalAt(first)) }, ...others.map(postalAt)];
}
