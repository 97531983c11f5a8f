import {
  type CodesAndText,
  type CredentialDraft,
  type Element,
  type FieldValue,
  type LangString,
  type LearningOutcome,
  lookedUp,
  mintCredentialId,
  notStated,
  type Relation,
  stated,
  statedIf,
  type Vocabulary,
} from '../../../schema/index.ts';
import { isFiller, plainText, splitOutcomes } from '../../../schema/parse/text.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import {
  assessmentTypes,
  credentialKinds,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
} from '../../../schema/vocabularies/index.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { readModified } from '../../elements/dates.ts';
import { iscedOf, saysNoField } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement } from '../../elements/modes.ts';
import { outcomesIn, readOutcomes } from '../../elements/outcomes.ts';
import { costsElement } from '../../elements/prices.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { codesAndText, termsIn } from '../../elements/texts.ts';
import type { Elements } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { levelOf, workloadOf } from './amounts.ts';
import { bodiesOf, listIn } from './bodies.ts';
import { type CsvReading, type Row, sharedOf, wordsOf } from './row.ts';
import { runOf } from './runs.ts';
import { headerKey } from './words.ts';

export function elements(r: CsvReading): Elements {
  const [row] = r.rows;
  const { spot } = row;
  const { has } = row.columns;
  const text = (column: string): Element<LangString[]> =>
    has(column) ? statedIf(wordsOf(row, column), spot.at(column).path) : notStated();
  if (spot.at('identifier').silent)
    spot
      .at('url')
      .note('identifier-made', 'add an identifier column: a changed address would make a new record', r.identifier);
  // The runs before the workload: of several reasons to turn a row away the first one is told.
  const shared = sharedOf(row);
  const { modes, languages, prices } = shared;
  const opportunities = r.rows.flatMap((one, n) => runOf(one, n, n === 0 ? shared : undefined) ?? []);
  if (modes.pace.length && !opportunities.length)
    spot
      .at('mode')
      .note('unknown-code', 'a pace is no form of participation: give it in "pace"', modes.pace.join(', '));
  const scheme = text('grade_scheme').value;
  const relations = relationsOf(r);
  const modified = has('modified') ? readModified(spot.at('modified')) : undefined;
  const priced = PRICES.find((column) => has(column) && !spot.at(column).silent) ?? 'price';
  return {
    alternates: otherCodes(r),
    url: has('url') ? readUrl(spot.at('url')) : undefined,
    description: text('description'),
    kind: kindOf(row),
    ...bodiesOf(r),
    learningOutcomes: outcomesOf(row),
    workload: workloadOf(row),
    level: levelOf(r),
    assessment: assessmentOf(row),
    participation: participationElement(modes, r.language),
    qualityAssurance: qualityOf(row),
    prerequisites: text('prerequisites'),
    supervision: coded(row, 'supervision', (said) => supervision.parse(said)),
    stackability: stackability(row, relations),
    furtherInformation: furtherOf(row),
    languages: statedIf([...languages], spot.at('language_of_instruction').path),
    fields: fieldsOf(row),
    skills: alignmentsOf(row, 'skills'),
    occupations: alignmentsOf(row, 'occupations'),
    targetGroup: targetGroupOf(row),
    purpose: text('purpose'),
    costs: costsElement(prices, spot.at(priced).path),
    funding: text('funding'),
    certificationFormat: text('certification_format'),
    conditionsToEarn: text('conditions_to_earn'),
    opportunities,
    relations,
    ...(scheme ? { grade: stated({ scheme }, spot.at('grade_scheme').path) } : {}),
    ...(modified ? { sourceModified: modified } : {}),
  };
}

const PRICES = ['price', 'free', 'has_fee'];

/** Codes that are no identifier of the table: each names a course only together with its source. */
const otherCodes = ({ rows: [{ spot }], source, identifier }: CsvReading): string[] =>
  spot.each('identifier', 'other_identifier').flatMap((one) => {
    const code = one.said();
    return code && code !== identifier ? [`code:${source.id}:${code}`] : [];
  });

