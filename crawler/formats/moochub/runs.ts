import type { Opportunity } from '../../../schema/index.ts';
import { checkOrder, dateIn, readDate, readStart } from '../../elements/dates.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { compactRun } from '../../elements/runs.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/**
 * Runs of a course. `startDate` and `endDate` are one date (v2) or series of them (v3, DateTimeSeries): the n-th start belongs to the n-th
 * end where there are as many of both. Place and dates of application stand once and are those of each run.
 */
export function runsOf(reading: RecordReading, pace: string | undefined): Opportunity[] {
  const { main } = reading;
  const [starts, ends] = [main.each('startDate'), main.each('endDate')];
  const paired = starts.length === ends.length || starts.length === 0;
  if (!paired && ends.length) for (const end of ends) end.note('not-mapped', 'give an end for each start');
  const { online, ...place } = placeAt(main);
  const mode = online ? 'online' : isHybrid(placeName(main)) ? 'hybrid' : undefined;
  const shared = {
    ...place,
    ...(mode ? { participation: [mode] } : {}),
    applicationStart: readDate(main.at('applicationStartDate')),
    applicationDeadline: readDate(main.at('applicationDeadline')),
  };
  const alone = starts.length || ends.length ? 0 : Object.values(shared).some((one) => one !== undefined) ? 1 : 0;
  // A date that stands for none starts nothing.
  const begins = (start: Spot | undefined): boolean =>
    start !== undefined && dateIn(start.said()).rule !== 'placeholder-date';
  const count = Math.max(starts.length, paired ? ends.length : 0, alone);
  const runs = Array.from({ length: count }, (_, n): { start: Spot | undefined; run: Opportunity } => {
    const [start, end] = [starts[n], paired ? ends[n] : undefined];
    const own = { ...(start ? readStart(start) : {}), endDate: end && readDate(end) };
    if (end) checkOrder(reading, own, end.path);
    const run = compactRun<Opportunity>({
      id:
        [own.startDate ?? own.startText, own.endDate].filter(Boolean).join('|') ||
        place.place?.slice(0, 200) ||
        `run ${n + 1}`,
      path: main.path,
      ...own,
      ...shared,
    });
    return { start, run };
  });
  return runs.flatMap(({ start, run }) =>
    begins(start) || Object.keys(run).length > 2 ? [pace ? { ...run, pace } : run] : [],
  );
}

const isHybrid = (word: string | undefined): boolean => word !== undefined && /^hybrid$/i.test(word);

const placeName = (main: Spot): string | undefined => {
  const location = main.at('contentLocation');
  return (location.node() ? location.at('name') : location).said();
};

/** "Also, information for 'online' or 'hybrid' can be given here" (MOOChub 3, Location, name). */
function placeAt(main: Spot): ReturnType<typeof placeOf> {
  const location = main.at('contentLocation');
  if (location.silent) return {};
  const address = location.at('address');
  const word = placeName(main);
  return placeOf(location, {
    ...(word !== undefined && !isHybrid(word) ? { name: word } : {}),
    street: address.at('streetAddress').said(),
    postcode: address.at('postalCode').said(),
    locality: address.at('city').said(),
    country: readCountry(address.at('addressCountry')),
  });
}
