import { type LangString, notStated, type Opportunity, stated, statedIf, table } from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { readQuantity } from '../../elements/numbers.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { createRelations, stackabilityOf } from '../../elements/relations.ts';
import { asSaid, codesAndText, codesIn, descriptionElement, joinTexts, textElement } from '../../elements/texts.ts';
import { createWorkload, isRangeOfHours } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { tellDifferences } from '../../record/xml-feed.ts';
import { offering } from './bodies.ts';
import codes from './codes.json' with { type: 'json' };
import { extrasOf, pagesIn } from './extras.ts';
import { runsOf } from './runs.ts';

/** `dict-niveaux` 2 to 8: the levels VI to I of 1969, which are no levels of today's framework whatever their number. */
const LEVELS_OF_1969 = table(codes.levelsOf1969);

/** Words of an award in `resultats-attendus`, which is for "titre, diplôme, certificat, attestation …". */
const AWARD =
  /^(?:(?:délivrance|obtention|préparation|remise|validation) (?:d['’]une? |du |de l['’]|de la |de |des |au |à la )?)?(?:titre|diplôme|certificat|certification|attestation|brevet|BTSA?|BUT|DUT|CAP|BEP|bac|baccalauréat|licence|master|CQP|habilitation|cléa)(?!\p{L})/iu;
/** An objective that is what one will be able to do: an infinitive, or a list. */
const ABILITY = /^(?:être (?:capable|en mesure)|savoir|\p{L}{2,}(?:er|ir|oir|dre|tre|ire)(?!\p{L}))/iu;

export function elements(reading: RecordReading): Elements {
  const record = reading.main.at('formation');
  const copies = reading.parts.map((part) => part.at('formation'));
  for (const copy of copies) tellDifferences(record, copy, 'action');
  const actions = [record, ...copies].flatMap((one) => (one.at('action').silent ? [one] : one.each('action')));
  const opportunities = runsOf(actions).filter((run) => run.path !== record.path || Object.keys(run).length > 2);
  const everywhere = (...names: string[]): Spot[] => actions.flatMap((one) => one.each(...names));

  const pages = pagesIn(record, 'url-formation');
  const url = [...pages, record.at('@href')].flatMap((one) => readUrl(one) ?? [])[0];
  const offered = offering(record, actions, reading.bodies);
  const relations = relationsOf(record, url);
  const targets = joinTexts(everywhere('info-public-vise').flatMap((one) => one.texts()));
  const modified = readModified(record.first('@horodatage-modification', '@datemaj'));
  const further = textElement(
    ...everywhere('modalites-pedagogiques', 'modalites-alternance', 'modalites-recrutement'),
    ...record.at('organisme-formation-responsable').each('renseignements-specifiques'),
    ...actions.flatMap((action) => extrasOf(action, 'info-admission')),
    ...actions.flatMap((action) =>
      action
        .each('session')
        .flatMap((one) => [...one.each('modalites-inscription'), ...extrasOf(one, 'modalites-particulieres')]),
    ),
  );
  return {
    ...(url ? { url } : {}),
    ...(modified ? { sourceModified: modified } : {}),
    awardingBody: reading.bodies.defaultAwardingBody(),
    offeredBy: statedIf(
      offered,
      record.first('organisme-formation-responsable', 'nom-organisme', 'SIRET', 'action').path,
    ),
    description: descriptionElement(record.each('contenu-formation'), extrasOf(record, 'resume-contenu')),
    ...aimsOf(record),
    workload: workloadOf(actions, opportunities),
    level: levelOf(reading, record.at('code-niveau-sortie')),
    qualityAssurance: registrationOf(record),
    prerequisites: textElement(...everywhere('conditions-specifiques')),
    fields: fieldsOf(record.at('domaine-formation')),
    furtherInformation: further.value
      ? stated({ text: further.value, links: [] }, further.origin?.path ?? '')
      : notStated(),
    funding: textElement(...everywhere('detail-conditions-prise-en-charge')),
    targetGroup: statedIf(
      codesAndText(codesIn(targetGroups, targets), targets),
      everywhere('info-public-vise')[0]?.path ?? '',
    ),
    stackability: stackabilityOf(relations),
    opportunities,
    relations,
  };
}

/**
 * `objectif-formation` is "la ou les compétences à acquérir" and is filled with purposes as well; `resultats-attendus` is the award by
 * its definition and is filled with outcomes: each is read as what its words are.
 */
function aimsOf(record: Spot): Pick<Elements, 'purpose' | 'learningOutcomes' | 'kind'> {
  const read = (one: Spot) => ({ outcomes: readOutcomes(one), path: one.path });
  const aims = record.each('objectif-formation').map((spot) => ({ spot, ...read(spot) }));
  const able = aims.filter(({ spot, outcomes }) => outcomes.length > 1 || ABILITY.test(spot.texts()[0]?.value ?? ''));
  const results = record.each('resultats-attendus');
  const [award] = results.filter((one) => isAward(one.texts()));
  return {
    purpose: textElement(...aims.filter((one) => !able.includes(one)).map(({ spot }) => spot)),
    learningOutcomes: outcomesElement([...able, ...results.filter((one) => !isAward(one.texts())).map(read)]),
    kind: kindElement(award),
  };
}

