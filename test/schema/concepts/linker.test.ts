import { describe, expect, test } from 'vitest';
import { openConcepts } from '../../../schema/vocabularies/concepts/concepts.ts';
import {
  buildConcepts,
  type ConceptSource,
  conceptSources,
  weigh,
} from '../../../schema/vocabularies/concepts/index.ts';
import { createLinker } from '../../../schema/vocabularies/concepts/linker.ts';

const concept = (uri: string, names: Record<string, string>, more: Partial<ConceptSource> = {}): ConceptSource => ({
  uri,
  kind: 'skill',
  labels: Object.entries(names).flatMap(([language, cell]) =>
    cell.split('|').map((text, n) => ({ language, text, preferred: n === 0 })),
  ),
  ...more,
});

const SOURCES = [
  concept(
    'x:welder',
    { en: 'welder', nl: 'lasser', et: 'keevitaja', de: 'Schweißer' },
    { kind: 'occupation', essential: ['x:tig'] },
  ),
  concept('x:tig', { en: 'TIG welding', de: 'WIG-Schweißen' }, { broader: ['x:metal'] }),
  concept('x:metal', { en: 'metal work', de: 'Metallbearbeitung' }),
  concept(
    'x:forklift',
    { de: 'Gabelstaplerfahrer|Gabelstapler fahren', en: 'forklift driver' },
    { kind: 'occupation' },
  ),
  concept('x:cpp', { en: 'C++' }),
  concept('x:energy', { fr: "efficacité de l'énergie", en: 'energy efficiency' }),
  concept('x:english', { en: 'English', et: 'inglise keel' }, { same: ['x:language'] }),
  concept('x:language', { en: 'language', el: 'γλώσσα' }),
];
const concepts = openConcepts(buildConcepts(SOURCES, []));
const { link } = createLinker(concepts);
const first = (text: string) => link(text)[0];

describe('a text is linked', () => {
  test.each([
    ['lasser worden', 'x:welder', 'lasser', 'nl'],
    ['Keevitajate koolitus', 'x:welder', 'keevitaja', 'et'],
    ['SCHWEISSER', 'x:welder', 'Schweißer', 'de'],
    ['Gabelstaplerschein', 'x:forklift', 'Gabelstaplerfahrer', 'de'],
    ['programmeren in C++', 'x:cpp', 'C++', 'en'],
    ['efficacite energie', 'x:energy', "efficacité de l'énergie", 'fr'],
    ['ΓΛΏΣΣΑ', 'x:language', 'γλώσσα', 'el'],
  ])('%s → %s', (text, uri, label, labelLanguage) => {
    expect(first(text)).toMatchObject({ uri, label, labelLanguage });
  });

  test('exactly, nearly, or only as related; what has nothing in common is not linked', () => {
    expect(first('TIG welding')).toMatchObject({ uri: 'x:tig', score: 1, match: 'exact' });
    expect(first('welding with TIG for artists')?.match).not.toBe('exact');
    expect(link('zzxqy wkvbt')).toEqual([]);
  });

  test('with the stretch that fits, in the letters of the text', () => {
    const text = 'Kurs: WIG-Schweißen für Anfänger';
    const { span } = first(text) ?? expect.fail('nothing linked');
    expect(text.slice(span.from, span.to)).toBe('WIG-Schweißen');
  });

  test('whatever is given: nothing, signs, controls, very much', () => {
    for (const text of ['', '   ', '+++', '🙂🙂', '\u0000\u202e', '"""', 'a']) expect(link(text)).toEqual([]);
    expect(link(`${'welder '.repeat(5_000)}`)[0]?.uri).toBe('x:welder');
    expect(link('x'.repeat(100_000))).toEqual([]);
  });

  test('the same way however often, and at most so many', () => {
    const once = link('welding metal energy language');
    expect(link('welding metal energy language')).toEqual(once);
    expect(link('welding metal energy language', { most: 2 })).toEqual(once.slice(0, 2));
    expect(link('welding metal energy language', { least: 0.99 })).toEqual([]);
  });

  test('to a vector of length 1 in which what is likely counts for most', () => {
    const weighed = weigh(link('TIG welding'));
    expect(weighed.reduce((sum, { weight }) => sum + weight ** 2, 0)).toBeCloseTo(1);
    expect(weighed[0]?.weight).toBeGreaterThan(0.9);
    expect(weigh([])).toEqual([]);
  });
});

describe('a concept file', () => {
  test('gives back all that it was built from', () => {
    const back = new Map(conceptSources(concepts).map((one) => [one.uri, one]));
    const preferredFirst = (one: ConceptSource): ConceptSource => ({
      ...one,
      labels: [...one.labels].sort((a, b) => Number(b.preferred) - Number(a.preferred)),
    });
    for (const source of SOURCES) expect(back.get(source.uri)).toEqual(preferredFirst(source));
    expect(back.size).toBe(SOURCES.length);
  });

  test('finds concepts by their address, and no others', () => {
    for (const { uri } of SOURCES) expect(concepts.uriOf(concepts.find(uri) ?? -1)).toBe(uri);
    for (const uri of ['', 'x:weld', 'x:welders', 'y']) expect(concepts.find(uri)).toBeUndefined();
  });

  test('is the same whatever order its concepts came in', () => {
    expect(buildConcepts([...SOURCES].reverse(), [])).toEqual(buildConcepts(SOURCES, []));
  });
});
