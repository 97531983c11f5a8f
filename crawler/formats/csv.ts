import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  type AlignmentValue,
  type CodesAndText,
  type CredentialDraft,
  completeCredential,
  type Element,
  type FieldValue,
  type LangString,
  type LearningOutcome,
  type LevelValue,
  lookedUp,
  mintCredentialId,
  notStated,
  type Opportunity,
  type Price,
  type ProviderReference,
  type Relation,
  type SourceDefinition,
  stated,
  statedIf,
  type Vocabulary,
  type WorkloadValue,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { decimal } from '../../schema/parse/number.ts';
import { parsePrices } from '../../schema/parse/price.ts';
import { isFiller, langStrings, plainText, splitOutcomes } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { bareRecord, own } from '../../schema/table.ts';
import {
  assessmentTypes,
  credentialKinds,
  modesOfLearning,
  qfEheaCycle,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
} from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { createDateOrders, isAmbiguous } from '../decode/csv-date-order.ts';
import { type Column, createHeaders, headerKey, type Recognised } from '../decode/csv-header.ts';
import { csvRows, delimiterOf } from '../decode/csv-rows.ts';
import { decodeText } from '../decode/text.ts';
import type { Format, Normalised, Page, RawRecord, RecordFault, Sample } from '../format.ts';
import { type Bodies, type BodyFacts, createBodies, defaultCountry } from '../normalise/bodies.ts';
import { readCountry, readCurrency, readLanguages, readUrl } from '../normalise/codes.ts';
import { checkOrder, readDate, readStart } from '../normalise/dates.ts';
import { iscedOf, saysNoField } from '../normalise/fields.ts';
import { eqfByLookup } from '../normalise/level.ts';
import { isEcts, plausibleEcts } from '../normalise/numbers.ts';
import { compactRun, fillFromRuns } from '../normalise/opportunities.ts';
import { codesAndText, outcomesIn } from '../normalise/texts.ts';
import { refuseTitle, turnAway } from '../normalise/titles.ts';
import { addCredits, addSpan, spanOf } from '../normalise/workload.ts';
import { LEFT_OUT, type LeftOut, leaveOutPersons, tellLeftOut } from '../persons/door.ts';
import { memberMeaning } from '../persons/member-names.ts';
import { createNotes, type Notes, silent } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';

/**
 * CSV: the catalogue's own template, and tables of others whose headers mean the same.
 *
 * The columns, what belongs into them and the headers under which they are recognised stand in `COLUMNS` below;
 * `examples/template.csv` has them all. Needed: `identifier` and `title`. In a table without an identifier column the
 * `url` stands for it, with a warning in every record; rows that have neither are rejected.
 *
 * - UTF-8 (with or without byte order mark), UTF-16 or Windows-1252; comma, semicolon, tab or bar; Excel's `sep=;`.
 * - Texts in further languages stand in columns with a suffix: `title:de`, `description_fr`.
 * - Lists are separated by `|` or new lines; decimals may have a comma; dates are `YYYY-MM-DD` or `D.M.YYYY`. With slashes the day
 *   comes first unless the source says `"options": {"dates": "mdy"}` or other dates of the column can only have the month first; a
 *   date that could be both is reported, and not stated in a column that has both.
 * - Credits are ECTS when the header or the cell says so, or where a law makes them ECTS (CFU, EAP, op, studiepunten, studiepoeng,
 *   högskolepoäng); under a bare "credits" they are credits of no named scheme, with a warning.
 * - Rows with the same identifier are one credential; each row that has a date, place, price or another column of a
 *   run is one opportunity of it. What is said of the credential itself is taken from the first of them.
 * - A row with `disabled` = yes is taken as not there. Unknown columns stay in the raw record and are named once.
 * - A row with more filled cells than there are columns is rejected: a separator in a text was not quoted, so that no cell can be trusted.
 */
export const csv: Format = {
  name: 'csv',
  title: 'CSV (template of this catalogue, tables with the same columns)',
  specification: 'https://www.rfc-editor.org/rfc/rfc4180',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  version: 4,
  openEnded: true,
  reads,
  detect,
  records,
  normalise,
};

/** One column of the template. */
interface TemplateColumn extends Column {
  meaning: string;
  /** Belongs to the dated run of the row, not to the credential. */
  run: boolean;
}

