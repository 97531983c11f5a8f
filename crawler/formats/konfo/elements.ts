import { derived, type LangString, mintCredentialId, stated, statedIf } from '../../../schema/index.ts';
import { alignmentsElement } from '../../elements/alignments.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { readLanguages } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { type Modes, participationElement, readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations } from '../../elements/relations.ts';
import { asSaid, distinctTexts, textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { codeOf, KINDS, LANGUAGES, LEADS_TO, MODES, OUTCOMES_HEADING, UNITS } from './codes.ts';
import { pricesOf, runsOf, wordsOf } from './runs.ts';

/** What a record says, and where: of the offer itself (toteutus), else of the education (koulutus) that it is an offer of. */
interface Offer {
  main: Spot;
  metadata: Spot;
  teaching: Spot;
  /** The education; the record itself where it has no offer. */
  education: Spot;
  isOffer: boolean;
  /** A member of the metadata: the offer's own, else that of the education. */
  pick(name: string): Spot;
}

export function elements(reading: RecordReading): Elements {
  const { main, identifier } = reading;
  const isOffer = !main.at('koulutusOid').silent || !main.at('koulutus').silent || identifier.includes('.562.17.');
  const education = isOffer ? main.at('koulutus') : main;
  const metadata = main.at('metadata');
  const teaching = metadata.at('opetus');
  const places = [metadata, ...(isOffer ? [education.at('metadata')] : []), main];
  const pick = (name: string): Spot =>
    places.map((place) => place.at(name)).find((one) => !one.silent) ?? metadata.at(name);
  const offer: Offer = { main, metadata, teaching, education, isOffer, pick };
  if (main.at('tila').word() === 'arkistoitu') main.at('tila').note('not-active');
  const more = [...teaching.nodes('lisatiedot'), ...places.flatMap((place) => place.nodes('lisatiedot'))];
  const headed = (outcomes: boolean) =>
    more
      .filter((one) => (codeOf(one.at('otsikko'))?.code === OUTCOMES_HEADING) === outcomes)
      .map((one) => one.at('teksti'));
  const goals = pick('osaamistavoitteet');
  const plan = teaching.at('suunniteltuKestoKuvaus');
  const further = textElement(
    ...headed(false),
    ...(isShort(plan) ? [] : [plan]),
    ...['opetustapaKuvaus', 'opetusaikaKuvaus'].map((name) => teaching.at(name)),
    metadata.at('lisatietoaHakeutumisesta'),
  );
  const modes = modesOf(teaching);
  const prices = pricesOf(teaching);
  const jotpa = metadata.at('hasJotpaRahoitus');
  const grant = textElement(teaching.at('apuraha').at('kuvaus'));
  return {
    alternates: isOffer
      ? [`https://opintopolku.fi/konfo/fi/toteutus/${identifier}`, `https://rdf.oph.fi/koulutus-toteutus/${identifier}`]
      : [`https://rdf.oph.fi/koulutus/${identifier}`],
    description: textElement(pick('kuvaus')),
    kind: kindOf(offer),
    ...bodiesOf(reading, offer),
    learningOutcomes: outcomesElement(
      (goals.silent ? headed(true) : [goals]).map((one) => ({ outcomes: readOutcomes(one), path: one.path })),
    ),
    workload: workloadOf(offer),
    level: levelOf(reading, offer),
    participation: participationElement(modes, 'fi'),
    prerequisites: prerequisitesOf(main),
    furtherInformation: statedIf(further.value && { text: further.value, links: [] }, further.origin?.path ?? ''),
    fields: fieldsOf(offer),
    occupations: alignmentsElement(
      metadata.nodes('ammattinimikkeet').map((one) => ({ text: inLanguage(one), path: one.path })),
    ),
    languages: statedIf(
      [...new Set(teaching.nodes('opetuskieli').flatMap(languageOf))],
      teaching.at('opetuskieli').path,
    ),
    costs: statedIf(prices, teaching.path),
    funding: grant.value ? grant : statedIf(jotpa.flag() ? [asSaid('Jotpa-rahoitus', 'fi')] : [], jotpa.path),
    opportunities: isOffer ? runsOf(main, modes) : [],
    relations: relationsOf(reading),
    sourceModified: readModified(main.at('modified')),
  };
}

/** `{kieli, arvo}`: a word with its language beside it. */
const inLanguage = (spot: Spot) =>
  spot.with({ [spot.at('kieli').said() ?? 'und']: spot.at('arvo').said() ?? '' }).texts();

const languageOf = (spot: Spot): readonly string[] =>
  LANGUAGES.get(codeOf(spot)?.code ?? '') ?? readLanguages(spot.at('nimi').with(wordsOf(spot.at('nimi'))));

function kindOf({ main, metadata, education, pick }: Offer): Elements['kind'] {
  const small = metadata.at('isPieniOsaamiskokonaisuus');
  if (small.flag())
    return stated({ code: 'micro-credential', text: [asSaid('pieni osaamiskokonaisuus', 'fi')] }, small.path);
  const type = main.at('koulutustyyppi').silent ? pick('tyyppi') : main.at('koulutustyyppi');
  const said = type.said();
  if (said === undefined) return undefined;
  const leads = education.at('johtaaTutkintoon').flag() ? LEADS_TO.get(said) : undefined;
  const code = leads ?? KINDS.get(said);
  const titles = [
    ...main.nodes('tutkintonimikkeet'),
    ...[metadata, education.at('metadata')].flatMap((one) => one.nodes('tutkintonimike')),
  ];
  const text = distinctTexts([asSaid(said, 'fi'), ...titles.flatMap((one) => one.at('nimi').texts())]);
  return stated({ ...(code ? { code } : {}), text }, type.path);
}

/** Who has the offer awards, derived; of an education without offers that is nobody: an agency may have written it for all. */
function bodiesOf({ bodies, source }: RecordReading, { main, isOffer }: Offer): Elements {
  const add = (spot: Spot) => bodies.add(bodyFacts(spot));
  const offering = main.nodes('tarjoajat').flatMap((one) => add(one) ?? []);
  const fallback = bodies.defaultAwardingBody();
  const own = isOffer ? add(main.at('organisaatio')) : undefined;
  return {
    offeredBy: statedIf(offering, main.at('tarjoajat').path),
    awardingBody:
      fallback.value || !own ? fallback : derived([own], main.at('organisaatio').path, 'konfo-organisation-awards'),
    issuerCountry: defaultCountry(source),
  };
}

function bodyFacts(spot: Spot): BodyFacts {
  const oid = spot.at('oid').said();
  const locality = wordsOf(spot.at('paikkakunta').at('nimi'));
  return {
    ...(oid ? { identifier: oid, identifiers: [{ scheme: 'oid', value: oid }] } : {}),
    name: spot.at('nimi').texts(),
    ...(locality ? { locality } : {}),
  };
}

/** Words about the duration that are no more than that. */
const isShort = (spot: Spot): boolean =>
  spot.texts().length > 0 && spot.texts().every(({ value }) => value.length <= 100);

/** Opintopiste are ECTS ("ECTS credits" is their name in the code set); osaamispiste are not. */
function workloadOf({ teaching, pick }: Offer): Elements['workload'] {
  const load = createWorkload();
  const [unit, named] = [pick('opintojenLaajuusyksikko'), pick('opintojenLaajuus')];
  const scheme = UNITS.get(codeOf(unit)?.code ?? '') ?? wordsOf(unit.at('nimi'));
  const [number, least, most] = ['', 'Min', 'Max'].map((end) => pick(`opintojenLaajuusNumero${end}`)) as [
    Spot,
    Spot,
    Spot,
  ];
  const words = wordsOf(named.at('nimi')) ?? '';
  const [, first, second] = /^(\d+)\+(\d+)$/.exec(words) ?? [];
  if (first && second && scheme === 'op') {
    for (const one of [first, second]) load.part(named.at('nimi').with(one), 'op');
    load.derive({ ects: Number(first) + Number(second) }, named.at('nimi').path, 'konfo-two-degrees');
  } else {
    const from = [number, least, most].find((one) => !one.silent) ?? named.at('nimi').with(words);
    if (scheme === 'h') load.hours(from, most);
    else if (scheme === 'viikkoa') load.span(from, scheme, most);
    else load.credits(from, scheme, { to: most });
  }
  const [years, months] = ['Vuodet', 'Kuukaudet'].map((part) =>
    Number(teaching.at(`suunniteltuKesto${part}`).said() ?? 0),
  );
  const parts = [years ? `${years}Y` : '', months ? `${months}M` : ''].join('');
  if (parts) load.span(teaching.first('suunniteltuKestoVuodet', 'suunniteltuKestoKuukaudet').with(`P${parts}`));
  const plan = teaching.at('suunniteltuKestoKuvaus');
  if (isShort(plan)) load.words(plan, wordsOf(plan) as string);
  return load.element();
}

/** `eqf_7`, `nqf_7` (FiNQF); an education of two degrees has two, and none is the one. Types of studies ("advanced") are words. */
function levelOf(reading: RecordReading, { education, pick }: Offer): Elements['level'] {
  const level = createLevel(reading);
  const levels = (name: string) =>
    education.nodes(name).flatMap((spot) => {
      const number = /^0?([1-8])$/.exec(codeOf(spot)?.code ?? '')?.[1];
      return number ? [{ number, spot }] : [];
    });
  const only = (all: { number: string; spot: Spot }[]) =>
    new Set(all.map(({ number }) => number)).size === 1 ? all[0] : undefined;
  const [eqfs, nqfs] = [levels('eqf'), levels('nqf')];
  const [eqf, nqf] = [only(eqfs), only(nqfs)];
  if (eqf) level.eqf(eqf.spot.at('koodiUri').with(eqf.number));
  else for (const { spot, number } of eqfs) level.words(spot, {}, [asSaid(`eqf_${number}`)]);
  if (nqf) level.nqf(nqf.spot.at('koodiUri'), { country: 'FI', framework: 'FiNQF', level: nqf.number });
  else for (const { spot, number } of nqfs) level.words(spot, {}, [asSaid(`nqf_${number}`)]);
  const type = pick('opinnonTyyppi').at('nimi');
  level.words(type, {}, type.texts());
  return level.element();
}

function modesOf(teaching: Spot): Modes {
  const ways = teaching.nodes('opetustapa');
  const known = ways.flatMap((one) => MODES.get(codeOf(one)?.code ?? '') ?? []);
  const others = ways.filter((one) => !MODES.has(codeOf(one)?.code ?? ''));
  const words = others.map((one) => one.at('nimi').with(wordsOf(one.at('nimi'))));
  const read = readModes(words, undefined, true);
  return { ...read, codes: [...new Set([...known, ...read.codes])], path: ways[0]?.path ?? '' };
}

function prerequisitesOf(main: Spot): Elements['prerequisites'] {
  const targets = [main, ...main.nodes('hakutiedot')].flatMap((one) => one.nodes('hakukohteet'));
  const said = targets.flatMap((one) => [
    ...one.nodes('pohjakoulutusvaatimus').map((code) => code.at('nimi')),
    one.at('pohjakoulutusvaatimusTarkenne'),
  ]);
  return textElement(...said);
}

/**
 * The national classification 2016 has the codes of ISCED-F 2013, but for "0820" (forestry) and those of several fields that end in 18 or
 * 28 (europass-publisher, EuropassConversion.scala). Of a code and its broader ones the narrow one is told.
 */
function fieldsOf({ metadata, education }: Offer): Elements['fields'] {
  const spots = [
    ...education.nodes('koulutuskoodienAlatJaAsteet').flatMap((one) => one.each('koulutusalaKoodiUrit')),
    ...education.at('metadata').nodes('koulutusala'),
  ];
  const codes = new Map<string, { set: string; code: string; spot: Spot; text: LangString[] }>();
  for (const spot of spots) {
    const found = codeOf(spot);
    const text = spot.at('nimi').texts();
    const key = found && `${found.set.slice(0, -1)} ${found.code}`;
    if (found && key && (text.length || !codes.has(key))) codes.set(key, { ...found, spot, text });
  }
  const isBroader = (key: string) => [...codes.keys()].some((other) => other !== key && other.startsWith(key));
  const facts = [...codes].flatMap(([key, { set, code, spot, text }]) => {
    if (isBroader(key)) return [];
    const isIsced = /koulutusalataso\d$/.test(set) && !/^\d\d[12]8$/.test(code);
    return [{ path: spot.path, scheme: set, code, text, isIsced }];
  });
  const words = metadata
    .nodes('asiasanat')
    .map((one) => ({ path: one.path, scheme: 'asiasanat', text: inLanguage(one) }));
  return fieldsElement([...facts, ...words.filter(({ text }) => text.length)]);
}

/** Study units of a whole, and wholes of a study unit, by the oid of the offer. */
function relationsOf({ main, source, identifier }: RecordReading): Elements['relations'] {
  const relations = createRelations([mintCredentialId(source.id, identifier)]);
  const names = { liitetytOpintojaksot: 'hasPart', kuuluuOpintokokonaisuuksiin: 'partOf' } as const;
  for (const [name, type] of Object.entries(names))
    for (const one of main.each(name)) {
      const oid = one.node() ? one.at('oid').said() : one.said();
      if (oid !== undefined)
        relations.add(type, mintCredentialId(source.id, oid), one, one.node() ? one.at('nimi').texts() : []);
    }
  return relations.all();
}
