import vocabulary from '../../../crawler/persons/member-names.json' with { type: 'json' };

/** A person who is nowhere else: what of hers is found afterwards came in at `place`. */
export interface Canary {
  place: string;
  name: string;
  email: string;
  phone: string;
}

/** Sets canaries and knows where each one sits. */
export function createCanaries() {
  const places: string[] = [];
  return {
    places,
    next(place: string): Canary {
      const n = places.push(place) - 1;
      const word = `kanari${[...n.toString(16).padStart(5, '0')].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')}`;
      return {
        place,
        name: `Berthild K${word.slice(1)}`,
        email: `berthild.${word}@vogel.example`,
        phone: `+49 151 7771${String(n).padStart(6, '0')}`,
      };
    },
    /** The places whose canary is in the text, with a piece of the text around it. */
    found(text: string): string[] {
      const hits = [
        ...[...text.matchAll(/kanari([a-p]{5})/gi)].map((hit) => ({
          at: hit.index,
          n: Number.parseInt(
            [...(hit[1] as string).toLowerCase()].map((c) => 'abcdefghijklmnop'.indexOf(c).toString(16)).join(''),
            16,
          ),
        })),
        ...[...text.matchAll(/(?<![\da-z])(?:\+?49 ?151 ?)?7771(\d{6})(?![\da-z])/gi)].map((hit) => ({
          at: hit.index,
          n: Number(hit[1]),
        })),
      ];
      return hits.map(
        ({ at, n }) => `${places[n]} :: ${text.slice(Math.max(0, at - 90), at + 40).replace(/\s+/g, ' ')}`,
      );
    },
  };
}

export type Canaries = ReturnType<typeof createCanaries>;

const camel = (phrase: string): string =>
  phrase
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word, i) => (i ? word[0]?.toUpperCase() + word.slice(1) : word))
    .join('');
const snake = (phrase: string): string =>
  phrase
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('_');

/** Every word of the vocabulary, and the ways in which feeds write members by them. */
export const MEMBER_NAMES: readonly string[] = [
  ...new Set([
    ...Object.values(vocabulary as Readonly<Record<string, Readonly<Record<string, string>>>>).flatMap((language) =>
      ['person', 'name', 'contact', 'email', 'telephone', 'either'].flatMap((list) =>
        (language[list] ?? '').split(', ').flatMap((phrase, i) => {
          const word = phrase.replace('*', '');
          return !word ? [] : i % 3 === 0 ? [camel(word)] : i % 3 === 1 ? [snake(word)] : [word];
        }),
      ),
    ),
    ...['instructor', 'teacher', 'coordinator', 'lecturer', 'tutor', 'contact person', 'student'].flatMap((word) => [
      `${camel(word)}s`,
      `${camel(word)}sExpanded`,
      `${camel(word)}Name`,
      `${camel(word)}_names`,
      `${camel(word)}Email`,
      `lead${camel(word)[0]?.toUpperCase()}${camel(word).slice(1)}`,
      `ext.${camel(word)}`,
      `${camel(word)}.name`,
      `schema:${camel(word)}`,
      `https://schema.org/${camel(word)}`,
      `x:${camel(word)}`,
      word.toUpperCase(),
      `Course ${word}`,
    ]),
    ...'Lehrkraft|Ansprechpersonen|Opettaja|Wykładowca|Surname|Student ID|Contact person|foaf:Person|Dozent*in|Lehrer:innen|Formateur(trice)'.split(
      '|',
    ),
  ]),
];

/** A person by type in the vocabularies that feeds use, under a member whose name says nothing. */
export const typedPersons = (c: Canary): unknown[] => [
  { '@type': 'Person', name: c.name, email: c.email, telephone: c.phone },
  { '@type': ['schema:Thing', 'schema:Person'], 'schema:name': c.name },
  { '@type': 'http://xmlns.com/foaf/0.1/Person', 'http://xmlns.com/foaf/0.1/name': [{ '@value': c.name }] },
  { '@type': 'foaf:Person', 'foaf:name': c.name, 'foaf:mbox': `mailto:${c.email}` },
  { '@type': 'vcard:Individual', 'vcard:fn': c.name, 'vcard:hasTelephone': `tel:${c.phone}` },
  { '@type': 'ceterms:Person', 'ceterms:name': { en: c.name } },
  { '@type': ['https://schema.org/Person'], 'https://schema.org/name': [{ '@value': c.name }] },
  { type: 'Person', id: 'urn:epass:person:1', fullName: { en: [c.name] } },
  { type: 'person', displayName: c.name },
  { personId: c.email, displayName: c.name },
  { givenName: c.name, id: 7 },
  { firstName: 'Berthild', lastName: c.name, notes: c.name },
  { name: 'Instructor', value: c.name },
  { key: 'Lehrkraft', value: c.name },
];

/** What stands in a member about persons. */
export const personValues = (c: Canary): unknown[] => [
  c.name,
  { name: c.name, email: c.email, phone: c.phone },
  [c.name, c.email],
  [{ '@type': 'Person', name: [{ '@value': c.name }], telephone: c.phone }],
  { '@id': `https://people.example/${c.name.replace(' ', '-').toLowerCase()}`, name: c.name },
  { '@value': c.name, '@language': 'en' },
];

/** An e-mail address and a telephone number in the ways that texts have them. */
export const contactTexts = (c: Canary): string[] => [
  ` Write to ${c.email} or ring ${c.phone}.`,
  ` ${c.name} <${c.email}>`,
  ` <a href="mailto:${c.email}?subject=Hi">${c.name}</a>`,
  ` (${c.email.replace('@', ' (at) ')}; Tel. ${c.phone.slice(4)})`,
  ` ${c.email.replace('@', '&#64;')}, tel:${c.phone.replaceAll(' ', '')}`,
];

export const contactInAddress = (c: Canary, n: number): string =>
  n % 2
    ? `contact=${encodeURIComponent(c.email)}`
    : `to=${c.email}&phone=${encodeURIComponent(c.phone.replaceAll(' ', ''))}`;