/** `name` (`*`: several languages, `run`: belongs to the run) `:: what belongs into it :: further headers`. */
const ROWS = `
identifier :: stable and unique; rows with the same one are runs of one credential :: id; uuid; course id; microcredential id; micro credential id; external identifier; course identifier; numero formation; numero fiche; kurs id; course code; university course code; module code; course number; code; number; kursnummer; kursnr; veranstaltungsnummer; modulnummer; identifiant; code formation; reference; ref; numero; identificador; codigo del curso; codigo curso; codigo; cursuscode; cursus id; opleidingscode; identificatie; codice corso; codice; kurskod; kood; kod; koodi; opintojakson tunnus; kennung
title * :: name of the credential :: course title; title of course; course name; name of course; micro credential title; microcredential title; title of the microcredential; title of micro credential; name of the microcredential; programme title; program title; qualification title; intitule formation; intitule de la formation; titre de la formation; intitule; titre; libelle; kurstitel; kursname; name des kurses; titel; bezeichnung; veranstaltungstitel; angebotstitel; modulname; titulo del curso; nombre del curso; titulo; denominacion; nombre; naam opleiding; naam cursus; cursusnaam; opleidingsnaam; naam; titolo del corso; titolo; denominazione; nome; nome do curso; nazwa; naziv; nimi; nimetus; kursbenamning; benamning; pavadinimas; nosaukums; nazev; course; kurs; name
description * :: what it is about :: course description; long description; short description; full description; summary; abstract; overview; short syllabus; syllabus; content; contents; contenu formation; contenu; descriptif; description formation; beschreibung; kursbeschreibung; kurzbeschreibung; inhalt; inhalte; lehrinhalte; descripcion; contenidos; omschrijving; beschrijving; inhoud; descrizione; contenuti; descricao; opis; kirjeldus; kuvaus; beskrivning; beskrivelse; about
url :: the provider's own page :: link; web; website; webseite; course url; course link; url course; link to the course site description; link to the course; link to course; more information url; homepage; lien; site web; url formation; enlace; pagina web; sitio web; web page; webpage; internetadresse; url de la formation; organic url
provider :: body that offers the learning :: provider name; organisation; organization; institution; institution name; university; higher education institution; hei; school; college; training provider; offered by; nom of; organisme; organisme de formation; etablissement; universite; anbieter; anbietername; bildungsanbieter; hochschule; universitat; bildungstrager; veranstalter; einrichtung; proveedor; universidad; centro; institucion; entidad; aanbieder; instelling; onderwijsinstelling; opleider; ateneo; universita; ente; erogatore; uczelnia; oppilaitos; oppeasutus; larosate; partner
provider_id :: the provider's identifier (ROR, Erasmus code, national number) :: provider identifier; organisation id; organization id; institution id; siret; erasmus code; ror; ror id; ukprn; brin; schac
provider_url :: the provider's site :: institution url; organisation url; provider website; anbieter url
awarding_body :: body that awards the credential :: awarding body name; awarded by; awarding institution; awarding organisation; awarding organization; issuer; issuing body; issued by; certifying body; certificateur; nom certificateur; organisme certificateur; vergeben von; aussteller; ausstellende stelle; zertifizierende stelle; verleihende institution; certificador; entidad emisora; entidad certificadora; uitgegeven door; uitgever; certificerende instelling; ente certificatore; rilasciato da
awarding_body_url :: the awarding body's site :: issuer url
country :: country of the issuer, ISO 3166-1 alpha-2 or name :: country of issuer; country region of the issuer; country region of issuer; issuer country; country code; pays; land; pais; paese; kraj; riik; maa; stat
region :: region of the issuer (NUTS) :: nuts; nuts code; region of issuer; region issuer; bundesland; provincia; provincie; regione; comunidad autonoma
learning_outcomes * :: one an outcome, separated by new lines or | :: learning outcome; learning objectives; objectives; outcomes; what will you learn; what you will learn; objectif formation; objectifs; objectifs pedagogiques; acquis d apprentissage; acquis de l apprentissage; competences visees; resultats d apprentissage; lernergebnisse; lernziele; lernergebnis; kompetenzen; qualifikationsziele; resultados de aprendizaje; objetivos; resultados del aprendizaje; leeruitkomsten; leerresultaten; leerdoelen; risultati di apprendimento; obiettivi formativi; obiettivi; resultados da aprendizagem; efekty uczenia sie; opivaljundid; osaamistavoitteet; larandemal; ishodi ucenja
ects :: ECTS credits, decimal point or comma, 3 or 3-5 :: ects credits; number of ects; ects points; credits ects; credit points ects; ects punkte; ects credit points; ects lp; creditos ects; studiepunten; studiepoeng; cfu; eap; op; opintopisteet; hogskolepoang; punkty ects
hours :: hours of effort in all, 60 minutes each :: total hours; workload; workload hours; workload in hours; study load; student workload; hours of effort; notional workload; learning hours; total learning hours; nombre heures total mean; nombre heures; nombre d heures; duree en heures; duree heures; volume horaire; arbeitsaufwand; workload stunden; stunden; gesamtstunden; unterrichtsstunden gesamt; zeitaufwand; horas; carga horaria; numero de horas; studielast; studiebelasting; aantal uren; uren; ore; ore totali; monte ore; horas totais; liczba godzin; tundide arv; heures
hours_min :: the lower end of a range of hours :: nombre heures total min; minimum hours; min hours
hours_max :: the upper end of a range of hours :: nombre heures total max; maximum hours; max hours
teaching_hours :: hours of teaching: a part of the effort, not the whole :: contact hours; class hours; kontaktstunden; prasenzstunden; contacturen; horas lectivas; unterrichtsstunden; unterrichtseinheiten; ue
self_study_hours :: hours of own study: a part of the effort :: individual study hours; independent study hours; selbststudium; selbstlernstunden
duration run :: calendar time: P10W, 6 months :: length; course length; course duration; duree; dauer; kursdauer; laufzeit; duracion; duur; looptijd; durata; duracao; czas trwania; kestus; kesto
eqf_level :: level of the European Qualifications Framework, 1 to 8 :: eqf; level eqf; eqf niveau; eqr; eqr niveau; dqr eqr niveau; cec; niveau cec; niveau europe; nomenclature europe niveau; mec; nivel mec; nivel eqf; eqf nivel; ekr; ekr tase; ekk; livello eqf; eqf taso
nqf_level :: level of a national framework, as stated :: nqf; national level; nlqf; nlqf niveau; dqr; dqr niveau; nfq; nfq level; rqf; rqf level; scqf level; mecu; nivel mecu; meces; niveau rncp; nqr niveau; ekr tase; zrk; prk
nqf_framework :: name of the national framework :: national framework; framework
level * :: level in words :: study course level; course level; study level; level of study; academic level; educational level; libelle niveau sortie formation; niveau; niveau de sortie; stufe; abschlussniveau; nivel; nivel academico; livello; poziom; tase; taso; niva; difficulty; difficulty level
kind :: micro-credential, certificate, badge, course, … :: type; credential type; type of credential; kind of credential; course type; award type; qualification type; category; kategorie; art; angebotsart; abschluss; abschlussart; type de formation; type de certification; tipo; tipo de curso; soort; type opleiding; tipologia
assessment_type :: written examination, portfolio, project work, … :: type of assessment; assessment types; assessment method; assessment methods; test type; exam type; form of assessment; prufungsform; prufungsart; modalites d evaluation; type d evaluation; tipo de evaluacion; toetsvorm; type toets; tipo di valutazione
assessment * :: how learning is assessed, in words :: assessment description; evaluation; how is it assessed; prufung; leistungsnachweis; prufungsleistung; evaluacion; sistema de evaluacion; toetsing; beoordeling; valutazione; modalita di verifica; hindamine
mode :: online, presential, blended, hybrid, … :: mode of delivery; mode of learning; mode of study; form of participation; participation; delivery; delivery mode; delivery method; teaching method; teaching mode; study mode; learning mode; format; course format; lernform; lehrform; durchfuhrungsform; durchfuhrung; unterrichtsform; veranstaltungsform; form der teilnahme; teilnahmeform; modalite; modalites; mode d enseignement; modalidad; modalidad de ensenanza; vorm; leervorm; lesvorm; onderwijsvorm; modalita; modalita di erogazione; modalidade; forma; oppevorm; opetusmuoto; studieform
quality_assurance :: what is claimed about quality assurance :: type of quality assurance; quality assurance type; quality; accreditation; accredited by; qualitatssicherung; akkreditierung; assurance qualite; certification qualite; qualiopi; garantia de calidad; acreditacion; kwaliteitsborging; accreditatie; assicurazione della qualita
quality_assurance_url :: where the claim can be read :: 
prerequisites * :: needed to enter :: prerequisite; entry requirements; admission requirements; requirements; entry criteria; admission; pre requisites; prerequis; conditions d acces; conditions d admission; voraussetzungen; teilnahmevoraussetzungen; zugangsvoraussetzungen; zulassungsvoraussetzungen; vorkenntnisse; requisitos; requisitos previos; requisitos de acceso; toelatingseisen; ingangseisen; voorkennis; vereiste voorkennis; prerequisiti; requisiti di accesso; requisiti; pre requisitos; eeldused; forkunskapskrav
supervision :: supervision and identity check during assessment :: supervision and identity verification; identity verification; proctoring
grade_scheme :: grading scheme :: grading scheme; grading; grading scale; grade; type evaluation; notensystem; bewertung; notation; calificacion; sistema de calificacion
stackability :: stand-alone or stackable :: integration stackability options; integration stackability; stackable; integration; anrechenbarkeit; anrechenbar; stapelbaar; stapelbaarheid; apilable; cumulable; capitalisable
stacks_into :: identifiers or addresses of larger credentials, separated by | :: part of programme; leads to; stacks to
requires :: identifiers or addresses of credentials needed before :: 
part_of :: identifiers or addresses of what it is a part of :: 
validity :: how long the credential is valid :: validity period; valid for; gultigkeit; gultigkeitsdauer; duree de validite; validez; geldigheid; geldigheidsduur
further_information * :: anything else :: additional information; other information; notes; remarks; comments; further info; weitere informationen; bemerkungen; hinweise; anmerkungen; informations complementaires; points forts; informacion adicional; observaciones; overige informatie; opmerkingen; altre informazioni; note
language :: language in which the untagged texts are written :: metadata language; language of description
language_of_instruction run :: languages in which it is taught :: course language; teaching language; language of teaching; instruction language; content language; languages; taught in; unterrichtssprache; kurssprache; sprache; lehrsprache; langue; langue d enseignement; langues; idioma; idioma de imparticion; lengua; taal; voertaal; onderwijstaal; instructietaal; lingua; lingua di insegnamento; idioma de ensino; jezyk; oppekeel; opetuskieli; undervisningssprak
isced_f :: ISCED-F 2013 codes, separated by | :: isced; isced code; isced f code; isced f 2013; field of study; fields of study; field of education; isced field; studienfach isced; detailed field; isced detailed field
subject * :: subject in the source's own words :: primary subject; subject area; discipline; field; topic; fachbereich; fachgebiet; themengebiet; thema; bereich; domaine; libelle code formacode principal; area; area de conocimiento; rama; vakgebied; onderwerp; disciplina; tags; keywords
skills :: skills in words or as ESCO addresses, separated by | :: skill; competences; competencies; esco skills; competenties; vaardigheden; fahigkeiten; fertigkeiten; competencias; habilidades; competenze
occupations :: occupations in words or as ESCO addresses, separated by | :: occupation; jobs; esco occupations; berufe; zielberufe; metiers; ocupaciones; beroepen
target_group * :: for whom :: target audience; audience; who is it for; intended for; zielgruppe; zielgruppen; public; public vise; publico objetivo; destinatarios; dirigido a; doelgroep; destinatari; sihtruhm; kohderyhma; malgrupp
purpose * :: what it is for :: aim; aims; ziel; ziele; finalite; finalidad; doel; doelstelling; scopo
price run :: number, 0 is free; or words :: cost; costs; fee; fees; course fee; tuition fee; tuition; price eur; price in eur; price in euro; cost eur; verified price; fixed price usd; preis; kosten; kursgebuhr; gebuhr; gebuhren; teilnahmegebuhr; teilnahmegebuhren; entgelt; kursentgelt; prix; tarif; cout; frais ttc tot mean; frais; precio; coste; matricula; importe; tasas; prijs; cursusgeld; inschrijfgeld; prezzo; costo; quota; custo; preco; propina; cena; hind; hinta; pris
currency run :: ISO 4217 :: price currency; wahrung; devise; moneda; valuta; munt
has_fee run :: whether there is a fee: yes or no :: fee to attend this course for external users; is there a fee; kostenpflichtig
free run :: whether it is free: yes or no :: is free; free of charge; kostenlos; gratuit; gratis; gratuito
funding * :: who pays or helps to pay :: funding options; financing; forderung; fordermoglichkeiten; finanzierung; financement; financiacion; becas; financiering; subsidie; finanziamento
certification_format :: paper, PDF, Europass digital credential, Open Badge, … :: format of certification; certificate format; certificate; certification; zertifikat; intitule certification; certificat; certificado; certificaat; certificato
conditions_to_earn * :: what must be done to be awarded it :: conditions for award; award criteria; completion requirements; completion criteria; conditions d obtention; bedingungen fur den erwerb
opportunity_id run :: identifier of the run :: run id; offering id; session id; course run; course run key; code session; termin id
start_date run :: first day of the run, YYYY-MM-DD :: start; starts; starting date; date start; course start; begin; beginn; startdatum; start datum; kursbeginn; startet am; von; date debut; date de debut; debut; fecha de inicio; fecha inicio; inicio; begindatum; aanvang; data inizio; data di inizio; data inicio; alguskuupaev; alkamispaiva; startdato
end_date run :: last day of the run :: end; ends; date end; course end; ende; enddatum; kursende; bis; date fin; date de fin; fin; fecha de fin; fecha fin; einddatum; data fine; data di fine; data fim; loppkuupaev; paattymispaiva; sluttdato
application_start run :: first day to apply :: enrolment start; enrollment start; registration start; anmeldebeginn; debut inscription; inicio inscripcion
application_deadline run :: last day to apply :: deadline; enrolment deadline; enrollment deadline; registration deadline; enrolment end; enrollment end; reg close date; anmeldeschluss; anmeldefrist; bewerbungsfrist; bewerbungsschluss; date limite; date limite d inscription; fecha limite; plazo de inscripcion; inschrijfdeadline; uiterste inschrijfdatum; scadenza; scadenza iscrizioni
place run :: venue or town of the run :: location; venue; city; town; campus; ort; veranstaltungsort; kursort; standort; lieu; ville; lugar; ciudad; localidad; plaats; locatie; luogo; sede; citta; local; miejsce; asukoht; paikka; ort for kurs; nom departement
place_country run :: country of the place :: location country; land des ortes
pace run :: full-time, part-time, self-paced :: course pacing; pacing; time mode; attendance pattern; zeitmodell; unterrichtszeit; rythme; dedicacion; tempo
opportunity_url run :: where to enrol in the run :: enrolment url; enrollment url; registration url; apply url; application url; booking url; anmeldelink; anmeldung url; buchungslink; lien d inscription; enlace de inscripcion; inschrijflink
modified :: when the row was last changed :: last modified; last updated; updated; date extract; geandert am; stand; date de mise a jour
disabled :: yes takes the row out :: deleted; withdrawn; inactive
`;

