import { type Opportunity, type Price, table } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { type Modes, orOnline, readModes } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { distinctPrices, readCurrency, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };

/** INSTRUCTION_FORM of the Bundesagentur: mode, caption, and pace where it is one. Learning alone and VR are digital, not surely online. */
const FORMS = table(codes.instructionForm);
const EXECUTION = table(codes.executionForm);
const TIMES = table(codes.instructionTime);
/** DURATION/@type: classes of calendar time, which are words and no amounts. */
const CLASSES = table(codes.duration);

/** What an offer and an event of it say in the same places. */
export const educationOf = (service: Spot): Spot => service.at('SERVICE_DETAILS').at('SERVICE_MODULE').at('EDUCATION');

/** A code stands in the attribute `type`, and as the text. */
const codeAt = (spot: Spot): string => spot.at('@type').said() ?? spot.said() ?? '';

export function wayOf(service: Spot): { modes: Modes; pace: string[] } {
  const info = educationOf(service).at('EXTENDED_INFO');
  const form = info.at('INSTRUCTION_FORM');
  const code = codeAt(form);
  const [mode = '', caption = '', pace] = FORMS.get(code) ?? [];
  if (code && code !== '0' && !FORMS.has(code)) form.note('unusable-code');
  const execution = info.at('EXECUTION_FORM');
  const other = mode ? undefined : EXECUTION.get(codeAt(execution));
  const named = info.at('INSTRUCTION_FORM_NAME');
  const words = readModes(named.silent ? [] : [named], undefined, true);
  const found = [mode, other ?? ''].filter(Boolean);
  const time = TIMES.get(codeAt(info.at('INSTRUCTION_TIME')));
  const beside = info.at('EXTRA_OCCUPATIONAL').flag() === true ? 'berufsbegleitend' : undefined;
  return {
    modes: {
      codes: [...new Set([...found, ...words.codes])],
      words: [...(mode || !caption || pace ? [] : [caption]), ...words.words],
      pace: [],
      path: (found.length || caption ? (mode || caption ? form : execution) : named).path,
    },
    pace: [...new Set([pace, time, beside, ...words.pace].filter((one) => one !== undefined))],
  };
}

/** Prices of a SERVICE, in its own currency or that of the catalogue. 0 with a remark is no price: the remark says what it costs. */
export function pricesOf(service: Spot, header: Spot): Price[] {
  const details = service.at('SERVICE_PRICE_DETAILS');
  const remarks = details.at('REMARKS').said();
  const daily = details.at('DAILY_PRICE').flag() === true ? 'pro Tag' : undefined;
  const prices = details.each('SERVICE_PRICE').flatMap((one) => {
    const amount = one.at('PRICE_AMOUNT');
    const money = [one.at('PRICE_CURRENCY'), header.at('CATALOG').at('CURRENCY')].find((spot) => !spot.silent);
    const currency = money && readCurrency(money);
    const none = remarks !== undefined && /^0*(?:[.,]0*)?$/.test(amount.said() ?? '');
    return readPrices({
      amount: none ? amount.with(undefined) : amount,
      ...(currency ? { currency } : {}),
      ...(remarks ? { text: remarks } : {}),
      ...(daily ? { recurs: daily } : {}),
    });
  });
  if (!prices.length && remarks) return readPrices({ amount: details.at('REMARKS') });
  return distinctPrices(prices);
}

/** An event, or an offer that is held without events. */
export function runOf(service: Spot, header: Spot): Opportunity {
  const details = service.at('SERVICE_DETAILS');
  const education = educationOf(service);
  const course = education.at('MODULE_COURSE');
  const [dates, duration] = [details.at('SERVICE_DATE'), course.at('DURATION')];
  const said = dates.at('START_DATE').silent ? duration : dates;
  const start = readStart(said.at('START_DATE'));
  const end = said.at('END_DATE').silent ? duration.at('END_DATE') : said.at('END_DATE');
  const endDate = readDate(end);
  checkOrder(service.reading, { startDate: start.startDate, endDate }, end.path);
  const flexible = course.at('FLEXIBLE_START').flag() === true ? 'flexibler Einstieg' : undefined;
  const remarks = [said, duration].map((one) => one.at('DATE_REMARKS').said()).find(Boolean);
  const where = course.at('LOCATION');
  const names = where.each('NAME', 'NAME2', 'NAME3').flatMap((one) => one.said() ?? []);
  const country = where.first('COUNTRY_CODED', 'COUNTRY');
  const { online, ...place } = placeOf(where, {
    name: names.length ? [...new Set(names)].join(', ') : undefined,
    street: where.at('STREET').said(),
    postcode: where.at('ZIP').said(),
    locality: where.at('CITY').said(),
    country: country.silent ? undefined : readCountry(country),
  });
  const { modes, pace } = wayOf(service);
  const { codes: participation, words } = orOnline(modes, online);
  const languages = [
    ...new Set(
      education
        .at('EXTENDED_INFO')
        .each('TEACHING_LANGUAGES')
        .flatMap((one) => readLanguages(one)),
    ),
  ];
  const prices = pricesOf(service, header);
  const startText = flexible ?? start.startText ?? (start.startDate ? undefined : remarks);
  return compactRun<Opportunity>({
    id: service.at('PRODUCT_ID').said() ?? '',
    path: service.path,
    ...place,
    ...start,
    startText,
    endDate,
    applicationDeadline: readDate(education.at('REGISTRATION_DATE')),
    durationText: CLASSES.get(codeAt(duration)),
    pace: pace.length ? pace.join('; ') : undefined,
    participation: participation.length ? participation : undefined,
    participationText: words.length ? words.join('; ') : undefined,
    languages: languages.length ? languages : undefined,
    prices: prices.length ? prices : undefined,
  });
}

/** Whether an offer without events says itself when or where it is held. */
export const isHeld = (service: Spot): boolean => {
  const course = educationOf(service).at('MODULE_COURSE');
  return [service.at('SERVICE_DETAILS').at('SERVICE_DATE'), course.at('LOCATION'), course.at('DURATION')].some((one) =>
    one.members().some((name) => name !== '@type'),
  );
};
