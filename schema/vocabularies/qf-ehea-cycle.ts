import { createVocabulary } from '../vocabulary.ts';
import { labels } from './labels.ts';

/**
 * The cycles of the European Higher Education Area (QF-EHEA, Bergen 2005, Paris 2018). The words bachelor, master and
 * doctorate name the first, second and third cycle; a credential *at* bachelor level is not a bachelor's degree.
 */
export const qfEheaCycle = createVocabulary(
  {
    name: 'qf-ehea-cycle',
    title: 'Cycles of the European Higher Education Area',
    source: 'https://www.ehea.info/page-qualification-frameworks (Paris Communiqué 2018, Appendix III)',
    version: 'Paris Communiqué, Appendix III',
    date: '2018-05-25',
    licence: 'names of the four cycles, freely usable',
  },
  [
    {
      code: 'short',
      label: labels({
        en: 'Short cycle',
        de: 'Kurzstudium',
        fr: 'Cycle court',
        es: 'Ciclo corto',
        it: 'Ciclo breve',
        nl: 'Korte cyclus',
      }),
    },
    {
      code: 'first',
      label: labels({
        en: 'First cycle',
        de: 'Erster Zyklus',
        fr: 'Premier cycle',
        es: 'Primer ciclo',
        it: 'Primo ciclo',
        nl: 'Eerste cyclus',
      }),
    },
    {
      code: 'second',
      label: labels({
        en: 'Second cycle',
        de: 'Zweiter Zyklus',
        fr: 'Deuxième cycle',
        es: 'Segundo ciclo',
        it: 'Secondo ciclo',
        nl: 'Tweede cyclus',
      }),
    },
    {
      code: 'third',
      label: labels({
        en: 'Third cycle',
        de: 'Dritter Zyklus',
        fr: 'Troisième cycle',
        es: 'Tercer ciclo',
        it: 'Terzo ciclo',
        nl: 'Derde cyclus',
      }),
    },
  ],
  {
    'short-cycle': 'short',
    'first-cycle': 'first',
    'second-cycle': 'second',
    'third-cycle': 'third',
    '1st cycle': 'first',
    '2nd cycle': 'second',
    '3rd cycle': 'third',
    'cycle 1': 'first',
    'cycle 2': 'second',
    'cycle 3': 'third',
    '0 - short cycle': 'short',
    'short cycle within or linked to the first cycle': 'short',
    'associate degree': 'short',
    'short-cycle higher education': 'short',
    bachelor: 'first',
    "bachelor's": 'first',
    'bachelor level': 'first',
    bakalaureus: 'first',
    licence: 'first',
    laurea: 'first',
    grado: 'first',
    kandidaatti: 'first',
    master: 'second',
    "master's": 'second',
    'master level': 'second',
    magister: 'second',
    magistriõpe: 'second',
    'laurea magistrale': 'second',
    máster: 'second',
    doctoral: 'third',
    doctorate: 'third',
    doctor: 'third',
    phd: 'third',
    'ph.d.': 'third',
    doktorat: 'third',
    doktoriõpe: 'third',
    doctorat: 'third',
    doctorado: 'third',
    dottorato: 'third',
  },
);