/** The columns of the template, in its order; where two headers mean the same, the one further up wins. */
export const COLUMNS: readonly TemplateColumn[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [head = '', meaning = '', synonyms = ''] = row.split(' ::').map((part) => part.trim());
    const [name = '', ...marks] = head.split(' ');
    return {
      name,
      meaning,
      multilingual: marks.includes('*'),
      run: marks.includes('run'),
      synonyms: synonyms.split('; ').filter(Boolean),
    };
  });

type Meaning = Recognised<TemplateColumn>;

/** Credits that the header does not call ECTS (nor a law): not in the template, where credits say what they are. */
const CREDITS: TemplateColumn = {
  name: 'credits',
  meaning: 'credits of a scheme that is named in the cell, or of none',
  multilingual: false,
  run: false,
  synonyms: (
    'number of credits; credit; credit points; credit point; credit value; kreditpunkte; leistungspunkte; creditpoints; creditos; ' +
    'numero de creditos; crediti; crediti formativi; nombre de credits; kredyty'
  ).split('; '),
};

/** What a header means; undefined when it is not known. */
export function recognise(header: string): Meaning | undefined {
  const meaning = byHeader(header);
  const credits = meaning?.column === CREDITS;
  return credits && /\b(?:ects|cfu|eap)\b/.test(headerKey(header)) ? near('ects', 90) : meaning;
}

