import { type Credential, type Price, type Relation, statedIf, table } from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { languagesElement } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement, readModes } from '../../elements/modes.ts';
import { outcomesElement, outcomesOf } from '../../elements/outcomes.ts';
import { costsElement, readCurrency, readPrices } from '../../elements/prices.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { asSaid, codesAndText, codesIn, descriptionElement, joinTexts } from '../../elements/texts.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { bodiesOf } from './bodies.ts';
import { alignmentFacts, fieldFacts, labelsOf } from './entries.ts';
import { runsOf } from './runs.ts';
import { workloadOf } from './workload.ts';

/** Legal modes of MOOChub 3 that say less than the vocabulary. */
const MODES = table({ synchronous: '', asynchronous: '' });
/** LRMI educationalAudienceRole, which `audience` takes its terms from. */
const AUDIENCES = table({ student: 'students', professional: 'professionals' });

export function elements(reading: RecordReading): Elements {
  const { main, source } = reading;
  const url = readUrl(main.at('url'));
  const code = main.at('courseCode').said();
  const taught = main.each('teaches');
  const relations = relationsOf(reading, url);
  const modes = readModes(main.each('courseMode'), MODES);
  const pace = modes.pace.join(', ') || undefined;
  const opportunities = runsOf(reading, pace);
  if (pace && !opportunities.length) main.at('courseMode').note('not-mapped', undefined, pace);
  const awards = main.at('educationalCredentialsAwarded');
  return {
    url,
    alternates: [...(url ? [url] : []), ...(code ? [`code:${source.id}:${code}`] : [])],
    description: descriptionElement([main.at('description')], [main.at('abstract')]),
    kind: kindElement(
      awards.silent ? undefined : awards,
      main
        .each('educationalCredentialsAwarded')
        .flatMap((one) => one.said() ?? [])
        .map((word) => asSaid(word)),
    ),
    ...bodiesOf(reading),
    learningOutcomes: outcomesElement([
      ...taught.map((one) => ({ outcomes: outcomesOf(one, alignmentFacts(one)), path: one.path })),
      ...main
        .each('learningObjectives', 'learningobjectives')
        .map((one) => ({ outcomes: outcomesOf(one, { text: one.texts() }), path: one.path })),
    ]),
    // An entry of ESCO, DigComp or GRETA is a skill, too.
    skills: alignmentsElement(taught.filter((one) => !one.at('educationalFramework').silent).map(alignmentFacts)),
    workload: workloadOf(main),
    level: levelOf(reading),
    participation: participationElement(modes),
    prerequisites: statedIf(
      joinTexts(main.each('competencyRequired').flatMap(labelsOf)),
      main.at('competencyRequired').path,
    ),
    fields: fieldsElement([
      ...main.each('educationalAlignment').map(fieldFacts),
      ...main.each('keywords').map((one) => ({ scheme: 'keywords', text: one.texts(), path: one.path })),
    ]),
    targetGroup: targetGroupOf(main),
    languages: languagesElement(main.each('inLanguage', 'languages')),
    costs: costsOf(main),
    opportunities,
    relations,
    stackability: stackabilityOf(relations),
    sourceModified: readModified(main.at('dateModified')),
  };
}

/** Levels of ESCO, DigComp and GRETA are levels of a competence: words with their framework, none of the EQF. */
function levelOf(reading: RecordReading): Credential['level'] {
  const level = createLevel(reading);
  for (const one of reading.main.each('educationalLevel'))
    level.words(one, { framework: one.at('educationalFramework').said() }, labelsOf(one));
  return level.element();
}

function targetGroupOf(main: Spot): Credential['targetGroup'] {
  const words = main.each('audience').flatMap((one) => one.said()?.split(/[/#]/).at(-1) ?? []);
  const texts = words.map((word) => asSaid(word));
  const codes = [...words.flatMap((word) => AUDIENCES.get(word) ?? []), ...codesIn(targetGroups, texts)];
  return statedIf(codesAndText(codes, texts), main.at('audience').path);
}

/** `one-time` and `other` say nothing; every other frequency makes of the amount the price of a period. */
const ONCE = /^(?:one[- ]time|other)$/i;
/** `complete`: "all costs for a course including certification" (MOOChub 3, Offer). */
const WHOLE = /^complete$/i;

function costsOf(main: Spot): Credential['costs'] {
  const offers = main.each('offer', 'offers');
  const prices = offers.flatMap((offer): Price[] => {
    if (!offer.node()) return readPrices({ amount: offer });
    const frequency = offer.at('paymentFrequency').said();
    const category = offer.at('category').said();
    return readPrices({
      amount: offer.at('price'),
      currency: readCurrency(offer.at('priceCurrency')),
      ...(category && !WHOLE.test(category) ? { text: category } : {}),
      ...(frequency && !ONCE.test(frequency) ? { recurs: frequency } : {}),
    });
  });
  if (prices.length) return costsElement(prices, offers[0]?.path ?? '');
  const access = main.each('access').flatMap((one) => one.said() ?? []);
  const { path } = main.at('access');
  // "free" beside other ways of access is one of them: of the whole it says no price.
  if (access.length === 1 && /^free$/i.test(access[0] ?? ''))
    return costsElement([], path, { prices: [{ amount: 0, text: 'free' }], path, id: 'free-category' });
  return statedIf(access.length ? [{ text: access.join(', ') }] : undefined, path);
}

function relationsOf({ main, identifier }: RecordReading, url: string | undefined): Relation[] {
  const relations = createRelations([identifier, url]);
  for (const whole of main.each('isPartOf'))
    relations.add('partOf', addressOf(whole, 'url', 'identifier'), whole, whole.first('title', 'name').texts());
  // Parts are videos and quizzes, and in the draft of programmes courses.
  for (const part of main.each('hasPart').filter((one) => /^(?:course|program)/i.test(one.at('type').said() ?? '')))
    relations.add('hasPart', addressOf(part, 'url', 'identifier'), part, part.first('title', 'name').texts());
  for (const needed of main
    .each('competencyRequired')
    .filter((one) => one.at('educationalFramework').word() === 'course id'))
    relations.add('requires', addressOf(needed, 'targetUrl'), needed, labelsOf(needed));
  return relations.all();
}

const addressOf = (spot: Spot, ...names: string[]): string | undefined =>
  spot.node() ? readUrl(spot.first(...names)) : readUrl(spot);
