import { describe, expect, test } from 'vitest';
import { isFault, type RawRecord } from '../../../crawler/format.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { type Opportunity, SourceDefinition } from '../../../schema/index.ts';

const formats = await loadFormats();

/** The runs of the one credential in a body, by what tells them apart. */
async function runsOf(name: string, body: string, by: (run: Opportunity) => unknown): Promise<Map<unknown, string>> {
  const format = formats.get(name);
  if (!format) throw new Error(`no format ${name}`);
  const url = `https://runs.example/feed.${{ 'xcri-cap': 'xml', csv: 'csv' }[name] ?? 'json'}`;
  const source = SourceDefinition.parse({ id: 'runs', title: 'r', format: name, url, publisher: 'p', licence: 'l' });
  const records: RawRecord[] = [];
  async function* bytes() {
    yield Buffer.from(body);
  }
  for await (const item of format.records(bytes(), { url, source, envelope: {} }))
    if (!isFault(item)) records.push(JSON.parse(JSON.stringify(item)));
  const main = records.find(({ part }) => part === undefined);
  const parts = records
    .filter(({ part }) => part !== undefined)
    .sort((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : 1));
  const result = format.normalise(
    main?.raw,
    source,
    main?.identifier ?? '',
    parts.map(({ raw }) => raw),
  );
  if ('rejection' in result || !result.credential) throw new Error(`rejected: ${JSON.stringify(result)}`);
  return new Map(result.credential.opportunities.map((run) => [by(run), run.id]));
}

const csv = (rows: string[]) => ['identifier,title,opportunity_id,end_date,place,price,currency', ...rows].join('\n');
const xcri = (presentations: string[]) => `<?xml version="1.0"?>
<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo">
<provider><dc:identifier>p</dc:identifier><dc:title>P</dc:title><course><dc:identifier>c</dc:identifier><dc:title>Knots</dc:title>
${presentations.join('\n')}</course></provider></catalog>`;
const ctdl = (names: string[]) =>
  JSON.stringify({
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@graph': [
      {
        '@id': 'https://runs.example/k',
        '@type': 'ceterms:Course',
        'ceterms:name': { en: 'Knots' },
        'ceterms:hasOffering': names.map((name) => ({
          '@type': 'ceterms:ScheduledOffering',
          'ceterms:name': { en: name },
        })),
      },
    ],
  });
const schemaOrg = (prices: string[]) =>
  JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'Course',
    name: 'Knots',
    url: 'https://runs.example/k',
    hasCourseInstance: prices.map((price) => ({
      '@type': 'CourseInstance',
      startDate: '2027-05-01',
      offers: { '@type': 'Offer', price, priceCurrency: 'EUR' },
    })),
  });

const price = (run: Opportunity) => run.prices?.[0]?.amount;
const CASES: [
  name: string,
  format: string,
  write: (runs: string[]) => string,
  runs: string[],
  by: (run: Opportunity) => unknown,
][] = [
  [
    'rows without an id',
    'csv',
    csv,
    ['k,Knots,,2027-05-01,,5,EUR', 'k,Knots,,2027-06-01,,6,EUR', 'k,Knots,,2027-07-01,,7,EUR'],
    price,
  ],
  [
    'rows with one id and other dates',
    'csv',
    csv,
    ['k,Knots,r,2027-05-01,Lyon,5,EUR', 'k,Knots,r,2027-06-01,Graz,6,EUR'],
    price,
  ],
  [
    'presentations that say only where to read more',
    'xcri-cap',
    xcri,
    [
      '<presentation><mlo:url>https://runs.example/1</mlo:url></presentation>',
      '<presentation><mlo:url>https://runs.example/2</mlo:url></presentation>',
    ],
    ({ url }) => url,
  ],
  [
    'presentations with one id',
    'xcri-cap',
    xcri,
    ['2027-05-01', '2027-06-01', '2027-07-01'].map(
      (day) =>
        `<presentation><dc:identifier>r</dc:identifier><mlo:start dtf="${day}">${day}</mlo:start></presentation>`,
    ),
    ({ startDate }) => startDate,
  ],
  ['offerings without an id', 'ctdl', ctdl, ['Spring', 'Autumn'], ({ name }) => name?.[0]?.value],
  ['instances of one day, other prices', 'schema-org', schemaOrg, ['5', '6', '7'], price],
];

describe('ids of runs that the source does not name, or names alike', () => {
  test.each(CASES)(
    '%s (%s): they stay with their runs, whatever stands before them',
    async (_, format, write, runs, by) => {
      const ids = await runsOf(format, write(runs), by);
      expect(ids.size).toBe(runs.length);
      expect(new Set(ids.values()).size).toBe(runs.length);
      expect(await runsOf(format, write(runs.toReversed()), by)).toEqual(new Map([...ids].reverse()));
    },
  );

  test('unnamed offerings of a further entry of one credential are runs too', async () => {
    const [one, other] = ['Spring', 'Autumn'].map((name) => JSON.parse(ctdl([name]))['@graph'][0]);
    const body = JSON.stringify({
      '@context': 'https://credreg.net/ctdl/schema/context/json',
      '@graph': [one, other, one],
    });
    const ids = await runsOf('ctdl', body, ({ name }) => name?.[0]?.value);
    expect([...ids.keys()].sort()).toEqual(['Autumn', 'Spring']);
  });
});
