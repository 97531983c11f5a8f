import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { labels } from './labels.ts';

const EU = 'http://data.europa.eu/snb/learning-assessment/';

/** What feeds write, by code; see {@link modesOfLearning} for what is left out and why. */
const SYNONYMS: Readonly<Record<string, string>> = {
  online:
    'online-only|onlineonly|deliv:onlineonly|https://purl.org/ctdl/vocabs/deliv/OnlineOnly|fully online|100% online|on-line|e-learning|elearning|webinar|web-based|mooc|virtual|virtual classroom|remote|remote learning|online - at a specific time|online - time-independent|online no attendance|OnlineEventAttendanceMode|https://schema.org/OnlineEventAttendanceMode|distance|distance learning|distance education|distance without attendance|ds|on|coil|' +
    'online-kurs|onlinekurs|online-seminar|fernunterricht|fernstudium|fernlehre|en ligne|100 % en ligne|à distance|formation à distance|foad|distanciel|en línea|online a distancia|a distancia|virtuel|virtuell|virtueel|virtuaalne|virtuaalinen|virtuale|wirtualnie|virtuální|in linea|a distanza|telematica|afstandsonderwijs|op afstand|online onderwijs|veebis|veebipõhine|e-õpe|kaugõpe|etäopetus|verkko-opetus|verkossa|på distans|distans|fjernundervisning|nettbasert|netbaseret|zdalnie|zdalne|na odległość|nuotolinis|tālmācība|tiešsaiste|tiešsaistē|dálkové|on-line forma|na daljavo|na daljinu|távoktatás|la distanță|дистанционно|онлайн|εξ αποστάσεως|διαδικτυακά|ensino a distância|em linha|cianrochtana|ar líne',
  presential:
    'onsite|on-site|on site|on_site|on campus|on-campus|campus|cm|nc|face-to-face|face to face|face-to-face non-campus|f2f|in-person|in person|inperson|deliv:inperson|https://purl.org/ctdl/vocabs/deliv/InPerson|classroom|class-based|classroom based|on-ground|onground|presence|presencial|presentiel|OfflineEventAttendanceMode|https://schema.org/OfflineEventAttendanceMode|' +
    'präsenz|in präsenz|präsenzveranstaltung|präsenzunterricht|vor ort|présentiel|en présentiel|presencialmente|in presenza|in aula|op locatie|klassikaal|contactonderwijs|kontaktõpe|kontaktõppes|auditoorne õpe|lähiopetus|lähiopetuksena|på plats|på campus|fysisk|stedbasert|tilstedeværelse|fremmøde|stacjonarnie|stacjonarne|kontaktinis|klātiene|klātienē|prezenční|prezenčně|prezenčná|v živo|uživo|jelenléti|tantermi|față în față|присъствено|δια ζώσης|aghaidh ar aghaidh',
  blended:
    'blended learning|blendedlearning|blendeddelivery|blended delivery|deliv:blendeddelivery|https://purl.org/ctdl/vocabs/deliv/BlendedDelivery|mixed|mixed mode|mm|da|distance with attendance|part online|partly online|online and on campus|integriertes lernen|mixte|formation mixte|apprentissage mixte|semipresencial|semi-presencial|mixto|misto|misto|b-learning|blended onderwijs|põimõpe|põimitud õpe|monimuoto|monimuoto-opetus|kombinerad|kombinované|kombinovaná|kombinirano|mieszane|hybridowo-zdalne|mišrus|jaukta tipa|vegyes|mixtă|смесено|μεικτή',
  hybrid:
    'hybrid delivery|hybride|híbrido|híbrida|ibrido|ibrida|hybrydowo|hybrydowe|hübriid|hübriidõpe|hybridi|hybridní|hibrīda|hibridinis|hibrid|hibridno|hyflex|hybrid-flexible|bimodal|bimodale|comodal|MixedEventAttendanceMode|https://schema.org/MixedEventAttendanceMode|хибридно|υβριδική|https://data.europa.eu/snb/learning-assessment/c_3a90b26d',
  'project-based':
    'project|projectbased|projektbasiert|basé sur des projets|basado en proyectos|projectmatig|projektõpe',
  'research-lab-based': 'research lab based|lab-based|research-lab|laboratory|laboratory based',
  'work-based':
    'workbased|wb|work experience|work-based learning|workplace|on-the-job|learnmethod:workbased|internship|apprenticeship|arbeitsbasiert|en entreprise|en milieu professionnel|basado en el trabajo|werkplekleren|töökohapõhine|töökohapõhine õpe|työssäoppiminen|arbetsplatsförlagt',
};

