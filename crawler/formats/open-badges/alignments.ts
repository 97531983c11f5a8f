import { type Credential, type Relation, statedIf } from '../../../schema/index.ts';
import { type AlignmentFacts, alignmentsElement } from '../../elements/alignments.ts';
import type { FieldFacts } from '../../elements/fields.ts';
import { createLevel, eqfOfUri } from '../../elements/level.ts';
import { isEqfName, levelInWords } from '../../elements/level-words.ts';
import { readUrl } from '../../elements/links.ts';
import { createRelations } from '../../elements/relations.ts';
import { asSaid } from '../../elements/texts.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { saidInExtension } from './terms.ts';

/** An entry of a framework (OB 2.0 AlignmentObject, OB 3.0 Alignment; badgr writes it with underscores). */
interface Aligned extends AlignmentFacts {
  spot: Spot;
  code: string | undefined;
  type: string | undefined;
}

/** Names of frameworks whose entries are levels; the EQF goes by other names. */
const NATIONAL =
  /^(?:SCQF|RQF|QCF|CQFW|FHEQ|NFQ|NLQF|DQR|NQR|SEQF|FINQF|CROQF|HKO|MECU|RNCP|ROQF|CYQF|EstQF|EKR|LTQF|LKI|MQF|PRK|MKKR|SKKR|QNQ)$/i;
const OCCUPATION = /\/esco\/(?:occupation|isco)\//i;
const CREDENTIAL = /^ceterms:(?!Competency)/i;

const alignedIn = (main: Spot): Aligned[] =>
  main.nodes('alignment').map((spot) => ({
    spot,
    text: spot.first('targetName', 'target_name').texts(),
    uri: spot.first('targetUrl', 'target_url').said(),
    framework: spot.first('targetFramework', 'target_framework').said(),
    code: spot.first('targetCode', 'target_code').said(),
    type: spot.at('targetType').said(),
    path: spot.path,
  }));

/** What the framework of an entry makes of it. */
function kindOf({
  framework = '',
  uri = '',
  type = '',
  text,
}: Aligned): 'level' | 'field' | 'credential' | 'occupation' | 'skill' {
  if (isEqfName(framework) || eqfOfUri(uri) !== undefined || NATIONAL.test(framework.trim())) return 'level';
  if (!framework && text?.[0] && levelInWords(text[0].value).ofEqf) return 'level';
  if (/isced[\s-]?f|isced 2013|esco\/isced/i.test(`${framework} ${uri}`)) return 'field';
  if (CREDENTIAL.test(type)) return 'credential';
  return OCCUPATION.test(uri) ? 'occupation' : 'skill';
}

/** Entries of frameworks by what these are frameworks of; competences of Open Educational Badges are skills as well. */
export function readAlignments(main: Spot): Record<ReturnType<typeof kindOf>, Aligned[]> {
  const found: Record<ReturnType<typeof kindOf>, Aligned[]> = {
    level: [],
    field: [],
    credential: [],
    occupation: [],
    skill: [],
  };
  for (const one of alignedIn(main)) found[kindOf(one)].push(one);
  return found;
}
export type Alignments = ReturnType<typeof readAlignments>;

/** A competence of Open Educational Badges, with its ESCO address. */
export const competencyFacts = (node: Spot): AlignmentFacts => {
  const id = node.at('framework_identifier').said();
  const framework = node.at('framework').said();
  const isEsco = framework !== undefined && /^esco$/i.test(framework);
  return {
    text: node.at('name').texts(),
    // ESCO's own addresses are stored without their host.
    uri: id?.startsWith('/esco/') ? `http://data.europa.eu${id}` : id,
    framework: isEsco ? 'ESCO' : framework,
    path: node.path,
  };
};

export const skillsOf = ({ skill }: Alignments, competences: readonly Spot[]): Credential['skills'] =>
  alignmentsElement([...skill, ...competences.map(competencyFacts)]);

export const occupationsOf = ({ occupation }: Alignments): Credential['occupations'] => alignmentsElement(occupation);

export const fieldsIn = ({ field }: Alignments): (FieldFacts & { path: string })[] =>
  field.map(({ text, code, uri, path }) => ({
    scheme: 'ISCED-F',
    code: code ?? /\/(\d{2,4})\/?$/.exec(uri ?? '')?.[1],
    text,
    path,
  }));

/**
 * The extension for the EQF holds a number "of the EQF or NLQF", which edubadges hides unless it is verified: without that it stays words.
 * Levels of Open Educational Badges are a scale of its own. Entries of the EQF or a national framework count as they stand.
 */
export function levelOf(reading: RecordReading, { level: aligned }: Alignments): Credential['level'] {
  const { main } = reading;
  const level = createLevel(reading);
  const unverified = main.at('eqfNlqfLevelVerified').flag() === false;
  const own = saidInExtension(main, 'EQF');
  if (unverified && own[0]?.said() !== undefined && !aligned.length)
    return statedIf({ text: [asSaid(`EQF/NLQF ${own[0].said()}, not verified`, 'en')] }, own[0].path);
  if (!unverified) for (const one of own) level.eqf(one);
  for (const { spot, framework, uri, code, text = [] } of aligned) {
    const words = text.length ? text : code ? [asSaid(code)] : [];
    const bare = words[0]?.value ?? '';
    // "Level 5" of the EQF: its code is the level where the name is none.
    const named = code && /^\d$/.test(code) && !/\d/.test(bare) ? [asSaid(code)] : words;
    level.words(spot, { framework, uris: uri ? [uri] : [] }, named);
  }
  for (const one of saidInExtension(main, 'Level')) level.words(one);
  return level.element();
}

/** The same badge in another language; other related versions are other badges. */
export function relationsOf({ main, identifier }: RecordReading): Relation[] {
  const relations = createRelations([identifier]);
  for (const one of main.nodes('related')) {
    const language = one.first('@language', 'inLanguage');
    const id = one.first('id', '@id');
    if (!language.silent && !id.silent) relations.add('sameAs', readUrl(id), one);
  }
  return relations.all();
}