const readHeaders = new Map<string, boolean>();

function reads(header: string): boolean {
  let read = readHeaders.get(header);
  if (read === undefined) {
    if (readHeaders.size > 5_000) readHeaders.clear();
    read = header.startsWith('@') || recognise(header) !== undefined;
    readHeaders.set(header, read);
  }
  return read;
}

const near = (name: string, rank: number): Meaning => ({
  column: COLUMNS.find((one) => one.name === name) as TemplateColumn,
  rank,
});

const byHeader = createHeaders([...COLUMNS, CREDITS], (key): Meaning | undefined => {
  if (/\bisced\b/.test(key)) return near('isced_f', key.includes('detailed') ? 90 : 91);
  return /^fee to attend\b/.test(key) ? near('has_fee', 90) : undefined;
});

type Row = Record<string, unknown>;

const HEADER_WITHIN = 15; // rows of titles and notes that may stand above the header
const ROW_OF_NAMES = 2;

function detect({ text, mediaType, name }: Sample): number {
  const start = text.trimStart();
  if (/^[{[<]|^%PDF|^PK/.test(start)) return 0;
  const named = /\.(csv|tsv)$/i.test(name ?? '') || /^text\/(csv|tab-)/.test(mediaType ?? '');
  const delimiter = delimiterOf(text);
  for (const line of start
    .replace(/^sep=.\r?\n/i, '')
    .split(/\r?\n/)
    .slice(0, HEADER_WITHIN)) {
    const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const names = new Set(cells.flatMap((cell) => recognise(cell)?.column.name ?? []));
    if (cells.length > 1 && names.has('title') && names.size >= ROW_OF_NAMES)
      return names.has('identifier') || named ? 0.9 : 0.7;
  }
  return named ? 0.5 : 0;
}

// ---------------------------------------------------------------------------------------------------- reading

async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
  const { options } = page.source;
  const charset = typeof options.charset === 'string' ? options.charset : page.charset;
  const fallback = typeof options.fallback === 'string' ? options.fallback : undefined;
  let repair: string | undefined;
  const texts = decodeText(body, {
    charset,
    fallback,
    onRepair: (what) => {
      repair = what;
    },
  });
  const seen = new Map<string, string>();
  let header: Header | undefined;
  let above = 0;
  let usual: number | undefined; // some tables end every row with a separator
  let first: string | undefined;
  const orders = createDateOrders();
  for await (const row of orders.ahead(csvRows(texts))) {
    const path = `line ${row.line}`;
    if ('what' in row) {
      const remedy = 'close the quotes of every cell and double the quotes inside a text';
      yield fault(null, path, 'csv-syntax', row.what, remedy, true);
      return;
    }
    if (!row.cells.some((cell) => cell.trim() !== '')) continue;
    if (!header) {
      header = readHeader(row.cells);
      above++;
      if (!header && above >= HEADER_WITHIN) break;
      continue;
    }
    usual ??= Math.max(header.names.length, row.cells.length);
    const surplus = row.cells.length > usual ? row.cells.slice(usual - 1) : beyond(header, row.cells);
    // Before anything is worked out from the row: what tells two rows apart is not who teaches.
    const left: LeftOut = new Map();
    const raw = leaveOutPersons(rawOf(header, row.cells), left, { reads }) as Row;
    const identifier = identifierOf(raw, header);
    if (/^(?:yes|y|true|1|x|ja|oui|si|sí)$/i.test(cell(raw, header, 'disabled'))) continue;
    if (surplus.length) {
      const what = `${row.cells.length} cells, but ${header.names.length} columns: ${surplus.join(' | ')}`;
      yield fault(
        identifier || null,
        path,
        'csv-column-count',
        what,
        'put texts that contain the separator into double quotes',
      );
      continue;
    }
    if (!identifier) {
      const what = cell(raw, header, 'title') || `a row with ${Object.keys(raw).slice(0, 5).join(', ')}`;
      yield fault(
        null,
        path,
        'missing-identifier',
        what,
        header.of.has('identifier')
          ? `fill the column "${header.of.get('identifier')}" in ${path}`
          : `add a column "identifier" and fill it${header.of.has('url') ? `, or the column "${header.of.get('url')}"` : ''} in ${path}`,
      );
      continue;
    }
    if (!cell(raw, header, 'title') && !header.titles.some((name) => raw[name]) && !seen.has(identifier)) {
      yield fault(
        identifier,
        path,
        'missing-title',
        `a row with ${Object.keys(raw).slice(0, 5).join(', ')}`,
        `fill the title column in ${path}`,
      );
      continue;
    }
    const same = createHash('sha256').update(JSON.stringify(raw)).digest('base64url').slice(0, 16);
    const before = seen.get(identifier);
    const dates = header.names.flatMap((name, n) => {
      const order = name !== undefined && isAmbiguous(row.cells[n] ?? '') ? orders.of(n) : undefined;
      return name !== undefined && order ? [[name, order] as const] : [];
    });
    if (dates.length) raw['@dates'] = Object.fromEntries(dates);
    if (left.size) raw[LEFT_OUT] = tellLeftOut(left);
    first ??= identifier;
    // The very same row once more is the same record once more: it is counted, and stands for nothing new.
    if (before === undefined || before === same) {
      seen.set(identifier, same);
      if (first === identifier && header.unknown.length) raw['@unknown'] = header.unknown;
      if (first === identifier && repair) raw['@encoding'] = repair;
      yield { identifier, path, raw };
    } else if (header.runs.some((name) => raw[name])) {
      yield { identifier, part: partKey(raw, header, same), path, raw };
    } else {
      const remedy = 'give each credential its own identifier, or fill the columns of a run (start_date, place, …)';
      yield fault(null, path, 'duplicate-identifier', `${identifier}: ${cell(raw, header, 'title')}`, remedy);
    }
  }
  if (!header) {
    const known = COLUMNS.slice(0, 3)
      .map((one) => one.name)
      .join(', ');
    const what = `none of the first ${HEADER_WITHIN} rows names a title column`;
    const remedy = `begin with a row of column names (${known}, …): see examples/template.csv`;
    yield fault(null, 'line 1', 'csv-no-header', what, remedy, true);
  }
}

const beyond = (header: Header, cells: readonly string[]): string[] =>
  cells.slice(header.names.length).filter((text) => text.trim() !== '');

interface Header {
  /** One name a cell, unique; undefined for columns without one. */
  names: (string | undefined)[];
  /** The header that stands for a column of the template. */
  of: Map<string, string>;
  titles: string[];
  runs: string[];
  unknown: string[];
}

/** Columns of a run that do not make one: a credential has these as well. */
const OF_CREDENTIAL_TOO = /^(?:duration|language_of_instruction|price|currency|has_fee|free)$/;

/** The row of names, if it is one: it must name a title and one thing more. */
function readHeader(cells: readonly string[]): Header | undefined {
  const names: (string | undefined)[] = [];
  const used = new Set<string>();
  for (const given of cells) {
    const text = given.replace(/\s+/g, ' ').trim().replace(/^@+/, ''); // `@…` in a row is what we note
    if (text === '') {
      names.push(undefined);
      continue;
    }
    let name = text;
    for (let n = 2; used.has(name); n++) name = `${text} (${n})`;
    used.add(name);
    names.push(name);
  }
  const kept = names.filter((name) => name !== undefined);
  const { of, every } = mapping(kept);
  if (!of.has('title') || of.size < ROW_OF_NAMES) return undefined;
  return {
    names,
    of,
    titles: every.filter(({ meaning }) => meaning.column.name === 'title').map(({ name }) => name),
    runs: every
      .filter(({ meaning: { column } }) => column.run && !OF_CREDENTIAL_TOO.test(column.name))
      .map(({ name }) => name),
    // not known, or the second column for the same thing
    unknown: kept.filter((name) => ![...of.values()].includes(name) && !memberMeaning(name)),
  };
}

interface Mapping {
  of: Map<string, string>;
  every: { name: string; meaning: Meaning }[];
}

/** Which header stands for which column: the best synonym wins; language columns stand beside. */
function mapping(headers: readonly string[]): Mapping {
  const every = headers.flatMap((name) => {
    const meaning = recognise(name);
    return meaning ? [{ name, meaning }] : [];
  });
  const of = new Map<string, string>();
  for (const { name, meaning } of [...every].sort((a, b) => a.meaning.rank - b.meaning.rank)) {
    const key = meaning.language ? `${meaning.column.name}:${meaning.language}` : meaning.column.name;
    if (!of.has(key)) of.set(key, name);
  }
  const title = [...of.keys()].find((key) => key.startsWith('title:'));
  if (!of.has('title') && title) of.set('title', of.get(title) as string);
  return { of, every };
}

function rawOf(header: Header, cells: readonly string[]): Row {
  const raw = bareRecord<Row>();
  for (const [n, name] of header.names.entries()) {
    const text = (cells[n] ?? '').replaceAll('\u0000', '').toWellFormed().trim();
    if (name !== undefined && text !== '') raw[name] = text;
  }
  return raw;
}

const cell = (raw: Row, header: Pick<Header, 'of'>, column: string): string => {
  const name = header.of.get(column);
  const value = name === undefined ? undefined : raw[name];
  return typeof value === 'string' && !isFiller(value) ? value : '';
};

const identifierOf = (raw: Row, header: Header): string =>
  cell(raw, header, header.of.has('identifier') ? 'identifier' : 'url');

/** A key that stays when rows are sorted anew: the run's own identifier, else its facts. */
function partKey(raw: Row, header: Header, hash: string): string {
  const own = cell(raw, header, 'opportunity_id');
  if (own) return `run:${own}`;
  const facts = ['start_date', 'end_date', 'place', 'opportunity_url'].map((name) => cell(raw, header, name));
  return facts.some(Boolean) ? `run:${facts.join('|')}|${hash.slice(0, 6)}` : `row:${hash}`;
}

// ---------------------------------------------------------------------------------------------------- meaning

interface Context {
  raw: Row;
  of: Map<string, string>;
  every: Mapping['every'];
  source: SourceDefinition;
  notes: Notes;
  language: string | undefined;
  bodies: Bodies;
}

const mappings = new Map<string, Mapping>();

function contextOf(raw: Row, source: SourceDefinition, notes: Notes, bodies: Bodies): Context {
  const headers = Object.keys(raw).filter((name) => !name.startsWith('@'));
  const key = headers.join('\n');
  let known = mappings.get(key);
  if (!known) {
    if (mappings.size > 500) mappings.clear();
    known = mapping(headers);
    mappings.set(key, known);
  }
  const context = { raw, ...known, source, notes, bodies, language: source.defaults.language };
  const said = get(context, 'language');
  return { ...context, language: (said && languageTag(said)) || context.language };
}

const get = (c: Pick<Context, 'raw' | 'of'>, column: string): string => cell(c.raw, c, column);
const at = (c: Context, column: string): string => c.of.get(column) ?? column;

function normalise(...[input, source, identifier, parts]: Parameters<Format['normalise']>): Normalised {
  const notes = createNotes();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const remedy = 'the first row of an identifier describes the credential: upload the table anew';
    return turnAway(notes, identifier, '', 'not-a-record', input, remedy);
  }
  const raw = input as Row;
  const bodies = createBodies(source);
  const c = contextOf(raw, source, notes, bodies);
  if (Array.isArray(raw['@unknown'])) {
    notes.add(
      '',
      'not-mapped',
      raw['@unknown'].join(', '),
      'rename them to columns of examples/template.csv, or leave them: they are kept unread',
    );
  }
  if (!c.of.has('identifier')) {
    const remedy = 'add an identifier column: a changed address would make a new record';
    notes.add(at(c, 'url'), 'identifier-made', identifier, remedy);
  }
  if (raw['@encoding']) notes.add('', 'wrong-encoding', raw['@encoding'], 'save the table as UTF-8');
  const title = texts(c, 'title');
  const refused = refuseTitle(notes, identifier, at(c, 'title'), title, raw);
  if (refused) return refused;
  const opportunities = [raw, ...parts].flatMap((row, n) => {
    if (typeof row !== 'object' || row === null) return [];
    const run = readRun(contextOf(row as Row, source, notes, bodies), n);
    return run ? [run] : [];
  });
  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: [],
    url: address(c, 'url'),
    title: stated(title, at(c, 'title')),
    description: statedIf(texts(c, 'description'), at(c, 'description')),
    kind: readKind(c),
    ...readBodies(c),
    learningOutcomes: readOutcomes(c),
    workload: readWorkload(c),
    level: readLevel(c),
    assessment: readAssessment(c),
    participation: coded(c, 'mode', modesOfLearning),
    qualityAssurance: readQuality(c),
    prerequisites: statedIf(texts(c, 'prerequisites'), at(c, 'prerequisites')),
    supervision: readSupervision(c),
    stackability: readStackability(c),
    furtherInformation: readFurther(c),
    languages: statedIf(languagesOf(c), at(c, 'language_of_instruction')),
    fields: readFields(c),
    skills: statedIf(alignments(c, 'skills'), at(c, 'skills')),
    occupations: statedIf(alignments(c, 'occupations'), at(c, 'occupations')),
    targetGroup: coded(c, 'target_group', targetGroups, true),
    purpose: statedIf(texts(c, 'purpose'), at(c, 'purpose')),
    costs: readCosts(c),
    funding: statedIf(texts(c, 'funding'), at(c, 'funding')),
    certificationFormat: statedIf(texts(c, 'certification_format'), at(c, 'certification_format')),
    conditionsToEarn: statedIf(texts(c, 'conditions_to_earn'), at(c, 'conditions_to_earn')),
    opportunities,
    relations: readRelations(c),
  };
  const scheme = texts(c, 'grade_scheme');
  if (scheme.length) draft.grade = stated({ scheme }, at(c, 'grade_scheme'));
  const modified = isoDate(get(c, 'modified'));
  if (modified) draft.sourceModified = modified;
  const credential = completeCredential(fillFromRuns(draft, c.language));
  return { credential, providers: bodies.all(), problems: notes.problems };
}

