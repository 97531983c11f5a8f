import { type CredentialDraft, type LangString, notStated, stated, statedIf, table } from '../../../schema/index.ts';
import {
  assessmentTypes,
  credentialKinds,
  qualityAssuranceKinds,
  targetGroups,
} from '../../../schema/vocabularies/index.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement, kindInWords } from '../../elements/kind.ts';
import { languagesElement } from '../../elements/languages.ts';
import { outcomesElement, outcomesOf, readOutcomes, saysNoOutcome } from '../../elements/outcomes.ts';
import { codesAndText, codesIn, distinctTexts } from '../../elements/texts.ts';
import { alsoDerived, type DerivationId, derivedBy } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import { pageOf } from './bodies.ts';
import { type ConceptAt, conceptsAt, tailOf, wordSpots, wordsAt } from './concepts.ts';
import type { ElmReading } from './reading.ts';

/** Types of the EU's list that the vocabulary of kinds has under another word. */
const KINDS = table({ '17744a2647': 'course' });
const SHORT_PROGRAMME = '74a4a268e8';
const MICRO = /(?<!\p{L})micro-?\s?credential(?!\p{L})/iu;

/** The type where the EU's lists have one that is a kind; none of them is called micro-credential (ELM 3.3): that is derived. */
export function kindOf({ spec, offers, main }: ElmReading): NonNullable<CredentialDraft['kind']> {
  const types = [...(spec ? [spec] : []), ...offers].flatMap((at) => conceptsAt(at, 'dcType'));
  const profiles = spec ? conceptsAt(spec, 'credentialProfiles') : [];
  const rule = derivedKind(main, types);
  const known = [...types, ...profiles].find((one) => kindOfTerm(one) !== undefined);
  if (known) {
    const element = stated({ code: kindOfTerm(known) as string, ...textOf(known.texts) }, known.spot.path);
    return rule && rule.code !== element.value?.code
      ? alsoDerived(element, { code: rule.code }, rule.path, rule.id)
      : element;
  }
  const worded = types.find(({ texts }) => texts.length);
  if (worded) return kindElement(worded.spot, worded.texts, rule);
  return rule ? derivedBy({ code: rule.code }, rule.path, rule.id) : notStated();
}

const textOf = (texts: readonly LangString[]) => (texts.length ? { text: [...texts] } : {});

const kindOfTerm = ({ uri, texts }: ConceptAt): string | undefined =>
  (uri && (KINDS.get(tailOf(uri)) ?? credentialKinds.parse(uri))) ||
  texts.map(({ value }) => kindInWords(value)).find(Boolean);

function derivedKind(main: Spot, types: readonly ConceptAt[]): Rule | undefined {
  const titles = [main.at('title'), ...main.nodes('displayParameter').map((one) => one.at('title'))];
  const title = titles.find((one) =>
    one.texts().some(({ value }) => MICRO.test(value) || kindInWords(value) === 'micro-credential'),
  );
  if (title) return { code: 'micro-credential', path: title.path, id: 'micro-credential-in-title' };
  // That it is no partial qualification says nothing: the Commission's own micro-credential is none.
  const short = types.find(({ uri }) => uri && tailOf(uri) === SHORT_PROGRAMME);
  return short && { code: 'micro-credential', path: short.spot.path, id: 'elm-short-learning-programme' };
}

interface Rule {
  code: string;
  path: string;
  id: DerivationId;
}

const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
/** Where Finland's register has the degrees and programmes whose titles it publishes as outcomes (Opetushallitus, kouta-external). */
const DEGREE_TITLES = /^https?:\/\/rdf\.oph\.fi\/(?:tutkintonimike|koulutus-tulos)\//;

/**
 * The outcomes one by one, with their entries in ESCO; where there are none, those of the summary. A title that stands for an outcome
 * (Finland publishes the degree's) is none.
 */
export function outcomesAt({ spec, offers }: ElmReading) {
  const titles = new Set(
    [...(spec ? [spec] : []), ...offers].flatMap((at) =>
      at
        .at('title')
        .texts()
        .map(({ value }) => folded(value)),
    ),
  );
  const said = spec?.each('learningOutcome') ?? [];
  const skills: { text: readonly LangString[]; uri: string | undefined; path: string }[] = [];
  const found = said.map((one) => {
    const node = one.node();
    const words = node ? node.at('title') : one;
    const texts = node || !/^(?:https?:|urn:|_:)/i.test(one.said() ?? '') ? words.texts() : [];
    const entries = node ? conceptsAt(node, 'relatedESCOSkill', 'relatedSkill') : [];
    skills.push(...entries.map(({ spot, uri, texts: text }) => ({ text, uri, path: spot.path })));
    const isTitle =
      DEGREE_TITLES.test(node?.at('@id').said() ?? '') || texts.every(({ value }) => titles.has(folded(value)));
    // What is learnt stands in the description then (EDCI), if anywhere.
    const described = node?.at('description');
    if (texts.length && isTitle) {
      if (described && !described.silent) return { outcomes: readOutcomes(described), path: described.path };
      words.note('title-as-outcome');
      return { outcomes: [], path: words.path };
    }
    if (described && !described.silent) described.note('not-mapped');
    if (!texts.length || texts.every(({ value }) => saysNoOutcome(value))) {
      if (texts.length || !node) one.note('no-outcome-in-outcomes');
      return { outcomes: [], path: words.path };
    }
    const uri = entries.length === 1 ? entries[0]?.uri : undefined;
    return { outcomes: outcomesOf(words, { text: texts, uri }), path: words.path };
  });
  const own = outcomesElement(found);
  const summary = spec ? wordsAt(spec, 'learningOutcomeSummary') : [];
  const summed = summary
    .filter((one) => !one.texts().every(({ value }) => saysNoOutcome(value) || titles.has(folded(value))))
    .map((one) => ({ outcomes: own.value ? [] : readOutcomes(one), path: one.path }));
  return {
    learningOutcomes: own.value ? own : outcomesElement(summed),
    skills: alignmentsElement(skills),
    /** A summary beside outcomes. */
    summary: own.value ? summary : [],
  };
}

