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
import { asSaid } from '../../elements/texts.ts';
import { type Spot, wordOf } from '../../record/spot.ts';
import { alliancesOf } from './common.ts';
import { COURSE_IDS } from './ids.ts';

const MICRO = table<'stackable' | 'stand-alone'>({
  stackable: 'stackable',
  standalone: 'stand-alone',
  'stand alone': 'stand-alone',
});
const DEGREES = new Set(
  'ad ba bsc llb ma msc llm phd associate-degree bachelor master doctoral doctorate'.split(' ').map(wordOf),
);
const KINDS = table({
  'micro credential certificate': 'micro-credential',
  certificate: 'certificate',
  diploma: 'diploma',
  'vocational diploma': 'diploma',
  programme: 'programme',
  program: 'programme',
  privateprogram: 'programme',
  minor: 'programme',
  honours: 'programme',
  specialization: 'programme',
  specialisation: 'programme',
  track: 'programme',
  specification: 'programme',
  course: 'course',
});

/** The eduXchange mark first, then the formal document, the qualification, the type of programme, the kind of resource. */
export function kindOf(main: Spot): Element<z.infer<typeof KindValue>> {
  const mark = alliancesOf(main)
    .map((alliance) => alliance.at('microcredential'))
    .find((one) => MICRO.has(one.word()));
  const saying = (code: string, spot: Spot) => stated({ code, text: [asSaid(spot.said() ?? '')] }, spot.path);
  if (mark) return saying('micro-credential', mark);
  const qualification = main.at('qualificationAwarded');
  if (DEGREES.has(qualification.word())) return saying('degree', qualification);
  const documents = ['formalDocument', 'qualificationAwarded'].map((name) => main.at(name));
  const types = ['programType', 'programmeType', 'educationSpecificationType'].map((name) => main.at(name));
  for (const spot of [...documents, ...types]) {
    const code = KINDS.get(spot.word()) ?? (documents.includes(spot) ? kindInWords(spot.said() ?? '') : undefined);
    if (code) return saying(code, spot);
  }
  const resource = COURSE_IDS.map((name) => main.at(name)).find((one) => !one.silent);
  if (!resource) return notStated();
  return stated({ code: resource.path === '/courseId' ? 'course' : 'programme' }, resource.path);
}

/** What the alliances say: whether it stacks, and for whom it is. */
export function allianceElements(main: Spot): Pick<CredentialDraft, 'stackability' | 'targetGroup'> {
  const marks = alliancesOf(main)
    .map((alliance) => alliance.at('microcredential'))
    .filter((mark) => !mark.silent);
  for (const mark of marks) if (!MICRO.has(mark.word())) mark.note('unusable-code', 'use stackable or standalone');
  const [first, ...others] = marks.filter((mark) => MICRO.has(mark.word()));
  const code = first && MICRO.get(first.word());
  for (const other of others) if (MICRO.get(other.word()) !== code) other.note('contradiction');
  const groups = alliancesOf(main).flatMap((alliance) => alliance.each('targetGroup'));
  const said = new Map(groups.flatMap((group) => (group.said() === undefined ? [] : [[group.said() ?? '', group]])));
  return {
    stackability: statedIf(first && code && { code, text: [asSaid(first.said() ?? '')] }, first?.path ?? ''),
    targetGroup: statedIf(
      said.size
        ? {
            codes: [...said.keys()].flatMap((group) => targetGroups.parse(group) ?? []),
            text: [...said.keys()].map((group) => asSaid(group)),
          }
        : undefined,
      alliancesOf(main)
        .map((alliance) => alliance.at('targetGroup'))
        .find((one) => !one.silent)?.path ?? '',
    ),
  };
}
