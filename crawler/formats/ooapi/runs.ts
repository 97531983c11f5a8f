import type { Opportunity } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readUrl } from '../../elements/links.ts';
import { type Modes, orOnline } from '../../elements/modes.ts';
import { compactRun } from '../../elements/runs.ts';
import { readTexts } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import { tellUnread } from '../../record/shape.ts';
import type { Spot } from '../../record/spot.ts';
import { idOf, inAlliances, languagesOf, modesOf, paceOf, placeAt, pricesOf } from './common.ts';
import { OFFERING_IDS } from './ids.ts';
import { OFFERING_SHAPE } from './shape.ts';

/** The offerings among the parts. Pace and place of their course or programme are theirs, unless they say others. */
export function runsOf({ main, parts }: RecordReading, modes: Modes): Opportunity[] {
  const pace = paceOf(main, modes);
  const place = placeAt(main);
  const offerings = parts.filter((part) => idOf(part, OFFERING_IDS) !== undefined);
  if (!offerings.length) {
    if (pace) main.first('modeOfStudy', 'modesOfDelivery', 'modeOfDelivery').note('not-mapped', undefined, pace);
    if (place.place ?? place.country) main.at('addresses').note('not-mapped', undefined, place.place ?? place.country);
  }
  return offerings.map((part) => runOf(part, pace, place));
}

const filled = <T>(list: Iterable<T>): T[] | undefined => ([...list].length ? [...list] : undefined);

/** The first of these places that holds a date. */
function dateOf(...spots: readonly Spot[]): string | undefined {
  for (const spot of spots) {
    const day = readDate(spot);
    if (day) return day;
  }
  return undefined;
}

/** Its own dates count, not those of the session. */
function datesOf(part: Spot): Partial<Opportunity> {
  const session = part.at('academicSession');
  const periods = part.nodes('enrolmentPeriods', 'enrollmentPeriods');
  const days = (name: string) => periods.flatMap((one) => dateOf(one.at(name)) ?? []).sort();
  const start = readStart(part.first('startDate', 'startDateTime'));
  const dates = {
    startDate: start.startDate ?? dateOf(session.first('startDate', 'startDateTime')),
    endDate: dateOf(part.first('endDate', 'endDateTime'), session.first('endDate', 'endDateTime')),
    applicationStart: dateOf(part.at('enrollStartDate')) ?? days('startDateTime')[0],
    applicationDeadline: dateOf(part.at('enrollEndDate')) ?? days('endDateTime').at(-1),
  };
  checkOrder(part.reading, dates, part.first('endDate', 'endDateTime').path);
  const flexible = dateOf(part.first('flexibleEntryPeriodStart', 'flexibleEntryPeriodStartDateTime'));
  const until = dateOf(part.first('flexibleEntryPeriodEnd', 'flexibleEntryPeriodEndDateTime'));
  const words = dates.startDate ? undefined : (start.startText ?? session.at('name').texts()[0]?.value);
  return { ...dates, startText: flexible ? `flexible entry ${flexible}${until ? ` to ${until}` : ''}` : words };
}

function runOf(part: Spot, pace: string | undefined, otherwise: ReturnType<typeof placeAt>): Opportunity {
  tellUnread(part, OFFERING_SHAPE);
  const own = placeAt(part);
  const { online, place, locality, country } = Object.keys(own).length ? own : otherwise;
  const modes = modesOf(part);
  const { codes, words } = orOnline(modes, online);
  const enrolment = [
    ...part.nodes('enrolmentPeriods', 'enrollmentPeriods').map((one) => one.first('enrolmentUrl', 'enrollmentUrl')),
    ...['enrollmentUrlForProfessionals', 'enrollmentUrl'].flatMap((name) => inAlliances(part, name)),
  ];
  return compactRun<Opportunity>({
    id: idOf(part, OFFERING_IDS) ?? '',
    path: part.path,
    name: filled(readTexts(part.at('name'))),
    place,
    locality,
    country,
    ...datesOf(part),
    participation: filled(codes),
    participationText: words.join(', ') || undefined,
    languages: filled(languagesOf(part)),
    prices: filled(pricesOf(part)),
    pace: paceOf(part, modes) ?? pace,
    status: /^cancell?ed$/.test(part.at('state').word()) ? 'cancelled' : undefined,
    url: readUrl(part.at('link')) ?? enrolment.map((one) => readUrl(one)).find(Boolean),
  });
}