/** The detailed field; QualityLink has properties of their own for narrow and broad ones. */
function iscedAt(spec: Spot | undefined): ConceptAt[] {
  if (!spec) return [];
  const detailed = conceptsAt(spec, 'ISCEDFCode');
  return detailed.length ? detailed : conceptsAt(spec, 'ISCEDFNarrowField', 'ISCEDFBroadField');
}

/** ISCED-F codes by address. "000" stands on all Flemish records and 0099 on the Finnish ones that have no field: these say none. */
export const fieldsOf = (spec: Spot | undefined): NonNullable<CredentialDraft['fields']> =>
  fieldsElement([
    ...iscedAt(spec).flatMap(({ spot, uri, texts }) => {
      const code = uri && tailOf(uri);
      if (code && /^0{2,4}$|^0099$/.test(code)) {
        spot.note('default-field', undefined, code);
        return [];
      }
      const isIsced = uri && /\/isced-f\//.test(uri);
      return [{ ...(isIsced ? { scheme: 'ISCED-F 2013', code } : {}), text: texts, path: spot.path }];
    }),
    ...(spec ? conceptsAt(spec, 'educationSubject') : []).map(({ spot, uri, texts }) => ({
      text: texts,
      ...(texts.length ? {} : { code: uri }),
      path: spot.path,
    })),
    ...(spec?.each('category') ?? []).map((one) => ({ text: one.texts(), path: one.path })),
  ]);

export function assessmentOf(spec: Spot | undefined): Pick<CredentialDraft, 'assessment' | 'grade'> {
  const proofs = spec?.nodes('provenBy') ?? [];
  const types = proofs.flatMap((one) => conceptsAt(one, 'dcType'));
  const codes = types.flatMap(({ uri }) => (uri && assessmentTypes.parse(uri)) || []);
  const words = [
    ...types.map(({ spot, texts }) => ({ spot, texts })),
    ...proofs.flatMap((one) => [one.at('title'), one.at('description')]).map((spot) => ({ spot, texts: spot.texts() })),
  ];
  const schemes = [...proofs, ...(spec ? [spec] : [])]
    .flatMap((one) => one.nodes('gradingScheme'))
    .flatMap((one) => [one.at('title'), one.at('description')]);
  const scheme = distinctTexts(schemes.flatMap((one) => one.texts()));
  const found = words.map(({ spot, texts }) => ({ texts, path: spot.path }));
  const first = types.find(({ uri }) => uri && assessmentTypes.parse(uri));
  return {
    assessment: assessmentElement(
      first && !found.some(({ texts }) => texts.length) ? [{ texts: [], path: first.spot.path }] : found,
      codes,
    ),
    grade: statedIf(scheme.length ? { scheme } : undefined, schemes.find((one) => one.texts().length)?.path ?? ''),
  };
}

export function targetGroupOf(spec: Spot | undefined): NonNullable<CredentialDraft['targetGroup']> {
  const groups = spec ? conceptsAt(spec, 'targetGroup') : [];
  const codes = groups.flatMap(({ uri }) => (uri && targetGroups.parse(uri)) || []);
  const texts = distinctTexts(groups.flatMap((one) => one.texts));
  return statedIf(codesAndText([...codes, ...codesIn(targetGroups, texts)], texts), groups[0]?.spot.path ?? '');
}

/** Who quality-assures: accreditations of the qualification itself; those of a body stand with the body. */
export function qualityOf(spec: Spot | undefined): NonNullable<CredentialDraft['qualityAssurance']> {
  const nodes = spec?.nodes('accreditation') ?? [];
  const kinds = nodes
    .flatMap((one) => conceptsAt(one, 'dcType'))
    .flatMap(
      ({ uri, texts }) =>
        [uri, ...texts.map(({ value }) => value)].flatMap(
          (word) => (word && qualityAssuranceKinds.parse(word)) || [],
        )[0] ?? [],
    );
  const claims = nodes.map((one) => {
    const text = one.at('title').texts();
    const name = one.nodes('accreditingAgent')[0]?.first('legalName', 'prefLabel').texts()[0]?.value;
    const [page] = one.nodes('landingPage', 'homepage');
    const url = page?.at('contentUrl').said() ?? pageOf(one);
    return { ...(name ? { name } : {}), ...(url ? { url } : {}), ...(text.length ? { text } : {}) };
  });
  const value = claims.length
    ? { kinds: [...new Set(kinds)], claims: claims.filter((one) => Object.keys(one).length) }
    : undefined;
  return statedIf(value, nodes[0]?.path ?? '');
}

export const languagesOf = (spec: Spot | undefined): NonNullable<CredentialDraft['languages']> =>
  languagesElement(spec ? conceptsAt(spec, 'language').flatMap((one) => wordSpots(one, Boolean)) : []);
