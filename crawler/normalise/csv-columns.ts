import { languageTag } from '../../schema/parse/language.ts';

/** One column of the template: its name, what belongs into it, and other headers under which it is recognised. */
export interface Column {
  name: string;
  meaning: string;
  /** Several languages by a suffix: `title:de`. */
  multilingual?: boolean;
  /** Belongs to the dated run of the row, not to the credential. */
  run?: boolean;
  synonyms: readonly string[];
}

const column = (
  name: string,
  meaning: string,
  synonyms: string,
  more: Pick<Column, 'multilingual' | 'run'> = {},
): Column => ({
  name,
  meaning,
  synonyms: [
    name.replaceAll('_', ' '),
    ...synonyms
      .split('|')
      .map((text) => text.trim())
      .filter(Boolean),
  ],
  ...more,
});
const multilingual = { multilingual: true };
const run = { run: true };

/**
 * The columns of the template, in its order. Synonyms are compared without case, accents, punctuation and what stands in
 * brackets; where two headers mean the same column, the one that stands further left in this list wins.
 */
export const COLUMNS: readonly Column[] = [
  column(
    'identifier',
    'stable and unique; rows with the same one are runs of one credential',
    'id|uuid|course id|microcredential id|micro credential id|external identifier|course identifier|numero formation|numero fiche|kurs id|course code|university course code|module code|course number|code|number|kursnummer|kursnr|veranstaltungsnummer|modulnummer|identifiant|code formation|reference|ref|numero|identificador|codigo del curso|codigo curso|codigo|cursuscode|cursus id|opleidingscode|identificatie|codice corso|codice|kurskod|kood|kod|koodi|opintojakson tunnus',
  ),
  column(
    'title',
    'name of the credential',
    'course title|title of course|course name|name of course|micro credential title|microcredential title|title of the microcredential|title of micro credential|name of the microcredential|programme title|program title|qualification title|intitule formation|intitule de la formation|titre de la formation|intitule|titre|libelle|kurstitel|kursname|name des kurses|titel|bezeichnung|veranstaltungstitel|angebotstitel|modulname|titulo del curso|nombre del curso|titulo|denominacion|nombre|naam opleiding|naam cursus|cursusnaam|opleidingsnaam|naam|titolo del corso|titolo|denominazione|nome|nome do curso|nazwa|naziv|nimi|nimetus|kursbenamning|benamning|pavadinimas|nosaukums|nazev|course|kurs|name',
    multilingual,
  ),
  column(
    'description',
    'what it is about',
    'course description|long description|short description|full description|summary|abstract|overview|short syllabus|syllabus|content|contents|contenu formation|contenu|descriptif|description formation|beschreibung|kursbeschreibung|kurzbeschreibung|inhalt|inhalte|lehrinhalte|descripcion|contenidos|omschrijving|beschrijving|inhoud|descrizione|contenuti|descricao|opis|kirjeldus|kuvaus|beskrivning|beskrivelse|about',
    multilingual,
  ),
  column(
    'url',
    "the provider's own page",
    'link|web|website|webseite|course url|course link|url course|link to the course site description|link to the course|link to course|more information url|homepage|lien|site web|url formation|enlace|pagina web|sitio web|web page|webpage|internetadresse|url de la formation|organic url',
  ),
  column(
    'provider',
    'body that offers the learning',
    'provider name|organisation|organization|institution|institution name|university|higher education institution|hei|school|college|training provider|offered by|nom of|organisme|organisme de formation|etablissement|universite|anbieter|anbietername|bildungsanbieter|hochschule|universitat|bildungstrager|veranstalter|einrichtung|proveedor|universidad|centro|institucion|entidad|aanbieder|instelling|onderwijsinstelling|opleider|ateneo|universita|ente|erogatore|uczelnia|oppilaitos|oppeasutus|larosate|partner',
  ),
  column(
    'provider_id',
    "the provider's identifier (ROR, Erasmus code, national number)",
    'provider identifier|organisation id|organization id|institution id|siret|erasmus code|ror|ror id|ukprn|brin|schac',
  ),
  column('provider_url', "the provider's site", 'institution url|organisation url|provider website|anbieter url'),
  column(
    'awarding_body',
    'body that awards the credential',
    'awarding body name|awarded by|awarding institution|awarding organisation|awarding organization|issuer|issuing body|issued by|certifying body|certificateur|nom certificateur|organisme certificateur|vergeben von|aussteller|ausstellende stelle|zertifizierende stelle|verleihende institution|certificador|entidad emisora|entidad certificadora|uitgegeven door|uitgever|certificerende instelling|ente certificatore|rilasciato da',
  ),
  column('awarding_body_url', "the awarding body's site", 'issuer url'),
  column(
    'country',
    'country of the issuer, ISO 3166-1 alpha-2 or name',
    'country of issuer|country region of the issuer|country region of issuer|issuer country|country code|pays|land|pais|paese|kraj|riik|maa|stat',
  ),
  column(
    'region',
    'region of the issuer (NUTS)',
    'nuts|nuts code|region of issuer|region issuer|bundesland|provincia|provincie|regione|comunidad autonoma',
  ),
  column(
    'learning_outcomes',
    'one an outcome, separated by new lines or |',
    'learning outcome|learning objectives|objectives|outcomes|what will you learn|what you will learn|objectif formation|objectifs|objectifs pedagogiques|acquis d apprentissage|acquis de l apprentissage|competences visees|resultats d apprentissage|lernergebnisse|lernziele|lernergebnis|kompetenzen|qualifikationsziele|resultados de aprendizaje|objetivos|resultados del aprendizaje|leeruitkomsten|leerresultaten|leerdoelen|risultati di apprendimento|obiettivi formativi|obiettivi|resultados da aprendizagem|efekty uczenia sie|opivaljundid|osaamistavoitteet|larandemal|ishodi ucenja',
    multilingual,
  ),
  column(
    'ects',
    'ECTS credits, decimal point or comma, 3 or 3-5',
    'ects credits|number of ects|ects points|credits ects|credit points ects|ects punkte|ects credit points|ects lp|credits|number of credits|credit points|kreditpunkte|leistungspunkte|creditos ects|creditos|studiepunten|crediti|cfu|eap|opintopisteet|hogskolepoang|punkty ects',
  ),
  column(
    'hours',
    'hours of effort in all, 60 minutes each',
    'total hours|workload|workload hours|workload in hours|study load|student workload|hours of effort|notional workload|learning hours|total learning hours|nombre heures total mean|nombre heures|nombre d heures|duree en heures|duree heures|volume horaire|arbeitsaufwand|workload stunden|stunden|gesamtstunden|unterrichtsstunden gesamt|zeitaufwand|horas|carga horaria|numero de horas|studielast|studiebelasting|aantal uren|uren|ore|ore totali|monte ore|horas totais|liczba godzin|tundide arv',
  ),
  column('hours_min', 'the lower end of a range of hours', 'nombre heures total min|minimum hours|min hours'),
  column('hours_max', 'the upper end of a range of hours', 'nombre heures total max|maximum hours|max hours'),
  column(
    'teaching_hours',
    'hours of teaching: a part of the effort, not the whole',
    'contact hours|class hours|kontaktstunden|prasenzstunden|contacturen|horas lectivas|unterrichtsstunden|unterrichtseinheiten|ue',
  ),
  column(
    'self_study_hours',
    'hours of own study: a part of the effort',
    'individual study hours|independent study hours|selbststudium|selbstlernstunden',
  ),
  column(
    'duration',
    'calendar time: P10W, 6 months',
    'length|course length|course duration|duree|dauer|kursdauer|laufzeit|duracion|duur|looptijd|durata|duracao|czas trwania|kestus|kesto',
    run,
  ),
  column(
    'eqf_level',
    'level of the European Qualifications Framework, 1 to 8',
    'eqf|level eqf|eqf niveau|eqr|eqr niveau|dqr eqr niveau|cec|niveau cec|niveau europe|nomenclature europe niveau|mec|nivel mec|nivel eqf|eqf nivel|ekr|ekr tase|ekk|livello eqf|eqf taso',
  ),
  column(
    'nqf_level',
    'level of a national framework, as stated',
    'nqf|national level|nlqf|nlqf niveau|dqr|dqr niveau|nfq|nfq level|rqf|rqf level|scqf level|mecu|nivel mecu|meces|niveau rncp|nqr niveau|ekr tase|zrk|prk',
  ),
  column('nqf_framework', 'name of the national framework', 'national framework|framework'),
  column(
    'level',
    'level in words',
    'study course level|course level|study level|level of study|academic level|educational level|libelle niveau sortie formation|niveau|niveau de sortie|stufe|abschlussniveau|nivel|nivel academico|livello|poziom|tase|taso|niva|difficulty|difficulty level',
    multilingual,
  ),
  column(
    'kind',
    'micro-credential, certificate, badge, course, …',
    'type|credential type|type of credential|kind of credential|course type|award type|qualification type|category|kategorie|art|angebotsart|abschluss|abschlussart|type de formation|type de certification|tipo|tipo de curso|soort|type opleiding|tipologia',
  ),
  column(
    'assessment_type',
    'written examination, portfolio, project work, …',
    'type of assessment|assessment types|assessment method|assessment methods|test type|exam type|form of assessment|prufungsform|prufungsart|modalites d evaluation|type d evaluation|tipo de evaluacion|toetsvorm|type toets|tipo di valutazione',
  ),
  column(
    'assessment',
    'how learning is assessed, in words',
    'assessment description|evaluation|how is it assessed|prufung|leistungsnachweis|prufungsleistung|evaluacion|sistema de evaluacion|toetsing|beoordeling|valutazione|modalita di verifica|hindamine',
    multilingual,
  ),
  column(
    'mode',
    'online, presential, blended, hybrid, …',
    'mode of delivery|mode of learning|mode of study|form of participation|participation|delivery|delivery mode|delivery method|teaching method|teaching mode|study mode|learning mode|format|course format|lernform|lehrform|durchfuhrungsform|durchfuhrung|unterrichtsform|veranstaltungsform|form der teilnahme|teilnahmeform|modalite|modalites|mode d enseignement|modalidad|modalidad de ensenanza|vorm|leervorm|lesvorm|onderwijsvorm|modalita|modalita di erogazione|modalidade|forma|oppevorm|opetusmuoto|studieform',
  ),
  column(
    'quality_assurance',
    'what is claimed about quality assurance',
    'type of quality assurance|quality assurance type|quality|accreditation|accredited by|qualitatssicherung|akkreditierung|assurance qualite|certification qualite|qualiopi|garantia de calidad|acreditacion|kwaliteitsborging|accreditatie|assicurazione della qualita',
  ),
  column('quality_assurance_url', 'where the claim can be read', ''),
  column(
    'prerequisites',
    'needed to enter',
    'prerequisite|entry requirements|admission requirements|requirements|entry criteria|admission|pre requisites|prerequis|conditions d acces|conditions d admission|voraussetzungen|teilnahmevoraussetzungen|zugangsvoraussetzungen|zulassungsvoraussetzungen|vorkenntnisse|requisitos|requisitos previos|requisitos de acceso|toelatingseisen|ingangseisen|voorkennis|vereiste voorkennis|prerequisiti|requisiti di accesso|requisiti|pre requisitos|eeldused|forkunskapskrav',
    multilingual,
  ),
  column(
    'supervision',
    'supervision and identity check during assessment',
    'supervision and identity verification|identity verification|proctoring',
  ),
  column(
    'grade_scheme',
    'grading scheme',
    'grading scheme|grading|grading scale|grade|type evaluation|notensystem|bewertung|notation|calificacion|sistema de calificacion',
  ),
  column(
    'stackability',
    'stand-alone or stackable',
    'integration stackability options|integration stackability|stackable|integration|anrechenbarkeit|anrechenbar|stapelbaar|stapelbaarheid|apilable|cumulable|capitalisable',
  ),
  column(
    'stacks_into',
    'identifiers or addresses of larger credentials, separated by |',
    'part of programme|leads to|stacks to',
  ),
  column('requires', 'identifiers or addresses of credentials needed before', ''),
  column('part_of', 'identifiers or addresses of what it is a part of', ''),
  column(
    'validity',
    'how long the credential is valid',
    'validity period|valid for|gultigkeit|gultigkeitsdauer|duree de validite|validez|geldigheid|geldigheidsduur',
  ),
  column(
    'further_information',
    'anything else',
    'additional information|other information|notes|remarks|comments|further info|weitere informationen|bemerkungen|hinweise|anmerkungen|informations complementaires|points forts|informacion adicional|observaciones|overige informatie|opmerkingen|altre informazioni|note',
    multilingual,
  ),
  column('language', 'language in which the untagged texts are written', 'metadata language|language of description'),
  column(
    'language_of_instruction',
    'languages in which it is taught',
    'course language|teaching language|language of teaching|instruction language|content language|languages|taught in|unterrichtssprache|kurssprache|sprache|lehrsprache|langue|langue d enseignement|langues|idioma|idioma de imparticion|lengua|taal|voertaal|onderwijstaal|instructietaal|lingua|lingua di insegnamento|idioma de ensino|jezyk|oppekeel|opetuskieli|undervisningssprak',
    run,
  ),
  column(
    'isced_f',
    'ISCED-F 2013 codes, separated by |',
    'isced|isced code|isced f code|isced f 2013|field of study|fields of study|field of education|isced field|studienfach isced|detailed field|isced detailed field',
  ),
  column(
    'subject',
    "subject in the source's own words",
    'primary subject|subject area|discipline|field|topic|fachbereich|fachgebiet|themengebiet|thema|bereich|domaine|libelle code formacode principal|area|area de conocimiento|rama|vakgebied|onderwerp|disciplina|tags|keywords',
    multilingual,
  ),
  column(
    'skills',
    'skills in words or as ESCO addresses, separated by |',
    'skill|competences|competencies|esco skills|competenties|vaardigheden|fahigkeiten|fertigkeiten|competencias|habilidades|competenze',
  ),
  column(
    'occupations',
    'occupations in words or as ESCO addresses, separated by |',
    'occupation|jobs|esco occupations|berufe|zielberufe|metiers|ocupaciones|beroepen',
  ),
  column(
    'target_group',
    'for whom',
    'target audience|audience|who is it for|intended for|zielgruppe|zielgruppen|public|public vise|publico objetivo|destinatarios|dirigido a|doelgroep|destinatari|sihtruhm|kohderyhma|malgrupp',
    multilingual,
  ),
  column('purpose', 'what it is for', 'aim|aims|ziel|ziele|finalite|finalidad|doel|doelstelling|scopo', multilingual),
  column(
    'price',
    'number, 0 is free; or words',
    'cost|costs|fee|fees|course fee|tuition fee|tuition|price eur|price in eur|price in euro|cost eur|verified price|fixed price usd|preis|kosten|kursgebuhr|gebuhr|gebuhren|teilnahmegebuhr|teilnahmegebuhren|entgelt|kursentgelt|prix|tarif|cout|frais ttc tot mean|frais|precio|coste|matricula|importe|tasas|prijs|cursusgeld|inschrijfgeld|prezzo|costo|quota|custo|preco|propina|cena|hind|hinta|pris',
    run,
  ),
  column('currency', 'ISO 4217', 'price currency|wahrung|devise|moneda|valuta|munt', run),
  column(
    'has_fee',
    'whether there is a fee: yes or no',
    'fee to attend this course for external users|is there a fee|kostenpflichtig',
    run,
  ),
  column('free', 'whether it is free: yes or no', 'is free|free of charge|kostenlos|gratuit|gratis|gratuito', run),
  column(
    'funding',
    'who pays or helps to pay',
    'funding options|financing|forderung|fordermoglichkeiten|finanzierung|financement|financiacion|becas|financiering|subsidie|finanziamento',
    multilingual,
  ),
  column(
    'certification_format',
    'paper, PDF, Europass digital credential, Open Badge, …',
    'format of certification|certificate format|certificate|certification|zertifikat|intitule certification|certificat|certificado|certificaat|certificato',
  ),
  column(
    'conditions_to_earn',
    'what must be done to be awarded it',
    'conditions for award|award criteria|completion requirements|completion criteria|conditions d obtention|bedingungen fur den erwerb',
    multilingual,
  ),
  column(
    'opportunity_id',
    'identifier of the run',
    'run id|offering id|session id|course run|course run key|code session|termin id',
    run,
  ),
  column(
    'start_date',
    'first day of the run, YYYY-MM-DD',
    'start|starts|starting date|date start|course start|begin|beginn|startdatum|start datum|kursbeginn|startet am|von|date debut|date de debut|debut|fecha de inicio|fecha inicio|inicio|begindatum|aanvang|data inizio|data di inizio|data inicio|alguskuupaev|alkamispaiva|startdato',
    run,
  ),
  column(
    'end_date',
    'last day of the run',
    'end|ends|date end|course end|ende|enddatum|kursende|bis|date fin|date de fin|fin|fecha de fin|fecha fin|einddatum|data fine|data di fine|data fim|loppkuupaev|paattymispaiva|sluttdato',
    run,
  ),
  column(
    'application_start',
    'first day to apply',
    'enrolment start|enrollment start|registration start|anmeldebeginn|debut inscription|inicio inscripcion',
    run,
  ),
  column(
    'application_deadline',
    'last day to apply',
    'deadline|enrolment deadline|enrollment deadline|registration deadline|enrolment end|enrollment end|reg close date|anmeldeschluss|anmeldefrist|bewerbungsfrist|bewerbungsschluss|date limite|date limite d inscription|fecha limite|plazo de inscripcion|inschrijfdeadline|uiterste inschrijfdatum|scadenza|scadenza iscrizioni',
    run,
  ),
  column(
    'place',
    'venue or town of the run',
    'location|venue|city|town|campus|ort|veranstaltungsort|kursort|standort|lieu|ville|lugar|ciudad|localidad|plaats|locatie|luogo|sede|citta|local|miejsce|asukoht|paikka|ort for kurs|nom departement',
    run,
  ),
  column('place_country', 'country of the place', 'location country|land des ortes', run),
  column(
    'pace',
    'full-time, part-time, self-paced',
    'course pacing|pacing|time mode|attendance pattern|zeitmodell|unterrichtszeit|rythme|dedicacion|tempo',
    run,
  ),
  column(
    'opportunity_url',
    'where to enrol in the run',
    'enrolment url|enrollment url|registration url|apply url|application url|booking url|anmeldelink|anmeldung url|buchungslink|lien d inscription|enlace de inscripcion|inschrijflink',
    run,
  ),
  column(
    'modified',
    'when the row was last changed',
    'last modified|last updated|updated|date extract|geandert am|stand|date de mise a jour',
  ),
  column('disabled', 'yes takes the row out', 'deleted|withdrawn|inactive'),
];

