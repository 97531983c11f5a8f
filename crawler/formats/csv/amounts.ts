import { type CredentialDraft, notStated } from '../../../schema/index.ts';
import { countryCode } from '../../../schema/parse/country.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { qfEheaCycle } from '../../../schema/vocabularies/index.ts';
import { createLevel, eqfOfUri } from '../../elements/level.ts';
import { amountIn } from '../../elements/numbers.ts';
import { createWorkload, kindOfUnit } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import { again, asWritten, type CsvReading, type Row, spansOf, withUnit, wordsOf } from './row.ts';
import { headerKey } from './words.ts';

const AMOUNTS = 'ects credits extent hours hours_min hours_max teaching_hours self_study_hours duration'.split(' ');

const PARTS = [
  ['teaching_hours', 'teaching hours'],
  ['self_study_hours', 'self study hours'],
] as const;

/** Credits, hours and time, each only with its unit: in the column's meaning, in its header, in the cell or in a column beside it. */
export function workloadOf(row: Row): CredentialDraft['workload'] {
  const { spot, columns } = row;
  if (!AMOUNTS.some(columns.has)) return notStated();
  const load = createWorkload();
  const unitOf = (one: Spot, apart: string): string | undefined => columns.unitAt(one.path) ?? spot.at(apart).said();
  const inHeader = (one: Spot): Spot => withUnit(one, columns.unitAt(one.path));
  for (const one of spot.each('ects')) load.credits(inHeader(one), 'ECTS');
  for (const one of spot.each('credits')) load.credits(one, unitOf(one, 'credits_unit'));
  for (const one of spot.each('extent')) addExtent(load, withUnit(one, unitOf(one, 'extent_unit')));
  const [least] = spot.each('hours_min');
  const [most] = spot.each('hours_max');
  const [hours] = spot.each('hours');
  // A mean between the two ends says nothing more.
  if (least) load.hours(inHeader(least), most);
  else if (hours) load.hours(withUnit(hours, unitOf(hours, 'hours_unit')), most);
  else if (most) load.part(most, 'maximum hours');
  for (const [column, scheme] of PARTS)
    for (const one of spot.each(column)) {
      const amount = inHeader(one);
      const unit = amountIn(amount.said() ?? '')?.unit;
      if (unit && kindOfUnit(unit) !== 'hours') one.note('not-a-number', 'give hours');
      else load.part(amount, scheme);
    }
  // What is wrong with them was said when the runs were read.
  for (const one of spansOf(again(row))) load.span(one);
  return load.element();
}

/** An amount under a header such as "Umfang": what it is, only its unit tells. */
function addExtent(load: ReturnType<typeof createWorkload>, spot: Spot): void {
  const said = spot.said() ?? '';
  const kind = kindOfUnit(said.replace(/^[\d\s.,–-]+/, ''));
  if (kind === 'ects' || kind === 'credits') load.credits(spot);
  else if (kind === 'hours') load.hours(spot);
  else if (/^[\d\s.,–-]+$/.test(said)) spot.note('number-without-unit');
  else load.span(spot);
}

/** National frameworks by the letters that head a column of their levels. */
const FRAMEWORK =
  /\b(?:dqr|nqr|nlqf|nfq|rqf|scqf|prk|zrk|ekr|mecu|meces|rncp|hko|lki|ltks|skkr|sok|mkkr|mqf|qnq|seqf|finqf|vks)\b/;

const LEVELS = ['eqf_level', 'nqf_level', 'level'];

export function levelOf({ rows: [row], source }: CsvReading): CredentialDraft['level'] {
  const { spot, columns } = row;
  if (!LEVELS.some(columns.has)) return notStated();
  const level = createLevel(spot.reading);
  level.eqf(spot.at('eqf_level'));
  const nqf = spot.at('nqf_level');
  const said = nqf.said();
  const country = countryCode(spot.at('country').said()) ?? source.defaults.country;
  const framework =
    spot.at('nqf_framework').said() ??
    columns.unitAt(nqf.path) ??
    FRAMEWORK.exec(headerKey(nqf.path))?.[0].toUpperCase();
  if (said !== undefined)
    level.nqf(nqf, {
      level: plainText(said).slice(0, 200),
      ...(country ? { country } : {}),
      ...(framework ? { framework } : {}),
    });
  const words = spot.at('level');
  if (/^https?:\/\/\S+$/.test(words.said() ?? '') && eqfOfUri(words.said() ?? '') === undefined)
    words.note('unknown-code');
  const written = asWritten(row, words);
  if (!columns.preset || written.value === words.value) level.words(words, {}, wordsOf(row, 'level'));
  else {
    // "MA" is what it says, and a master what the template means.
    level.words(written);
    const cycle = qfEheaCycle.parse(words.said() ?? '');
    if (cycle) level.derive(words, { cycle }, 'level-in-words-to-cycle');
  }
  return level.element();
}
