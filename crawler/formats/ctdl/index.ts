import { isObject } from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { afterPart, isPart, smallerPages, unproven } from '../../decode/smaller-pages.ts';
import { readModified } from '../../elements/dates.ts';
import { languagesElement } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { costsElement } from '../../elements/prices.ts';
import { stackabilityOf } from '../../elements/relations.ts';
import { textElement } from '../../elements/texts.ts';
import {
  defineFormat,
  type Elements,
  type Opened,
  type RecordReading,
  type Refusal,
} from '../../record/define-format.ts';
import { linkedSyntax } from '../../record/linked.ts';
import { tellUnread } from '../../record/shape.ts';
import { type Reading, Spot } from '../../record/spot.ts';
import { bodiesOf, bodyFacts } from './bodies.ts';
import { fundingOf, placeOfCosts, pricesOf } from './costs.ts';
import { documentation } from './documentation.ts';
import {
  alignmentsOf,
  assessmentOf,
  conditionsOf,
  fieldsOf,
  kindOf,
  learningOutcomesOf,
  qualityOf,
  targetGroupOf,
} from './elements.ts';
import { type CtdlReading, typesOf } from './entries.ts';
import { furtherOf } from './further.ts';
import { levelOf } from './level.ts';
import { participationOf } from './modes.ts';
import { addParts } from './parts.ts';
import { onlineOf, placesAt } from './places.ts';
import { records } from './records.ts';
import { alternatesOf, relationsOf } from './relations.ts';
import { runsOf } from './runs.ts';
import { SHAPE } from './shape.ts';
import { credentialKind, ctidOf, isOrganisation, referenceKey, termsOf } from './terms.ts';
import { workloadOf } from './workload.ts';

/** What the registry gives unless it is asked for another number. */
const PER_PAGE = 10;
const PAGING = { page: 'page', size: 'per_page' };

/** CTDL JSON-LD, by itself or in envelopes of a Credential Registry. */
export const ctdl = defineFormat<CtdlReading>({
  name: 'ctdl',
  title: 'CTDL (Credential Transparency Description Language), JSON-LD and Credential Registry envelopes',
  specification: 'https://credreg.net/ctdl/terms',
  mediaTypes: ['application/ld+json', 'application/json', 'application/x-ndjson'],
  documentation,
  version: 4,

  detect({ text }) {
    const start = text.trimStart();
    if (!/^[[{]/.test(start)) return 0;
    if (/"envelope_(?:ceterms_ctid|ctdl_type|community)"/.test(start)) return 0.98;
    // Open Badges align with credentials of the registry by CTDL's terms.
    if (/"@context"[^{}]{0,400}(?:w3id\.org\/openbadges|purl\.imsglobal\.org\/spec\/(?:ob|clr)\/)/.test(start))
      return 0.3;
    if (/"ceterms:|"https?:\/\/(?:purl\.org\/ctdl|credreg\.net\/ctdl)/.test(start)) return 0.95;
    if (/"@context"[^\]}]{0,400}credentialcommons\.org/.test(start)) return 0.95;
    return 0;
  },

  records: (body, page) => (isPart(page.role) ? unproven(records(body, page)) : records(body, page)),

  next(page, count) {
    if (!URL.canParse(page.url)) return [];
    const url = new URL(page.url);
    const current = url.searchParams.get('page');
    if (!current || !/^\d{1,6}$/.test(current)) return [];
    const size = Number(url.searchParams.get('per_page') ?? PER_PAGE) || PER_PAGE;
    // Envelopes that hold no record count for a full page too.
    const read = Math.max(count, Number(page.envelope.envelopes ?? 0));
    if (read < size) return [];
    if (isPart(page.role)) return [afterPart(page, PAGING)].filter((after) => after !== undefined);
    url.searchParams.set('page', String(Number(current) + 1));
    return [{ url: url.href, ...(page.role ? { role: page.role } : {}) }];
  },
  instead: (page) => smallerPages(page, PAGING, PER_PAGE),

  shape: SHAPE,
  open,
  prepare,

  body({ main, bodies }) {
    const types = typesOf(main);
    if (types.some(credentialKind) || !types.some(isOrganisation)) return false;
    tellUnread(main, SHAPE);
    const remedy = 'give the organisation a ceterms:name';
    return bodies.add(bodyFacts(main))?.name
      ? true
      : { path: main.path, rule: 'missing-name', found: main.value, remedy };
  },

  named: ({ main }) => ({ spot: main.at('name') }),
  elements,
  complete: addParts,
});

