import { describe, expect, test } from 'vitest';
import { AddressRefused, formatError, RetryLater, SourceBroken } from '../../../crawler/errors.ts';
import { ServerFailed } from '../../../crawler/fetch/fetch-failure.ts';
import { isFault } from '../../../crawler/format.ts';
import { hasPassed, type LeftOut, leaveOutPersons } from '../../../crawler/persons/door.ts';
import { looksLikePersonName, withoutNames } from '../../../crawler/persons/person-names.ts';
import { formatNamed, loadFormats } from '../../../crawler/registry.ts';
import { testSource } from '../../support/crawl.ts';
import { createCanaries, typedPersons } from './canaries.ts';

const through = (raw: unknown, reads?: (name: string) => boolean) => {
  const left: LeftOut = new Map();
  return { kept: leaveOutPersons(raw, left, { reads }), left };
};

test.each([
  ['Login. anna-canary", "name": 3', 'anna-canary'],
  ['anna-canary\\" }, \\"x', 'anna-canary'],
  ['https://canary.example/people/anna-canary', 'anna-canary'],
])('what is quoted unread has no half of an address: %s', (text, name) => {
  expect(withoutNames(text)).not.toContain(name);
  // What the reader itself says of a repair is not touched.
  expect(withoutNames('unescaped-quotes')).toBe('unescaped-quotes');
});

describe('by type', () => {
  test.each(
    typedPersons({ place: '', name: 'Anna Canary', email: 'anna@canary.example', phone: '+49 151 777 1234567' }),
  )('%j', (person) => {
    for (const raw of [
      { zz: person, a: 1 },
      { zz: [person], a: 1 },
      { zz: { deep: [[person]] }, a: 1 },
    ]) {
      expect(JSON.stringify(through(raw).kept)).not.toMatch(/canary/i);
      expect(through(raw).kept).toMatchObject({ a: 1 });
    }
  });

  test('bodies stay, in whichever vocabulary, with name, address and official identifiers', () => {
    const bodies = [
      { '@type': 'Organization', name: 'Anna Smith Foundation', url: 'https://x.example', vatID: 'DE 123456789' },
      { '@type': ['schema:CollegeOrUniversity'], legalName: 'Anna Smith College', identifier: '552 100 554 00013' },
      { '@type': 'ceterms:CredentialOrganization', 'ceterms:ctid': 'ce-5bd1a5c2-0000-4b4c-9b4c-012345678901' },
      { type: 'root', organizationId: 'b1', name: [{ language: 'en', value: 'Smith University' }] },
    ];
    for (const body of bodies) {
      for (const member of ['provider', 'creator', 'author', 'publisher', 'performer', 'member'])
        if (member !== 'member' || '@type' in body) {
          const raw = { [member]: body };
          expect(through(raw).kept, member).toBe(raw);
        }
    }
  });

  test('of several creators the bodies stay; what is read and looks like no person is one', () => {
    const body = { '@type': 'Organization', name: 'B' };
    expect(through({ creator: [{ '@type': 'Person', name: 'Anna Canary' }, body] }).kept).toEqual({ creator: [body] });
    const reads = (name: string) => name === 'creator';
    expect(through({ creator: 'Coursera' }, reads).kept).toEqual({ creator: 'Coursera' });
    expect(through({ creator: 'Anna Canary' }, reads).kept).toEqual({});
    expect(through({ author: 'Coursera' }, reads).kept).toEqual({});
  });

  test('a creator that is only referred to stays when the record says that it is a body', () => {
    const organisation = { '@id': '_:b', '@type': 'ceterms:Organization', 'ceterms:name': 'B' };
    const person = { '@id': '_:p', '@type': 'ceterms:Person', 'ceterms:name': 'P' };
    const raw = {
      main: { 'ceterms:creator': ['_:b', '_:p'], 'ceterms:owner': { '@id': '_:p' } },
      nodes: { '_:b': organisation, '_:p': person },
    };
    const { kept } = through({ ...raw, main: { ...raw.main, 'ceterms:creator': '_:b' } });
    expect(kept).toEqual({ main: { 'ceterms:creator': '_:b' }, nodes: { '_:b': organisation } });
  });
});

describe('what came out of the door already', () => {
  test('is not looked at again where a record holds it, and what stands beside it is', () => {
    const part = hasPassed({ name: 'course', attributes: { teacher: 'Anna Canary' }, children: [] });
    expect(through({ course: part, teacher: 'Anna Canary' }).kept).toEqual({ course: part });
    expect(through({ deeper: { course: part } }).kept).toEqual({
      deeper: { course: { name: 'course', attributes: {}, children: [] } },
    });
  });
});