/** Words beside a code: without the cell that is the code, in whatever language its table is. */
const beside = (row: Row, column: string): LangString[] => {
  const said = plainText(row.spot.at(column).said() ?? '');
  return wordsOf(row, column).filter(({ value }) => value !== said);
};

/** A code of a vocabulary, and the words that are not the code. */
function coded<C extends string>(
  row: Row,
  column: string,
  codeOf: (said: string) => C | undefined,
): Element<{ code?: C; text?: LangString[] }> {
  if (!row.columns.has(column)) return notStated();
  const code = codeOf(row.spot.at(column).said() ?? '');
  const text = code === undefined ? wordsOf(row, column) : beside(row, column);
  if (code === undefined && !text.length) return notStated();
  return stated({ ...(code ? { code } : {}), ...(text.length ? { text } : {}) }, row.spot.at(column).path);
}

function kindOf(row: Row): CredentialDraft['kind'] {
  if (!row.columns.has('kind')) return notStated();
  const spot = row.spot.at('kind');
  const element = kindElement(spot, wordsOf(row, 'kind'));
  const said = spot.said() ?? '';
  const code = element.value?.code;
  const only =
    code !== undefined && (lookedUp(spot.reading.source, 'kind', said) ?? credentialKinds.parse(said)) === code;
  return only ? { ...element, ...coded(row, 'kind', () => code) } : element;
}

/** The terms of a vocabulary in a cell; `understood`: nothing else stands there. What is not understood is noted unless `quiet`. */
function codesAt(spot: Spot, column: string, vocabulary: Vocabulary, quiet = false) {
  const said = spot.said() ?? '';
  const { codes, all } = termsIn(said, (word) => lookedUp(spot.reading.source, column, word) ?? vocabulary.parse(word));
  if (said && !all && !quiet && said.length < 60)
    spot.note('unknown-code', `kept as text; words of the vocabulary "${vocabulary.name}" can be filtered by`);
  return { codes, understood: all };
}

function targetGroupOf(row: Row): Element<CodesAndText> {
  if (!row.columns.has('target_group')) return notStated();
  const spot = row.spot.at('target_group');
  const { codes, understood } = codesAt(spot, 'target_group', targetGroups, true);
  const text = understood ? beside(row, 'target_group') : wordsOf(row, 'target_group');
  return statedIf(codesAndText(codes, text), spot.path);
}

function assessmentOf(row: Row): Element<CodesAndText> {
  if (!row.columns.has('assessment_type') && !row.columns.has('assessment')) return notStated();
  const [type, words] = [row.spot.at('assessment_type'), row.spot.at('assessment')];
  const { codes, understood } = codesAt(type, 'assessment_type', assessmentTypes);
  const found = [
    { texts: understood ? [] : wordsOf(row, 'assessment_type'), path: type.path },
    { texts: wordsOf(row, 'assessment'), path: words.path },
  ];
  const element = assessmentElement(found, codes);
  return codes.length && element.origin ? { ...element, origin: { ...element.origin, path: type.path } } : element;
}

/** One an outcome: at bars, else as lists are written; a row of them with semicolons is a list, too. */
function outcomesOf(row: Row): Element<LearningOutcome[]> {
  if (!row.columns.has('learning_outcomes')) return notStated();
  const spot = row.spot.at('learning_outcomes');
  const words = wordsOf(row, 'learning_outcomes');
  const list = (value: string) =>
    value
      .split(/[|\n]/)
      .map((item) => plainText(item))
      .filter((item) => !isFiller(item));
  const bars = words.some(({ value }) => value.includes('|'));
  const joined =
    !bars && words.some(({ value }) => splitOutcomes(value).length === 1 && (value.match(/;\s/g)?.length ?? 0) > 1);
  const found =
    bars || joined
      ? outcomesIn(words, (value) => (value.includes('|') ? list(value) : list(value.replace(/;\s/g, '|'))))
      : readOutcomes(spot, words);
  return statedIf(found, spot.path);
}

