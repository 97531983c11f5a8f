import { mintCredentialId, notStated, type ProviderReference, stated, statedIf } from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement } from '../../elements/modes.ts';
import { readCountry } from '../../elements/places.ts';
import { costsElement } from '../../elements/prices.ts';
import { createRelations } from '../../elements/relations.ts';
import { codesAndText, codesIn, joinTexts, textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { educationOf, isHeld, pricesOf, runOf, wayOf } from './runs.ts';

export function elements(reading: RecordReading): Elements {
  const service = reading.main.at('SERVICE');
  const header = reading.main.at('OPENQCAT').at('HEADER');
  const details = service.at('SERVICE_DETAILS');
  const education = educationOf(service);
  const degree = education.at('DEGREE');
  const events = reading.parts.map((part) => part.at('SERVICE'));
  const runs = events.map((event) => runOf(event, header));
  const held = runs.length || !isHeld(service) ? runs : [runOf(service, header)];
  const { modes, pace } = wayOf(service);
  // Only events have a place for the pace.
  if (pace.length && held.every((run) => run.pace === undefined))
    education.at('EXTENDED_INFO').note('not-mapped', 'say the pace of the events', pace.join('; '));
  const targets = details.each('TARGET_GROUP').flatMap((one) => one.each('TARGET_GROUP_TEXT'));
  const words = joinTexts(targets.flatMap((one) => one.texts()));
  const exam = degree.at('DEGREE_EXAM');
  return {
    issuerCountry: defaultCountry(reading.source),
    ...bodiesOf(reading, header, service, exam.at('EXAMINER')),
    description: textElement(details.at('DESCRIPTION_LONG')),
    workload: workloadOf([details.at('TITLE'), education.at('MODULE_COURSE').at('INSTRUCTION_REMARKS')]),
    assessment: assessmentElement(
      exam.each('EXAM_TITLE', 'EXAM_DESCRIPTION').map((one) => ({ texts: one.texts(), path: one.path })),
    ),
    kind: kindElement(
      [degree.at('DEGREE_TITLE'), details.at('STUDY_COURSE').at('DEGREE_INFO').at('UNIV_DEGREE')].find(
        (one) => one.texts().length,
      ),
    ),
    qualityAssurance: approvalOf(education),
    participation: participationElement(modes, service.language),
    prerequisites: textElement(details.at('REQUIREMENTS')),
    targetGroup: statedIf(codesAndText(codesIn(targetGroups, words), words), targets[0]?.path ?? ''),
    funding: textElement(
      ...education.each('SUBSIDY').flatMap((one) => one.each('SUBSIDY_DESCRIPTION')),
      education.at('EXTENDED_INFO').at('FUNDING_TYPES_REMARKS'),
    ),
    costs: costsElement(pricesOf(service, header), service.at('SERVICE_PRICE_DETAILS').path),
    fields: fieldsOf(service),
    furtherInformation: furtherOf(service, education, degree),
    opportunities: held,
    relations: requiredBy(service),
  };
}

/** The supplier offers; who examines is who awards, where it is named. */
function bodiesOf(
  { bodies }: RecordReading,
  header: Spot,
  service: Spot,
  examiner: Spot,
): Pick<Elements, 'offeredBy' | 'awardingBody'> {
  const wanted = service.at('SUPPLIER_ID_REF').said();
  const suppliers = header.each('SUPPLIER');
  const ids = (one: Spot) => one.each('SUPPLIER_ID').flatMap((id) => id.said() ?? []);
  const at =
    suppliers.find((one) => wanted !== undefined && ids(one).includes(wanted)) ??
    (suppliers.length === 1 ? suppliers[0] : undefined);
  const address = at?.at('ADDRESS');
  const url = address && readUrl(address.at('URL'));
  const country = address?.first('COUNTRY_CODED', 'COUNTRY');
  const code = country && !country.silent ? readCountry(country) : undefined;
  const locality = address?.at('CITY').said();
  const identifier = at && ids(at)[0];
  const offered =
    at &&
    bodies.add({
      ...(identifier ? { identifier } : {}),
      name: at.at('SUPPLIER_NAME').texts(),
      ...(url ? { url } : {}),
      ...(code ? { country: code } : {}),
      ...(locality ? { locality } : {}),
    });
  const name = examiner.texts();
  const awards: ProviderReference | undefined = name.length ? bodies.add({ name }) : undefined;
  return {
    offeredBy: statedIf(offered && [offered], at?.path ?? ''),
    awardingBody: awards ? stated([awards], examiner.path) : bodies.defaultAwardingBody(),
  };
}

/** "25 UE", but not "8 UE pro Tag" nor "je 4 UE". */
const UNITS =
  /(?<![\d.,/–-]|\bje |\bà |\bpro |\d x |\bbis |\bca\. )\b(\d{1,4})\s?(?:UE|UStd|Ustd|U-Std|Unterrichtseinheiten|Unterrichtsstunden)\b(?!\.?\s?(?:\/|pro\b|je\b|täglich|wöchentlich|am Tag|in der))/gu;

/** openQ-cat has no place for hours: teaching units in the title or the remarks are all that is said, in words. */
function workloadOf(spots: readonly Spot[]): Elements['workload'] {
  const load = createWorkload();
  const found = spots.flatMap((spot) =>
    [...(spot.said() ?? '').slice(0, 2000).matchAll(UNITS)].map(([, units]) => ({ spot, units: Number(units) })),
  );
  const [first] = found;
  if (first && new Set(found.map(({ units }) => units)).size === 1 && first.units > 0)
    load.derive({ hours: first.units * 0.75 }, first.spot.path, 'teaching-unit-is-45-minutes');
  return load.element();
}

/** CERTIFICATE_STATUS 1: approved under the AZAV. 0 says that it is not, the others are kinds of courses. */
function approvalOf(education: Spot): Elements['qualityAssurance'] {
  const found = education.each('CERTIFICATE').filter((one) => one.at('CERTIFICATE_STATUS').said() === '1');
  const claims = found.map((one) => {
    const text = joinTexts(
      one.each('CERTIFICATE_NUMBER', 'CERTIFIER_NUMBER', 'CERT_DESCRIPTION').flatMap((spot) => spot.texts()),
    );
    return { name: 'AZAV: zugelassen (CERTIFICATE_STATUS 1)', ...(text.length ? { text } : {}) };
  });
  return statedIf(claims.length ? { kinds: [], claims } : undefined, found[0]?.path ?? '');
}

/** The Kurssystematik of the Bundesagentur, as it stands. */
const fieldsOf = (service: Spot): Elements['fields'] =>
  fieldsElement(
    service.each('SERVICE_CLASSIFICATION').flatMap((one) => {
      const scheme = one.at('REFERENCE_CLASSIFICATION_SYSTEM_NAME').said();
      const features = one.each('FEATURE').flatMap((feature) => feature.each('FNAME'));
      const group = one.at('REFERENCE_CLASSIFICATION_GROUP_ID');
      return features.length
        ? features.map((spot) => ({ scheme, code: spot.said(), path: spot.path }))
        : [{ scheme, code: group.said(), text: one.at('REFERENCE_CLASSIFICATION_GROUP_NAME').texts(), path: one.path }];
    }),
  );

/** CREDITS is what earlier learning is counted for ("Angerechnete Vorleistungen"): words, and no credits. */
function furtherOf(service: Spot, education: Spot, degree: Spot): Elements['furtherInformation'] {
  const said = [
    ...degree.each('DEGREE_DESCRIPTION', 'DEGREE_ENTITLED', 'DEGREE_ADD_QUALIFICATION'),
    ...education.each('CREDITS'),
    ...education.at('EXTENDED_INFO').each('TEACHING_LANGUAGES_REMARKS'),
    ...education.at('MODULE_COURSE').each('MARKETINGTEXT', 'INSTRUCTION_REMARKS'),
    ...service.at('SERVICE_DETAILS').each('TERMS_AND_CONDITIONS'),
  ].filter((one) => one.texts().length);
  const text = joinTexts(said.flatMap((one) => one.texts()));
  const sources = [service, education].flatMap((one) =>
    one.each('MIME_INFO').flatMap((info) => info.each('MIME_ELEMENT').flatMap((each) => each.each('MIME_SOURCE'))),
  );
  const links = sources.flatMap((one) => (/^(?:https?:|www\.)/i.test(one.said() ?? '') ? (readUrl(one) ?? []) : []));
  const [first, ...others] = [...said, ...sources.slice(0, links.length)];
  if (!first || !(text.length || links.length)) return notStated();
  return stated(
    { ...(text.length ? { text } : {}), links: [...new Set(links)] },
    others.length ? service.path : first.path,
  );
}

/** Another offer that is a prerequisite (SERVICE_REFERENCE of type `mandatory`). */
function requiredBy(service: Spot) {
  const own = service.at('PRODUCT_ID').said();
  const relations = createRelations([own && mintCredentialId(service.reading.source.id, own)]);
  for (const one of service.each('SERVICE_REFERENCE')) {
    const target = one.at('PRODUCT_ID_REF').said();
    if (target && one.at('@type').word() === 'mandatory')
      relations.add('requires', mintCredentialId(service.reading.source.id, target), one);
    else if (target) one.note('not-mapped');
  }
  return relations.all();
}
