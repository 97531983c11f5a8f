import type { Opportunity } from '../../../schema/index.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { checkOrder, dateIn, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { readModes } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';
import { dateSpot } from './dates.ts';
import { again, modesOf, pricesOf, type Row, spanOf } from './row.ts';

/** Something that stands where a date belongs and could be one: the run is there, though nobody knows when. */
const UNREAD = /^(?:not-a-date|ambiguous-date|serial-day)$/;

/** The run that a row describes, if it has anything that only a run has. `n`: 0 for the row of the credential, else the n-th part. */
export function runOf(row: Row, n: number): Opportunity | undefined {
  const { spot } = row;
  const [start, end] = [dateSpot(row, 'start_date'), dateSpot(row, 'end_date')];
  const plain = (column: string): string | undefined => plainText(spot.at(column).said() ?? '') || undefined;
  const day = (date: Spot | undefined) => date && readDate(date);
  const { online, ...place } = placeOf(spot.at('place'), { name: plain('place') });
  const own: Partial<Opportunity> = {
    ...(start ? readStart(start) : {}),
    endDate: day(end),
    applicationStart: day(dateSpot(row, 'application_start')),
    applicationDeadline: day(dateSpot(row, 'application_deadline')),
    ...place,
    country: readCountry(spot.at('place_country')),
    pace: plain('pace'),
    url: readUrl(spot.at('opportunity_url')),
  };
  const id = spot.at('opportunity_id').said();
  const unread = [spot.at('start_date'), spot.at('end_date')].find((one) => UNREAD.test(dateIn(one.value).rule ?? ''));
  if (!id && !unread && !online && Object.values(own).every((value) => value === undefined)) return undefined;
  checkOrder(spot.reading, own, spot.at('end_date').path);
  // What the row of the credential says was reported with it.
  const shared = n === 0 ? again(row) : row;
  const modes = modesOf(shared);
  const where = readModes(online ? [spot.at('place').with(online)] : [], undefined, true);
  const codes = modes.codes.length ? modes.codes : where.codes;
  const languages = shared.spot.each('language_of_instruction').flatMap(readLanguages);
  const prices = pricesOf(shared);
  const facts = [own.startDate ?? own.startText ?? unread?.said(), own.place ?? online, own.url];
  return compactRun<Opportunity>({
    id: id || facts.filter(Boolean).join(' '),
    path: n === 0 ? '' : `/parts/${n - 1}`,
    ...own,
    pace: own.pace ?? (modes.pace.join(', ') || undefined),
    ...spanOf(shared),
    participation: codes.length ? [...new Set(codes)] : undefined,
    participationText: codes.length ? undefined : where.words.join(', ') || undefined,
    languages: languages.length ? [...new Set(languages)] : undefined,
    prices: prices.length ? prices : undefined,
  });
}
