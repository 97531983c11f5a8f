import { type Credential, type Element, isObject, statedIf, type WorkloadValue } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { languagesElement } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement, readModes } from '../../elements/modes.ts';
import { readQuantity } from '../../elements/numbers.ts';
import { outcomesElement, outcomesOf, readOutcomes } from '../../elements/outcomes.ts';
import { textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import {
  competencyFacts,
  fieldsIn,
  levelOf,
  occupationsOf,
  readAlignments,
  relationsOf,
  skillsOf,
} from './alignments.ts';
import { bodiesOf } from './bodies.ts';
import { addressAt, extensionAt, saidInExtension, typesOf } from './terms.ts';

export function elements(reading: RecordReading): Elements {
  const { main, parts, identifier } = reading;
  const all = [main, ...parts];
  const alignments = readAlignments(main);
  const competences = extensionAt(main, 'Competency');
  const criteria = main.each('criteria', 'criteria_text');
  const applies = [main, ...main.nodes('extensions')].flatMap((one) =>
    one.nodes('ApplyLink').map((node) => node.at('url')),
  )[0];
  const page = main.at('course_url').silent ? applies : main.at('course_url');
  const modes = readModes(main.each('participation'));
  if (modes.pace.length) main.at('participation').note('not-mapped', undefined, modes.pace.join(', '));
  for (const row of all) if (row.at('archived').flag() === true) row.at('archived').note('not-active');
  return {
    url: (page && readUrl(page)) ?? webUrl(main.first('id', '@id').said()) ?? webUrl(identifier),
    alternates: alternatesOf(reading),
    description: textElement(main.at('description')),
    kind: kindOf(all),
    ...bodiesOf(reading),
    learningOutcomes: outcomesElement([
      ...saidInExtension(main, 'LearningOutcome').map((one) => ({ outcomes: readOutcomes(one), path: one.path })),
      ...competences.map((one) => ({ outcomes: outcomesOf(one, competencyFacts(one)), path: one.path })),
    ]),
    skills: skillsOf(alignments, competences),
    occupations: occupationsOf(alignments),
    workload: workloadOf(main),
    level: levelOf(reading, alignments),
    assessment: assessmentElement(
      [
        ...main.each('assessmentType'),
        // 1EdTech's extension: in OB 2.0 a list of assessments, in OB 3.0 results that are described.
        ...extensionAt(main, 'Assessment').flatMap((one) =>
          one.nodes('assessments').flatMap((node) => node.each('assessmentType')),
        ),
        ...main.nodes('resultDescription').flatMap((node) => node.each('assessmentType')),
      ].map((one) => ({ texts: one.texts(), path: one.path })),
    ),
    participation: participationElement(modes),
    supervision: supervisionOf(main),
    qualityAssurance: qualityOf(main),
    ...gradeOf(main),
    stackability: statedIf(
      main.at('stackable').flag() === true ? { code: 'stackable' as const } : wordsOf(main.at('stackable')),
      main.at('stackable').path,
    ),
    conditionsToEarn: textElement(
      ...criteria.flatMap((one) =>
        one.node() ? [one.first('narrative', 'description', 'name')] : addressAt(one) ? [] : [one],
      ),
    ),
    furtherInformation: linksOf(
      main,
      criteria,
      alignments.credential.map(({ spot }) => spot.at('targetUrl')),
    ),
    languages: languagesElement(saidInExtension(main, 'Language')),
    fields: fieldsElement([
      ...fieldsIn(alignments),
      ...main.each('fieldOfStudy', 'specialization').map((one) => ({ text: one.texts(), path: one.path })),
      ...saidInExtension(main, 'EducationProgramIdentifier').map((one) => ({
        scheme: 'EducationProgramIdentifier',
        code: one.said(),
        path: one.path,
      })),
      ...main.each('tags', 'tag').map((one) => ({ scheme: 'tags', text: one.texts(), path: one.path })),
    ]),
    relations: relationsOf(reading),
    sourceModified: readModified(main.at('updated_at')),
  };
}

/** Codes that mean the same everywhere; a code of the issuer is one together with its source. */
function alternatesOf({ main, source, identifier }: RecordReading): string[] {
  const codes = main.nodes('otherIdentifier').flatMap((one) => one.at('identifier').said() ?? []);
  const everywhere = codes.filter((code) => /^(?:urn:|https?:\/\/|ce-)/i.test(code));
  const own = [main.at('humanCode').said(), ...codes.filter((code) => !everywhere.includes(code))];
  const id = main.first('id', '@id').said();
  return [
    ...new Set([
      ...(id && id !== identifier ? [id] : []),
      ...everywhere,
      ...own.flatMap((code) => (code ? [`code:${source.id}:${code}`] : [])),
    ]),
  ];
}

const MARKS = ['isMicroCredentials', 'is_micro_credentials'];

/** What edubadges or `achievementType` call it; a BadgeClass defines a badge. */
function kindOf(all: readonly Spot[]): Credential['kind'] {
  const marked = all.flatMap((one) => MARKS.map((name) => one.at(name))).find((one) => one.flag() === true);
  const types = all.map((one) => one.first('typeBadgeClass', 'type_badge_class')).find((one) => !one.silent);
  if (marked && !types)
    return statedIf({ code: 'micro-credential', text: [{ language: 'en', value: 'Micro-credential' }] }, marked.path);
  const [main] = all;
  const said = types ?? main?.at('achievementType');
  // An entry of the catalogue of badge classes has no type.
  const isBadge = main !== undefined && isObject(main.value) && typesOf(main.value).includes('BadgeClass');
  const type = isBadge ? main.first('type', '@type') : types;
  return kindElement(
    // "Achievement" is what edubadges calls everything.
    said?.silent || said?.word() === 'achievement' ? undefined : said,
    undefined,
    type ? { code: 'badge', path: type.path, id: 'open-badges-type' } : undefined,
  );
}

/**
 * ECTS, hours of time investment, and credits without a unit (`creditsAvailable`: "credit hours associated with the achievement"), which
 * are of no scheme. `StudyLoad` is hours by its schema; Open Educational Badges counts minutes.
 */
function workloadOf(main: Spot): Element<WorkloadValue> {
  const load = createWorkload();
  for (const one of saidInExtension(main, 'ECTS')) load.credits(one, 'ECTS');
  for (const one of saidInExtension(main, 'TimeInvestment')) load.hours(one);
  for (const node of extensionAt(main, 'StudyLoad')) {
    const said = node.at('StudyLoad');
    const minutes = isOfOeb(main, node) ? readQuantity(said) : undefined;
    if (minutes !== undefined) load.derive({ hours: minutes / 60 }, said.path, 'oeb-study-load-is-minutes');
    else load.hours(said);
  }
  load.credits(main.at('creditsAvailable'));
  return load.element();
}

/** Records of Open Educational Badges have a slug, or name its host. */
const isOfOeb = (main: Spot, node: Spot): boolean =>
  !main.at('slug').silent ||
  [main.at('id'), node.at('@context')].some((one) => /openbadges\.education/.test(one.said() ?? ''));

/** Flags of edubadges default to false: only "true" says something. */
function supervisionOf(main: Spot): Credential['supervision'] {
  const supervised = main.at('assessmentSupervised');
  const identified = main.at('assessmentIdVerified');
  const text = [
    ...(supervised.flag() === true ? [{ language: 'en', value: 'assessment supervised' }] : []),
    ...(identified.flag() === true ? [{ language: 'en', value: 'assessment id verified' }] : []),
  ];
  const both = text.length === 2 ? { code: 'supervised-identity-check' } : {};
  return statedIf(
    text.length ? { ...both, text } : undefined,
    supervised.flag() === true ? supervised.path : identified.path,
  );
}

/** The description is several pages of the national framework: it stays in the raw record. */
function qualityOf(main: Spot): Credential['qualityAssurance'] {
  const name = main.at('qualityAssuranceName');
  const url = main.at('qualityAssuranceUrl').silent ? undefined : readUrl(main.at('qualityAssuranceUrl'));
  const [words] = name.texts();
  const claim = { ...(words ? { name: words.value } : {}), ...(url ? { url } : {}) };
  return statedIf(
    Object.keys(claim).length ? { kinds: [], claims: [claim] } : undefined,
    words ? name.path : main.at('qualityAssuranceUrl').path,
  );
}

function gradeOf(main: Spot): Pick<Elements, 'grade'> {
  const given = main.at('gradeAchievedRequired');
  const table = main.nodes('issuer').flatMap((one) => saidInExtension(one, 'GradingTable', 'GradingTableURL'))[0];
  if (given.flag() === true)
    return { grade: statedIf({ scheme: [{ language: 'en', value: 'grade achieved required' }] }, given.path) };
  const url = table && readUrl(table);
  return url ? { grade: statedIf({ scheme: [{ language: 'zxx', value: url }] }, table.path) } : {};
}

const wordsOf = (spot: Spot): { text: ReturnType<Spot['texts']> } | undefined => {
  const text = spot.texts();
  return text.length && spot.flag() === undefined ? { text } : undefined;
};

/** Pages about the criteria, and credentials elsewhere that it is aligned with. */
function linksOf(main: Spot, criteria: readonly Spot[], aligned: readonly Spot[]): Credential['furtherInformation'] {
  const spots = [...criteria, main.at('criteria_url'), ...aligned].filter((one) => addressAt(one) !== undefined);
  const links = [...new Set(spots.flatMap((one) => webUrl(addressAt(one)) ?? []))];
  return statedIf(links.length ? { links } : undefined, spots[0]?.path ?? '');
}
