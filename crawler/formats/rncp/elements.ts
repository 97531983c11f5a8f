import { notStated, type ProviderReference, stated, statedIf } from '../../../schema/index.ts';
import { assessmentElement } from '../../elements/assessment.ts';
import { type Bodies, defaultCountry } from '../../elements/bodies.ts';
import { readDate } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement } from '../../elements/kind.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { outcomesElement, readOutcomes } from '../../elements/outcomes.ts';
import { asSaid, joinTexts, textElement } from '../../elements/texts.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** `RNCP38565`, `RS6117`: the register and the number in it. */
const NUMBER = /^(RNCP|RS)(\d+)$/i;

export function elements(reading: RecordReading): Elements {
  const { main, bodies, source, identifier } = reading;
  const entry = main.at('FICHE');
  const number = entry.at('NUMERO_FICHE');
  const address = addressOf(identifier);
  const url = readUrl(entry.at('LIEN_URL_DESCRIPTION'));
  // Rows of the other tables of the CSV export are parts of the entry.
  const entries = [entry, ...reading.parts.map((part) => part.at('FICHE'))];
  const blocks = each(entries, 'BLOCS_COMPETENCES', 'BLOC_COMPETENCES');
  if (entry.at('ACTIF').flag() === false) entry.at('ACTIF').note('not-active');
  const issued = issuedIn(entry);
  return {
    ...(url ? { url } : {}),
    alternates: address ? [address] : [],
    issuerCountry: defaultCountry(source),
    awardingBody: awardingOf(
      each(entries, 'CERTIFICATEURS', 'CERTIFICATEUR'),
      bodies,
      entry.at('ACTIF').flag() === true,
    ),
    ...(issued ? { issueDate: issued } : {}),
    description: textElement(entry.at('ACTIVITES_VISEES')),
    purpose: textElement(entry.at('OBJECTIFS_CONTEXTE')),
    learningOutcomes: outcomesElement(
      [...entry.each('CAPACITES_ATTESTEES'), ...blocks.flatMap((block) => block.each('LISTE_COMPETENCES'))].map(
        (one) => ({ outcomes: readOutcomes(one), path: one.path }),
      ),
    ),
    assessment: assessmentElement(
      blocks
        .flatMap((block) => block.each('MODALITES_EVALUATION'))
        .map((one) => ({ texts: one.texts(), path: one.path })),
    ),
    level: levelOf(reading, entry.at('NOMENCLATURE_EUROPE')),
    kind: kindElement(
      entry.at('ABREGE').first('LIBELLE', 'INTITULE'),
      undefined,
      /^RNCP/i.test(identifier)
        ? { code: 'qualification', path: number.path, id: 'rncp-registers-qualifications' }
        : undefined,
    ),
    qualityAssurance: registrationOf(entry, identifier, address),
    prerequisites: textElement(entry.at('PREREQUIS_ENTREE_FORMATION')),
    conditionsToEarn: textElement(entry.at('PREREQUIS_VALIDATION_CERTIFICATION')),
    stackability: blocksOf(blocks),
    furtherInformation: furtherOf(entry, each(entries, 'NOUVELLES_CERTIFICATIONS', 'NOUVELLE_CERTIFICATION')),
    fields: fieldsOf(entries),
  };
}

/** The page of an entry; its number is how everybody refers to it. */
function addressOf(identifier: string): string | undefined {
  const [, register = '', digits] = NUMBER.exec(identifier.trim()) ?? [];
  return digits && `https://www.francecompetences.fr/recherche/${register.toLowerCase()}/${digits}/`;
}

/** The bodies that award. Of an `active` entry none that is so no longer; of one that has ended all of them are said to be `Inactif`. */
function awardingOf(certifiers: readonly Spot[], bodies: Bodies, active: boolean): Elements['awardingBody'] {
  const found = certifiers.flatMap((one): ProviderReference[] => {
    const state = one.at('ETAT_CERTIFICATEUR');
    if (active && /^inacti/i.test(state.said() ?? '')) {
      state.note('not-active');
      return [];
    }
    const siret = one.at('SIRET_CERTIFICATEUR').said()?.replace(/\s/g, '') ?? '';
    const number = /^\d{14}$/.test(siret) && !/^(\d)\1+$/.test(siret) ? siret : undefined;
    const url = readUrl(one.at('SITE_INTERNET'));
    const body = bodies.add({
      ...(number ? { identifier: `siret:${number}`, identifiers: [{ scheme: 'siret', value: number }] } : {}),
      name: one.at('NOM_CERTIFICATEUR').texts(),
      ...(url ? { url } : {}),
    });
    if (!body) one.note('unnamed-organisation');
    return body ? [body] : [];
  });
  const distinct = [...new Map(found.map((body) => [body.id, body])).values()];
  return distinct.length ? stated(distinct, placeOf(certifiers)) : bodies.defaultAwardingBody();
}

