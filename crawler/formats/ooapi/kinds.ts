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
import { asSaid, codesAndText, codesIn } from '../../elements/texts.ts';
import { alsoDerived } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };
import { alliancesOf, inAlliances } from './common.ts';
import { COURSE_IDS } from './ids.ts';

type Kind = z.infer<typeof KindValue>;

const MICRO = table(codes.stackability);
const DEGREES = new Set(codes.degrees.split(' '));
/** Code words of the specification that the vocabulary of kinds does not have. */
const KINDS = table(codes.kinds);

/**
 * The eduXchange mark first, then the formal document, the qualification, the type of programme, the kind of resource. Words that are no
 * kind stay words.
 */
export function kindOf(main: Spot): Element<Kind> {
  const mark = inAlliances(main, 'microcredential').find((one) => MICRO.has(one.word()));
  const saying = (spot: Spot, code?: string): Element<Kind> =>
    stated({ ...(code ? { code } : {}), text: [asSaid(spot.said() ?? '')] }, spot.path);
  if (mark) return saying(mark, 'micro-credential');
  const awarded = main.at('qualificationAwarded');
  if (DEGREES.has(awarded.word())) return saying(awarded, 'degree');
  const documents = [main.at('formalDocument'), awarded];
  const types = ['programType', 'programmeType', 'educationSpecificationType'].map((name) => main.at(name));
  for (const spot of [...documents, ...types]) {
    const said = spot.said();
    const code = said && (KINDS.get(spot.word()) ?? kindInWords(said));
    if (code) return saying(spot, code);
  }
  const said = documents.find((spot) => spot.said() !== undefined);
  const resource = COURSE_IDS.map((name) => main.at(name)).find((one) => !one.silent);
  if (!resource) return said ? saying(said) : notStated();
  const kind: Kind = { code: resource.path === '/courseId' ? 'course' : 'programme' };
  return said ? alsoDerived(saying(said), kind, resource.path, 'ooapi-resource') : stated(kind, resource.path);
}

/** What the alliances say: whether it stacks, and for whom it is. */
export function allianceElements(main: Spot): Pick<CredentialDraft, 'stackability' | 'targetGroup'> {
  const marks = inAlliances(main, 'microcredential');
  for (const mark of marks) if (!MICRO.has(mark.word())) mark.note('unusable-code', 'use stackable or standalone');
  const [first, ...others] = marks.filter((mark) => MICRO.has(mark.word()));
  const code = first && (MICRO.get(first.word()) as 'stackable' | 'stand-alone');
  for (const other of others) if (MICRO.get(other.word()) !== code) other.note('contradiction');
  const targets = inAlliances(main, 'targetGroup');
  const said = alliancesOf(main).flatMap((one) => one.each('targetGroup').flatMap((group) => group.said() ?? []));
  const groups = [...new Set(said)].map((group) => asSaid(group));
  return {
    stackability: statedIf(first && code && { code, text: [asSaid(first.said() ?? '')] }, first?.path ?? ''),
    targetGroup: statedIf(codesAndText(codesIn(targetGroups, groups), groups), targets[0]?.path ?? ''),
  };
}