/**
 * The texts of a column in all its languages: the column itself and those with a suffix. `understood`: the column
 * itself holds a word of the vocabulary, in whatever language, so only the others are texts.
 */
function texts(c: Context, column: string, understood = false): LangString[] {
  const out: LangString[] = [];
  for (const { name, meaning } of c.every) {
    if (meaning.column.name !== column) continue;
    if (!meaning.language && (understood || name !== c.of.get(column))) continue;
    for (const text of langStrings(c.raw[name], meaning.language ?? c.language)) {
      const known = (other: LangString) =>
        other.value === text.value && (other.language === text.language || text.language === 'und');
      if (!out.some(known)) out.push(text);
    }
  }
  return out;
}

/** The code of a column (if any) with the words that are not the code. */
function worded<T extends string>(c: Context, column: string, code: T | undefined): { code?: T; text?: LangString[] } {
  const text = texts(c, column, code !== undefined);
  return { ...(code ? { code } : {}), ...(text.length ? { text } : {}) };
}

const list = (text: string): string[] =>
  text
    .split(/[|\n]/)
    .map((item) => plainText(item))
    .filter((item) => !isFiller(item));

const address = (c: Context, column: string): string | undefined => readUrl(c.notes, get(c, column), at(c, column));

function readKind(c: Context): CredentialDraft['kind'] {
  if (!texts(c, 'kind').length) return notStated();
  const code = lookedUp(c.source, 'kind', get(c, 'kind')) ?? credentialKinds.parse(get(c, 'kind'));
  return stated(worded(c, 'kind', code), at(c, 'kind'));
}

