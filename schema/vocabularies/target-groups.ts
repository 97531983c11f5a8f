import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';

const EU = 'http://data.europa.eu/snb/target-group/';

/** `code|end of the EU URI|label`; the last ones are ours, for what catalogues of offers say and the EU list lacks. */
const ROWS = `
high-achievers|022beab85a|High achievers
non-native-speakers|0247b300b0|Non-native speakers
retraining|05f11c859b|Persons requiring employment retraining
in-tertiary-eqf-6|1599531db0|Persons in tertiary education (EQF 6)
completed-primary|1cfca7f767|Persons who have completed primary education
in-secondary|46806e0244|Persons in secondary/compulsory education
completed-tertiary-eqf-7|527a6f97eb|Persons who have completed tertiary education (EQF 7)
in-primary|5b1417fd15|Persons in primary education
experience-0-3-years|5e56931138|Persons with 0-3 years work experience
completed-tertiary-eqf-8|808b99d38f|Persons who have completed tertiary education (EQF 8)
completed-secondary|919082b88b|Persons who have completed secondary/compulsory education
in-tertiary-eqf-7|acb7f20f25|Persons in tertiary education (EQF 7)
in-tertiary-eqf-8|b0bf4f9fe9|Persons in tertiary education (EQF 8)
migrants|c900d8ecb1|Migrants
experience-3-10-years|cbedf28444|Persons with 3-10 years work experience
experience-10-years|d45b47b458|Persons with 10+ years work experience
learning-disability|de9cd193ce|Persons with a learning disability
native-speakers|e3782a33ab|Native speakers
completed-tertiary-eqf-6|e7627913ad|Persons who have completed tertiary education (EQF 6)
low-achievers|fd1279fd9f|Low achievers
students||Students
professionals||Professionals
adults||Adult learners
job-seekers||Job seekers
`;

/** Target groups: the EU list and four groups that offers name (OOAPI `forStudents`, `forProfessionals`, Cedefop). */
export const targetGroups = createVocabulary(
  {
    name: 'target-group',
    title: 'Target group',
    source: 'http://data.europa.eu/snb/target-group/25831c2',
    version: 'ELM 3.2',
    date: '2023-09-12',
    licence: EU_LICENCE,
  },
  ROWS.trim()
    .split('\n')
    .map((line) => line.split('|'))
    .map(([code = '', uri = '', value = '']) => ({
      code,
      ...(uri ? { uri: EU + uri } : {}),
      label: [{ language: 'en', value }],
    })),
  {
    forStudents: 'students',
    'for students': 'students',
    studenten: 'students',
    étudiants: 'students',
    estudiantes: 'students',
    studenti: 'students',
    üliõpilased: 'students',
    forProfessionals: 'professionals',
    'for professionals': 'professionals',
    'working professionals': 'professionals',
    berufstätige: 'professionals',
    professionnels: 'professionals',
    profesionales: 'professionals',
    professionisti: 'professionals',
    spetsialistid: 'professionals',
    adults: 'adults',
    erwachsene: 'adults',
    adultes: 'adults',
    adultos: 'adults',
    'job seeker': 'job-seekers',
    jobseekers: 'job-seekers',
    unemployed: 'job-seekers',
    arbeitssuchende: 'job-seekers',
    arbeitsuchende: 'job-seekers',
    "demandeurs d'emploi": 'job-seekers',
    desempleados: 'job-seekers',
    tööotsijad: 'job-seekers',
  },
);
