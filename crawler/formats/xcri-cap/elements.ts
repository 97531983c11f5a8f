import { type LangString, mintCredentialId, notStated, stated, statedIf, table } from '../../../schema/index.ts';
import { plainText } from '../../../schema/parse/text.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement, saysNoKind } from '../../elements/kind.ts';
import { readUrl, unescaped } from '../../elements/links.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { codesAndText, codesIn, descriptionElement, joinTexts, textElement } from '../../elements/texts.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { tellDifferences, theOne } from '../../record/xml-feed.ts';
import { bodiesOf } from './bodies.ts';
import { identifiersOf, typeOf } from './identifiers.ts';
import { levelOf, workloadOf } from './level.ts';
import { runsOf } from './runs.ts';
import terms from './terms.json' with { type: 'json' };

/** `xsi:type` of a description (XCRI terms 1.1 and 1.2) → where it belongs; types not named here are further information. */
const DESCRIPTION_TYPES = table(terms.descriptions);

/** Texts that may have a page of their own. */
const LINKED = [
  'description',
  'abstract',
  'learningOutcome',
  'objective',
  'assessment',
  'prerequisite',
  'applicationProcedure',
];

export function elements(reading: RecordReading): Elements {
  const course = reading.main.at('course');
  const copies = reading.parts.map((part) => part.at('course'));
  for (const copy of copies) tellDifferences(course, copy, 'presentation');
  const presentations = [course, ...copies].flatMap((one) => one.each('presentation'));
  const qualifications = [course, ...presentations].flatMap((one) => one.each('qualification'));
  const typed = Map.groupBy(course.each('description'), (one) => {
    const type = typeOf(one)?.toLowerCase();
    return type ? (DESCRIPTION_TYPES.get(type) ?? 'further') : 'description';
  });
  const of = (type: string): Spot[] => typed.get(type) ?? [];
  const everywhere = (...names: string[]): Spot[] => [course, ...presentations].flatMap((one) => one.each(...names));

  const page = theOne(course, 'url', 'link');
  const url = (page && readUrl(page)) ?? webUrl(unescaped(reading.identifier));
  const alternates = [...identifiersOf(course).map(plainText), ...(url ? [url] : [])];
  const opportunities = runsOf(presentations);
  const relations = relationsOf(course, [reading.identifier, ...alternates]);
  const leadsTo = textElement(...of('leadsTo'));
  const further = textElement(
    ...course.each('applicationProcedure', 'engagement'),
    ...of('further'),
    ...qualifications.flatMap((one) => one.each('description')),
  );
  const links = LINKED.flatMap((name) => course.each(name)).flatMap((one) => readUrl(one.at('@href')) ?? []);
  return {
    url,
    alternates: [...new Set(alternates)].filter((text) => text && text !== reading.identifier),
    ...bodiesOf(reading, qualifications),
    description: descriptionElement(of('description'), course.each('abstract')),
    purpose: textElement(...course.each('objective'), ...of('purpose')),
    learningOutcomes: outcomesOf([...course.each('learningOutcome'), ...of('learningOutcome')]),
    workload: workloadOf(
      course,
      of('hours'),
      presentations.flatMap((one) => one.each('engagement')),
    ),
    level: levelOf(reading, [course, ...presentations, ...qualifications], course.each('credit')),
    kind: kindOf(qualifications),
    assessment: assessmentElement(
      [...course.each('assessment'), ...of('assessment')].map((one) => ({ texts: one.texts(), path: one.path })),
    ),
    qualityAssurance: qualityOf(qualifications.flatMap((one) => one.each('accreditedBy'))),
    prerequisites: textElement(...everywhere('prerequisite', 'entryRequirements'), ...of('prerequisite')),
    fields: fieldsElement(
      course.each('subject').map((one) => ({
        scheme: typeOf(one),
        code: one.at('@identifier').said(),
        text: joinTexts(one.texts()),
        path: one.path,
      })),
    ),
    furtherInformation:
      further.value || links.length
        ? stated({ ...(further.value ? { text: further.value } : {}), links }, further.origin?.path ?? course.path)
        : notStated(),
    stackability: leadsTo.value
      ? stated({ text: leadsTo.value }, leadsTo.origin?.path ?? '')
      : stackabilityOf(relations),
    targetGroup: targetsOf([...of('target'), ...presentations.flatMap((one) => one.each('age'))]),
    opportunities,
    relations,
  };
}

/** One element a language is one statement in several languages; otherwise each element is one of its own. */
function outcomesOf(spots: readonly Spot[]): Elements['learningOutcomes'] {
  const said = spots.filter((one) => one.texts().length);
  const texts = said.flatMap((one) => one.texts());
  const [first] = said;
  const translated = first && new Set(texts.map(({ language }) => language)).size === texts.length;
  const read = (one: Spot, own = one.texts()) => ({ outcomes: readOutcomes(one, own), path: one.path });
  return outcomesElement(translated ? [read(first, texts)] : said.map((one) => read(one)));
}

/** A part of another course, or one with parts: told by identifier or address. */
function relationsOf(course: Spot, self: readonly string[]) {
  const relations = createRelations(self);
  for (const type of ['isPartOf', 'hasPart'] as const)
    for (const one of course.each(type)) {
      const said = [
        ...identifiersOf(one),
        ...one.each('@href', 'url', 'link').flatMap((link) => link.said() ?? []),
        one.said(),
      ];
      const target = said.find((text) => text !== undefined);
      if (!target) {
        one.note('not-mapped');
        continue;
      }
      const id = self.includes(target) || webUrl(target) ? target : mintCredentialId(one.reading.source.id, target);
      relations.add(type === 'isPartOf' ? 'partOf' : type, id, one, one.at('title').texts());
    }
  return relations.all();
}

/** What the qualification calls itself, in its languages. Words that name none, and further qualifications, are told. */
function kindOf(qualifications: readonly Spot[]): Elements['kind'] {
  const titles = qualifications
    .flatMap((one) => one.each('title'))
    .flatMap((spot) => spot.texts().map(({ language, value }) => ({ spot, language, value })));
  const named = titles.find(({ value }) => !saysNoKind(value));
  const alike = titles.filter((one) => one === named || (named && one.language !== named.language));
  for (const { spot, value } of titles) if (!alike.some((one) => one.value === value)) spot.note('not-mapped');
  return kindElement(named?.spot, joinTexts(alike.map(({ language, value }) => ({ language, value }))));
}

function qualityOf(accredited: readonly Spot[]): Elements['qualityAssurance'] {
  const claims = accredited.flatMap((one) => {
    const title = one.at('title');
    const text = joinTexts(title.silent ? one.texts() : title.texts());
    const url = readUrl(one.first('url', 'link'));
    return text.length || url ? [{ ...(text.length ? { text } : {}), ...(url ? { url } : {}), path: one.path }] : [];
  });
  const path = claims[0]?.path ?? '';
  return statedIf(
    claims.length ? { kinds: [], claims: claims.map(({ path: _, ...claim }) => claim) } : undefined,
    path,
  );
}

function targetsOf(spots: readonly Spot[]): Elements['targetGroup'] {
  const said = spots.filter((one) => one.said() !== undefined && !/^any$/i.test(one.said() ?? ''));
  const texts: LangString[] = said.flatMap((one) => one.texts());
  return statedIf(codesAndText(codesIn(targetGroups, texts), joinTexts(texts)), said[0]?.path ?? '');
}
