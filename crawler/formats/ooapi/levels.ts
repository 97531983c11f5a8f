import { type Element, type LevelValue, lookedUp, notStated, table } from '../../../schema/index.ts';
import { createLevel } from '../../elements/level.ts';
import { levelInWords } from '../../elements/level-words.ts';
import { asSaid } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import codes from './codes.json' with { type: 'json' };

/** The specification's own words: "bachelor, corresponds to levelOfQualification 6", which is the EQF's (OOAPI 5.0, level). */
const LEVELS = table<LevelValue>(codes.levels);

/** `level` (a word of the specification) and `levelOfQualification` (1 to 8 of the EQF, `eqf_6`, or 4+ of the NLQF). */
export function levelOf(reading: RecordReading): Element<LevelValue> {
  const { main, source } = reading;
  const [word, qualification] = [main.at('level'), main.at('levelOfQualification')];
  if (word.silent && qualification.silent) return notStated();
  const level = createLevel(reading);
  const said = word.said();
  if (said !== undefined) {
    const known = LEVELS.get(word.word());
    // The source's own word for it comes first.
    if (known && lookedUp(source, 'level', said) === undefined) level.derive(word, known, 'ooapi-level-to-cycle');
    level.words(word, {}, [asSaid(said)]);
    if (!known && !namesLevel(said) && lookedUp(source, 'level', said) === undefined) word.note('unknown-code');
  } else if (!word.silent) word.note('unusable-code');
  const stated = qualification.said();
  if (stated === undefined) {
    if (!qualification.silent) qualification.note('unusable-code');
    return level.element();
  }
  const code = qualification.word();
  if (/^(?:eqf ?)?[1-8]$/.test(code)) level.eqf(qualification.with(code.at(-1)));
  else if (/^(?:nlqf ?)?4(?:\+| ?plus)$/.test(code))
    level.nqf(qualification, { country: 'NL', framework: 'NLQF', level: '4+' });
  else {
    // OEAPI 6 has a level 0, which the EQF has not; whatever else stands there are words.
    if (!/^(?:eqf ?)?0$/.test(code) && !namesLevel(stated))
      qualification.note('unknown-code', 'give 1 to 8 (v5) or eqf_1 to eqf_8 (v6)');
    level.words(qualification, {}, [asSaid(stated)]);
  }
  return level.element();
}

/** Whether words name a framework, whichever level of it. */
function namesLevel(words: string): boolean {
  const { ofEqf, nqf } = levelInWords(words);
  return ofEqf || nqf !== undefined;
}
