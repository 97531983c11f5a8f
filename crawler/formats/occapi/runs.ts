import type { Opportunity } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { compactRun } from '../../elements/runs.ts';
import type { Spot } from '../../record/spot.ts';
import type { OccapiReading } from './reading.ts';
import { modesAt } from './terms.ts';

/** The instances of a course (version 2) are its runs. */
export const runsOf = ({ parts }: OccapiReading): Opportunity[] => parts.map(runOf);

function runOf(part: Spot): Opportunity {
  const own = part.at('attributes');
  const dates = { ...readStart(own.at('startDate')), endDate: readDate(own.at('endDate')) };
  checkOrder(part.reading, dates, own.at('endDate').path);
  const languages = own.each('languageOfInstruction').flatMap(readLanguages);
  const { codes, words } = modesAt(own);
  return compactRun<Opportunity>({
    id: part.at('id').said() ?? '',
    path: part.path,
    ...dates,
    startText: dates.startText ?? (dates.startDate ? undefined : own.at('academicTermId').said()),
    languages: languages.length ? [...new Set(languages)] : undefined,
    participation: codes.length ? codes : undefined,
    participationText: words.join(', ') || undefined,
  });
}
