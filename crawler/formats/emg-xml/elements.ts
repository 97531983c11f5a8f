import { type LangString, notStated, stated, statedIf, table } from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { dateIn } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { readUrl } from '../../elements/links.ts';
import { readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { costsElement, readPrices } from '../../elements/prices.ts';
import { unionOfRuns } from '../../elements/runs.ts';
import { codesAndText, codesIn, distinctTexts, joinTexts, textElement } from '../../elements/texts.ts';
import { createWorkload, isRangeOfHours, readDuration } from '../../elements/workload.ts';
import { alsoDerived } from '../../problems/derivations.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { tellDifferences } from '../../record/xml-feed.ts';
import { pricesOf, runsOf } from './runs.ts';
import terms from './terms.json' with { type: 'json' };

/** Names of content fields: the default ones, the custom ones that sites ask for, and names of our elements. Others are further information. */
const FIELDS = table(terms.fields);
/** `qualification` is "the course target group, also any prerequisite": it is a prerequisite where such a word stands in it. */
const PREREQUISITE =
  /(?<![\p{L}])(?:pre-?requisit|(?:entry |admission )?requirement|required|förkunskap|behörighet|forkunnskap|forudsætning|adgangskrav|opptakskrav|voraussetzung|vorkenntnis|zulassung|pr[ée]-?requis|prerequisit|requisit|esitie|pohjakoulutus|voorkennis|vooropleiding|toelating|wymagania|predpoklad|předpoklad)/iu;

export function elements(reading: RecordReading): Elements {
  const course = reading.main.at('course');
  const copies = reading.parts.map((part) => part.at('course'));
  for (const copy of copies) tellDifferences(course, copy, 'events');
  const typed = Map.groupBy(fieldsIn(course), (one) => FIELDS.get(one.at('@name').word()) ?? 'further');
  const of = (type: string): Spot[] => typed.get(type) ?? [];

  const deadlines = of('deadline').map((spot) => ({ spot, date: dateIn(spot.said()).date }));
  const opportunities = runsOf([course, ...copies], deadlines.find(({ date }) => date)?.date);
  const url = readUrl(course.at('link'));
  const leadsTo = textElement(...of('leadsTo'));
  return {
    ...(url ? { url } : {}),
    awardingBody: reading.bodies.defaultAwardingBody(),
    issuerCountry: defaultCountry(reading.source),
    offeredBy: offeredBy(reading),
    description: textElement(...of('description')),
    learningOutcomes: outcomesElement(of('outcomes').map((one) => ({ outcomes: readOutcomes(one), path: one.path }))),
    kind: kindOf(course, of('award')),
    workload: workloadOf(course),
    ...forWhom(of('whom'), of('prerequisites')),
    stackability: leadsTo.value ? stated({ text: leadsTo.value }, leadsTo.origin?.path ?? '') : notStated(),
    fields: fieldsElement([
      ...course
        .each('categories')
        .flatMap((list) => list.each('category'))
        .map((one) => ({ scheme: 'categories', text: one.at('@name').texts(), path: one.at('@name').path })),
      ...course
        .each('keywords')
        .flatMap((list) => list.each('keyword'))
        .map((one) => ({ scheme: 'keywords', text: one.texts(), path: one.path })),
    ]),
    funding: textElement(...of('funding')),
    costs: costsOf(course, of('cost'), opportunities),
    furtherInformation: furtherOf([...of('further'), ...deadlines.flatMap(({ spot, date }) => (date ? [] : [spot]))]),
    opportunities,
  };
}

const fieldsIn = (at: Spot): Spot[] => at.each('contentFields').flatMap((list) => list.each('field'));

/** The words of a field with its name before them. */
const named = (field: Spot): LangString[] =>
  field
    .texts()
    .map(({ language, value }) => ({ language, value: [field.at('@name').said(), value].filter(Boolean).join(': ') }));

/** A provider has an identifier and a description, and no name. */
function offeredBy({ main, bodies }: RecordReading): Elements['offeredBy'] {
  const provider = main.at('provider');
  const id = provider.first('@uniqueIdentifier', '@id');
  const identifier = id.said();
  const texts = fieldsIn(provider).map((one) => (one.at('@name').word() === 'description' ? one.texts() : named(one)));
  const body = identifier ? bodies.add({ identifier, description: joinTexts(texts.flat()) }) : undefined;
  return statedIf(body && [body], id.path);
}

/**
 * What is awarded: certificates by name, what `degree` says, and the type of the course. Types are words of the site on which it is
 * shown; some of them tell how it is held, which its events do.
 */
function kindOf(course: Spot, degrees: readonly Spot[]): Elements['kind'] {
  const certificates = course
    .each('grantedCertificates')
    .flatMap((list) => list.each('certificate'))
    .map((one) => one.at('@name'));
  const type = course.at('@courseType');
  const ways = readModes([type], undefined, true);
  if (ways.codes.length) type.note('not-mapped');
  const spots = [...certificates, ...degrees, ...(ways.codes.length ? [] : [type])].filter((one) => one.texts().length);
  return kindElement(spots[0], distinctTexts(spots.flatMap((one) => one.texts())));
}

/** Credits name no scheme, not even where a university gives them. */
function workloadOf(course: Spot): Elements['workload'] {
  const load = createWorkload();
  load.credits(course.at('credits'));
  const duration = course.at('duration');
  const [amount, unit] = [duration.at('specific').at('@value'), duration.at('specific').at('@unit').said()];
  const machine = amount.silent || !unit ? amount : amount.with(`${amount.said()} ${unit}`);
  const words = duration.first('@text', 'text');
  if (isRangeOfHours(words)) load.hours(words);
  const value = { ...load.value, ...readDuration(words, machine) };
  const { path } = load.value.credits ? course.at('credits') : duration;
  return statedIf(Object.keys(value).length ? value : undefined, path);
}

function forWhom(spots: readonly Spot[], needed: readonly Spot[]): Pick<Elements, 'targetGroup' | 'prerequisites'> {
  const at = (spot: Spot): number => PREREQUISITE.exec(spot.texts()[0]?.value ?? '')?.index ?? -1;
  const whom = spots.filter((one) => at(one) !== 0);
  const texts = joinTexts(whom.flatMap((one) => one.texts()));
  return {
    targetGroup: statedIf(codesAndText(codesIn(targetGroups, texts), texts), whom[0]?.path ?? ''),
    prerequisites: textElement(...spots.filter((one) => at(one) >= 0), ...needed),
  };
}

/** What words say of costs stands beside the prices of the events. `defaultPrice` is of 2.0. */
function costsOf(course: Spot, words: readonly Spot[], runs: Elements['opportunities']): Elements['costs'] {
  const prices = [
    ...course.each('defaultPrice').flatMap(pricesOf),
    ...words.flatMap((amount) => readPrices({ amount })),
  ];
  const own = costsElement(
    prices,
    (course.at('defaultPrice').silent ? words[0] : course.at('defaultPrice'))?.path ?? '',
  );
  const { costs } = unionOfRuns(runs ?? []);
  return own.value && costs?.value
    ? alsoDerived(own, costs.value, costs.origin?.path ?? '', 'union-of-opportunities')
    : own;
}

function furtherOf(spots: readonly Spot[]): Elements['furtherInformation'] {
  const text = joinTexts(spots.flatMap(named));
  return statedIf(text.length ? { text, links: [] } : undefined, spots[0]?.path ?? '');
}