/** Columns that are about persons: never kept. */
const PERSONAL =
  /\b(?:professor|prof|instructors?|lecturers?|teachers?|tutors?|trainers?|staff|contact(?! hours)|ansprechpartner(?:in)?|kontakt(?:person)?|dozent(?:in|en)?|lehrende|enseignants?|formateurs?|intervenants?|responsable|profesor(?:es|ado)?|docente?s?|coordinador(?:es)?|coordinator|testimonials?|e ?mail|mail|courriel|correo|phone|telephone|telefon|telefoon|telefono|fax|mobile)\b/;

const byHeader = new Map<string, { column: Column; rank: number }>();
for (const item of COLUMNS) {
  for (const [rank, synonym] of item.synonyms.entries()) {
    if (!byHeader.has(synonym)) byHeader.set(synonym, { column: item, rank });
  }
}

/** A header without case, accents and punctuation. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export interface Recognised {
  column: Column;
  /** Language of the column's texts, from a suffix: `title:de`, `title_de`, `Title (German)`. */
  language?: string;
  rank: number;
}

/** What a header means; `personal` for columns about persons; undefined when it is not known. */
export function recognise(header: string): Recognised | 'personal' | undefined {
  const whole = headerKey(header);
  const exact = byHeader.get(whole);
  if (exact) return exact;
  const suffix =
    /^(.+?)\s*(?:[:@_\-.]\s*|[([]\s*(?:in )?)([A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?|[A-Za-zÀ-ÿ]{4,12})[)\]]?$/.exec(
      header.trim(),
    );
  if (suffix?.[1] && suffix[2]) {
    const base = byHeader.get(headerKey(suffix[1]));
    const language = languageTag(suffix[2]);
    if (base?.column.multilingual && language) return { ...base, language };
  }
  const bare = headerKey(header.split(/[\n([]/)[0] ?? '');
  const near = byHeader.get(bare);
  if (near) return { ...near, rank: near.rank + 0.5 };
  if (PERSONAL.test(whole)) return 'personal';
  if (/\bisced\b/.test(whole))
    return { column: byHeader.get('isced f')?.column as Column, rank: whole.includes('detailed') ? 90 : 91 };
  if (/^fee to attend\b/.test(whole)) return { column: byHeader.get('has fee')?.column as Column, rank: 90 };
  return undefined;
}