describe('by name', () => {
  test('numbers of persons and flags stay, their numbers of identity do not', () => {
    const raw = { students: 25, participants: '10-20', teacher: true, studentId: 1234567, learnerNumber: '1234567' };
    expect(through(raw).kept).toEqual({ students: 25, participants: '10-20', teacher: true });
  });

  test('nested, in attributes, as pairs, and under terms of an inline context', () => {
    const raws = [
      { ext: { 'x.student': 'Anna Canary' } },
      { name: 'field', children: [{ name: 'lecturer', text: 'Anna Canary' }] },
      { name: 'course', attributes: { teacher: 'Anna Canary' }, children: [] },
      { name: 'course', children: [{ name: 'field', attributes: { name: 'Lehrkraft' }, text: 'Anna Canary' }] },
      { other: [{ name: 'Instructor', value: 'Anna Canary' }] },
      { context: { lead: 'https://schema.org/instructor' }, main: { lead: 'Anna Canary' } },
      { text: '<p data-teacher="Anna Canary" title="Anna Canary">A course.</p>' },
      { 'anna@canary.example': 1 },
    ];
    for (const raw of raws) expect(JSON.stringify(through(raw).kept)).not.toMatch(/canary/i);
  });

  test('an occupation, a title or a course that is called like a person is none', () => {
    const raws = [
      { name: 'Teacher', description: 'A course for those who want to be one.', value: undefined },
      { occupation: { '@type': 'Occupation', name: 'Coach', url: 'https://x.example' } },
      { targetGroup: 'Teachers, Trainers' },
      { contactHours: 20, studentWorkload: 'PT50H', teachingMode: 'online', authority: 'Ministry of Education' },
    ];
    for (const raw of raws) expect(through(raw).kept).toBe(raw);
  });
});

describe('by value', () => {
  test('what nobody reads keeps no text like a name, what is read does', () => {
    const reads = (name: string) => name !== 'zz';
    const { kept, left } = through(
      { title: 'Advanced Welding', zz: 'Anna Canary', a: { zz: { b: ['Anna Canary'] } } },
      reads,
    );
    expect(kept).toEqual({ title: 'Advanced Welding', a: { zz: { b: [] } } });
    expect(left).toEqual(new Map([['text like a name of a person', 2]]));
  });

  test.each([
    ['Anna Smith', true],
    ['Dr. Anna van der Berg', true],
    ['SMITH Anna', true],
    ['Smith, Anna', true],
    ['Prof. Müller', true],
    ['Анна Коваленко', true],
    ['Άννα Παπαδοπούλου', true],
    ["Aoife Ní Bhriain, Seán O'Neill", true],
    ['online', false],
    ['Graduates work as rangers.', false],
    ['PT50H', false],
    ['2027-03-01', false],
    ['https://x.example/Anna', false],
  ])('%s: %s', (text, expected) => {
    expect(looksLikePersonName(text)).toBe(expected);
  });
});

test('errors that a feed or a server causes name nobody', () => {
  const said = 'https://x.example/?to=anna@canary.example answers "ask anna@canary.example, +49 151 777 1234567"';
  for (const error of [
    new SourceBroken(said, said),
    new RetryLater(said, said, 1),
    new AddressRefused(said, said),
    new ServerFailed(said, said, 1),
  ])
    expect(`${error.message} ${error.remedy} ${formatError(error)}`).not.toMatch(/canary|777/);
});

test('nothing to leave out: the same object, untouched', () => {
  const raw = { a: [{ b: 'c', '@type': 'Course' }], d: null, e: 1, f: { g: ['h'] } };
  expect(through(raw).kept).toBe(raw);
});

test('an object with the members of an XML element and others is none: the others are looked at', () => {
  const raw = { a: { name: 'x', children: [], instructor: 'Anna' }, b: { name: 'x', attributes: {}, teacher: 'Anna' } };
  expect(through(raw).kept).toEqual({ a: { name: 'x', children: [] }, b: { name: 'x', attributes: {} } });
  const element = { name: 'x', namespace: 'urn:x', language: 'en', text: 'y', attributes: { id: '1' }, children: [] };
  const odd = { ...element, text: { teacher: 'Anna', n: 1 } };
  expect(through({ course: element }).kept).toEqual({ course: element });
  expect(through({ course: odd }).kept).toEqual({ course: { ...element, text: { n: 1 } } });
});

