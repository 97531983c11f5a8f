import { type CredentialDraft, derived, statedIf, table } from '../../../schema/index.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readTexts } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };
import { codesOf, idOf, placeAt } from './common.ts';
import { ORGANISATION_IDS } from './ids.ts';

/** The organisation of a course offers it; that it awards, and its country, are derived. */
export function bodiesOf({ main, source, bodies }: RecordReading): Partial<CredentialDraft> {
  const at = main.first('organization', 'organisation', ...ORGANISATION_IDS);
  const given = at.node();
  const named = at.said() === undefined ? undefined : String(at.value);
  const offering = bodies.add(given ? organisationFacts(given) : { identifier: named });
  const fallback = bodies.defaultAwardingBody();
  const country = offering && bodies.get(offering.id)?.country;
  return {
    offeredBy: statedIf(offering && [offering], at.path),
    awardingBody: fallback.value || !offering ? fallback : derived([offering], at.path, 'ooapi-organisation-awards'),
    issuerCountry: country
      ? derived({ country }, at.at('addresses').path, 'country-of-organisation')
      : defaultCountry(source),
  };
}

/** Code types (spelt with or without underscores) that name an organisation to the outside. */
const SCHEMES = table(codes.organisationCodes);

/** What is said of an organisation. `identifier`: its own, where it is known from elsewhere. */
export function organisationFacts(spot: Spot, identifier = idOf(spot, ORGANISATION_IDS)): BodyFacts {
  const url = readUrl(spot.at('link'));
  const { country, locality } = placeAt(spot);
  return {
    identifier,
    name: readTexts(spot.at('name')),
    alternates: url ? [url] : [],
    identifiers: codesOf(spot).flatMap(({ type, code }) => {
      const scheme = SCHEMES.get(type);
      return scheme ? [{ scheme, value: code }] : [];
    }),
    url,
    country,
    locality,
    description: readTexts(spot.at('description')),
  };
}