function open(raw: unknown, parts: readonly unknown[], reading: Reading): Opened | Refusal {
  const main = spotOf(raw, '', reading);
  if (!main) return { path: '', rule: 'not-a-record', remedy: 'harvest the record again' };
  return { main, parts: parts.flatMap((part, n) => spotOf(part, `/parts/${n}`, { ...reading }) ?? []) };
}

/** The main node of a raw record that stands at `place`; sets the language of its untagged text. */
function spotOf(raw: unknown, place: string, reading: Reading): Spot | undefined {
  if (!isObject(raw) || !isObject(raw.main)) return undefined;
  const syntax = linkedSyntax({
    term: termsOf(raw.context),
    nodes: isObject(raw.nodes) ? raw.nodes : {},
    key: referenceKey,
    place,
  });
  const main = new Spot(syntax, reading, { value: raw.main, path: `${place}/main` });
  // The context may say the language of untagged text (JSON-LD 1.1, section 4.2.4); else it is the record's, when it names just one.
  const contexts: unknown[] = Array.isArray(raw.context) ? raw.context : [raw.context];
  const declared = contexts
    .map((one) => (isObject(one) ? registeredLanguage(one['@language']) : undefined))
    .findLast(Boolean);
  const named = main.each('inLanguage', 'language').flatMap((one) => registeredLanguage(one.said()) ?? []);
  reading.language = declared ?? (named.length === 1 ? named[0] : reading.source.defaults.language);
  return main;
}

function prepare(reading: RecordReading): CtdlReading {
  const { main } = reading;
  const ctid = main.at('ctid');
  const said = ctid.said();
  if (said !== undefined && !ctidOf(said)) ctid.note('ctid-malformed');
  const conditions = main.nodes('requires');
  const isEntry = (at: Spot): boolean =>
    /prerequisite|entry|admission|eligib/i.test(at.at('name').texts()[0]?.value ?? '');
  const toEarn = conditions.filter((at) => !isEntry(at));
  return Object.assign(reading, {
    toEarn,
    toEnter: conditions.filter(isEntry),
    required: toEarn.flatMap((at) => at.nodes('targetLearningOpportunity', 'targetAssessment')),
  });
}

function elements(reading: CtdlReading): Elements {
  const { main } = reading;
  const page = readUrl(main.first('subjectWebpage', 'url'));
  const relations = relationsOf(reading, page);
  const prices = pricesOf(main);
  const places = placesAt(main);
  const { element: participation, pace } = participationOf(main, onlineOf(places));
  const modified = readModified(main.first('dateModified', 'modified'));
  return {
    alternates: alternatesOf(reading, page),
    ...(page ? { url: page } : {}),
    description: textElement(main.at('description'), main.at('summary')),
    ...bodiesOf(reading),
    kind: kindOf(main),
    learningOutcomes: learningOutcomesOf(reading),
    workload: workloadOf(reading),
    level: levelOf(reading),
    ...assessmentOf(reading),
    participation,
    qualityAssurance: qualityOf(main),
    ...conditionsOf(reading),
    stackability: stackabilityOf(relations),
    fields: fieldsOf(main),
    ...alignmentsOf(main),
    targetGroup: targetGroupOf(main),
    languages: languagesElement(main.each('inLanguage', 'language')),
    costs: costsElement(prices, placeOfCosts(main)),
    funding: fundingOf(main),
    furtherInformation: furtherOf(main, places, pace),
    certificationFormat: textElement(...main.each('awardedCredential').map(named)),
    opportunities: runsOf(reading, prices),
    relations,
    ...(modified ? { sourceModified: modified } : {}),
  };
}

/** Words, or a thing with a name. */
const named = (one: Spot): Spot => (one.texts().length ? one : (one.node()?.at('name') ?? one));