function readBodies(c: Context): Pick<CredentialDraft, 'offeredBy' | 'awardingBody' | 'issuerCountry'> {
  const { source, notes, bodies } = c;
  const country = readCountry(notes, get(c, 'country'), at(c, 'country'));
  const body = (column: string, id: string, url: string | undefined, more: BodyFacts): ProviderReference[] => {
    const names = list(get(c, column));
    return names.flatMap((value) => {
      const identifier = id && names.length === 1 ? id : undefined;
      return bodies.add({ identifier, name: [{ language: c.language ?? 'und', value }], url, ...more }) ?? [];
    });
  };
  const offering = body('provider', get(c, 'provider_id'), address(c, 'provider_url'), {});
  const awarding = body('awarding_body', '', address(c, 'awarding_body_url'), { country });
  const region = get(c, 'region');
  const nuts = /^[A-Z]{2}[0-9A-Z]{1,3}$/.test(region) ? { region } : {};
  return {
    offeredBy: statedIf(offering, at(c, 'provider')),
    awardingBody: awarding.length ? stated(awarding, at(c, 'awarding_body')) : bodies.defaultAwardingBody(),
    issuerCountry: country ? stated({ country, ...nuts }, at(c, 'country')) : defaultCountry(source),
  };
}

function readOutcomes(c: Context): Element<LearningOutcome[]> {
  const split = (value: string): string[] => {
    const given = value.includes('|') ? list(value.replaceAll('\n', '|')) : splitOutcomes(value);
    const joined = given.length === 1 && (value.match(/;\s/g)?.length ?? 0) > 1;
    return joined ? list(value.replace(/;\s/g, '|')) : given;
  };
  return statedIf(outcomesIn(texts(c, 'learning_outcomes'), split), at(c, 'learning_outcomes'));
}

/** A quantity or a range of it, with its unit written behind or not: `3`, `2,5 ECTS`, `3-5`, `120 h`. */
function quantity(c: Context, column: string, ects = column === 'ects'): { from: number; to?: number } | undefined {
  const said = get(c, column);
  if (!said) return undefined;
  const bare = said
    .replace(/^(?:ects|ca\.?|approx\.?|env\.?)\s*:?\s*/i, '')
    .replace(
      /\s*(?:ects|ec|credits?|credit points?|points?|punkte?|cp|lp|cfu|eap|op|hp|h|hrs?|hours?|std\.?|stunden|heures|horas|uren|ore)\.?(?:[\s-]*(?:ects|credits?|points?|punkte?))?\.?$/i,
      '',
    )
    .replace(column === 'credits' ? /\s*[A-Z][A-Za-z]{1,9}(?: (?:credits?|points?))?$/ : /$^/, '')
    .trim();
  const range = /^(\d+(?:[.,]\d+)?)\s*(?:-|–|to|bis|à|a|tot)\s*(\d+(?:[.,]\d+)?)$/.exec(bare);
  const from = decimal(range?.[1] ?? bare);
  const to = range ? decimal(range[2]) : undefined;
  if (from === undefined || from < 0 || (to !== undefined && to < from)) {
    const rule = from !== undefined && from < 0 ? 'negative-number' : 'not-a-number';
    c.notes.add(at(c, column), rule, said, 'give a number that is 0 or more, or a range such as 3-5');
    return undefined;
  }
  if (ects && plausibleEcts(c.notes, from, at(c, column)) === undefined) return undefined;
  return { from, ...(to !== undefined && to !== from ? { to } : {}) };
}

/** Credits under a header that names no scheme: ECTS only when the cell says so, else of the scheme it names, or of none. */
function creditsOf(c: Context): {
  ects?: number;
  ectsMax?: number;
  credit?: { scheme: string; value: number };
} {
  const said = get(c, 'credits');
  const some = quantity(c, 'credits', isEcts(said));
  if (!some) return {};
  if (isEcts(said)) return { ects: some.from, ...(some.to === undefined ? {} : { ectsMax: some.to }) };
  const [, named = ''] = /^[\d.,\s–-]+([A-Z][A-Za-z]{1,9})(?: (?:credits?|points?))?$/.exec(said) ?? [];
  const scheme = /^(?:credits?|points?|punkte?|cp|lp|kp|h|hrs?|hours?)$/i.test(named) ? '' : named;
  if (!scheme) c.notes.add(at(c, 'credits'), 'credits-without-unit', said);
  return { credit: { scheme: scheme || 'not named', value: some.from } };
}

