import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { csv as unguarded } from '../../crawler/formats/csv/index.ts';
import { presetIn } from '../../crawler/formats/csv/presets.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import type { Credential } from '../../schema/index.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { FEEDS } from '../support/real-feeds.ts';

const csv = behindDoor(unguarded);
const FILES = {
  'ec2u-lll-header.csv': ['ec2u-lifelong-learning', 22],
  'mcf-catalogueformation-header.csv': ['mon-compte-formation', 42],
  'openedx-course-loader.csv': ['openedx-course-loader', 61],
} as const;
const at = (file: string): string => `${FEEDS}csv/${file}`;
const rowsOf = (file: string): string[][] =>
  existsSync(at(file))
    ? parse(readFileSync(at(file), 'utf8'), { delimiter: file.startsWith('mcf') ? ';' : ',', relax_column_count: true })
    : [];

// Headers of tables that others publish; the loader has one row beside it, read by hand.
describe.skipIf(!existsSync(at('openedx-course-loader.csv')))(
  'templates of others (needs ../shared/feeds)',
  async () => {
    test.each(Object.entries(FILES))('%s shows of whom it is, and no header is unknown', (file, [name, columns]) => {
      const [headers = []] = rowsOf(file);
      expect(headers).toHaveLength(columns);
      const preset = presetIn(headers);
      expect(preset?.name).toBe(name);
      expect(headers.filter((header) => preset?.meaningOf(header) === undefined)).toEqual([]);
    });

    const records: {
      record: Credential;
      problems: readonly { rule: string; path: string; found: string }[];
      raw: unknown;
    }[] = [];
    const source = suiteSource('csv', 'https://feeds.example/loader.csv');
    async function* bytes() {
      yield new Uint8Array(readFileSync(at('openedx-course-loader.csv')));
    }
    if (existsSync(at('openedx-course-loader.csv')))
      for await (const item of csv.records(bytes(), { url: source.url, source, envelope: {} })) {
        if (isFault(item)) throw new Error(JSON.stringify(item));
        const result = csv.normalise(item.raw, source, item.identifier, []);
        if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
        records.push({ record: result.credential, problems: result.problems, raw: item.raw });
      }

    test('the row of the loader says what a reader takes from it', () => {
      expect(records).toHaveLength(1);
      const [one] = records;
      if (!one) return;
      const { record, problems, raw } = one;
      const run = record.opportunities[0];
      expect(record).toMatchObject({
        identifier: '123456789',
        alternates: ['code:suite-csv:csv_123'],
        title: { value: [{ value: 'CSV Course' }] },
        offeredBy: { value: [{ name: [{ value: 'edx' }] }] },
        url: 'http://www.example.com/?id=1234',
        level: { state: 'stated', value: { text: [{ value: 'beginner' }] } },
        workload: { value: { duration: 'P10W' } },
        languages: { value: ['en'] },
        kind: { value: { text: [{ value: 'short_course' }] } },
      });
      expect(record.fields.value?.[0]?.text?.map(({ value }) => value)).toEqual([
        'Computer Science',
        'Social Sciences',
      ]);
      expect(record.learningOutcomes.value?.map(({ text }) => text[0]?.value)).toEqual(['Outcomes']);
      expect(record.prerequisites.value?.[0]?.value).toBe('Summer of Winter');
      expect(record.furtherInformation.value?.text?.map(({ value }) => value)).toEqual(['Introduction to Algorithms']);
      // 01/25/2020: there is no 25th month.
      expect([run?.startDate, run?.endDate, run?.applicationDeadline]).toEqual([
        '2020-01-25',
        '2050-02-25',
        '2050-01-25',
      ]);
      expect(run?.pace).toBe('self-paced');
      // The currency of the one stands in its header; that of the other nowhere.
      expect(run?.prices).toEqual([{ amount: 150 }, { amount: 123.4, currency: 'USD' }]);

      // What a careless reader would say as well.
      expect(record.workload.value?.hours, 'four to ten hours a week are not those of the whole').toBeUndefined();
      expect(record.workload.value?.ects).toBeUndefined();
      expect(record.level.value?.eqf, '"beginner" is no level of the EQF').toBeUndefined();
      expect(record.awardingBody.state, 'who offers need not award').toBe('not-stated');
      expect(record.issuerCountry.state, '"English - United States" is a language').toBe('not-stated');
      expect(record.kind.value?.code).toBeUndefined();
      expect(record.relations, 'the name of a programme that is expected is no identifier of it').toEqual([]);
      expect(record.participation.state).toBe('not-stated');
      expect(record.certificationFormat.state, 'words on a page about certificates').toBe('not-stated');
      expect(record.sourceModified, 'the day it is published is not that of its last change').toBeUndefined();
      expect(JSON.stringify(raw)).not.toMatch(/staff_1/);
      expect(
        problems.filter(({ rule }) => rule !== 'personal-data').map(({ rule, path }) => `${path}: ${rule}`),
      ).toEqual([]);
    });
  },
);
