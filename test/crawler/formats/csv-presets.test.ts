import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../crawler/errors.ts';
import { csv as unguarded } from '../../../crawler/formats/csv/index.ts';
import { PRESETS, presetIn } from '../../../crawler/formats/csv/presets.ts';
import { headerKey } from '../../../crawler/formats/csv/words.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { memberMeaning } from '../../../crawler/persons/member-names.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../../contract/read-feed.ts';
import { FIXTURES, fixtureFiles } from '../../support/fixture-files.ts';

const csv = behindDoor(unguarded);

async function read(body: string, options: Record<string, string> = {}) {
  const feed = { body, url: 'https://tables.example/list.csv', mediaType: 'text/csv' };
  const source = { ...suiteSource('csv', feed.url), options };
  const reading = await readFeed(csv, feed, { source });
  return { ...reading, results: [...normalisedOf(csv, source, reading.records).values()] };
}
const credential = (result: Awaited<ReturnType<typeof read>>['results'][number] | undefined) => {
  if (!result || 'rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
  return result.credential;
};

describe.each([...PRESETS.values()])('preset $name', (preset) => {
  test('has a fixture, whose headers show of whom it is', async () => {
    expect(fixtureFiles('csv')).toContain(`preset-${preset.name}.csv`);
    const { records } = await read(readFileSync(new URL(`csv/preset-${preset.name}.csv`, FIXTURES), 'utf8'));
    expect(records.length).toBeGreaterThan(0);
    for (const { raw } of records) expect((raw as Record<string, unknown>)['@preset']).toBe(preset.name);
  });

  test('reads no header about persons', () => {
    const about = [...preset.columns.keys()].filter((header) => memberMeaning(header) && !memberMeaning(header)?.loose);
    expect(about).toEqual([]);
  });

  test('says of each header one thing', () => {
    const all = [...preset.columns.keys(), ...preset.carryNothing].map(headerKey);
    expect(all.filter((header, n) => all.indexOf(header) !== n)).toEqual([]);
    expect([...preset.columns.values()].map(({ column }) => column)).toContain(
      preset.name === 'microcreds-ie' ? 'identifier' : 'title', // of that one its title could not be read
    );
    expect(presetIn([...preset.columns.keys(), ...preset.carryNothing])?.name).toBe(preset.name);
  });
});

describe('presets', () => {
  test('tables that are of none are read by their words', async () => {
    const { records } = await read('identifier,title,Mode\nT-1,Weirs,Online\n');
    expect(records[0]?.raw).toEqual({ identifier: 'T-1', title: 'Weirs', Mode: 'Online' });
  });

  test('a source may name one whose signs are not all there', async () => {
    const table = 'COURSE_ID;COURSE_NAME;DELIVER_MODE\nC-1;Thatching;4\n';
    const [alone, named] = [await read(table), await read(table, { preset: 'england-course-directory' })];
    expect(credential(alone.results[0]).participation.value?.codes ?? []).toEqual([]);
    expect(credential(named.results[0]).participation.value?.codes).toEqual(['blended']);
  });

  test('a name that is none is told with those there are', async () => {
    const { broken } = await read('id,title\n1,A\n', { preset: 'englnd' });
    expect(broken).toBeInstanceOf(ConfigError);
    expect((broken as ConfigError).remedy).toContain('england-course-directory');
  });

  test('a preset that is no more leaves a stored row to its words', () => {
    const raw = { identifier: 'T-1', title: 'Weirs', Mode: 'Online', '@preset': 'of-yesterday' };
    const result = csv.normalise(raw, suiteSource('csv', 'https://tables.example/'), 'T-1', []);
    expect(credential(result).participation.value?.codes).toEqual(['online']);
  });

  test('a row that its template takes out is a tombstone, in other tables it is left out', async () => {
    const ec2u = (disabled: string) =>
      `University,University Course code,Course Title (in English),Disabled\nS,A-1,Salt,\nS,A-2,Maps,${disabled}\n`;
    expect((await read(ec2u('retired in May'))).gone).toEqual(['A-2']);
    expect((await read(ec2u('-'))).gone).toEqual([]);
    const own = await read('identifier,title,ects,disabled\nA-1,Salt,1,\nA-2,Maps,1,yes\n');
    expect([own.gone, own.records.map(({ identifier }) => identifier)]).toEqual([[], ['A-1']]);
  });

  test('what one template calls a body, another table may call a person', async () => {
    const table = (header: string) => `identifier,title,${header},ects\nT-1,Weirs,Zelda Quiverfull,2\n`;
    // Read by nobody, and by no word: the door keeps it outside, as before there were presets.
    expect(JSON.stringify((await read(table('Professor Surname'))).records)).not.toContain('Quiverfull');
    expect(JSON.stringify((await read(table('nom_of'))).records)).toContain('Quiverfull');
  });

  test('dates with slashes are in the order of the template, unless the source says otherwise', async () => {
    const table =
      'COURSE_NAME,YOUR_REFERENCE,WHO_THIS_COURSE_IS_FOR,DELIVERY_MODE,START_DATE\nA,R-1,All,Online,05/04/2027\n';
    const start = async (options = {}) =>
      credential((await read(table, options)).results[0]).opportunities[0]?.startDate;
    expect(await start()).toBe('2027-04-05');
    expect(await start({ dates: 'mdy' })).toBe('2027-05-04');
  });

  test('a column that no template has is read by its words, or told', async () => {
    const { results } = await read(
      'Banner image,Identifier,Code,Mode,Title,Lernergebnisse,Zzz\n,I-1,C-1,Online,Weirs,Build one,x\n',
    );
    expect(credential(results[0]).learningOutcomes.value).toHaveLength(1);
    expect(credential(results[0]).alternates).toEqual(['code:suite-csv:C-1']);
    const told = results[0]?.problems.map(({ rule, found }) => `${rule} ${found}`);
    expect(told).toEqual(['not-mapped Zzz']);
  });
});
