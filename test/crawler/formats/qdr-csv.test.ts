import { describe, expect, test } from 'vitest';
import { loadFormats } from '../../../crawler/registry.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../../contract/read-feed.ts';

const formats = await loadFormats();
const qdrCsv = formats.get('qdr-csv') ?? expect.fail('no qdr-csv');
const Q = 'http://data.europa.eu/snb/data/qualification/';

async function read(body: string, url = 'https://register.example/table.csv') {
  const feed = { body, url, mediaType: 'text/csv' };
  const source = suiteSource('qdr-csv', url);
  const reading = await readFeed(qdrCsv, feed, { source });
  return { ...reading, results: normalisedOf(qdrCsv, source, reading.records) };
}
const rulesOf = ({ faults }: { faults: readonly { rejection: { rule: string } }[] }) =>
  faults.map(({ rejection }) => rejection.rule);

describe('a table of the register', () => {
  const HEADER = 'q,title,titleLang,legalName,awardingBody,EQFLevel';
  const ROWS = [
    `${Q}1,Lace,en,Lace School,http://data.europa.eu/snb/o/1,5`,
    `${Q}2,Stone,en,Stone School,http://data.europa.eu/snb/o/2,4`,
    `${Q}1,Bizzilla,mt,Lace School,http://data.europa.eu/snb/o/1,5`,
    `${Q}1,Bizzilla,mt,Skola tal-Bizzilla,http://data.europa.eu/snb/o/1,5`,
  ];

  test('is the same in whatever order its rows stand', async () => {
    const raws = async (rows: readonly string[]) => {
      const { records } = await read([HEADER, ...rows].join('\n'));
      return Object.fromEntries(records.map(({ identifier, raw }) => [identifier, JSON.stringify(raw)]));
    };
    const once = await raws(ROWS);
    expect(Object.keys(once)).toHaveLength(2);
    expect(await raws([...ROWS].reverse())).toEqual(once);
    expect(await raws([...ROWS, ...ROWS])).toEqual(once);
  });

  test('of any length is put together lot by lot: each qualification once, of all its rows', async () => {
    const body = [HEADER];
    for (const language of ['en', 'mt', 'ga'])
      for (let n = 0; n < 15_000; n++) body.push(`${Q}${n},Lace ${n} ${language},${language},,,5`);
    const source = suiteSource('qdr-csv', 'https://register.example/table.csv');
    const feed = { body: body.join('\n'), url: source.url, mediaType: 'text/csv' };
    const { records, faults } = await readFeed(qdrCsv, feed, { source });
    expect(faults).toEqual([]);
    expect(new Set(records.map(({ identifier }) => identifier)).size).toBe(15_000);
    expect(records).toHaveLength(15_000);
    for (const { raw } of records) expect((raw as { title: unknown[] }).title).toHaveLength(3);
  });

  test('has one body for each address, under all its names', async () => {
    const { results } = await read([HEADER, ...ROWS].join('\n'));
    const result = results.get(`${Q}1`);
    const credential = result && 'credential' in result ? result.credential : undefined;
    expect(credential?.awardingBody.value?.map(({ name }) => name?.map(({ value }) => value).sort())).toEqual([
      ['Lace School', 'Skola tal-Bizzilla'],
    ]);
    expect(credential?.level.value).toEqual({ eqf: 5 });
  });

  test('keeps what nobody reads under its name, and names within one answer nowhere', async () => {
    const { records, results } = await read(`q,title,reach,@id,awardingBody\n${Q}1,Lace,far,x,_:b0\n`);
    expect(JSON.parse(JSON.stringify(records[0]?.raw))).toEqual({ id: `${Q}1`, title: ['Lace'], reach: ['far'] });
    expect(results.get(`${Q}1`)?.problems.map(({ rule, found }) => `${rule} ${found}`)).toEqual(['not-mapped reach']);
  });

  test('that is another one is told, and proves nothing gone', async () => {
    for (const body of ['a,b\n1,2\n', 'q,v\nhttp://data.europa.eu/snb/q/1,Lace\n', '']) {
      const { faults, records } = await read(body);
      expect(records).toEqual([]);
      expect(faults.map(({ rejection, incomplete }) => [rejection.rule, incomplete])).toEqual([
        ['csv-no-header', true],
      ]);
    }
  });

  test('goes on behind rows that name no qualification, and ends where it cannot be divided', async () => {
    expect(rulesOf(await read(`q,title\nnothing,Lace\n${Q}1,Stone\n`))).toEqual(['missing-identifier']);
    const cut = await read(`q,title\n${Q}1,Stone\n${Q}2,"Lace\n`);
    expect(cut.records.map(({ identifier }) => identifier)).toEqual([`${Q}1`]);
    expect(rulesOf(cut)).toEqual(['csv-syntax']);
  });

  test('is claimed by its addresses, and tables of courses are not', () => {
    const sure = (text: string) => qdrCsv.detect({ text });
    expect(sure(`q,title\n${Q}1,Lace\n`)).toBeGreaterThan(0.9);
    expect(sure(`"q","v"\n"${Q}1","Lace"\n`)).toBeGreaterThan(0.9);
    expect(sure('identifier,title,eqf_level\nA-1,Lace,http://data.europa.eu/snb/eqf/5\n')).toBe(0);
    expect(sure('q,title\nhttps://courses.example/1,Lace\n')).toBe(0);
    const csv = formats.get('csv');
    expect(
      csv?.detect({ text: 'identifier,title,eqf_level\nhttps://a.example/1,Lace,http://data.europa.eu/snb/eqf/5\n' }),
    ).toBeGreaterThan(0.8);
  });
});
