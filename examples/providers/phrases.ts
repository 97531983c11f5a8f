/** Sentences that fit any course of a provider, in its language. */
export interface Phrases {
  /** Line before a list of outcomes. */
  lead: string;
  /** By code of the assessment vocabulary: written examination, portfolio, practical, project, oral. */
  assess: { written: string; portfolio: string; practical: string; project: string };
  require: [open: string, experience: string, schooling: string];
  audience: [professionals: string, careerChangers: string];
  funding: string;
  quality: string;
  further: string;
}

const phrases = (
  lead: string,
  assess: [string, string, string, string],
  require: Phrases['require'],
  audience: Phrases['audience'],
  [funding, quality, further]: [string, string, string],
): Phrases => ({
  lead,
  assess: { written: assess[0], portfolio: assess[1], practical: assess[2], project: assess[3] },
  require,
  audience,
  funding,
  quality,
  further,
});

export const PHRASES: Record<string, Phrases> = {
  nl: phrases(
    'Na afloop van de module kan de deelnemer het volgende:',
    [
      'Schriftelijk examen van twee uur op de campus; cijfer 5,5 of hoger.',
      'Portfolio met eigen werk, gevolgd door een beoordelingsgesprek.',
      'Praktijktoets: de deelnemer voert een opdracht uit terwijl een beoordelaar meekijkt.',
      'Projectverslag met presentatie voor medecursisten en een docent.',
    ],
    [
      'Er is geen specifieke vooropleiding nodig.',
      'Minstens een jaar relevante werkervaring.',
      'Een mbo-4-diploma of een vergelijkbaar niveau.',
    ],
    ['Werkenden die zich willen bijscholen', 'Zij-instromers en herintreders'],
    [
      'Deelname kan worden bekostigd uit een sectoraal opleidingsfonds.',
      'Valt onder de interne kwaliteitszorg van de instelling.',
      'Het certificaat blijft vijf jaar geldig als bewijs van actuele kennis.',
    ],
  ),
  en: phrases(
    'On completion participants will be able to:',
    [
      'Two-hour written examination on campus with identity check.',
      'Portfolio of own work with a discussion of forty minutes.',
      'Practical test observed by an assessor.',
      'Project report and presentation to a panel.',
    ],
    [
      'No previous knowledge is required.',
      'At least one year of relevant work experience.',
      'Completed upper secondary education or equivalent experience.',
    ],
    ['Professionals who want to update their skills', 'People changing careers'],
    [
      'Fees may be covered by a national upskilling fund.',
      'Covered by the internal quality assurance of the institution.',
      'Participants receive a digital certificate.',
    ],
  ),
  de: phrases(
    'Nach Abschluss können die Teilnehmenden Folgendes:',
    [
      'Klausur von 90 Minuten in Präsenz mit Ausweiskontrolle.',
      'Portfolio mit abschließendem Fachgespräch.',
      'Praktische Prüfung unter Beobachtung.',
      'Projektbericht und Präsentation vor der Gruppe.',
    ],
    [
      'Es sind keine besonderen Vorkenntnisse nötig.',
      'Mindestens ein Jahr einschlägige Berufserfahrung.',
      'Abgeschlossene Berufsausbildung oder Hochschulzugangsberechtigung.',
    ],
    ['Berufstätige, die sich weiterbilden möchten', 'Quereinsteigende'],
    [
      'Eine Förderung über einen Bildungsgutschein kann beantragt werden.',
      'Die Weiterbildung unterliegt dem internen Qualitätsmanagement der Hochschule.',
      'Nach bestandener Prüfung wird ein Zertifikat ausgestellt.',
    ],
  ),
  fi: phrases(
    'Opintojakson suoritettuaan osallistuja:',
    [
      'Valvottu kirjallinen tentti.',
      'Portfolio ja arviointikeskustelu.',
      'Käytännön näyttö, jota arvioija seuraa.',
      'Projektityö ja sen esittely ryhmälle.',
    ],
    [
      'Ei edellytä aiempia opintoja.',
      'Vähintään vuoden työkokemus alalta.',
      'Toisen asteen tutkinto tai vastaavat tiedot.',
    ],
    ['Alalla työskentelevät', 'Alanvaihtajat'],
    [
      'Osallistumismaksuun voi hakea opintoseteliä.',
      'Koulutus kuuluu korkeakoulun laatujärjestelmän piiriin.',
      'Suorittaja saa digitaalisen osaamismerkin.',
    ],
  ),
  sv: phrases(
    'Efter kursen kan deltagaren:',
    [
      'Skriftlig salstentamen med legitimationskontroll.',
      'Portfölj och avslutande samtal.',
      'Praktiskt prov som bedöms på plats.',
      'Projektrapport och muntlig redovisning.',
    ],
    [
      'Inga särskilda förkunskaper krävs.',
      'Minst ett års yrkeserfarenhet inom området.',
      'Gymnasieexamen eller motsvarande kunskaper.',
    ],
    ['Yrkesverksamma', 'Personer som byter yrke'],
    [
      'Omställningsstudiestöd kan sökas för kursen.',
      'Kursen omfattas av lärosätets kvalitetssystem.',
      'Deltagaren får ett digitalt intyg.',
    ],
  ),
  et: phrases(
    'Õppija, kes on mikrokraadi läbinud:',
    [
      'Kirjalik eksam kohapeal, isikut tõendav dokument on nõutav.',
      'Õpimapp ja hindamisvestlus.',
      'Praktiline töö hindaja juuresolekul.',
      'Projektitöö ja selle esitlus.',
    ],
    ['Eelteadmisi ei nõuta.', 'Vähemalt aastane töökogemus valdkonnas.', 'Keskharidus.'],
    ['Töötavad spetsialistid', 'Karjääripöörajad'],
    [
      'Õppetasu võib hüvitada tööandja või töötukassa.',
      'Õppekava kvaliteeti hinnatakse kooli sisekontrolli korras.',
      'Lõpetajale väljastatakse digitaalne tunnistus.',
    ],
  ),
  fr: phrases(
    'À l’issue de la formation, les participants sont capables de :',
    [
      'Examen écrit de deux heures sur place, avec vérification de l’identité.',
      'Portfolio suivi d’un entretien.',
      'Mise en situation pratique devant un évaluateur.',
      'Rapport de projet et soutenance.',
    ],
    [
      'Aucun prérequis.',
      'Au moins un an d’expérience professionnelle dans le domaine.',
      'Baccalauréat ou niveau équivalent.',
    ],
    ['Salariés souhaitant se perfectionner', 'Personnes en reconversion'],
    [
      'Une prise en charge par un opérateur de compétences est possible.',
      'La formation suit la démarche qualité interne de l’université.',
      'Une attestation numérique est délivrée en cas de réussite.',
    ],
  ),
  it: phrases(
    'Al termine i partecipanti sanno:',
    [
      'Prova scritta in presenza con verifica dell’identità.',
      'Portfolio e colloquio finale.',
      'Prova pratica davanti a un valutatore.',
      'Relazione di progetto e presentazione.',
    ],
    [
      'Non sono richieste conoscenze preliminari.',
      'Almeno un anno di esperienza nel settore.',
      'Diploma di scuola secondaria superiore.',
    ],
    ['Lavoratori che vogliono aggiornarsi', 'Persone che cambiano mestiere'],
    [
      'È possibile richiedere un voucher formativo regionale.',
      'Il corso rientra nel sistema interno di assicurazione della qualità.',
      'Viene rilasciato un attestato digitale.',
    ],
  ),
  ga: phrases(
    'Ar chríochnú an chúrsa beidh rannpháirtithe in ann:',
    [
      'Scrúdú scríofa dhá uair an chloig ar an láthair.',
      'Punann oibre agus agallamh.',
      'Triail phraiticiúil os comhair measúnóra.',
      'Tuairisc tionscadail agus cur i láthair.',
    ],
    [
      'Níl réamheolas ar bith riachtanach.',
      'Bliain amháin ar a laghad de thaithí oibre.',
      'Ardteistiméireacht nó a coibhéis.',
    ],
    ['Daoine atá ag obair cheana féin', 'Daoine atá ag athrú gairme'],
    [
      'D’fhéadfadh ciste náisiúnta na táillí a íoc.',
      'Clúdaítear an cúrsa faoi chóras cáilíochta inmheánach an choláiste.',
      'Faigheann rannpháirtithe teastas digiteach.',
    ],
  ),
  pt: phrases(
    'No final, as pessoas participantes são capazes de:',
    [
      'Exame escrito presencial com verificação de identidade.',
      'Portefólio e entrevista de avaliação.',
      'Prova prática observada por um avaliador.',
      'Relatório de projeto e apresentação.',
    ],
    [
      'Não são exigidos conhecimentos prévios.',
      'Pelo menos um ano de experiência profissional na área.',
      'Ensino secundário completo.',
    ],
    ['Profissionais em atualização', 'Pessoas em reconversão profissional'],
    [
      'Pode ser pedido apoio através do cheque-formação.',
      'Abrangido pelo sistema interno de garantia da qualidade.',
      'É emitido um certificado digital.',
    ],
  ),
  es: phrases(
    'Al finalizar, las personas participantes podrán:',
    [
      'Examen escrito presencial con comprobación de identidad.',
      'Portafolio y entrevista de evaluación.',
      'Prueba práctica ante un evaluador.',
      'Memoria de proyecto y exposición oral.',
    ],
    [
      'No se requieren conocimientos previos.',
      'Al menos un año de experiencia en el sector.',
      'Título de bachillerato o de técnico.',
    ],
    ['Profesionales en activo', 'Personas que cambian de oficio'],
    [
      'Formación bonificable para empresas.',
      'Sujeto al sistema interno de garantía de calidad.',
      'Se entrega un certificado digital.',
    ],
  ),
  pl: phrases(
    'Po ukończeniu uczestnik:',
    [
      'Egzamin pisemny na miejscu z kontrolą tożsamości.',
      'Portfolio i rozmowa podsumowująca.',
      'Egzamin praktyczny przed oceniającym.',
      'Raport z projektu i prezentacja.',
    ],
    [
      'Nie jest wymagana wcześniejsza wiedza.',
      'Co najmniej rok doświadczenia zawodowego w branży.',
      'Wykształcenie średnie.',
    ],
    ['Osoby pracujące, które chcą się dokształcić', 'Osoby zmieniające zawód'],
    [
      'Możliwe dofinansowanie z bazy usług rozwojowych.',
      'Objęte wewnętrznym systemem zapewniania jakości.',
      'Uczestnik otrzymuje cyfrowe zaświadczenie.',
    ],
  ),
  el: phrases(
    'Με την ολοκλήρωση ο συμμετέχων:',
    [
      'Γραπτή εξέταση με φυσική παρουσία και έλεγχο ταυτότητας.',
      'Φάκελος εργασιών και συνέντευξη.',
      'Πρακτική δοκιμασία ενώπιον αξιολογητή.',
      'Έκθεση έργου και παρουσίαση.',
    ],
    ['Δεν απαιτούνται προηγούμενες γνώσεις.', 'Τουλάχιστον ένα έτος σχετικής εμπειρίας.', 'Απολυτήριο λυκείου.'],
    ['Εργαζόμενοι που θέλουν να επιμορφωθούν', 'Άτομα που αλλάζουν επάγγελμα'],
    [
      'Μπορεί να καλυφθεί από επιταγή κατάρτισης.',
      'Υπάγεται στο εσωτερικό σύστημα διασφάλισης ποιότητας.',
      'Χορηγείται ψηφιακό πιστοποιητικό.',
    ],
  ),
  hr: phrases(
    'Po završetku polaznik:',
    [
      'Pisani ispit uživo uz provjeru identiteta.',
      'Mapa radova i razgovor.',
      'Praktična provjera pred ocjenjivačem.',
      'Projektno izvješće i izlaganje.',
    ],
    ['Predznanje nije potrebno.', 'Najmanje godinu dana iskustva u struci.', 'Završena srednja škola.'],
    ['Zaposleni koji se žele usavršiti', 'Osobe koje mijenjaju zanimanje'],
    [
      'Moguće je financiranje putem vaučera za obrazovanje.',
      'Obuhvaćeno unutarnjim sustavom osiguravanja kvalitete.',
      'Izdaje se digitalna potvrda.',
    ],
  ),
  bg: phrases(
    'След завършване участникът:',
    [
      'Писмен изпит на място с проверка на самоличността.',
      'Портфолио и събеседване.',
      'Практически изпит пред оценяващ.',
      'Доклад по проект и представяне.',
    ],
    ['Не се изискват предварителни знания.', 'Поне една година опит в областта.', 'Средно образование.'],
    ['Заети лица, които надграждат умения', 'Хора, които сменят професията си'],
    [
      'Възможно е финансиране с ваучер за обучение.',
      'Обхванато от вътрешната система за осигуряване на качеството.',
      'Издава се дигитално удостоверение.',
    ],
  ),
};

const KINDS = [
  'written',
  'portfolio',
  'practical',
  'project',
  undefined,
  'practical',
  'written',
  'project',
  'portfolio',
] as const;

/** How the `index`-th course of a provider is assessed; every ninth states nothing, on purpose. */
export function assessmentOf(
  language: string,
  index: number,
): { kind: keyof Phrases['assess']; text: string } | undefined {
  const kind = KINDS[index % KINDS.length];
  const words = PHRASES[language];
  return kind && words ? { kind, text: words.assess[kind] } : undefined;
}

/** What the `index`-th course asks of those who enter; a third state nothing, schooling is asked from EQF 5 on. */
export function requirementOf(language: string, index: number, eqf: number | undefined): string | undefined {
  if (index % 3 === 2) return undefined;
  return PHRASES[language]?.require[(index * 2) % (eqf !== undefined && eqf >= 5 ? 3 : 2)];
}
