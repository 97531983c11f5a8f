import type { z } from 'zod';
import {
  type CredentialDraft,
  type Element,
  type KindValue,
  notStated,
  stated,
  statedIf,
  table,
} from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { kindInWords } from '../../elements/kind.ts';
import { asSaid, codesAndText } from '../../elements/texts.ts';
import { alsoDerived } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import { alliancesOf } from './common.ts';
import { COURSE_IDS } from './ids.ts';

const MICRO = table<'stackable' | 'stand-alone'>({
  stackable: 'stackable',
  standalone: 'stand-alone',
  'stand alone': 'stand-alone',
});
const DEGREES = new Set('ad ba bsc llb ma msc llm phd bachelor master doctoral doctorate'.split(' '));
/** Code words of the specification that the vocabulary of kinds does not have. */
const KINDS = table({
  'vocational diploma': 'diploma',
  privateprogram: 'programme',
  minor: 'programme',
  honours: 'programme',
  specialization: 'programme',
  specialisation: 'programme',
  track: 'programme',
  specification: 'programme',
});

/**
 * The eduXchange mark first, then the formal document, the qualification, the type of programme, the kind of resource. Words that are no
 * kind stay words.
 */
export function kindOf(main: Spot): Element<z.infer<typeof KindValue>> {
  const mark = alliancesOf(main)
    .map((alliance) => alliance.at('microcredential'))
    .find((one) => MICRO.has(one.word()));
  const saying = (spot: Spot, code?: string) =>
    stated({ ...(code ? { code } : {}), text: [asSaid(spot.said() ?? '')] }, spot.path);
  if (mark) return saying(mark, 'micro-credential');
  const awarded = main.at('qualificationAwarded');
  if (DEGREES.has(awarded.word())) return saying(awarded, 'degree');
  const documents = [main.at('formalDocument'), awarded];
  const types = ['programType', 'programmeType', 'educationSpecificationType'].map((name) => main.at(name));
  for (const spot of [...documents, ...types]) {
    const code = KINDS.get(spot.word()) ?? kindInWords(spot.said() ?? '');
    if (code) return saying(spot, code);
  }
  const resource = COURSE_IDS.map((name) => main.at(name)).find((one) => !one.silent);
  const code = resource && (resource.path === '/courseId' ? 'course' : 'programme');
  const said = documents.find((spot) => spot.said() !== undefined);
  if (!said) return resource ? stated({ code }, resource.path) : notStated();
  return resource ? alsoDerived(saying(said), { code }, resource.path, 'ooapi-resource') : saying(said);
}

/** What the alliances say: whether it stacks, and for whom it is. */
export function allianceElements(main: Spot): Pick<CredentialDraft, 'stackability' | 'targetGroup'> {
  const alliances = alliancesOf(main);
  const marks = alliances.map((alliance) => alliance.at('microcredential')).filter((mark) => !mark.silent);
  for (const mark of marks) if (!MICRO.has(mark.word())) mark.note('unusable-code', 'use stackable or standalone');
  const [first, ...others] = marks.filter((mark) => MICRO.has(mark.word()));
  const code = first && MICRO.get(first.word());
  for (const other of others) if (MICRO.get(other.word()) !== code) other.note('contradiction');
  const groups = [...new Set(alliances.flatMap((one) => one.each('targetGroup')).flatMap((one) => one.said() ?? []))];
  const codes = groups.flatMap((group) => targetGroups.parse(group) ?? []);
  return {
    stackability: statedIf(first && code && { code, text: [asSaid(first.said() ?? '')] }, first?.path ?? ''),
    targetGroup: statedIf(
      codesAndText(
        codes,
        groups.map((group) => asSaid(group)),
      ),
      alliances.find((one) => !one.at('targetGroup').silent)?.at('targetGroup').path ?? '',
    ),
  };
}