const isAward = (texts: readonly LangString[]): boolean =>
  texts.length > 0 && texts.every(({ value }) => value.length <= 200 && AWARD.test(value));

/** `dict-niveaux`: 11 to 18 are the levels 1 to 8 of the framework of 2019, which has a place in the EQF; 0 and 1 say nothing. */
function levelOf(reading: RecordReading, spot: Spot): Elements['level'] {
  const level = createLevel(reading);
  const code = spot.said() ?? '';
  const number = /^1([1-8])$/.exec(code)?.[1];
  const old = LEVELS_OF_1969.get(code);
  const country = 'FR';
  if (number)
    level.nqf(spot, { country, framework: 'Cadre national des certifications professionnelles', level: number });
  else if (old?.[0])
    level.nqf(spot, { country, framework: 'Niveaux de formation de 1969', level: old[0], label: old[1] as string });
  else if (!/^[01]?$/.test(code)) spot.note('unusable-code');
  return level.element();
}

/** What hours say of all: the same in every run; or, where only the parts are given, their sum. */
function workloadOf(actions: readonly Spot[], runs: readonly Opportunity[]): Elements['workload'] {
  const load = createWorkload();
  for (const action of actions) {
    if (isRangeOfHours(action.at('nombre-heures-total'))) load.hours(action.at('nombre-heures-total'));
    for (const [name, scheme] of [
      ['nombre-heures-centre', 'heures en centre'],
      ['nombre-heures-entreprise', 'heures en entreprise'],
    ] as const)
      if (action.at(name).said() !== '0') load.part(action.at(name), scheme);
  }
  const every = new Set(runs.map(({ hours }) => hours));
  const [hours] = every;
  if (every.size === 1 && hours !== undefined)
    load.derive({ hours }, actions[0]?.at('nombre-heures-total').path ?? '', 'workload-of-every-run');
  const sums = new Set(runs.some((run) => run.hours !== undefined) ? [] : actions.map(sumOfParts));
  const [sum] = sums;
  if (sums.size === 1 && sum)
    load.derive({ hours: sum }, actions[0]?.at('nombre-heures-centre').path ?? '', 'lheo-hours-of-parts');
  return load.element();
}

function sumOfParts(action: Spot): number | undefined {
  const parts = ['nombre-heures-centre', 'nombre-heures-entreprise'].map((name) => action.at(name));
  if (parts.some((part) => part.silent)) return undefined;
  const [centre, company] = parts.map((part) => readQuantity(part));
  return centre === undefined || company === undefined ? undefined : centre + company;
}

/** The certification prepared, by its number in the registers of France compétences: `320`, `RNCP320`, `RS6117`. */
function certificationsOf(record: Spot): { number: string; url: string; spot: Spot }[] {
  return record.each('certification').flatMap((one) =>
    (['RNCP', 'RS'] as const).flatMap((register) =>
      one.each(`code-${register}`).flatMap((spot) => {
        const digits = new RegExp(`^(?:${register})?\\s?0*([1-9]\\d*)$`, 'i').exec(spot.said() ?? '')?.[1];
        if (!digits && spot.said()) spot.note('unusable-code');
        return digits ? [{ number: `${register}${digits}`, url: addressOf(register, digits), spot }] : [];
      }),
    ),
  );
}

const addressOf = (register: string, digits: string): string =>
  `https://www.francecompetences.fr/recherche/${register.toLowerCase()}/${digits}/`;

/** That what is prepared stands in a national register is a claim of quality; the address leads to the entry. */
function registrationOf(record: Spot): Elements['qualityAssurance'] {
  const found = certificationsOf(record);
  const claims = found.map(({ number, url, spot }) => {
    const said = spot.said() ?? '';
    return { name: number, url, ...(said === number ? {} : { text: [asSaid(said, 'zxx')] }) };
  });
  return statedIf(
    claims.length ? { kinds: ['national-register-entry'], claims } : undefined,
    found[0]?.spot.path ?? '',
  );
}

/** Blocks of competences (`RNCP40344BC02`, EDOF) stack into the certification whose blocks they are. */
function relationsOf(record: Spot, url: string | undefined) {
  const relations = createRelations([url]);
  for (const spot of extrasOf(record, 'code-bloc')) {
    const [, digits] = /^RNCP(\d+)BC\d+$/i.exec(spot.said() ?? '') ?? [];
    if (digits)
      relations.add('stacksInto', addressOf('rncp', digits), spot, [{ language: 'zxx', value: `RNCP${digits}` }]);
    else spot.note('unusable-code');
  }
  return relations.all();
}

/** National codes as they stand; none of them is ISCED-F. */
const fieldsOf = (domain: Spot): Elements['fields'] =>
  fieldsElement(
    (['FORMACODE', 'NSF', 'ROME'] as const).flatMap((scheme) =>
      domain.each(`code-${scheme}`).map((spot) => {
        const version = spot.at('@ref').said();
        return { scheme: version ? `${scheme} ${version}` : scheme, code: spot.said(), path: spot.path };
      }),
    ),
  );
