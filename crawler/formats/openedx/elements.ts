import { type Credential, mintCredentialId, type Relation, statedIf, table } from '../../../schema/index.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { languagesElement } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { costsElement, readCurrency, readPrices } from '../../elements/prices.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { asSaid, descriptionElement, textElement } from '../../elements/texts.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { ANSWERS, type Answer, answerOf } from './answers.ts';
import { bodiesOf } from './bodies.ts';
import { pricesOf, runOf } from './runs.ts';
import { workloadOf } from './workload.ts';

export interface PlatformReading extends RecordReading {
  answer: Answer;
}

/** Certificates of Coursera (courses.v1, `certificates`). */
const CERTIFICATES = table({ verifiedcert: 'certificate', specialization: 'certificate' });

export function elements(reading: PlatformReading): Elements {
  const { main, answer } = reading;
  const at = (names: readonly string[] = []): Spot[] => names.map((name) => main.at(name));
  const each = (names: readonly string[] = []): Spot[] => (names.length ? main.each(...names) : []);
  const runSpots = answer.runs === 'itself' ? [main] : each(answer.runs).flatMap((one) => one.node() ?? []);
  const opportunities = runSpots.flatMap((run) => runOf(run, answer.runs === 'itself') ?? []);
  const url = urlOf(reading);
  const relations = relationsOf(reading, url);
  const level = createLevel(reading);
  for (const one of each(answer.level)) level.words(one.node()?.at('name') ?? one);
  const certified = main.at('has_certificates');
  return {
    url,
    alternates: alternatesOf(reading, url),
    description: descriptionElement(at(answer.description), at(answer.abstract)),
    kind: kindOf(each(answer.kind)),
    ...bodiesOf(reading, answer),
    learningOutcomes: outcomesElement(
      each(answer.outcomes).map((one) => ({ outcomes: readOutcomes(one), path: one.path })),
    ),
    skills: alignmentsElement(each(answer.skills).map((one) => ({ text: wordsOf(one), path: one.path }))),
    workload: workloadOf(main, answer.runs === 'itself' ? [] : runSpots, answer),
    level: level.element(),
    prerequisites: textElement(...each(answer.prerequisites).map((one) => one.node()?.at('name') ?? one)),
    certificationFormat: statedIf(
      certified.flag() === true ? [{ language: 'en', value: 'has certificates' }] : undefined,
      certified.path,
    ),
    costs: costsOf(main),
    languages: languagesElement(each(answer.languages)),
    fields: fieldsElement(
      (answer.fields ?? []).flatMap((name) =>
        main.each(name).map((one) => ({ scheme: name, text: wordsOf(one), path: one.path })),
      ),
    ),
    opportunities,
    relations,
    stackability: stackabilityOf(relations),
    sourceModified: readModified(main.at('modified')),
  };
}

/** A subject, topic or skill: its name, or the words themselves; Coursera's are slugs. */
const wordsOf = (one: Spot) => {
  const node = one.node();
  if (!node) return one.texts();
  const slugs = [node.at('domainId').said(), node.at('subdomainId').said()].filter((slug) => slug !== undefined);
  return slugs.length ? [asSaid(slugs.join('/'))] : node.first('name', 'title').texts();
};

function urlOf({ main, answer, source }: PlatformReading): string | undefined {
  const said = main.first(...(answer.url ?? ['url']));
  if (!said.silent) return readUrl(said, /^https?:/.test(source.url) ? source.url : undefined);
  const slug = main.at('slug').said();
  // The Coursera catalogue API: "the course page is https://www.coursera.org/learn/{slug}".
  return slug && !main.at('courseType').silent ? webUrl(`https://www.coursera.org/learn/${slug}`) : undefined;
}

function alternatesOf({ main, source, identifier }: PlatformReading, url: string | undefined): string[] {
  const keys = ['key', 'course_id', 'id'].flatMap((name) => main.at(name).said() ?? []);
  const everywhere = keys.filter((key) => /^course-v1:/.test(key) && key !== identifier);
  const own = [...keys.filter((key) => !everywhere.includes(key)), main.at('code').said()];
  return [
    ...new Set([
      ...(url ? [url] : []),
      ...everywhere,
      ...own.flatMap((key) => (key && key !== identifier ? [`code:${source.id}:${key}`] : [])),
    ]),
  ];
}

function kindOf(spots: readonly Spot[]): Credential['kind'] {
  const [first] = spots;
  const words = spots.flatMap((one) => one.said() ?? []);
  const code = words.map((word) => CERTIFICATES.get(word.toLowerCase())).find((one) => one !== undefined);
  if (first && code) return statedIf({ code, text: words.map((word) => asSaid(word)) }, first.path);
  return kindElement(
    first,
    words.map((word) => asSaid(word)),
  );
}

/** Entitlements of discovery; the price of a course and of its certificate in Richie, whose `offer` is a word for it ("free"). */
function costsOf(main: Spot): Credential['costs'] {
  const currency = readCurrency(main.at('price_currency'));
  const priced = (name: string, words: Spot) =>
    main.at(name).silent ? [] : readPrices({ amount: main.at(name), currency, text: words.said() });
  const prices = [
    ...pricesOf(main, 'entitlements'),
    ...priced('price', main.at('offer')),
    ...priced('certificate_price', main.at('certificate_price').with('certificate')),
  ];
  const offer = main.at('offer');
  const said = offer.said();
  if (!prices.length && said !== undefined && offer.word() !== 'free') return statedIf([{ text: said }], offer.path);
  const free = offer.word() === 'free' ? [{ amount: 0, text: 'free' }] : [];
  const path = main.first('entitlements', 'price', 'certificate_price').path;
  return costsElement(prices, path, { prices: prices.length ? [] : free, path: offer.path, id: 'free-category' });
}

/** Programmes that a course is a part of, and courses of a programme. */
function relationsOf({ main, answer, source, identifier }: PlatformReading, url: string | undefined): Relation[] {
  const relations = createRelations([identifier, url]);
  const target = (one: Spot): string | undefined => {
    const page = one.at('marketing_url');
    const id = one.first('uuid', 'key').said();
    return (page.silent ? undefined : readUrl(page)) ?? (id && mintCredentialId(source.id, id));
  };
  for (const one of answer.programs ? main.nodes(...answer.programs) : [])
    relations.add('partOf', target(one), one, one.first('title', 'name').texts());
  for (const one of main.nodes('courses'))
    relations.add('hasPart', target(one), one, one.first('title', 'name').texts());
  return relations.all();
}

/** The answer of a record, for `prepare`. */
export const withAnswer = (reading: RecordReading, raw: unknown): PlatformReading =>
  Object.assign(reading, { answer: ANSWERS[answerOf(raw) ?? 'discovery-course'] as Answer });
