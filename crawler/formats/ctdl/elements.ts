import { type Credential, type CredentialDraft, notStated, stated, statedIf } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { type AlignmentFacts, alignmentsElement } from '../../elements/alignments.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { distinctOutcomes, outcomesElement, outcomesOf } from '../../elements/outcomes.ts';
import { codesAndText, codesIn, textElement } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import {
  type CtdlReading,
  descriptionOf,
  type Entry,
  entriesAt,
  frameworkOf,
  typesOf,
  wordsIn,
  wordsOf,
} from './entries.ts';
import { credentialKind, wordsOfTerm } from './terms.ts';

export function kindOf(main: Spot): Credential['kind'] {
  const known = typesOf(main).flatMap((type) => {
    const kind = credentialKind(type);
    return kind ? [{ type, code: kind.kind }] : [];
  });
  const best = known.find(({ code }) => code) ?? known[0];
  if (!best) return notStated();
  // A type without a code of its own is given in the vocabulary's words: "CertificateOfParticipation" → words apart.
  const words = wordsOfTerm(best.type);
  return stated(
    best.code ? { code: best.code } : { text: [{ language: 'en', value: words }] },
    main.first('@type', 'type').path.replace(/\/0$/, ''),
  );
}

const COMPETENCIES = ['teaches', 'targetCompetency', 'assesses'];

/** Outcomes of its own, else what the learning that it requires teaches. */
export function learningOutcomesOf({ main, toEarn, required }: CtdlReading): Credential['learningOutcomes'] {
  const plain = main.each('learningOutcome');
  const own = outcomesElement([
    ...plain.map((spot) => ({ outcomes: outcomesOf(spot, { text: spot.texts() }), path: spot.path })),
    ...[main, ...toEarn].flatMap((at) => competencies(at, COMPETENCIES)),
  ]);
  if (own.value) return own;
  const others = required
    .flatMap((at) => competencies(at, ['teaches', 'assesses']))
    .filter(({ outcomes }) => outcomes.length);
  if (others[0])
    return derivedBy(
      distinctOutcomes(others.flatMap(({ outcomes }) => outcomes)),
      others[0].path,
      'ctdl-required-learning',
    );
  plain[0]?.note('no-outcome-in-outcomes', 'state what a learner will know or be able to do');
  return notStated();
}

/** Competencies: name and description in one, with their entry in a framework. */
function competencies(at: Spot, names: string[]) {
  return entriesAt(at, ...names).map((entry) => {
    const { spot, texts: named, term } = entry;
    if (!entry.described && term !== undefined) return { outcomes: [], path: spot.path };
    const more = spot.at('targetNodeDescription').texts();
    const text = (named.length ? named : more).map((one) => {
      const addition =
        named.length && more.find(({ language, value }) => language === one.language && value !== one.value);
      return addition ? { ...one, value: `${one.value}: ${addition.value}` } : one;
    });
    const framework = frameworkOf(entry) ?? spot.at('isPartOf').said();
    const uri = term !== undefined && /^https?:/i.test(term) ? term : undefined;
    if (!text.length) return { outcomes: [], path: spot.path };
    const outcomes = entry.described
      ? [{ text, ...(uri ? { uri } : {}), ...(framework ? { framework } : {}) }]
      : outcomesOf(spot, { text });
    return { outcomes, path: spot.path };
  });
}

/** How it is assessed: the kinds and descriptions of the record's own assessment, and of those that earning it takes. */
export function assessmentOf({ main, toEarn }: CtdlReading): Pick<CredentialDraft, 'assessment' | 'supervision'> {
  const pointers = [main, ...toEarn].flatMap((at) => at.each('targetAssessment'));
  const profiles = [main, ...toEarn].flatMap((at) => at.nodes('targetAssessment', 'hasAssessment'));
  const methods = [main, ...profiles]
    .flatMap((at) => entriesAt(at, 'assessmentMethodType').sort((a, b) => rankOf(a) - rankOf(b)))
    .map((entry) => ({ texts: wordsOf(entry), path: entry.spot.path }));
  const described = [
    ...[main, ...profiles].map((at) => at.at('assessmentMethodDescription')),
    ...profiles.map((at) => at.first('description', 'name')),
  ].map((spot) => ({ texts: spot.texts(), path: spot.path }));
  const assessment = assessmentElement([...methods, ...described]);
  const proctored = profiles.map((at) => at.at('isProctored')).find((spot) => spot.flag() === true);
  return {
    // An assessment that must be passed is stated, even when its kind is not.
    assessment: assessment.state === 'not-stated' && pointers[0] ? stated({ codes: [] }, pointers[0].path) : assessment,
    // Proctored says supervised, not whether anybody checks who sits there; "false" may be only a default.
    supervision: proctored ? stated({ text: [{ language: 'en', value: 'Proctored' }] }, proctored.path) : notStated(),
  };
}

