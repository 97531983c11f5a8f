import { describe, expect, test } from 'vitest';
import { toElement, type XmlElement } from '../../../crawler/decode/xml-element.ts';
import { createNotes } from '../../../crawler/problems/notes.ts';
import { declareShape, unreadIn } from '../../../crawler/record/shape.ts';
import { Spot } from '../../../crawler/record/spot.ts';
import { xmlSyntax } from '../../../crawler/record/xml.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const source = SourceDefinition.parse({
  id: 'xml',
  title: 'x',
  format: 'x',
  url: 'https://x.example/',
  publisher: 'p',
  licence: 'l',
});
const spotOf = (value: XmlElement, notes = createNotes()) =>
  new Spot(xmlSyntax, { source, notes, language: 'en' }, { value, path: '/course' });
const child = (name: string, text?: string, more: Partial<XmlElement> = {}): XmlElement => ({
  name,
  ...(text === undefined ? {} : { text }),
  ...more,
});

describe('spots over XML', () => {
  const course = spotOf({
    name: 'course',
    attributes: { id: 'c', note: 'n/a' },
    children: [
      child('title', 'Knots', { language: 'en' }),
      child('title', 'Clymau', { language: 'cy' }),
      child('level'),
      child('abstract', 'tbc'),
      child('start', undefined, { attributes: { dtf: '2027-03-01' } }),
      child('url', 'https://x.example/?a=1&amp;b=2'),
      child('venue', '<b>Pier</b> &amp; dock'),
    ],
  });

  test('empty elements and fillers are silent, attributes speak', () => {
    expect(course.members()).toEqual(['title', 'start', 'url', 'venue', '@id']);
    expect(course.each('level', 'abstract')).toEqual([]);
    expect(course.at('start').silent).toBe(false);
    expect(course.first('level', 'title').path).toBe('/course/title[1]');
  });

  test('places and languages', () => {
    expect(course.each('title').map((one) => [one.path, one.texts()])).toEqual([
      ['/course/title[1]', [{ language: 'en', value: 'Knots' }]],
      ['/course/title[2]', [{ language: 'cy', value: 'Clymau' }]],
    ]);
    expect(course.at('title').texts()).toHaveLength(2);
    expect(course.at('start').at('@dtf').path).toBe('/course/start/@dtf');
  });

  test('markup inside a text is read, an address stays as it is written', () => {
    expect(course.at('venue').said()).toBe('Pier & dock');
    expect(course.at('url').said()).toBe('https://x.example/?a=1&amp;b=2');
  });

  test('reports quote the words, of an element without words what is in it', () => {
    const notes = createNotes();
    const spot = spotOf(
      {
        name: 'course',
        children: [child('venue', undefined, { children: [child('title', 'the old pier')] }), child('end', 'soon')],
      },
      notes,
    );
    for (const name of ['venue', 'end', 'start']) spot.at(name).note('not-mapped');
    expect(notes.problems.map(({ found }) => found)).toEqual(['the old pier', 'soon', 'undefined']);
  });

  test('an element with very many children is walked in linear time', () => {
    const many = Array.from({ length: 60_000 }, (_, n) => child(`n${n}`, 'x'));
    const shape = declareShape(many.map(({ name }) => name).join(' '));
    const begun = performance.now();
    expect(unreadIn(spotOf({ name: 'course', children: many }), shape)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

test('what a shape declares is read, attributes by their bare name', () => {
  const { reads } = declareShape('start { @dtf } subject { @xsi:type }');
  expect(['start', 'dtf', 'subject', 'type'].map(reads)).toEqual([true, true, true, true]);
  expect(reads('teacher')).toBe(false);
});

describe('a stored tree', () => {
  test('that is an element is taken as it is; what is none of it is left out', () => {
    const whole = { name: 'course', attributes: { id: 'c' }, children: [{ name: 'title', text: 'Knots' }] };
    expect(toElement(whole)).toBe(whole);
    const broken = {
      name: 'course',
      text: 3,
      attributes: { id: 'c', n: 4 },
      children: [null, 'x', { name: 5 }, { name: 'title' }],
    };
    expect(toElement(broken)).toEqual({ name: 'course', attributes: { id: 'c' }, children: [{ name: 'title' }] });
    for (const rubbish of [null, undefined, 'x', 3, [], {}]) expect(toElement(rubbish)).toBeUndefined();
  });
});
