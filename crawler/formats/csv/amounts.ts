import type { CredentialDraft } from '../../../schema/index.ts';
import { countryCode } from '../../../schema/parse/country.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { createLevel } from '../../elements/level.ts';
import { createWorkload, kindOfUnit } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import type { CsvReading } from './elements.ts';
import { type Row, spansOf, withUnit, wordsOf } from './row.ts';

/** Credits, hours and time, each only with its unit: in the column's meaning, in its header, in the cell or in a column beside it. */
export function workloadOf({ spot, columns }: Row): CredentialDraft['workload'] {
  const load = createWorkload();
  const unitOf = (one: Spot, apart: string): string | undefined => columns.unitAt(one.path) ?? spot.at(apart).said();
  load.credits(spot.at('ects'), 'ECTS');
  const credits = spot.at('credits');
  load.credits(credits, unitOf(credits, 'credits_unit'));
  for (const one of spot.each('extent')) addExtent(load, withUnit(one, unitOf(one, 'extent_unit')));
  const [least, most] = [spot.at('hours_min'), spot.at('hours_max')];
  const hours = spot.at('hours');
  const stated = withUnit(hours, unitOf(hours, 'hours_unit'));
  // A mean between the two ends says nothing more.
  if (!least.silent) load.hours(least, most);
  else {
    load.hours(stated, most);
    if (hours.silent) load.part(most, 'maximum hours');
  }
  load.part(spot.at('teaching_hours'), 'teaching hours');
  load.part(spot.at('self_study_hours'), 'self study hours');
  for (const one of spansOf({ spot, columns })) load.span(one);
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

export function levelOf({ rows: [row], source }: CsvReading): CredentialDraft['level'] {
  const { spot } = row;
  const level = createLevel(spot.reading);
  level.eqf(spot.at('eqf_level'));
  const nqf = spot.at('nqf_level');
  const said = nqf.said();
  const country = countryCode(spot.at('country').said()) ?? source.defaults.country;
  const framework = spot.at('nqf_framework').said();
  if (said !== undefined)
    level.nqf(nqf, {
      level: plainText(said).slice(0, 200),
      ...(country ? { country } : {}),
      ...(framework ? { framework } : {}),
    });
  level.words(spot.at('level'), {}, wordsOf(row, 'level'));
  return level.element();
}
