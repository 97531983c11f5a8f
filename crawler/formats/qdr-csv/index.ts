import { isObject } from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { delimiterOf } from '../../decode/csv-rows.ts';
import type { Sample } from '../../format.ts';
import { defineFormat } from '../../record/define-format.ts';
import { jsonSyntax } from '../../record/json.ts';
import { declareShape } from '../../record/shape.ts';
import { Spot } from '../../record/spot.ts';
import { answerIn } from './columns.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { records } from './records.ts';

const BODY = '{ address name country }';

/** A table of qualifications of the Europass register, whose rows are put together by their addresses. */
export const qdrCsv = defineFormat({
  name: 'qdr-csv',
  title: 'Europass Qualifications Dataset Register, as tables (CSV)',
  specification: 'https://europass.europa.eu/en/stakeholders/qdr',
  mediaTypes: ['text/csv'],
  documentation,
  version: 1,
  // A table does not show its own end.
  openEnded: true,
  detect,
  records,
  shape: declareShape(
    `id title description status publisher ${BODY} awardingBody ${BODY} providedBy ${BODY} language modified isced eqf nqf outcomes note ` +
      'creditPoint { point framework } volume maximumDuration homepage type entryRequirement mode',
  ),
  open(raw, _parts, reading) {
    if (!isObject(raw)) return { path: '', rule: 'not-a-record', remedy: 'harvest the record again' };
    return { main: new Spot(jsonSyntax, reading, { value: raw, path: '' }), parts: [] };
  },
  prepare(reading) {
    const own = new Set(reading.main.each('language').flatMap((one) => registeredLanguage(one.said()) ?? []));
    const [language] = own.size === 1 ? own : [];
    // Of texts without a tag.
    if (language) reading.language = language;
    return reading;
  },
  named: ({ main }) => ({ spot: main.at('title') }),
  elements,
});

/** Rows about the EU's vocabularies, or about resources of the register. */
const OF_THE_REGISTER = /data\.europa\.eu\/snb\//;

/** A row of names, and rows that begin with (or name as their qualification) an address. */
function detect({ text }: Sample): number {
  const start = text.replace(/^[\uFEFF\s]+/, '').slice(0, 20_000);
  if (/^[[{<]/.test(start) || !OF_THE_REGISTER.test(start)) return 0;
  const [header = '', first = ''] = start.split(/\r?\n/);
  const delimiter = delimiterOf(start);
  const cells = (line: string) => line.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const names = cells(header);
  if (!names.every((one) => /^[?$]?[\w .-]{1,60}$/.test(one))) return 0;
  const subject = answerIn(names, '')?.subject ?? names.findIndex((one) => /^\??(?:q|s)$/.test(one));
  if (subject < 0) return 0;
  return /^(?:https?|urn):\S+$/.test(cells(first)[subject] ?? '') ? 0.95 : 0;
}
