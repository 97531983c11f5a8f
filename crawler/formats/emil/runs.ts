import type { Opportunity, Price } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { orOnline } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { readCurrency, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';

/** The first address of `{urls: [{lang, value}]}`, and all of them. */
export const urlsOf = (spot: Spot): string[] =>
  spot.nodes('url').flatMap((url) => url.nodes('urls').flatMap((one) => readUrl(one.at('value')) ?? []));

const words = (spot: Spot): string | undefined => spot.texts()[0]?.value;
const filled = <T>(list: readonly T[]): T[] | undefined => (list.length ? [...new Set(list)] : undefined);

/** Events (EducationEvent) are runs, whether or not they have expired. */
export const runsOf = (events: readonly Spot[]): Opportunity[] =>
  events.map((event) => {
    const [dates, application] = [event.at('execution'), event.at('application')];
    const run = { ...readStart(dates.at('start')), endDate: readDate(dates.at('end')) };
    checkOrder(event.reading, run, dates.at('end').path);
    const places = event.nodes('locations').map(placeAt);
    const place = places.map((one) => one.place).filter((one) => one !== undefined);
    const { codes, words: said } = orOnline(modesOf(event), places.find((one) => one.online)?.online);
    const [first] = places;
    return compactRun<Opportunity>({
      id: event.at('identifier').said() ?? '',
      path: event.path,
      name: filled(readTexts(event.at('title'))),
      place: filled(place)?.join('; ').slice(0, 1000),
      locality: first?.locality,
      country: first?.country,
      ...run,
      applicationStart: readDate(application.at('first')),
      applicationDeadline: readDate(application.at('last')),
      pace: paceOf(event),
      participation: filled(codes),
      participationText: said.join(', ') || undefined,
      languages: filled(event.each('languageOfInstructions').flatMap(readLanguages)),
      prices: filled(pricesOf(event)),
      status: event.at('isCancelled').flag() ? 'cancelled' : undefined,
      url: urlsOf(event)[0] ?? urlsOf(application)[0],
    });
  });

const placeAt = (location: Spot): ReturnType<typeof placeOf> =>
  placeOf(location, {
    name: words(location.at('studyLocation')),
    street: location.at('streetAddress').said(),
    postcode: location.at('postalCode').said(),
    locality: location.at('town').said(),
    country: readCountry(location.at('country')),
  });

/** `distance` is there for teaching at a distance only; sessions that one must come to make it blended. */
function modesOf(event: Spot): { codes: string[]; words: string[] } {
  const distance = event.at('distance');
  if (distance.silent || distance.flag() === false) return { codes: [], words: [] };
  const said = words(distance.at('description'));
  const sessions = Number(distance.at('noOfMandatorySessions').said() ?? 0);
  return { codes: [sessions > 0 ? 'blended' : 'online'], words: said ? [said.slice(0, 1000)] : [] };
}

function paceOf(event: Spot): string | undefined {
  const pace = event.at('paceOfStudy');
  const percentage = pace.at('percentage').said();
  const hours = event.at('timeOfStudy').at('code').said();
  return [percentage && `${percentage} %`, hours, words(pace.at('note'))].filter(Boolean).join(', ') || undefined;
}

/** Fees with their currency; what else is said of them stays beside them. The fee of the universities' extension names no currency: no price. */
function pricesOf(event: Spot): Price[] {
  for (const extension of event.nodes('extensions')) {
    const fee = extension.at('tuitionFee').at('total');
    if (fee.said() !== undefined)
      fee.note('not-mapped', 'give the fee in fees, with its currency', `${fee.said()} of no currency`);
  }
  return event.nodes('fees').flatMap((fee) => {
    const amount = fee.at('totalAmount');
    return readPrices({ amount, currency: readCurrency(fee.at('currency')), text: words(fee.at('condition')) });
  });
}
