import { type CredentialDraft, type ProviderReference, stated, statedIf } from '../../../schema/index.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import { distinctTexts } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import { conceptsAt, tailOf } from './concepts.ts';
import { isAddress } from './names.ts';
import type { ElmReading } from './reading.ts';

/** Who awards is named by the opportunity of an award, who offers by the opportunity to learn. The seal's issuer is neither. */
export function bodiesOf(reading: ElmReading): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const { spec, offers, bodies } = reading;
  const awards = spec?.nodes('awardingOpportunity') ?? [];
  const awarding = bodiesAt(
    reading,
    awards.flatMap((one) => one.each('awardingBody')),
  );
  const publishers = [...(spec ? [spec] : []), ...offers].flatMap((one) => one.each('publisher'));
  const providers = [...(spec ? [spec] : []), ...offers].flatMap((one) => one.each('providedBy'));
  // QualityLink: the provider publishes its specification itself.
  const isOwn = spec?.each('@type').some((one) => one.said() === 'LearningOpportunitySpecification');
  const offered = bodiesAt(reading, providers.length || !isOwn ? providers : publishers);
  return {
    awardingBody: awarding.references.length
      ? stated(awarding.references, awarding.path)
      : bodies.defaultAwardingBody(),
    offeredBy: statedIf(offered.references.length ? offered.references : undefined, offered.path),
    issuerCountry: countryOf(reading, awarding, offered, [
      ...awards.flatMap((one) => one.nodes('location')),
      ...publishers.flatMap((one) => one.node()?.nodes('location') ?? []),
    ]),
  };
}

function countryOf({ source }: ElmReading, awarding: Found, offered: Found, others: readonly Spot[]) {
  const own = awarding.countries[0];
  if (own) return stated({ country: own.country }, own.path);
  const other = [...offered.countries, ...others.flatMap((one) => countryAt(one) ?? [])][0];
  return other ? derivedBy({ country: other.country }, other.path, 'elm-other-country') : defaultCountry(source);
}

interface Country {
  country: string;
  path: string;
}

interface Found {
  references: ProviderReference[];
  path: string;
  countries: Country[];
}

function bodiesAt({ bodies }: ElmReading, spots: readonly Spot[]): Found {
  const references = new Map<string, ProviderReference>();
  const countries: Country[] = [];
  for (const one of spots) {
    const node = one.node();
    const facts = node ? bodyFacts(node) : referredTo(one);
    const reference = facts && bodies.add(facts);
    if (!reference) one.note('unnamed-organisation');
    else references.set(reference.id, reference);
    countries.push(...(node?.nodes('location').flatMap((location) => countryAt(location) ?? []) ?? []));
  }
  return { references: [...references.values()], path: spots[0]?.path ?? '', countries };
}

/** A body that nobody describes has an address, or a name. */
function referredTo(one: Spot): BodyFacts | undefined {
  const said = one.said();
  if (!isAddress(said)) return undefined;
  if (!/^(?:https?|urn):/i.test(said)) return { name: one.texts() };
  one.note('undescribed-reference');
  return { identifier: said };
}

const LEGAL: readonly (readonly [property: string, scheme: string])[] = [
  ['eidasLegalIdentifier', 'eidas'],
  ['vatIdentifier', 'vat'],
  ['taxIdentifier', 'tax'],
  ['registration', 'registration'],
];

export function bodyFacts(node: Spot): BodyFacts {
  const id = node.at('@id').said();
  const identifier = isAddress(id) ? id : undefined;
  const legal = LEGAL.flatMap(([property, scheme]) =>
    node.each(property).flatMap((one) => {
      const value = (one.node()?.at('notation') ?? one).said();
      return value ? [{ scheme, value }] : [];
    }),
  );
  const others = node.each('identifier').flatMap((one) => {
    const value = (one.node()?.at('notation') ?? one).said();
    const scheme = one.node()?.first('schemeName', 'schemeId').said();
    return value ? [{ scheme: scheme ?? 'identifier', value }] : [];
  });
  const [location] = node.nodes('location');
  const url = pageOf(node);
  return {
    name: distinctTexts(node.first('legalName', 'prefLabel', 'title').texts()),
    identifiers: [...legal, ...others],
    alternates: url ? [url] : [],
    ...(identifier ? { identifier } : {}),
    ...(url ? { url } : {}),
    ...(location ? placeIn(location) : {}),
  };
}

/** The address of the page; in some feeds a text instead of a web resource. */
export function pageOf(at: Spot): string | undefined {
  for (const one of at.each('homepage')) {
    const url = readUrl(one.node()?.at('contentUrl') ?? one);
    if (url) return url;
  }
  return undefined;
}

function countryAt(location: Spot): Country | undefined {
  for (const address of [...location.nodes('address'), location])
    for (const { spot, uri, texts } of conceptsAt(address, 'countryCode')) {
      const country = readCountry(uri ? spot.with(uri) : spot.with(texts[0]?.value));
      if (country) return { country, path: spot.path };
    }
  return undefined;
}

/** Town, region and country of a location. Regions are NUTS or of the EU's list of administrative units. */
export function placeIn(location: Spot): { locality?: string; region?: string; country?: string; lines: string[] } {
  const country = countryAt(location)?.country;
  const [unit] = conceptsAt(location, 'spatialCode').filter(({ uri }) => !uri?.includes('/authority/country/'));
  const region = unit && (unit.uri?.includes('/nuts/') ? tailOf(unit.uri) : unit.texts[0]?.value);
  const locality = location.at('geographicName').texts()[0]?.value;
  const lines = location
    .nodes('address')
    .flatMap((one) => one.each('fullAddress'))
    .flatMap((one) => (one.node()?.at('noteLiteral') ?? one).texts()[0]?.value ?? []);
  return { ...(locality ? { locality } : {}), ...(region ? { region } : {}), ...(country ? { country } : {}), lines };
}
