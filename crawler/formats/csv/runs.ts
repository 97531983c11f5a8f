import type { Opportunity } from '../../../schema/index.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { checkOrder, dateIn, readDate, readStart } from '../../elements/dates.ts';
import { readUrl } from '../../elements/links.ts';
import { orOnline } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';
import { dateSpot } from './dates.ts';
import { OF_CREDENTIAL_TOO } from './header.ts';
import { type Row, type Shared, sharedOf } from './row.ts';
import { OF_RUN } from './words.ts';

/** Something that stands where a date belongs and could be one: the run is there, though nobody knows when. */
const DATES = ['start_date', 'end_date'];
const UNREAD = /^(?:not-a-date|ambiguous-date|serial-day)$/;

const isUnread = (spot: Spot): boolean => UNREAD.test(dateIn(spot.value).rule ?? '');
/** The columns that only a run has. */
export const MAKE_A_RUN = [...OF_RUN].filter((column) => !OF_CREDENTIAL_TOO.test(column));

/**
 * The run that a row describes, if it has anything that only a run has. `n`: 0 for the row of the credential, else the n-th part.
 * `said`: what the row of the credential says of both, which was reported with it.
 */
export function runOf(row: Row, n: number, said?: Shared): Opportunity | undefined {
  const { spot, columns } = row;
  if (!MAKE_A_RUN.some(columns.has)) return undefined;
  const of = <T>(column: string, read: (spot: Spot) => T): T | undefined =>
    columns.has(column) ? read(spot.at(column)) : undefined;
  const plain = (one: Spot): string | undefined => plainText(one.said() ?? '') || undefined;
  const [start, end] = [dateSpot(row, 'start_date'), dateSpot(row, 'end_date')];
  const day = (date: Spot | undefined) => date && readDate(date);
  // A template may say it in parts: "Harbour Campus" and "Wick", part-time and in the evening.
  const joined = (column: string): Spot => {
    const [one, ...more] = spot.each(column);
    return more.length ? spot.at(column).with([one, ...more].map((part) => part?.said()).join(', ')) : spot.at(column);
  };
  const { online, ...place } = of('place', () => placeOf(joined('place'), { name: plain(joined('place')) })) ?? {};
  const own: Partial<Opportunity> = {
    ...(start ? readStart(start) : {}),
    endDate: day(end),
    applicationStart: day(dateSpot(row, 'application_start')),
    applicationDeadline: day(dateSpot(row, 'application_deadline')),
    ...place,
    country: of('place_country', readCountry),
    pace: of('pace', () => plain(joined('pace'))),
    url: of('opportunity_url', (one) => readUrl(one)),
  };
  const id = of('opportunity_id', (one) => one.said());
  const silent = !id && !online && Object.values(own).every((value) => value === undefined);
  const unread = own.startDate || own.startText ? undefined : DATES.map((column) => spot.at(column)).find(isUnread);
  if (silent && !unread) return undefined;
  if (own.endDate) checkOrder(spot.reading, own, spot.at('end_date').path);
  const { modes, languages, prices, span } = said ?? sharedOf(row);
  const { codes, words } = orOnline({ codes: modes.codes, words: [] }, online);
  const facts = [own.startDate ?? own.startText ?? unread?.said(), own.place ?? online, own.url];
  return compactRun<Opportunity>({
    id: id || facts.filter(Boolean).join(' '),
    path: n === 0 ? '' : `/parts/${n - 1}`,
    ...own,
    pace: own.pace ?? (modes.pace.join(', ') || undefined),
    ...span,
    participation: codes.length ? [...new Set(codes)] : undefined,
    participationText: words.join(', ') || undefined,
    languages: languages.length ? [...languages] : undefined,
    prices: prices.length ? [...prices] : undefined,
  });
}