/** What is called by its name comes first, then bare terms. */
const rankOf = ({ texts, described }: Entry): number => (texts.length ? 0 : described ? 2 : 1);

const CLAIMS = [
  ['accreditedBy', 'accredited'],
  ['approvedBy', 'approved'],
  ['recognizedBy', 'recognised'],
  ['regulatedBy', 'regulated'],
] as const;

/** Only what is claimed of the credential itself; what its owner holds stands with the provider. */
export function qualityOf(main: Spot): Credential['qualityAssurance'] {
  const claims: NonNullable<Credential['qualityAssurance']['value']>['claims'] = [];
  let path: string | undefined;
  const claim = (spot: Spot, verb: string, name: string | undefined, url?: string): void => {
    if (!name && !url) return;
    path ??= spot.path;
    claims.push({ name: name ? `${verb} by ${name}` : verb, ...(url ? { url } : {}) });
  };
  for (const [property, verb] of CLAIMS) {
    const bodies = main.each(property).map((one) => ({ one, node: one.node() }));
    for (const { node } of bodies)
      if (node)
        claim(node, verb, node.at('name').texts()[0]?.value, webUrl(node.first('subjectWebpage', 'url').said()));
    for (const { one, node } of bodies) {
      if (node) continue;
      const said = one.said();
      const url = webUrl(said);
      claim(one, verb, url || said?.includes(':') ? undefined : said, url);
    }
  }
  for (const property of ['accreditedIn', 'approvedIn', 'recognizedIn', 'regulatedIn'])
    for (const profile of main.nodes(property))
      for (const body of profile.nodes('assertedBy'))
        claim(profile, property.slice(0, -2), body.at('name').texts()[0]?.value);
  return statedIf(claims.length ? { kinds: [], claims } : undefined, path ?? '');
}

export function conditionsOf({
  main,
  toEarn,
  toEnter,
}: CtdlReading): Pick<CredentialDraft, 'prerequisites' | 'conditionsToEarn'> {
  const entry = [
    ...wordsIn(main, 'entryCondition', 'prerequisite'),
    ...toEnter.flatMap((at) => (descriptionOf(at).length ? descriptionOf(at) : [at.at('name')])),
    main.at('entryRequirements'),
  ];
  const earn = [...main.each('requires').filter((one) => !one.node()), ...toEarn.flatMap(descriptionOf)];
  return { prerequisites: textElement(...entry), conditionsToEarn: textElement(...earn) };
}

export function targetGroupOf(main: Spot): Credential['targetGroup'] {
  const entries = entriesAt(main, 'audienceType');
  const texts = entries.flatMap(wordsOf);
  return statedIf(codesAndText(codesIn(targetGroups, texts), texts), entries[0]?.spot.path ?? '');
}

/** Fields in the publisher's own scheme. */
export const fieldsOf = (main: Spot): Credential['fields'] =>
  fieldsElement([
    ...entriesAt(main, 'instructionalProgramType', 'subject').map((entry) => ({
      text: entry.texts,
      scheme: entry.spot.at('frameworkName').texts()[0]?.value,
      code: entry.spot.at('codedNotation').said(),
      path: entry.spot.path,
    })),
    ...main.each('field').flatMap((one) => one.texts().map((text) => ({ text: [text], path: one.path }))),
  ]);

export function alignmentsOf(main: Spot): Pick<CredentialDraft, 'occupations' | 'skills'> {
  const facts = (name: string): AlignmentFacts[] =>
    entriesAt(main, name).map((entry) => ({
      text: entry.texts,
      uri: entry.term,
      framework: frameworkOf(entry),
      path: entry.spot.path,
    }));
  return { occupations: alignmentsElement(facts('occupationType')), skills: alignmentsElement(facts('aligns')) };
}
