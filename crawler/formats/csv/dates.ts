import { isoDate } from '../../../schema/parse/date.ts';
import { own } from '../../../schema/table.ts';
import type { Spot } from '../../record/spot.ts';
import { isAmbiguous } from './date-order.ts';
import { DATES } from './records.ts';
import type { Row } from './row.ts';

/**
 * The date in a column, with day and month told apart where they can be: the day comes first unless the source or other dates of the
 * column say that the month does. In a column with both orders nobody knows: undefined, and told.
 */
export function dateSpot({ spot: row, columns }: Row, column: string): Spot | undefined {
  if (!columns.has(column)) return undefined;
  const spot = row.at(column);
  const said = spot.said();
  const [, a = '', b = '', year = ''] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T].*)?$/.exec(said ?? '') ?? [];
  if (!year || said === undefined) return spot;
  const given = row.reading.source.options.dates ?? columns.preset?.dates;
  const learnt = own(
    (row.value as Record<string, Record<string, unknown> | null | undefined>)[DATES],
    spot.path.replace(/^\/parts\/\d+\//, ''),
  );
  const unclear = given === undefined && isAmbiguous(said);
  if (unclear && learnt === 'mixed') {
    spot.note(
      'ambiguous-date',
      'write YYYY-MM-DD; not stated, because the column has dates with the day first and with the month first',
    );
    return undefined;
  }
  const monthFirst = given === 'mdy' || (unclear && learnt === 'mdy');
  const [month, day] = monthFirst ? [a, b] : [b, a];
  const date = isoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (date && unclear) {
    const order = monthFirst ? 'month, day, year' : 'day, month, year';
    const why = learnt ? ', like the other dates of the column' : '';
    spot.note('ambiguous-date', `write YYYY-MM-DD; read here as ${order}${why}`);
  }
  return date ? spot.with(date) : spot;
}
