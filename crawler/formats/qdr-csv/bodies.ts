import {
  type CredentialDraft,
  type LangString,
  type ProviderReference,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { readCountry } from '../../elements/places.ts';
import { distinctTexts } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** Behind a name: up to which level a body awards, what it was called before. */
const NOTE =
  /\s*\((?:up to (?:[A-Z]{2,5} )?level \d\b|prev(?:\.|iously)?\s|formerly\s|f\.?k\.?a\.?\s)[^()]{0,100}\)\s*$/i;

/** The name of a body without the notes that stand behind it. */
function namesAt(spot: Spot): LangString[] {
  return spot.texts().map(({ language, value }) => {
    let name = value;
    while (NOTE.test(name)) name = name.replace(NOTE, '');
    if (name === '' || name === value) return { language, value };
    spot.note('note-in-name', undefined, value);
    return { language, value: name };
  });
}

interface Found {
  references: ProviderReference[];
  path: string;
  country: { code: string; path: string } | undefined;
}

/** The bodies at a property: what is said of one address, or of one name, is one body. */
function bodiesAt({ main, bodies }: RecordReading, property: string): Found {
  const groups = new Map<string, { address: string | undefined; names: LangString[]; spot: Spot }>();
  let country: Found['country'];
  for (const one of main.nodes(property)) {
    const address = one.at('address').said();
    const names = namesAt(one.at('name'));
    const key = address ?? names[0]?.value.toLowerCase();
    const place = one.at('country');
    const code = place.silent ? undefined : readCountry(place.with(place.texts()[0]?.value ?? place.value));
    if (code) country ??= { code, path: place.path };
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known) known.names.push(...names);
    else groups.set(key, { address, names, spot: one });
  }
  const references = [...groups.values()].flatMap(({ address, names, spot }) => {
    if (!names.length) spot.note('undescribed-reference', undefined, address);
    return bodies.add({ ...(address ? { identifier: address } : {}), name: distinctTexts(names) }) ?? [];
  });
  const [first] = groups.values();
  return { references, path: first?.spot.path ?? '', country };
}

/** Who awards, who offers, and where: the country of who awards is stated, that of the others derived. */
export function bodiesOf(
  reading: RecordReading,
): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const { bodies, source } = reading;
  const awarding = bodiesAt(reading, 'awardingBody');
  const offering = bodiesAt(reading, 'providedBy');
  // Who publishes the register is no body of the record; where it does is where the qualification is from.
  const country = awarding.country;
  const other = offering.country ?? publisherCountry(reading.main);
  return {
    awardingBody: awarding.references.length
      ? stated(awarding.references, awarding.path)
      : bodies.defaultAwardingBody(),
    offeredBy: statedIf(offering.references.length ? offering.references : undefined, offering.path),
    issuerCountry: country
      ? stated({ country: country.code }, country.path)
      : other
        ? derivedBy({ country: other.code }, other.path, 'elm-other-country')
        : defaultCountry(source),
  };
}

function publisherCountry(main: Spot): Found['country'] {
  for (const one of main.nodes('publisher')) {
    const place = one.at('country');
    const code = place.silent ? undefined : readCountry(place);
    if (code) return { code, path: place.path };
  }
  return undefined;
}
