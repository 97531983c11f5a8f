import {
  type CredentialDraft,
  isObject,
  mintCredentialId,
  notStated,
  type Relation,
  stated,
  table,
} from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { readModified } from '../../elements/dates.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement } from '../../elements/modes.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
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
import { bodiesOf, bodyFacts, pageOf } from './bodies.ts';
import { conceptsAt, tailOf, wordsAt } from './concepts.ts';
import { documentation } from './documentation.ts';
import { assessmentOf, fieldsOf, kindOf, languagesOf, outcomesAt, qualityOf, targetGroupOf } from './elements.ts';
import { isAddress, OPPORTUNITIES, PROFILE, SPECIFICATIONS } from './names.ts';
import type { ElmReading } from './reading.ts';
import { records } from './records.ts';
import { modesAt, runsOf } from './runs.ts';
import { OFFER, SHAPE } from './shape.ts';
import { levelOf, workloadOf } from './workload.ts';

/** The European Learning Model 3 in whatever it is written: LOQ in RDF and XML, credentials, answers of the register. */
export const elm = defineFormat<ElmReading>({
  name: 'elm',
  title: 'European Learning Model 3 (LOQ, Europass QDR, European Digital Credentials)',
  specification: 'https://github.com/european-commission-empl/European-Learning-Model',
  mediaTypes: [
    'text/turtle',
    'application/rdf+xml',
    'application/ld+json',
    'application/n-triples',
    'application/xml',
    'application/json',
    'application/x-ndjson',
    'application/sparql-results+json',
  ],
  documentation,
  version: 2,
  // Turtle and N-Triples do not show their end.
  openEnded: true,
  detect,
  records,
  shape: SHAPE,
  partShape: OFFER,
  open,
  prepare,

  body({ main, bodies }) {
    const types = typesOf(main);
    if (types.some(PROFILE.isRecord) || !types.some(PROFILE.isOrganisation)) return false;
    tellUnread(main, SHAPE);
    const remedy = 'give the organisation a rov:legalName';
    return bodies.add(bodyFacts(main))?.name
      ? true
      : { path: main.path, rule: 'missing-name', found: main.value, remedy };
  },

  named: ({ main }) => ({ spot: main.at('title') }),
  elements,
});

const OF_ELM = /data\.europa\.eu\/snb\/model\b|data\.quality-link\.eu\/ontology\//;
/** In JSON other vocabularies refer to ELM as well: it is one of ELM where context, class or property are. */
const CLASSES =
  /"@?(?:context|type)"\s*:[\s\S]{0,1500}?data\.europa\.eu\/snb\/model\b|"https?:\/\/data\.europa\.eu\/snb\/model\/[^"\s]{1,200}"\s*:/;
