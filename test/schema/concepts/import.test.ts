import { describe, expect, test } from 'vitest';
import { type EscoTable, withEscoTables } from '../../../schema/vocabularies/concepts/esco-csv.ts';
import type { ConceptSource } from '../../../schema/vocabularies/concepts/index.ts';
import { inBothForms, readEsco } from '../../../schema/vocabularies/concepts/read-esco.ts';
import { readTopics } from '../../../schema/vocabularies/concepts/read-topics.ts';

const E = 'http://data.europa.eu/esco/';
const KNOWN: ConceptSource[] = [
  { uri: `${E}skill/1`, kind: 'skill', labels: [{ language: 'en', text: 'mend nets', preferred: true }] },
  { uri: `${E}skill/2`, kind: 'skill', labels: [{ language: 'et', text: 'vana nimi', preferred: true }] },
  { uri: `${E}occupation/1`, kind: 'occupation', labels: [], code: '6222' },
  { uri: 'urn:credatlas:topic:fishing', kind: 'topic', labels: [{ language: 'en', text: 'fishing', preferred: true }] },
];
const SKILLS: EscoTable = {
  name: 'skills_et.csv',
  rows: [
    { conceptUri: `${E}skill/1`, preferredLabel: 'võrke parandama', altLabels: 'võrguparandus\nvõrkude lappimine' },
    { conceptUri: `${E}skill/9`, preferredLabel: 'uus oskus' },
    { conceptUri: '', preferredLabel: 'nobody' },
  ],
};

describe('tables of the ESCO portal', () => {
  test('complete a language: its labels take the place of those before, concepts stay', () => {
    const { concepts, labels, unknown } = withEscoTables(KNOWN, [SKILLS], false);
    expect(concepts.find(({ uri }) => uri === `${E}skill/1`)?.labels).toEqual([
      { language: 'en', text: 'mend nets', preferred: true },
      { language: 'et', text: 'võrke parandama', preferred: true },
      { language: 'et', text: 'võrguparandus', preferred: false },
      { language: 'et', text: 'võrkude lappimine', preferred: false },
    ]);
    expect(concepts.map(({ uri }) => uri)).toEqual(KNOWN.map(({ uri }) => uri));
    expect([...labels]).toEqual([['et', 3]]);
    expect(unknown).toBe(1);
  });

  test('move to their edition: what it has is new, what it lacks is gone, other kinds stay', () => {
    const { concepts, unknown } = withEscoTables(KNOWN, [SKILLS], true);
    expect(concepts.map(({ uri }) => uri).sort()).toEqual(
      [`${E}skill/1`, `${E}skill/9`, `${E}occupation/1`, 'urn:credatlas:topic:fishing'].sort(),
    );
    expect(unknown).toBe(0);
  });

  test('relate occupations and skills; other tables are told', () => {
    const relations = {
      name: 'occupationSkillRelations_en.csv',
      rows: [
        { occupationUri: `${E}occupation/1`, skillUri: `${E}skill/1`, relationType: 'essential' },
        { occupationUri: `${E}occupation/1`, skillUri: `${E}skill/2`, relationType: 'optional' },
      ],
    };
    const { concepts, passedOver } = withEscoTables(
      KNOWN,
      [SKILLS, relations, { name: 'dictionary_en.csv', rows: [] }],
      false,
    );
    expect(concepts.find(({ uri }) => uri === `${E}occupation/1`)).toMatchObject({
      code: '6222',
      essential: [`${E}skill/1`],
      optional: [`${E}skill/2`],
    });
    expect(passedOver).toEqual(['dictionary_en.csv']);
  });
});

test('names for him and for her are two names; other slashes stay', () => {
  expect(inBothForms('soudeur/soudeuse')).toEqual(['soudeur', 'soudeuse']);
  expect(inBothForms('TCP/IP')).toEqual(['TCP/IP']);
  expect(inBothForms('either / or / neither')).toEqual(['either / or / neither']);
});

test('the table of ESCO: kinds, fields above, skills of occupations; English further names of skills were made by machine', () => {
  const table = [
    'uri\tkind\tskillType\treuseLevel\tcode\tbroader\tcollections\tlabels',
    'skill/1\tskill\tskill/knowledge\t\t\tisced-f/0831\t\ten:fish|fishes\tde:Fisch|Fische',
    'occupation/1\toccupation\t\t\t6222\tisco/C6222\t\ten:fisher|fisherman',
  ].join('\n');
  expect(readEsco(table, 'occupation\tessential\toptional\noccupation/1\t0\t')).toEqual([
    {
      uri: `${E}skill/1`,
      kind: 'skill',
      code: '0831',
      labels: [
        { language: 'en', text: 'fish', preferred: true },
        { language: 'de', text: 'Fisch', preferred: true },
        { language: 'de', text: 'Fische', preferred: false },
      ],
    },
    {
      uri: `${E}occupation/1`,
      kind: 'occupation',
      code: '6222',
      labels: [
        { language: 'en', text: 'fisher', preferred: true },
        { language: 'en', text: 'fisherman', preferred: false },
      ],
      broader: [`${E}isco/C6222`],
      essential: [`${E}skill/1`],
      optional: [],
    },
  ]);
});

test('a line of topics.tsv that is not right is named', () => {
  const table = (line: string) => readTopics(`id\tisced-f\tsame\ten\tet\n${line}`);
  expect(() => table('Fish\t0831\t\tfish\tkala')).toThrow('topics.tsv, line 2 (Fish): the id');
  expect(() => table('fish\t08310\t\tfish\tkala')).toThrow('"08310" is no code');
  expect(() => table('fish\t0831\t\tfish')).toThrow('1 languages instead of 2');
  expect(() => table('fish\t0831\t\tfish\t')).toThrow('no name in "et"');
  expect(table('fish\t0831\t\tfish|fishing\tkala')[0]?.uri).toBe('urn:credatlas:topic:fish');
});
