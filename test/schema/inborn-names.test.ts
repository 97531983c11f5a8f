import { expect, test } from 'vitest';
import {
  asText,
  bareRecord,
  chooseText,
  found,
  labelOf,
  lookedUp,
  own,
  SourceDefinition,
  table,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { langStrings } from '../../schema/parse/lang-strings.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { languageNames } from '../../schema/parse/language-names.ts';
import { decimal } from '../../schema/parse/number.ts';
import { currencyCode, parsePrices } from '../../schema/parse/price.ts';
import { webUrl } from '../../schema/parse/url.ts';
import { displayLabels } from '../../schema/vocabularies/display-labels.ts';
import { eqfFromNqf, iscedAncestors, nutsCountry, vocabularies } from '../../schema/vocabularies/index.ts';
import { INBORN } from '../support/inborn-names.ts';

const untouched = Object.getOwnPropertyNames(Object.prototype);
/** As feeds may write them: in other case, with blanks, behind the address of a vocabulary. */
const SPELLINGS = INBORN.flatMap((name) => [
  name,
  ` ${name} `,
  name.toUpperCase(),
  name.toLowerCase(),
  `http://publications.europa.eu/resource/authority/country/${name}`,
]);

test.each(Object.values(vocabularies))('vocabulary $name: no inborn name is a code or a word for one', (vocabulary) => {
  for (const said of SPELLINGS) {
    expect(vocabulary.get(said), said).toBeUndefined();
    expect(vocabulary.parse(said), said).toBeUndefined();
    expect(labelOf(vocabulary, said, [said])).toEqual({ language: 'zxx', value: said });
  }
});

test('parsers answer "unknown" to every inborn name', () => {
  for (const said of SPELLINGS) {
    expect(countryCode(said), said).toBeUndefined();
    expect(languageTag(said), said).toBeUndefined();
    expect(currencyCode(said), said).toBeUndefined();
    expect(languageNames().get(said), said).toBeUndefined();
    expect(nutsCountry(said), said).toBeUndefined();
    expect(iscedAncestors(said), said).toEqual([]);
    expect(isoDate(said), said).toBeUndefined();
    expect(decimal(said), said).toBeUndefined();
    expect(parsePrices(said).every((price) => price.currency === undefined && price.amount === undefined)).toBe(true);
    if (!said.startsWith('http')) expect(webUrl(said), said).toBeUndefined();
    for (const nqf of [
      { country: said, framework: said, level: said },
      { country: 'IE', framework: 'NFQ', level: said },
      { country: 'DE', framework: said, level: said },
    ])
      expect(eqfFromNqf(nqf), said).toBeUndefined();
  }
});

test('displayLabels takes codes only', () => {
  for (const name of INBORN)
    for (const type of ['region', 'language'] as const) {
      // CLDR has no such code; what it throws at is no code at all, and never comes that far.
      try {
        expect(displayLabels(type, name)).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
});

test('texts: an inborn name is no language, neither as tag nor as key', () => {
  for (const name of INBORN) {
    const map = JSON.parse(`{${JSON.stringify(name)}: "text"}`);
    expect(langStrings(map), name).toEqual([]);
    expect(langStrings({ value: 'text', language: name }), name).toEqual([{ language: 'und', value: 'text' }]);
    expect(langStrings({ '@value': 'text', ...map }, 'en'), name).toEqual([{ language: 'en', value: 'text' }]);
    expect(chooseText([{ language: name, value: 'text' }], [name])?.value).toBe('text');
    expect(chooseText([{ language: 'en', value: 'text' }], [name])?.value).toBe('text');
  }
});

test('look-ups of a source: only what is written there', () => {
  const source = SourceDefinition.parse({
    id: 'inborn',
    title: 't',
    format: 'csv',
    url: 'https://feed.example/',
    publisher: 'p',
    licence: 'CC0-1.0',
    lookups: { mode: { A: 'online' } },
  });
  expect(lookedUp(source, 'mode', 'A')).toBe('online');
  for (const name of INBORN) {
    expect(lookedUp(source, 'mode', name), name).toBeUndefined();
    expect(lookedUp(source, name, 'A'), name).toBeUndefined();
    expect(lookedUp(source, name, name), name).toBeUndefined();
  }
  // Written there on purpose they are words like all others; `__proto__` alone is left out by the model.
  for (const name of INBORN.filter((one) => one !== '__proto__')) {
    const given = SourceDefinition.parse({
      ...source,
      lookups: JSON.parse(`{"mode": {${JSON.stringify(name)}: "online"}, ${JSON.stringify(name)}: {"A": "b"}}`),
      options: JSON.parse(`{${JSON.stringify(name)}: "x"}`),
      headers: JSON.parse(`{${JSON.stringify(name)}: "x"}`),
    });
    expect(lookedUp(given, 'mode', name), name).toBe('online');
    expect(lookedUp(given, name, 'A'), name).toBe('b');
    expect(Object.entries(given.options), name).toEqual([[name, 'x']]);
    expect(Object.entries(given.headers), name).toEqual([[name, 'x']]);
  }
  const proto = JSON.parse('{"__proto__": {"A": "online"}, "mode": {"__proto__": "x", "A": "online"}}');
  const parsed = SourceDefinition.parse({ ...source, lookups: proto, options: JSON.parse('{"__proto__": 1}') });
  expect(Object.getPrototypeOf(parsed.lookups)).toBe(Object.prototype);
  expect(lookedUp(parsed, 'mode', 'A')).toBe('online');
  expect(lookedUp(parsed, 'A', 'A')).toBeUndefined();
});

test('the helpers themselves', () => {
  const words = table({ a: 1 });
  const record = bareRecord<Record<string, unknown>>({ a: 1 });
  for (const name of INBORN) {
    expect(words.get(name)).toBeUndefined();
    expect(record[name]).toBeUndefined();
    expect(own({ a: 1 }, name)).toBeUndefined();
    record[name] = name;
  }
  expect(Object.keys(record)).toEqual(['a', ...INBORN]);
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  expect(own(undefined, 'a')).toBeUndefined();
});

test('a value whose own members pass for methods is put into words, never called', () => {
  const hostile = JSON.parse('{"toString": "x", "valueOf": 1, "toJSON": {}, "constructor": null, "length": 7}');
  expect(asText(hostile)).toBe('[object Object]');
  expect(asText([hostile, null, ['a', 1]])).toBe('[object Object],,a,1');
  expect(asText(bareRecord())).toBe('[object Object]');
  for (const plain of ['x', 1, true, null, undefined, [], [1, [2, null]], {}])
    expect(asText(plain)).toBe(String(plain));
  expect(found(hostile)).toContain('"toString":"x"');
  let deep: unknown = hostile;
  for (let i = 0; i < 100_000; i++) deep = { ...hostile, deep };
  expect(found(deep)).toBe('[object Object]');
});

test('nothing of this touched what all objects come from', () => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(untouched);
});