/** NIV1 to NIV8 are levels of the French framework; AUCUN and REPRISE ("sans niveau") are none. The répertoire spécifique has none (Code du travail, L6113-6). */
function levelOf(reading: RecordReading, at: Spot): Elements['level'] {
  const level = createLevel(reading);
  const spot = at.at('NIVEAU');
  const said = spot.said();
  const number = /^NIV\s?([1-8])$/i.exec(said ?? '')?.[1];
  const label = at.first('INTITULE', 'LIBELLE').said();
  if (number && /^RS/i.test(reading.identifier)) spot.note('property-not-of-type', 'entries of the RS have no level');
  else if (number) level.nqf(spot, { country: 'FR', framework: 'RNCP', level: number, ...(label ? { label } : {}) });
  else if (said !== undefined && !/^(?:AUCUN|REPRISE)$/i.test(said)) spot.note('unusable-code');
  return level.element();
}

/** Dates of the flow are written DD/MM/YYYY. */
function dateAt(spot: Spot): string | undefined {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(spot.said() ?? '') ?? [];
  return readDate(year ? spot.with(`${year}-${month}-${day}`) : spot);
}

/** From when it is registered and until when it may be awarded ("date limite de délivrance"), which is not the end of the entry. */
function issuedIn(entry: Spot): Elements['issueDate'] | undefined {
  const [from, until] = ['DATE_EFFET', 'DATE_LIMITE_DELIVRANCE'].map((name) => dateAt(entry.at(name)));
  const path = entry.at(from ? 'DATE_EFFET' : 'DATE_LIMITE_DELIVRANCE').path;
  return from || until ? stated({ ...(from ? { from } : {}), ...(until ? { until } : {}) }, path) : undefined;
}

/** The entry in the register: how it was made and until when it runs. */
function registrationOf(entry: Spot, name: string, url: string | undefined): Elements['qualityAssurance'] {
  const type = entry.at('TYPE_ENREGISTREMENT').said();
  const end = entry.at('DATE_FIN_ENREGISTREMENT');
  const until = dateAt(end) === undefined ? undefined : `fin d'enregistrement ${end.said()}`;
  const text = [type, until].filter(Boolean).join(', ');
  const claim = { name, ...(url ? { url } : {}), ...(text ? { text: [asSaid(text, entry.language)] } : {}) };
  return stated(
    { kinds: ['national-register-entry'], claims: [claim] },
    text ? entry.path : entry.at('NUMERO_FICHE').path,
  );
}

/** Blocks are certified one by one and make the whole; their codes and names. */
function blocksOf(blocks: readonly Spot[]): Elements['stackability'] {
  const named = blocks.flatMap((block) => {
    const words = [block.at('CODE').said(), block.at('LIBELLE').texts()[0]?.value].filter(Boolean).join(' ');
    return words ? [{ spot: block, text: { language: block.language ?? 'und', value: words } }] : [];
  });
  const [first] = named;
  const value = named.map(({ text }) => text.value).join('\n');
  return statedIf(first && { text: [{ language: first.text.language, value }] }, first?.spot.path ?? '');
}

function furtherOf(entry: Spot, successors: readonly Spot[]): Elements['furtherInformation'] {
  const said = entry.each(
    'SECTEURS_ACTIVITE',
    'TYPE_EMPLOI_ACCESSIBLES',
    'REGLEMENTATIONS_ACTIVITES',
    'MODALITES_RENOUVELLEMENT',
  );
  const text = joinTexts(said.flatMap((one) => one.texts()));
  const validity = entry.at('DUREE_VALIDITE').said();
  const after = successors.map((one) => one.at('ID_FICHE_NOUVELLE_CERTIFICATION'));
  const links = after.flatMap((one) => addressOf(one.said() ?? '') ?? []);
  const places = [...said, ...(validity ? [entry.at('DUREE_VALIDITE')] : []), ...after];
  const [first, ...others] = places;
  if (!first) return notStated();
  const value = { ...(text.length ? { text } : {}), links, ...(validity ? { validity } : {}) };
  return stated(value, others.length ? entry.path : first.path);
}

/** National codes as they stand; none of them is ISCED-F. */
const fieldsOf = (entries: readonly Spot[]): Elements['fields'] =>
  fieldsElement(
    (
      [
        ['CODES_NSF', 'NSF'],
        ['FORMACODES', 'FORMACODE'],
        ['CODES_ROME', 'ROME'],
      ] as const
    ).flatMap(([list, scheme]) =>
      each(entries, list, scheme).map((one) => ({
        scheme,
        code: one.at('CODE').said(),
        text: one.first('LIBELLE', 'INTITULE').texts(),
        path: one.path,
      })),
    ),
  );

/** The members of a list, wherever its entry says them. */
const each = (entries: readonly Spot[], list: string, name: string): Spot[] =>
  entries.flatMap((entry) => entry.at(list).each(name));

/** Where several stand: the list they stand in. */
const placeOf = ([first, ...others]: readonly Spot[]): string =>
  first === undefined ? '' : others.length ? first.path.replace(/\/[^/]*$/, '') : first.path;