/** Members that only ELM has, or whose value is a term by its address, for lines without a context. */
const MEMBERS =
  /"(?:[Ll]earningAchievementSpecification|[Aa]wardingOpportunity|[Ll]earningOutcomeSummary)\\?"\s*:|"(?:ISCEDFCode|EQFLevel|eqfLevel|thematicArea)\\?"\s*:\s*[[{\s]{0,20}\\?"@?[Ii]d\\?"/;

const XML = /^<(?:[?!]|[\w.-]{0,30}:?(?:RDF|Courses)\b)/;
/** A credential of the second version, which was XML. */
const CREDENTIAL_XML = /<(?:\w{1,30}:)?europassCredential\b[^>]{0,3000}data\.europa\.eu\/snb/;
const TURTLE = /(?:^|\n)(?:@?(?:prefix|base)\s|<[^<>\s]{1,500}>\s{1,20}(?:a\s|<))/i;

function detect({ text }: { text: string }): number {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) {
    if (/\\?"EuropeanDigitalCredential\\?"/.test(start) || sealed(start)) return 0.95;
    if (/"bindings"\s*:/.test(start) && /data\.europa\.eu\/snb\//.test(start)) return 0.9;
    if (CLASSES.test(start)) return 0.95;
    return MEMBERS.test(start) && /data\.europa\.eu\/snb\//.test(start) ? 0.8 : 0;
  }
  if (CREDENTIAL_XML.test(start)) return 0.95;
  const written = start.startsWith('<') && !/^<(?:https?|urn):/.test(start) ? XML : TURTLE;
  return OF_ELM.test(start) && written.test(start) ? 0.95 : 0;
}

/** A seal whose payload, base64url, begins with a credential. */
function sealed(text: string): boolean {
  const payload = /"payload"\s*:\s*"(eyJ[\w-]{100,4000})/.exec(text)?.[1];
  return (
    payload !== undefined && Buffer.from(payload, 'base64url').toString('utf8').includes('"EuropeanDigitalCredential"')
  );
}

function open(raw: unknown, parts: readonly unknown[], reading: Reading): Opened | Refusal {
  const main = spotOf(raw, '', reading);
  if (!main) return { path: '', rule: 'not-a-record', remedy: 'harvest the record again' };
  const others = parts.flatMap((part, n) => spotOf(part, `/parts/${n}`, reading) ?? []);
  const said = [main, ...others].flatMap((at) => conceptsAt(at, 'defaultLanguage'));
  const own = (said.length ? said : conceptsAt(main, 'language')).flatMap(
    ({ uri, texts }) => registeredLanguage(uri ?? texts[0]?.value) ?? [],
  );
  // Of texts without a tag; the language of instruction only where there is no other and just one.
  reading.language = new Set(own).size === 1 ? own[0] : reading.source.defaults.language;
  return { main, parts: others };
}

function spotOf(raw: unknown, place: string, reading: Reading): Spot | undefined {
  if (!isObject(raw) || !isObject(raw.main)) return undefined;
  const nodes = isObject(raw.nodes) ? raw.nodes : {};
  return new Spot(linkedSyntax({ nodes, key: PROFILE.key, place }), reading, {
    value: raw.main,
    path: `${place}/main`,
  });
}

const typesOf = (at: Spot): string[] => at.each('@type').flatMap((one) => one.said() ?? []);
const isOffer = (at: Spot): boolean => typesOf(at).some((type) => OPPORTUNITIES.has(type));

function prepare(reading: RecordReading): ElmReading {
  const { main, parts } = reading;
  const own = isOffer(main) && !typesOf(main).some((type) => SPECIFICATIONS.has(type));
  const spec = own ? main.nodes('learningAchievementSpecification')[0] : main;
  for (const text of main.at('title').texts())
    if (text.value.length === COLUMN) main.at('title').note('cut-title', undefined, text.value);
  return Object.assign(reading, { spec, offers: [...(own ? [main] : []), ...parts.filter(isOffer)] });
}

/** Some registers keep titles in a column of this width. */
const COLUMN = 50;

function elements(reading: ElmReading): Elements {
  const { main, spec, offers } = reading;
  const all = [...(spec ? [spec] : []), ...offers];
  const [offer] = offers.length === 1 ? offers : [];
  const { summary, ...outcomes } = outcomesAt(reading);
  if (offers.length > 1) for (const one of offers.flatMap((at) => at.each('description'))) one.note('not-mapped');
  const page = pageOf(main) ?? (offer && pageOf(offer));
  const front = page !== undefined && new URL(page).pathname === '/' && !new URL(page).search;
  if (front) main.at('homepage').note('url-is-front-page', undefined, page);
  const relations = relationsOf(reading);
  const modes = spec ? modesAt(spec) : undefined;
  const further = textElement(
    ...all.flatMap((at) => wordsAt(at, 'additionalNote', 'admissionProcedure', 'scheduleInformation')),
    ...summary,
    ...(spec ? settingsAt(spec) : []),
    ...(modes?.pace ?? []).map((pace) => main.at('mode').with(pace)),
  );
  const links = [
    ...(front ? [page] : []),
    ...all.flatMap((at) =>
      at.each('supplementaryDocument').flatMap((one) => readUrl(one.node()?.at('contentUrl') ?? one) ?? []),
    ),
  ];
  const entitled = textElement(...(spec ? wordsAt(spec, 'entitlesTo') : []));
  const modified = readModified(main.at('modified'));
  return {
    ...(page && !front ? { url: page } : {}),
    alternates: codesOf(reading),
    ...bodiesOf(reading),
    description: textElement(...(spec ? [spec.at('description')] : []), ...(offer ? [offer.at('description')] : [])),
    kind: kindOf(reading),
    ...outcomes,
    workload: workloadOf(reading),
    level: levelOf(reading),
    ...assessmentOf(spec),
    participation: modes ? participationElement(modes, reading.language) : notStated(),
    qualityAssurance: qualityOf(spec),
    prerequisites: textElement(...(spec ? wordsAt(spec, 'entryRequirement') : [])),
    fields: fieldsOf(spec),
    targetGroup: targetGroupOf(spec),
    languages: languagesOf(spec),
    funding: textElement(...(offer ? wordsAt(offer, 'grant') : [])),
    furtherInformation:
      further.value || links.length
        ? stated(
            { ...(further.value ? { text: further.value } : {}), links: [...new Set(links)] },
            further.origin?.path ?? main.path,
          )
        : notStated(),
    stackability: stackabilityIn(relations, entitled),
    opportunities: runsOf(reading),
    relations,
    ...(modified ? { sourceModified: modified } : {}),
  };
}

/** The EU's two learning settings, by the end of their address. */
const SETTINGS = table({ '6fd4685715': 'Formal learning', e207a81fc7: 'Non-formal learning' });

const settingsAt = (spec: Spot): Spot[] =>
  conceptsAt(spec, 'learningSetting').flatMap(({ spot, uri, texts }) => {
    const words = (uri && SETTINGS.get(tailOf(uri))) ?? texts[0]?.value;
    return words ? [spot.with({ '@value': `Learning setting: ${words}`, '@language': 'en' })] : [];
  });

function stackabilityIn(
  relations: readonly Relation[],
  entitled: ReturnType<typeof textElement>,
): NonNullable<CredentialDraft['stackability']> {
  const own = stackabilityOf(relations);
  if (!entitled.value) return own;
  return stated({ ...own.value, text: entitled.value }, entitled.origin?.path ?? '');
}

/** Numbers under which the publisher knows the record; they mean the same only within their source. */
function codesOf({ main, source, identifier }: ElmReading): string[] {
  const codes = main.each('identifier').flatMap((one) => (one.node()?.at('notation') ?? one).said() ?? []);
  const all = codes.map((code) => (/^(?:urn:|https?:\/\/)/i.test(code) ? code : `code:${source.id}:${code}`));
  return [...new Set(all)].filter((code) => code !== identifier);
}

function relationsOf({ spec, source, identifier }: ElmReading): Relation[] {
  const relations = createRelations([identifier, mintCredentialId(source.id, identifier)]);
  if (!spec) return [];
  for (const [property, type] of [
    ['isPartOf', 'partOf'],
    ['hasPart', 'hasPart'],
    ['entryRequirementLearningOpportunity', 'requires'],
  ] as const)
    for (const one of spec.each(property)) {
      const node = one.node();
      const id = node ? node.at('@id').said() : one.said();
      if (!isAddress(id) || !/^(?:https?|urn):/i.test(id)) continue;
      const beside = node && node.path !== one.path;
      // A lecture, an exam: no record of its own.
      if (beside && !typesOf(node).some(PROFILE.isRecord)) continue;
      relations.add(type, beside ? mintCredentialId(source.id, id) : id, one, node?.at('title').texts() ?? []);
    }
  return relations.all();
}