describe('what no decoder reads, nested very deep', () => {
  const nested = (levels: number, open: (inner: unknown) => unknown): unknown => {
    let value: unknown = 'x';
    for (let n = 0; n < levels; n++) value = open(value);
    return value;
  };
  const ways: [string, (inner: unknown) => unknown][] = [
    ['lists', (inner) => [inner]],
    ['objects', (inner) => ({ zz: inner })],
    ['elements', (inner) => ({ name: 'x', children: [inner] })],
    ['types', (inner) => ({ '@type': [inner] })],
    ['bodies', (inner) => ({ creator: [inner] })],
    ['lists of bodies', (inner) => [[inner]]],
  ];
  test.each(ways)('%s: cut off, and told', (what, open) => {
    for (const name of ['zz', '@type', 'creator', 'children']) {
      const { kept, left } = through({ a: 1, [name]: nested(10_000, open), creator: 'https://x.example/b' });
      expect(kept).toMatchObject({ a: 1 });
      expect(() => JSON.stringify(kept)).not.toThrow();
      // What names no body goes as a person before it is too deep.
      if (name === 'zz' && what !== 'bodies')
        expect([...left]).toContainEqual(['something more than 256 levels deep', 1]);
    }
  });
  test.each(ways.slice(0, 4))('%s: 200 levels stay as they are', (_, open) => {
    const raw = { a: 1, zz: nested(100, open) };
    expect(through(raw)).toEqual({ kept: raw, left: new Map() });
  });
});

test('twice through is once through', () => {
  const canaries = createCanaries();
  const raw = { zz: typedPersons(canaries.next('')), instructor: 'Anna', text: 'anna@canary.example', n: 5 };
  const { kept } = through(raw);
  const again = through(kept);
  expect(again.kept).toBe(kept);
  expect(again.left.size).toBe(0);
});

test('what went is told once a record, by the word for it, and told again when it is read from the store', async () => {
  const ooapi = formatNamed(await loadFormats(), 'ooapi');
  const body = JSON.stringify({
    items: [
      {
        courseId: 'c',
        name: 'Clay',
        coordinators: [{ personId: 'p' }],
        '@persons': 'forged',
        link: 'mailto:a@b.example',
      },
    ],
  });
  async function* bytes() {
    yield Buffer.from(body);
  }
  const source = testSource({ id: 'clay', format: 'ooapi', url: 'https://x.example/courses' });
  const page = { url: source.url, source, envelope: {} };
  for await (const item of ooapi.records(bytes(), page)) {
    if (isFault(item)) throw new Error('no fault expected');
    for (const raw of [item.raw, JSON.parse(JSON.stringify(item.raw))]) {
      const { problems } = ooapi.normalise(raw, source, 'c', []);
      expect(problems.filter(({ rule }) => rule === 'personal-data')).toMatchObject([
        { severity: 'info', found: '1 × coordinators, 1 × e-mail address' },
      ]);
    }
  }
});

describe('blocks of contact data', () => {
  const child = (name: string, text: string) => ({ name, text });
  const venue = {
    name: 'coordonnees',
    children: [
      child('nom', 'Canary'),
      child('prenom', 'Anna'),
      child('ligne', 'Anna Canary'),
      { name: 'adresse', children: [child('ville', 'Olivet')] },
      { name: 'telfixe', children: [child('numtel', '+49 151 777 1234567')] },
    ],
    attributes: { zz: 'Anna Canary' },
  };
  const raw = { record: { name: 'lieu', children: [venue] } };

  test('of one that the format reads, the blocks in it that it reads stay, and nothing else', () => {
    const reads = (name: string) => ['lieu', 'coordonnees', 'adresse', 'ville', 'ligne'].includes(name);
    const { kept, left } = through(raw, reads);
    expect(kept).toEqual({
      record: {
        name: 'lieu',
        children: [{ name: 'coordonnees', children: [{ name: 'adresse', children: [child('ville', 'Olivet')] }] }],
      },
    });
    expect([...left.keys()]).toContain('coordonnees');
  });

  test('of one that it does not read, nothing stays', () => {
    expect(through(raw, (name) => name !== 'coordonnees').kept).toEqual({ record: { name: 'lieu', children: [] } });
  });
});

test('who examines stays where it is read and calls itself a body', () => {
  const said = (text: string) => ({ record: { name: 'DEGREE_EXAM', children: [{ name: 'EXAMINER', text }] } });
  const reads = (name: string) => ['record', 'EXAMINER', 'DEGREE_EXAM'].includes(name);
  for (const text of ['IHK Emden', 'Handwerkskammer', 'TÜV Nord'])
    expect(through(said(text), reads).kept).toEqual(said(text));
  const gone = { record: { name: 'DEGREE_EXAM', children: [] } };
  for (const text of ['Anna Canary', 'Canary', 'Dr. Canary']) expect(through(said(text), reads).kept).toEqual(gone);
  expect(through(said('IHK Emden'), (name) => name === 'DEGREE_EXAM').kept).toEqual(gone);
});