function readWorkload(c: Context): Element<WorkloadValue> {
  const value: WorkloadValue = {};
  const ects = quantity(c, 'ects');
  if (ects) Object.assign(value, { ects: ects.from }, ects.to === undefined ? {} : { ectsMax: ects.to });
  const credits = creditsOf(c);
  if (credits.credit) addCredits(value, credits.credit);
  else if (value.ects === undefined) Object.assign(value, credits);
  const hours = quantity(c, 'hours');
  const least = quantity(c, 'hours_min');
  const most = quantity(c, 'hours_max');
  if (hours) Object.assign(value, { hours: hours.from }, hours.to === undefined ? {} : { hoursMax: hours.to });
  if (least) value.hours = least.from;
  if (most && most.from !== (value.hours ?? -1)) value[value.hours === undefined ? 'hours' : 'hoursMax'] = most.from;
  for (const part of ['teaching_hours', 'self_study_hours']) {
    const some = quantity(c, part);
    if (some) addCredits(value, { scheme: part.replaceAll('_', ' '), value: some.from });
  }
  addSpan(value, get(c, 'duration'));
  const where = [
    'ects',
    'credits',
    'hours',
    'hours_min',
    'hours_max',
    'duration',
    'teaching_hours',
    'self_study_hours',
  ].find((name) => get(c, name));
  return Object.keys(value).length ? stated(value, at(c, where ?? 'ects')) : notStated();
}

function readLevel(c: Context): Element<LevelValue> {
  const { source, notes } = c;
  const value: LevelValue = {};
  const eqf = get(c, 'eqf_level');
  if (eqf) {
    const level =
      /^(?:eqf|eqr|cec|mec|ekr|eqr-niveau|niv(?:eau)?|level|stufe|nivel|livello|taso|tase)?[\s:.-]*(?:level|niveau|nivel)?\s*([1-8])$/i.exec(
        eqf,
      )?.[1];
    if (level) value.eqf = Number(level);
    else notes.add(at(c, 'eqf_level'), 'not-an-eqf-level', eqf);
  }
  const nqf = get(c, 'nqf_level');
  const country = countryCode(get(c, 'country')) ?? source.defaults.country;
  if (nqf) {
    const framework = get(c, 'nqf_framework');
    value.nqf = {
      level: plainText(nqf).slice(0, 200),
      ...(country ? { country } : {}),
      ...(framework ? { framework } : {}),
    };
  }
  const words = texts(c, 'level');
  if (words.length) value.text = words;
  if (!Object.keys(value).length) return notStated();
  const where = ['eqf_level', 'nqf_level', 'level'].find((name) => get(c, name)) ?? 'level';
  const element = stated(value, at(c, where));
  if (value.eqf !== undefined) return element;
  const add = (level: LevelValue, column: string, rule: string) => ({
    ...element,
    derived: { value: level, origin: { path: at(c, column), rule } },
  });
  const mapped = value.nqf && eqfFromNqf(value.nqf);
  if (mapped) return add({ eqf: mapped }, 'nqf_level', 'nqf-to-eqf');
  const looked = eqfByLookup(source, get(c, 'level'));
  if (looked) return add({ eqf: looked }, 'level', 'source-lookup');
  const cycle = qfEheaCycle.parse(get(c, 'level'));
  return cycle ? add({ cycle }, 'level', 'level-in-words-to-cycle') : element;
}

/** Codes of a vocabulary, and the words that have none. */
function coded(c: Context, column: string, vocabulary: Vocabulary, quiet = false): Element<CodesAndText> {
  const said = get(c, column);
  const all = texts(c, column);
  if (!all[0]) return notStated();
  const codeOf = (word: string) => lookedUp(c.source, column, word) ?? vocabulary.parse(word);
  const whole = codeOf(said);
  const pieces = whole
    ? []
    : said
        .split(/[|\n;,/]| (?:and|und|et|y|en|e) /)
        .map((one) => one.trim())
        .filter((one) => one && !isFiller(one));
  const codes = whole ? [whole] : pieces.flatMap((one) => codeOf(one) ?? []);
  const understood = codes.length > 0 && (whole !== undefined || codes.length === pieces.length);
  if (!understood && !quiet && said.length < 60) {
    const remedy = `kept as text; words of the vocabulary "${vocabulary.name}" can be filtered by`;
    c.notes.add(at(c, column), 'unknown-code', said, remedy);
  }
  return statedIf(codesAndText(codes, texts(c, column, understood)), at(c, column));
}

function readAssessment(c: Context): Element<CodesAndText> {
  const type = coded(c, 'assessment_type', assessmentTypes);
  const text = [...(type.value?.text ?? []), ...texts(c, 'assessment')];
  if (
    /^(?:none|no assessment|keine prüfung|sans évaluation|sin evaluación|geen toets)$/i.test(
      get(c, 'assessment_type') || get(c, 'assessment'),
    )
  ) {
    return { state: 'not-applicable', origin: { path: at(c, 'assessment_type') } };
  }
  const codes = type.value?.codes ?? [];
  if (!codes.length && !text.length) return notStated();
  return stated({ codes, ...(text.length ? { text } : {}) }, at(c, type.value ? 'assessment_type' : 'assessment'));
}

function readQuality(c: Context): CredentialDraft['qualityAssurance'] {
  const text = texts(c, 'quality_assurance');
  const url = address(c, 'quality_assurance_url');
  if (!text.length && !url) return notStated();
  const kinds = list(get(c, 'quality_assurance')).flatMap((one) => qualityAssuranceKinds.parse(one) ?? []);
  const claim = { ...(text.length ? { text } : {}), ...(url ? { url } : {}) };
  return stated({ kinds: [...new Set(kinds)], claims: [claim] }, at(c, 'quality_assurance'));
}

function readSupervision(c: Context): CredentialDraft['supervision'] {
  if (!texts(c, 'supervision').length) return notStated();
  return stated(worded(c, 'supervision', supervision.parse(get(c, 'supervision'))), at(c, 'supervision'));
}

function readStackability(c: Context): CredentialDraft['stackability'] {
  const said = headerKey(get(c, 'stackability'));
  if (!texts(c, 'stackability').length) return notStated();
  const stacks = /^(?:stackable|yes|ja|oui|si|stapelbar|stapelbaar|apilable|cumulable|combinable)$/.test(said);
  const alone = /^(?:stand ?alone|standalone|stand alone micro credential|eigenstandig|autonome|independiente)$/.test(
    said,
  );
  const code = stacks ? ('stackable' as const) : alone ? ('stand-alone' as const) : undefined;
  return stated(worded(c, 'stackability', code), at(c, 'stackability'));
}

