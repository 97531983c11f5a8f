import { type CredentialDraft, type ProviderReference, stated, statedIf } from '../../../schema/index.ts';
import { isFiller, plainText } from '../../../schema/parse/text.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import type { Spot } from '../../record/spot.ts';
import { schemeIn } from './columns.ts';
import type { CsvReading } from './row.ts';

/** A list in a cell: divided at bars and new lines. */
export const listIn = (spot: Spot): string[] =>
  (spot.said() ?? '')
    .split(/[|\n]/)
    .map((item) => plainText(item))
    .filter((item) => !isFiller(item));

/** Who offers and who awards, and where. A number identifies a body only where the cell names one. */
export function bodiesOf({
  rows: [{ spot, columns }],
  bodies,
  source,
  language = 'und',
}: CsvReading): Pick<CredentialDraft, 'offeredBy' | 'awardingBody' | 'issuerCountry'> {
  const { has } = columns;
  const country = has('country') ? readCountry(spot.at('country')) : undefined;
  const ids = spot.each('provider_id');
  const names = listIn(spot.at('provider'));
  if (ids[0] && names.length > 1) ids[0].note('identifier-used-twice', 'give each body a row or a table of its own');
  const known: BodyFacts =
    ids[0] && names.length < 2
      ? {
          identifier: ids[0].said(),
          identifiers: ids.flatMap((one) => {
            const [scheme, value] = [schemeIn(one.path), one.said()];
            return scheme && value ? [{ scheme, value }] : [];
          }),
        }
      : {};
  const url = has('provider_url') ? readUrl(spot.at('provider_url')) : undefined;
  const offering: (ProviderReference | undefined)[] = names.length
    ? names.map((value) => bodies.add({ ...known, name: [{ language, value }], url }))
    : [bodies.add({ ...known, url })];
  const site = has('awarding_body_url') ? readUrl(spot.at('awarding_body_url')) : undefined;
  const awarding = listIn(spot.at('awarding_body')).map((value) =>
    bodies.add({ name: [{ language, value }], url: site, country }),
  );
  const there = <T>(list: readonly (T | undefined)[]): T[] => list.filter((one) => one !== undefined);
  const region = spot.at('region').said() ?? '';
  const nuts = country && /^[A-Z]{2}[0-9A-Z]{1,3}$/.test(region) ? { region } : {};
  if (region && !nuts.region) spot.at('region').note('unknown-code', 'give a NUTS code, beside the country');
  return {
    offeredBy: statedIf(there(offering), (names.length ? spot.at('provider') : spot.at('provider_id')).path),
    awardingBody: there(awarding).length
      ? stated(there(awarding), spot.at('awarding_body').path)
      : bodies.defaultAwardingBody(),
    issuerCountry: country ? stated({ country, ...nuts }, spot.at('country').path) : defaultCountry(source),
  };
}
