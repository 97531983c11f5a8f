import type { Opportunity, Price } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { distinctPrices, readCurrency, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';

/** What Open edX stores as the start of a course that has none (`DEFAULT_START_DATE`). */
const NO_START = /^2030-01-01T00:00:00(?:\.0+)?(?:Z|\+00:00)$/;

/** The prices of seats or entitlements: `audit`, `verified`, `credit`, … A verified seat says nothing of how it is assessed. */
export const pricesOf = (at: Spot, list: 'seats' | 'entitlements'): Price[] =>
  distinctPrices(
    at.nodes(list).flatMap((seat) =>
      readPrices({
        amount: seat.at('price'),
        currency: seat.at('price').silent ? undefined : readCurrency(seat.at('currency')),
        text: seat.first('type', 'mode').said(),
      }),
    ),
  );

/** Coursera writes milliseconds. */
function startOf(run: Spot): ReturnType<typeof readStart> {
  const spot = run.first('start', 'start_date', 'startDate', 'plannedLaunchDate');
  const { value } = spot;
  if (typeof value === 'number' && value > 1e11 && value < 1e14)
    return readStart(spot.with(new Date(value).toISOString()));
  if (typeof value !== 'string' || !NO_START.test(value)) return readStart(spot);
  spot.note('placeholder-date');
  return {};
}

export function runOf(run: Spot, isRecord: boolean): Opportunity | undefined {
  const start = startOf(run);
  const own = { startDate: start.startDate, endDate: readDate(run.first('end', 'end_date')) };
  checkOrder(run.reading, own, run.first('end', 'end_date').path);
  const weeks = run.first('duration_in_weeks', 'weeks_to_complete').said();
  const languages = [...new Set(run.each('content_language').flatMap(readLanguages))];
  const prices = pricesOf(run, 'seats');
  const page = run.at('marketing_url');
  const facts = {
    ...start,
    ...own,
    applicationStart: readDate(run.at('enrollment_start')),
    applicationDeadline: readDate(run.at('enrollment_end')),
    duration: weeks && /^[1-9]\d{0,2}$/.test(weeks) ? `P${weeks}W` : undefined,
    pace: run
      .first('pacing_type', 'pacing')
      .said()
      ?.replace(/[,\s]+$/, ''),
    languages: languages.length ? languages : undefined,
    prices: prices.length ? prices : undefined,
  };
  // A course that is its own run, and of which no date is known, has none.
  if (isRecord && Object.values(facts).every((one) => one === undefined)) return undefined;
  return compactRun<Opportunity>({
    id: run.first('key', 'course_id', 'uuid', 'id').said() ?? [own.startDate, own.endDate].filter(Boolean).join('|'),
    path: run.path,
    ...facts,
    url: page.silent || isRecord ? undefined : readUrl(page, run.reading.source.url),
  });
}
