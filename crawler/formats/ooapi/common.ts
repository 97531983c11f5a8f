import { isObject, type Price, table } from '../../../schema/index.ts';
import { parsePrices } from '../../../schema/parse/price.ts';
import { readLanguages } from '../../elements/languages.ts';
import { type Modes, readModes } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { isPartOfPrice } from '../../elements/price-parts.ts';
import { readCurrency, readPrices } from '../../elements/prices.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };

// What courses, programmes, organisations and offerings say alike.

/** The first of these members that identifies, to the letter. */
export function idOf(spot: Spot, names: readonly string[]): string | undefined {
  const found = names.map((name) => spot.at(name)).find((one) => one.said() !== undefined);
  return found && String(found.value);
}

/** The codes of a thing with their types as words. */
export const codesOf = (spot: Spot): { type: string; code: string; at: Spot }[] =>
  spot.nodes('primaryCode', 'otherCodes').flatMap((at) => {
    const code = idOf(at, ['code']);
    return code === undefined ? [] : [{ type: at.at('codeType').word(), code, at }];
  });

/** eduXchange's own statements about a course or offering, from `consumers[]` (v5) or `consumer` (v6). */
export const alliancesOf = (spot: Spot): Spot[] => {
  const consumers = spot.nodes('consumers', 'consumer');
  return consumers.flatMap((one) => [...(one.at('microcredential').silent ? [] : [one]), ...one.nodes('alliances')]);
};

/** Modes of v5, v6 and EuroTeQ that the EU's vocabulary does not have by that name; the empty ones are legal but say less: kept as words. */
const MODES = table(codes.modes);

export const modesOf = (spot: Spot): Modes => {
  const modes = readModes(spot.each('modesOfDelivery', 'modeOfDelivery'), MODES);
  return modes.path ? { ...modes, path: spot.first('modesOfDelivery', 'modeOfDelivery').path } : modes;
};

/** Pace as the member for it says it, and the words that stand among the modes instead. */
export const paceOf = (spot: Spot, modes: Modes): string | undefined =>
  [...new Set([spot.at('modeOfStudy').said(), ...modes.pace])].filter((one) => one !== undefined).join(', ') ||
  undefined;

export const languagesOf = (spot: Spot): string[] => [
  ...new Set(spot.each('teachingLanguages', 'teachingLanguage').flatMap(readLanguages)),
];

/** What the alliances of a course say at that member. */
export const inAlliances = (spot: Spot, name: string): Spot[] =>
  alliancesOf(spot)
    .map((alliance) => alliance.at(name))
    .filter((one) => !one.silent);

const words = (spot: Spot, name: string): string | undefined => spot.at(name).texts()[0]?.value;

/** Amount and currency, else the amount as it is shown, else the words that stand in its place ("free", "€ 450"). */
export const pricesOf = (spot: Spot): Price[] =>
  spot.each('priceInformation').flatMap((cost): Price[] => {
    if (!isObject(cost.value)) return readPrices({ amount: cost });
    const amount = cost.first('amount', 'value');
    const shown = words(cost, 'displayAmount');
    const type = cost.at('costType');
    const kind = type.silent || type.word() === 'total costs' ? undefined : type.word();
    const text = [kind, words(cost, 'description') ?? words(cost, 'name')].filter(Boolean).join(': ');
    const currency = readCurrency(cost.at('currency'));
    if (!amount.silent) {
      const recurs = shown !== undefined && isPartOfPrice(shown) ? { recurs: shown } : {};
      return readPrices({ amount, currency: currency ?? currencyIn(shown, amount), text, ...recurs });
    }
    if (shown !== undefined) return readPrices({ amount: cost.at('displayAmount').with(shown), currency, text });
    return text ? readPrices({ amount: cost.with(text), currency }) : [];
  });

/** The currency of the amount as it is shown, when that is the same amount. */
const currencyIn = (shown: string | undefined, amount: Spot): string | undefined =>
  shown === undefined
    ? undefined
    : parsePrices(shown).find((price) => price.amount === Number(amount.said()))?.currency;

const ADDRESS_ORDER = ['teaching', 'visit', '', 'postal'];

/** Where something is: the place of teaching before all others; where bills and parcels go is no place. */
export function placeAt(spot: Spot): Partial<ReturnType<typeof placeOf>> {
  const rank = (address: Spot) => ADDRESS_ORDER.indexOf(address.at('addressType').word());
  const known = spot.nodes('addresses').filter((address) => rank(address) >= 0);
  const places = known
    .sort((a, b) => rank(a) - rank(b))
    .map((address) => {
      const given = address.first('countryCode', 'country');
      const house = [words(address, 'street'), words(address, 'streetNumber')].filter(Boolean).join(' ');
      return placeOf(address, {
        street: [house, words(address, 'additional')].filter(Boolean).join(', '),
        postcode: words(address, 'postalCode') ?? words(address, 'postCode'),
        locality: words(address, 'city'),
        country: readCountry(given.node()?.first('iso3166-1-alpha2', 'iso3166-1-alpha3') ?? given),
      });
    });
  return places.find((place) => Object.keys(place).length) ?? {};
}
