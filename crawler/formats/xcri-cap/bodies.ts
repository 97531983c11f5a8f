import {
  type CredentialDraft,
  type Provider,
  type ProviderReference,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { defaultCountry, isNamed, referenceTo } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { countryOfAddress, readCountry } from '../../elements/places.ts';
import { joinTexts } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { identifiersOf, typeOf } from './identifiers.ts';

/** Who offers the course, and who awards the qualification. */
export function bodiesOf(
  { main, bodies, source }: RecordReading,
  qualifications: readonly Spot[],
): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const at = main.at('provider');
  const location = locationOf(at) ?? at;
  const offered = bodies.add({
    ...factsOf(at),
    name: joinTexts(at.at('title').texts()),
    country: countryOf(location),
    locality: location.at('town').said(),
    description: joinTexts([...at.at('description').texts(), ...at.at('abstract').texts()]),
  });
  const provider = offered && bodies.get(offered.id);
  /** The body in `awardedBy` (a name, or elements): the provider itself when the names are the same. */
  const awarding = (one: Spot): ProviderReference[] => {
    const name = joinTexts(one.first('title').silent ? one.texts() : one.at('title').texts());
    const [first] = name;
    if (!first) return [];
    return provider && isNamed(provider, first.value)
      ? [referenceTo(provider)]
      : [bodies.add({ ...factsOf(one), name })].filter((body) => body !== undefined);
  };
  const awardedBy = qualifications.flatMap((one) => one.each('awardedBy'));
  const awards = [...new Map(awardedBy.flatMap(awarding).map((body) => [body.id, body])).values()];
  return {
    awardingBody: awards.length ? stated(awards, awardedBy[0]?.path ?? '') : bodies.defaultAwardingBody(),
    offeredBy: statedIf(offered && [offered], at.path),
    // The provider's own address tells the issuer's country when the provider is the body that awards.
    issuerCountry:
      provider?.country && awards.some(({ id }) => id === provider.id)
        ? stated({ country: provider.country }, location.path)
        : defaultCountry(source),
  };
}

function factsOf(at: Spot): Pick<Provider, 'alternates' | 'identifiers' | 'url'> & { identifier: string | undefined } {
  const [identifier, ...others] = identifiersOf(at);
  const url = readUrl(at.first('url', 'link'));
  return {
    identifier,
    alternates: [...others.filter((id) => /^(?:https?|urn):/i.test(id)), ...(url ? [url] : [])],
    identifiers: at.each('identifier').flatMap((one) => {
      const scheme = typeOf(one)?.toLowerCase();
      const value = one.said();
      return scheme && value ? [{ scheme, value }] : [];
    }),
    url,
  };
}

/** Where a body or a venue says its address in elements of their own. */
export const locationOf = (at: Spot): Spot | undefined =>
  at.each('location', 'address').find((one) => one.members().some((name) => !name.startsWith('@')));

/** The country that a location names: its own element, else the last line of the address. */
export const countryOf = (location: Spot): string | undefined =>
  (location.first('country').silent ? undefined : readCountry(location.at('country'))) ??
  countryOfAddress(linesOf(location));

/** The lines of an address; coordinates are none. */
export const linesOf = (location: Spot): string[] =>
  location
    .each('address')
    .filter((one) => !/^geo:/i.test(one.at('@xsi:type').said() ?? ''))
    .flatMap((one) => one.said() ?? []);