/**
 * Mode of learning and assessment, the EU list (with its later "Hybrid"; that URI is not in the XSD of ELM 3.3).
 *
 * The EU list has no "distance": teaching at a distance is `online` here, as Europass and QualityLink map it;
 * "distance with attendance" (XCRI `DA`) is `blended`. Full time and part time are pace, not mode; synchronous,
 * asynchronous, self-study, `situated`, `joint_delivery` and CTDL's `VariableSite` say nothing about the place:
 * all of these give undefined.
 */
export const modesOfLearning = createVocabulary(
  {
    name: 'mode-of-learning',
    title: 'Mode of learning and assessment',
    source: 'http://data.europa.eu/snb/learning-assessment/25831c2',
    version: 'ELM 3.2',
    date: '2023-09-12',
    licence: EU_LICENCE,
  },
  [
    {
      code: 'online',
      uri: `${EU}920fbb3cbe`,
      label: labels({
        en: 'Online',
        de: 'Online',
        fr: 'En ligne',
        es: 'En línea',
        it: 'Online',
        nl: 'Online',
        et: 'Veebipõhine',
      }),
    },
    {
      code: 'presential',
      uri: `${EU}9191af2ed9`,
      label: labels({
        en: 'Presential',
        de: 'Präsenz',
        fr: 'Présentiel',
        es: 'Presencial',
        it: 'In presenza',
        nl: 'Op locatie',
        et: 'Kontaktõpe',
      }),
    },
    {
      code: 'blended',
      uri: `${EU}e92d221e4d`,
      label: labels({
        en: 'Blended',
        de: 'Blended Learning',
        fr: 'Mixte',
        es: 'Semipresencial',
        it: 'Misto',
        nl: 'Blended',
        et: 'Põimõpe',
      }),
    },
    {
      code: 'hybrid',
      uri: `${EU}c_3a90b26d`,
      label: labels({
        en: 'Hybrid',
        de: 'Hybrid',
        fr: 'Hybride',
        es: 'Híbrido',
        it: 'Ibrido',
        nl: 'Hybride',
        et: 'Hübriidõpe',
      }),
    },
    {
      code: 'project-based',
      uri: `${EU}7813801c77`,
      label: labels({
        en: 'Project based',
        de: 'Projektbasiert',
        fr: 'Basé sur des projets',
        es: 'Basado en proyectos',
        nl: 'Projectmatig',
      }),
    },
    {
      code: 'research-lab-based',
      uri: `${EU}ed4c557045`,
      label: labels({
        en: 'Research-lab based',
        de: 'Im Forschungslabor',
        fr: 'En laboratoire de recherche',
        es: 'En laboratorio de investigación',
      }),
    },
    {
      code: 'work-based',
      uri: `${EU}729f3bed4b`,
      label: labels({
        en: 'Work based',
        de: 'Arbeitsbasiert',
        fr: 'En milieu professionnel',
        es: 'Basado en el trabajo',
        nl: 'Werkplekleren',
      }),
    },
  ],
  Object.fromEntries(
    Object.entries(SYNONYMS).flatMap(([code, words]) => words.split('|').map((word): [string, string] => [word, code])),
  ),
);
