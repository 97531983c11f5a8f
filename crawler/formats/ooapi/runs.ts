import type { Opportunity } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readUrl } from '../../elements/links.ts';
import { compactRun } from '../../elements/runs.ts';
import { readTexts } from '../../elements/texts.ts';
import { tellUnread } from '../../record/shape.ts';
import type { Spot } from '../../record/spot.ts';
import { alliancesOf, idOf, languagesOf, modesOf, paceOf, placesOf, pricesOf } from './common.ts';
import { OFFERING_IDS } from './ids.ts';
import { OFFERING_SHAPE } from './shape.ts';

/** The offerings among the parts. `pace`: that of their course or programme, which is theirs unless they say another one. */
export function runsOf(parts: readonly Spot[], pace: string | undefined): Opportunity[] {
  return parts
    .filter((part) => idOf(part, OFFERING_IDS) !== undefined)
    .map((part) => {
      tellUnread(part, OFFERING_SHAPE);
      const run = runOf(part);
      return pace && !run.pace ? { ...run, pace } : run;
    });
}

/** The first of these places that holds a date. */
function dateOf(...spots: readonly Spot[]): string | undefined {
  for (const spot of spots) {
    const day = readDate(spot);
    if (day) return day;
  }
  return undefined;
}

/** Its own dates count, not those of the session. */
function datesOf(
  part: Spot,
): Pick<Opportunity, 'startDate' | 'endDate' | 'applicationStart' | 'applicationDeadline' | 'startText'> {
  const session = part.at('academicSession');
  const periods = part.nodes('enrolmentPeriods', 'enrollmentPeriods');
  const start = readStart(part.first('startDate', 'startDateTime'));
  const dates = {
    startDate: start.startDate ?? dateOf(session.first('startDate', 'startDateTime')),
    endDate: dateOf(part.first('endDate', 'endDateTime'), session.first('endDate', 'endDateTime')),
    applicationStart:
      dateOf(part.at('enrollStartDate')) ?? periods.flatMap((one) => dateOf(one.at('startDateTime')) ?? []).sort()[0],
    applicationDeadline:
      dateOf(part.at('enrollEndDate')) ??
      periods
        .flatMap((one) => dateOf(one.at('endDateTime')) ?? [])
        .sort()
        .at(-1),
  };
  checkOrder(part.reading, dates, part.first('endDate', 'endDateTime').path);
  const flexible = dateOf(part.first('flexibleEntryPeriodStart', 'flexibleEntryPeriodStartDateTime'));
  const until = dateOf(part.first('flexibleEntryPeriodEnd', 'flexibleEntryPeriodEndDateTime'));
  const words = dates.startDate ? undefined : (start.startText ?? session.at('name').texts()[0]?.value);
  return { ...dates, startText: flexible ? `flexible entry ${flexible}${until ? ` to ${until}` : ''}` : words };
}

function runOf(part: Spot): Opportunity {
  const name = readTexts(part.at('name'));
  const { online, place, locality, country } = placesOf(part)[0] ?? {};
  const modes = modesOf(part);
  const codes = [...new Set([...modes.codes, ...(online ? ['online'] : [])])];
  const languages = languagesOf(part);
  const prices = pricesOf(part);
  const enrolment = [
    ...part.nodes('enrolmentPeriods', 'enrollmentPeriods').map((one) => one.first('enrolmentUrl', 'enrollmentUrl')),
    ...alliancesOf(part).flatMap((one) => [one.at('enrollmentUrlForProfessionals'), one.at('enrollmentUrl')]),
  ];
  return compactRun<Opportunity>({
    id: idOf(part, OFFERING_IDS) ?? '',
    path: part.path,
    name: name.length ? name : undefined,
    place,
    locality,
    country,
    ...datesOf(part),
    participation: codes.length ? codes : undefined,
    participationText: modes.words.length ? modes.words.join(', ') : undefined,
    languages: languages.length ? languages : undefined,
    prices: prices.length ? prices : undefined,
    pace: paceOf(part, modes),
    status: /^cancell?ed$/.test(part.at('state').word()) ? 'cancelled' : undefined,
    url: readUrl(part.at('link')) ?? enrolment.map((one) => readUrl(one)).find(Boolean),
  });
}