function qualityOf(row: Row): CredentialDraft['qualityAssurance'] {
  if (!row.columns.has('quality_assurance') && !row.columns.has('quality_assurance_url')) return notStated();
  const spot = row.spot.at('quality_assurance');
  const text = wordsOf(row, 'quality_assurance');
  const url = readUrl(row.spot.at('quality_assurance_url'));
  if (!text.length && !url) return notStated();
  const kinds = listIn(spot).flatMap((one) => qualityAssuranceKinds.parse(one) ?? []);
  const claim = { ...(text.length ? { text } : {}), ...(url ? { url } : {}) };
  const { path } = text.length ? spot : row.spot.at('quality_assurance_url');
  return stated({ kinds: [...new Set(kinds)], claims: [claim] }, path);
}

function stackability(row: Row, relations: readonly Relation[]): CredentialDraft['stackability'] {
  const own = coded(row, 'stackability', (said): 'stackable' | 'stand-alone' | undefined => {
    const word = headerKey(said);
    if (/^(?:stackable|yes|ja|oui|si|stapelbar|stapelbaar|apilable|cumulable|combinable)$/.test(word))
      return 'stackable';
    const alone = /^(?:stand ?alone(?: micro credential)?|eigenstandig|autonome|independiente)$/.test(word);
    return alone ? 'stand-alone' : undefined;
  });
  return own.value ? own : stackabilityOf(relations);
}

function furtherOf(row: Row): CredentialDraft['furtherInformation'] {
  if (!row.columns.has('further_information') && !row.columns.has('validity')) return notStated();
  const text = wordsOf(row, 'further_information');
  const validity = row.spot.at('validity').said();
  if (!text.length && !validity) return notStated();
  return stated(
    {
      ...(text.length ? { text } : {}),
      links: [],
      ...(validity ? { validity: plainText(validity).slice(0, 500) } : {}),
    },
    row.spot.at(text.length ? 'further_information' : 'validity').path,
  );
}

function fieldsOf(row: Row): Element<FieldValue[]> {
  if (!row.columns.has('isced_f') && !row.columns.has('subject')) return notStated();
  const spot = row.spot.at('isced_f');
  const codes = listIn(spot).flatMap((one) => (/^[\d\s,;]+$/.test(one) ? one.split(/[\s,;]+/).filter(Boolean) : [one]));
  const fields = codes.flatMap((said): FieldValue[] => {
    if (saysNoField(said)) return [];
    const isced = iscedOf(said);
    if (isced) return [{ isced }];
    spot.note('unknown-code', undefined, said);
    return [{ text: [{ language: spot.reading.language ?? 'und', value: said }] }];
  });
  const subject = wordsOf(row, 'subject');
  const { path } = row.spot.at(fields.length ? 'isced_f' : 'subject');
  return statedIf([...fields, ...(subject.length ? [{ text: subject }] : [])], path);
}

function alignmentsOf(row: Row, column: string): ReturnType<typeof alignmentsElement> {
  if (!row.columns.has(column)) return notStated();
  const spot = row.spot.at(column);
  return alignmentsElement(
    listIn(spot).map((one) => {
      const uri = /https?:\/\/[^\s()<>]+/.exec(one)?.[0];
      const value = one
        .replace(uri ?? '', '')
        .replace(/[()<>]/g, ' ')
        .trim();
      return { uri, text: value ? [{ language: spot.reading.language ?? 'und', value }] : [], path: spot.path };
    }),
  );
}

const RELATIONS = { stacks_into: 'stacksInto', requires: 'requires', part_of: 'partOf' } as const;

function relationsOf({ rows: [{ spot, columns }], source, identifier }: CsvReading): Relation[] {
  const said = Object.entries(RELATIONS).filter(([column]) => columns.has(column));
  if (!said.length) return [];
  const relations = createRelations([mintCredentialId(source.id, identifier), spot.at('url').said()]);
  for (const [column, type] of said)
    for (const one of listIn(spot.at(column)))
      relations.add(
        type,
        webUrl(one) ?? (/^urn:/i.test(one) ? one : mintCredentialId(source.id, one)),
        spot.at(column),
      );
  return relations.all();
}
