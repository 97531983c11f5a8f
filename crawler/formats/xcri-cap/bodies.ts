import {
  type CredentialDraft,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { countryCode } from '../../../schema/parse/country.ts';
import { defaultCountry, referenceTo } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import { joinTexts } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { identifiersOf, typeOf } from './identifiers.ts';

/** Who offers the course, and who awards the qualification. */
export function bodiesOf(
  reading: RecordReading,
  qualifications: readonly Spot[],
): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const { main, bodies, source } = reading;
  const at = main.at('provider');
  const offered = at.silent ? undefined : bodies.add(providerFacts(at));
  const provider = offered && bodies.get(offered.id);
  const awardedBy = qualifications.flatMap((one) => one.each('awardedBy'));
  const references = awardedBy.flatMap((one) => awardingBody(one, provider, reading) ?? []);
  const awarding = [...new Map(references.map((one) => [one.id, one])).values()];
  return {
    awardingBody: awarding.length ? stated(awarding, awardedBy[0]?.path ?? '') : bodies.defaultAwardingBody(),
    offeredBy: statedIf(offered && [offered], at.path),
    // The provider's own address tells the issuer's country when the provider is the body that awards.
    issuerCountry:
      provider?.country && awarding.some(({ id }) => id === provider.id)
        ? stated({ country: provider.country }, (locationOf(at) ?? at).path)
        : defaultCountry(source),
  };
}

/** Where a body or a venue says its address: with members, or lines of text. */
export const locationOf = (at: Spot): Spot | undefined =>
  at.each('location', 'address').find((one) => one.members().some((name) => !name.startsWith('@')));

function factsOf(at: Spot) {
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

function providerFacts(at: Spot) {
  const location = locationOf(at) ?? at;
  return {
    ...factsOf(at),
    name: joinTexts(at.at('title').texts()),
    country: countryOf(location),
    locality: location.at('town').said(),
    description: joinTexts([...at.at('description').texts(), ...at.at('abstract').texts()]),
  };
}

/** The country that a location names: its own element, or the last line of the address when that is a country's name. */
export function countryOf(location: Spot): string | undefined {
  const own = location.at('country');
  const named = own.silent ? undefined : readCountry(own);
  if (named) return named;
  const word = linesOf(location).at(-1)?.split(/[,\n]/).at(-1)?.trim();
  return word && word.length > 3 ? countryCode(word) : undefined;
}

/** The lines of an address; coordinates are none. */
export const linesOf = (location: Spot): string[] =>
  location
    .each('address')
    .filter((one) => !/^geo:/i.test(one.at('@xsi:type').said() ?? ''))
    .flatMap((one) => one.said() ?? []);

const nameKey = (name: string): string => providerIdentifierFromName(name.replace(/^the\s+/i, ''));

/** The body in `awardedBy` (a name, or elements): the provider itself when the names are the same. */
function awardingBody(
  at: Spot,
  provider: Provider | undefined,
  { bodies }: RecordReading,
): ProviderReference | undefined {
  const titled = at.at('title');
  const name = joinTexts(titled.silent ? at.texts() : titled.texts());
  const [first] = name;
  if (!first) return undefined;
  const key = nameKey(first.value);
  if (provider?.name?.some(({ value }) => nameKey(value) === key)) return referenceTo(provider);
  return bodies.add({ ...factsOf(at), name });
}
