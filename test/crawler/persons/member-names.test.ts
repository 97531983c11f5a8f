import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import headers from '../../../crawler/formats/csv/headers.json' with { type: 'json' };
import { TEMPLATE } from '../../../crawler/formats/csv/words.ts';
import { memberMeaning } from '../../../crawler/persons/member-names.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { MEMBER_NAMES } from './canaries.ts';

const list = (names: string): string[] =>
  names
    .split(/[|\n]/)
    .map((name) => name.trim())
    .filter(Boolean);

/** Members about persons, as feeds write them. */
const PERSONAL = list(`
  instructor|instructors|teacher|teachers|teacherName|coordinatorsExpanded|ext.student|foaf:Person
  http://xmlns.com/foaf/0.1/Person|schema:instructor|Lehrkraft|Lehrkräfte|Lehrkraefte|Ansprechpersonen
  Ansprechpartner|Ansprechpartner/in|Opettaja|Opettajan nimi|Wykładowca|imię wykładowcy|Surname|Student ID
  contact person|Contact Person (name and e-mail)|Dozent*in|Dozent_innen|Dozentin|Formateur(trice)
  nom du formateur|Responsable de formation|E-Mail|e_mail|contactEmail|instructor_email|student_id|studentid
  teachername|Kontakt|Kontaktperson|Professor Surname|leadInstructorName|Õppejõud|õppejõu nimi|Vyučující
  jméno vyučujícího|Dėstytojas|dėstytojo vardas|Pasniedzējs|Преподавател|Викладач|ПІБ викладача|Διδάσκων
  όνομα διδάσκοντα|Múinteoir|Għalliem|Kennari|Öğretim görevlisi|Oktató neve|Előadó|Profesor|Profesores
  Docente|Docenti|Insegnante|Formador|Docent|Docenten|Naam docent|Contactpersoon|Lærer|Underviser|Föreläsare
  Kursansvarig|Emneansvarlig|Nositelj kolegija|Nosilec predmeta|Predavatelj|Garant předmětu|Učiteľ
  Cadru didactic|Telefon|Telefonnummer|telephone|phoneNumber|tel|Puhelinnumero|Sähköposti|Netfang|creator
  dc:creator|authors|instructors[0].name|course.teacher.name|INSTRUCTOR|Instructor Name|TEACHER_NAME
  Lehrer:innen|biology teacher|Kursleitung|taughtBy|hasContactPoint|contactPoint|givenName|familyName
  Vorname|Nachname|prenom|Apellidos|person|persons|personId|coordinatorIds|Teilnehmer|participants
  learner_name|mlo:instructor|x:lecturer|staff|Staff members|Programme Director|Course leader|Module leader
  enquireTo|Name der Lehrkraft|Nombre del profesor|instructorIds|Kontakt E-Mail|contact_name
  Persona de contacto|Osoba kontaktowa|faxNumber|mobile|instructor1|instructor_2_name|authorName
  Matrikelnummer|course contact|Professorin|muokkaaja|muokkaajanNimi|yhteyshenkilot
`);

/** Members that only look like it. */
const INNOCENT = list(`
  teachingMode|studentWorkload|contactHours|contact hours|instructorLed|instructor_led|authority|name|title
  provider|publisher|organizer|numberOfStudents|Number of students|maxNumberStudents|enrolledNumberStudents
  minNumberStudents|price per person|in-person|inPerson|personalised|teaching language|teachingLanguage
  teaching_method|educationalLevel|awardingBody|approvedBy|accreditedBy|recognizedBy|memberOf|hasMember
  isMemberOf|mobility|Movilidad|mobileLearning|référentiel|référentiel de compétences|candidature|tutorial
  tutorials|mentoring|coaching|garantia de calidad|responsabilità|autonomia e responsabilità|directory
  lärarledd tid|Lehrsprache|Lehrform|Lehrinhalte|Kontaktzeit|Kontaktstunden|Präsenzstunden|contact time
  contacttime|contacturen|staffing|student type mix|Studienfach|Studiengang|Teilnehmerzahl|max. Teilnehmer
  Teilnehmer max|Teilnehmervoraussetzungen|target_group|Zielgruppe|audience|learningOutcomes
  learning outcomes|creditPoints|courseCode|identifier|url|offeredBy|ownedBy|lecture hours|lectures|seminar
  course|students per class|student workload|students.workload|professionalDevelopment|profession|profile
  principal field|leadPartner|coordinating institution|Koordinierende Hochschule|emailable|hotel|telework
  address|addresses|location|city|authorisation|editorial|recipientType mix|subject|description
  learner outcomes|teacher training|teacher education|studies|student-centred|study programme|main
  mainLanguage|country|userating|participation|form of participation|personality|interpersonal skills
  Kursnummer|telescope|faculty|Fakultät|department|school|university|campus|Organisation|organisationId
  supervision|assessment|examination|candidateSelection|holding|ownership|directions|instruction
  instructionLanguage|instructionalProgramType|contributing organisations|members only|membership|directive
  Lehrkraftstunden|Dozentenstunden|muokattu|tarjoajat|organisaatio
`);

test.each(PERSONAL)('%s is about persons', (name) => {
  expect(memberMeaning(name)).toBeDefined();
});

test.each(INNOCENT)('%s is about no person', (name) => {
  expect(memberMeaning(name)).toBeUndefined();
});

test('every word of the vocabulary is known in every way of writing it', () => {
  expect(MEMBER_NAMES.length).toBeGreaterThan(2_000);
  expect(MEMBER_NAMES.filter((name) => !memberMeaning(name))).toEqual([]);
  expect(MEMBER_NAMES.filter((name) => !memberMeaning(name.toUpperCase()))).toEqual([]);
});

test('a member that holds a person is told by the word for it, not by its own name', () => {
  expect(memberMeaning('Please give the contact person (Anna Canary)')?.word).toBe('contactperson');
});

test('no column of the template is about persons, and of its headers what looks like it is read', () => {
  expect([...TEMPLATE.keys()].filter((name) => memberMeaning(name))).toEqual([]);
  const words = Object.values(headers).flatMap((said) => Object.values(said).flatMap((list) => list.split('; ')));
  // "Mena" is Slovak for a currency as well as for names; the door lets codes of currencies pass there.
  expect(words.filter((name) => memberMeaning(name)?.loose !== true && memberMeaning(name))).toEqual(['měna', 'mena']);
});

/** A simple format is a file, a rich one a folder. */
function codeOf(name: string): string {
  const folder = new URL(`../../../crawler/formats/${name}/`, import.meta.url);
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.includes('.'))
        .map((file) => `${name}/${file}`)
    : [`${name}.ts`];
  return files.map((file) => readFileSync(new URL(`../${file}`, folder), 'utf8')).join('\n');
}

test('what a format reads is about no person, but for what may be a body', async () => {
  const formats = await loadFormats();
  const names = new Set<string>();
  for (const { name } of formats.values()) {
    for (const [, line, block] of codeOf(name).matchAll(/'([^'\n]+)'|`([^`]+)`/g))
      for (const word of (line ?? block ?? '').split(/\s+/)) if (formats.get(name)?.reads?.(word)) names.add(word);
  }
  expect(names.size).toBeGreaterThan(300);
  const said = [...names].filter((name) => /^\w/.test(name) && !memberMeaning(name)?.loose && isAbout(name));
  // Of a block of contact data the door keeps the blocks in it that are read; of who examines what calls itself a body.
  expect(said.sort()).toEqual(['EXAMINER', 'coordonnees']);
});

const isAbout = (name: string): boolean => (memberMeaning(name)?.kind ?? 'either') !== 'either';