function readFurther(c: Context): CredentialDraft['furtherInformation'] {
  const text = texts(c, 'further_information');
  const validity = get(c, 'validity');
  if (!text.length && !validity) return notStated();
  return stated(
    {
      ...(text.length ? { text } : {}),
      links: [],
      ...(validity ? { validity: plainText(validity).slice(0, 500) } : {}),
    },
    at(c, text.length ? 'further_information' : 'validity'),
  );
}

const languagesOf = (c: Context): string[] =>
  readLanguages(c.notes, get(c, 'language_of_instruction'), at(c, 'language_of_instruction'));

function readFields(c: Context): Element<FieldValue[]> {
  const fields: FieldValue[] = [];
  for (const said of list(get(c, 'isced_f')).flatMap((one) =>
    /^[\d\s,;]+$/.test(one) ? one.split(/[\s,;]+/).filter(Boolean) : [one],
  )) {
    if (saysNoField(said)) continue;
    const code = iscedOf(said);
    if (code) fields.push({ isced: code });
    else {
      fields.push({ text: [{ language: c.language ?? 'und', value: said }] });
      c.notes.add(at(c, 'isced_f'), 'unknown-code', said);
    }
  }
  const where = fields.length ? 'isced_f' : 'subject';
  const subject = texts(c, 'subject');
  if (subject.length) fields.push({ text: subject });
  return statedIf(fields, at(c, where));
}

function alignments(c: Context, column: string): z.infer<typeof AlignmentValue>[] {
  return list(get(c, column)).map((one) => {
    const uri = /https?:\/\/[^\s()<>]+/.exec(one)?.[0];
    const label = one
      .replace(uri ?? '', '')
      .replace(/[()<>]/g, ' ')
      .trim();
    return {
      ...(label ? { text: [{ language: c.language ?? 'und', value: label }] } : {}),
      ...(uri ? { uri } : {}),
      ...(uri?.includes('data.europa.eu/esco/') ? { framework: 'ESCO' } : {}),
    };
  });
}

function pricesOf(c: Context): Price[] {
  const said = get(c, 'price');
  const currency =
    readCurrency(c.notes, get(c, 'currency'), at(c, 'currency')) ??
    (/\b(?:eur|euro|ttc)\b/.test(headerKey(at(c, 'price'))) && said ? 'EUR' : undefined);
  if (said) {
    if (/^-\s*\d/.test(said)) {
      c.notes.add(at(c, 'price'), 'negative-number', said);
      return [];
    }
    return parsePrices(said).map((price) =>
      price.amount !== undefined && !price.currency && currency ? { ...price, currency } : price,
    );
  }
  const yes = (name: string) => /^(?:yes|y|true|1|ja|oui|si|sí)$/i.test(get(c, name));
  const no = (name: string) => /^(?:no|n|false|0|nein|non|nee)$/i.test(get(c, name));
  const audience = /external users/.test(headerKey(at(c, 'has_fee'))) ? { audience: 'external users' } : {};
  if (yes('free')) return [{ amount: 0 }];
  if (no('has_fee')) return [{ amount: 0, ...audience }];
  if (yes('has_fee')) return [{ text: 'fee', ...audience }];
  return [];
}

function readCosts(c: Context): Element<Price[]> {
  const where = ['price', 'free', 'has_fee'].find((name) => get(c, name)) ?? 'price';
  return statedIf(pricesOf(c), at(c, where));
}

function readRelations(c: Context): Relation[] {
  const types = { stacks_into: 'stacksInto', requires: 'requires', part_of: 'partOf' } as const;
  return Object.entries(types).flatMap(([column, type]) =>
    list(get(c, column)).map((one) => ({
      type,
      target: webUrl(one) ?? (/^urn:/i.test(one) ? one : mintCredentialId(c.source.id, one)),
      origin: { path: at(c, column) },
    })),
  );
}

/** The run that a row describes, if it has anything that only a run has. */
function readRun(c: Context, n: number): Opportunity | undefined {
  const day = (column: string) => {
    const date = dateOf(c, column);
    return date === undefined ? readDate(c.notes, get(c, column), at(c, column)) : (date ?? undefined);
  };
  const start = dateOf(c, 'start_date');
  const place = plainText(get(c, 'place'));
  const own: Partial<Opportunity> = {
    ...(start ? { startDate: start } : {}),
    ...(start === undefined ? readStart(c.notes, get(c, 'start_date'), at(c, 'start_date')) : {}),
    endDate: day('end_date'),
    applicationStart: day('application_start'),
    applicationDeadline: day('application_deadline'),
    place: place || undefined,
    country: readCountry(c.notes, get(c, 'place_country'), at(c, 'place_country')),
    pace: plainText(get(c, 'pace')) || undefined,
    url: address(c, 'opportunity_url'),
  };
  const id = get(c, 'opportunity_id');
  if (!id && Object.values(own).every((value) => value === undefined)) return undefined;
  checkOrder(c.notes, own, at(c, 'end_date'));
  const again = { ...c, notes: silent() }; // what is read here again was reported with the credential
  const mode = coded(again, 'mode', modesOfLearning).value;
  const languages = languagesOf(again);
  const prices = pricesOf(n === 0 ? again : c);
  const { duration, durationText } = spanOf(get(c, 'duration'));
  return compactRun<Opportunity>({
    id: id || [own.startDate ?? own.startText, own.place, own.url].filter(Boolean).join(' '),
    path: n === 0 ? '' : `/parts/${n - 1}`,
    ...own,
    duration,
    durationText,
    participation: mode?.codes.length ? mode.codes : undefined,
    languages: languages.length ? languages : undefined,
    prices: prices.length ? prices : undefined,
  });
}

/**
 * `D/M/YYYY`, unless the source or other dates of the column say that the month stands first; undefined for what everybody's
 * reader can read, null where both orders stand in one column: then nobody knows.
 */
function dateOf(c: Context, column: string): string | null | undefined {
  const said = get(c, column);
  const [, a = '', b = '', year = ''] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T].*)?$/.exec(said) ?? [];
  if (!year) return undefined;
  const given = c.source.options.dates;
  const learnt = own(c.raw['@dates'] as Row | null | undefined, at(c, column));
  const unclear = given === undefined && isAmbiguous(said);
  if (unclear && learnt === 'mixed') {
    const remedy =
      'write YYYY-MM-DD; not stated, because the column has dates with the day first and with the month first';
    c.notes.add(at(c, column), 'ambiguous-date', said, remedy);
    return null;
  }
  const monthFirst = given === 'mdy' || (unclear && learnt === 'mdy');
  const [month, day] = monthFirst ? [a, b] : [b, a];
  const date = isoDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (date && unclear) {
    const order = monthFirst ? 'month, day, year' : 'day, month, year';
    const why = learnt ? ', like the other dates of the column' : '';
    c.notes.add(at(c, column), 'ambiguous-date', said, `write YYYY-MM-DD; read here as ${order}${why}`);
  }
  return date;
}
