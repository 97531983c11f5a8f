import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { ltSmpkr } from '../../crawler/formats/lt-smpkr.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../contract/read-feed.ts';

const MANIFEST = new URL('../../../shared/feeds/lt-smpkr/smpkr-dsa-manifest.csv', import.meta.url);
const url = 'https://data.example/StudijuPrograma/:format/json';

/** The columns of each table of the manifest (a table of DSA). */
function tables(): Map<string, string[]> {
  const rows = parse(readFileSync(MANIFEST, 'utf8'), { columns: true, relax_column_count: true }) as Record<
    string,
    string
  >[];
  const found = new Map<string, string[]>();
  let last = '';
  for (const { model, property } of rows) {
    if (model) last = model;
    else if (property) found.set(last, [...(found.get(last) ?? []), property]);
  }
  return found;
}

describe.skipIf(!existsSync(MANIFEST))(
  'the tables of the register as their manifest has them (needs ../shared/feeds)',
  () => {
    const read = async (rows: readonly Record<string, unknown>[]) => {
      const source = suiteSource('lt-smpkr', url);
      const reading = await readFeed(
        ltSmpkr,
        { body: JSON.stringify({ _data: rows }), url, mediaType: 'application/json' },
        { source },
      );
      return { ...reading, results: [...normalisedOf(ltSmpkr, source, reading.records).values()] };
    };
    const row = (name: string) =>
      Object.fromEntries(
        (tables().get(name) ?? []).map((column) => [
          column,
          /_data$|terminas|metai|redag/.test(column) ? '2024-02-01' : '7',
        ]),
      );

    test('each column of programmes and accreditations is known', async () => {
      expect([...tables().keys()]).toEqual([
        'StudijuPrograma',
        'ProgramosAkreditacija',
        'ProgramosStojimas',
        'ProgramosStudentas',
      ]);
      const programme = row('StudijuPrograma');
      const accreditation = row('ProgramosAkreditacija');
      expect(Object.keys(programme)).toHaveLength(29);
      expect(Object.keys(accreditation)).toHaveLength(12);
      const { faults, results } = await read([programme, accreditation]);
      expect(faults).toEqual([]);
      expect(results.flatMap(({ problems }) => problems.filter(({ rule }) => rule === 'not-mapped'))).toEqual([]);
    });

    test('the tables of applicants and students are no programmes', async () => {
      const { faults, records } = await read([row('ProgramosStojimas'), row('ProgramosStudentas')]);
      expect(records).toEqual([]);
      expect(faults.map(({ rejection }) => rejection.rule)).toEqual(['other-resource', 'other-resource']);
    });
  },
);
