import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { qdrCsv as unguarded } from '../../crawler/formats/qdr-csv/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, SourceDefinition } from '../../schema/index.ts';
import { FEEDS } from '../support/real-feeds.ts';

const FILE = `${FEEDS}elm/qdr/sparql-queries.md`;
const qdrCsv = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'register',
  title: 'Register',
  format: 'qdr-csv',
  url: 'https://europa.eu/europass/qdr/open-data/sparql',
  publisher: 'European Commission',
  licence: 'CC-BY-4.0',
});

const PREFIXES =
  'PREFIX elm: <http://data.europa.eu/snb/model/elm/> PREFIX dc: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX regorg: <http://www.w3.org/ns/regorg#>';
const BASE = '?q elm:EQFLevel <http://data.europa.eu/snb/eqf/5> ; elm:status "released" .';

async function answer(query: string, body: string) {
  async function* bytes() {
    yield new TextEncoder().encode(body);
  }
  const url = `${source.url}?query=${encodeURIComponent(query)}`;
  const records = new Map<string, { record: Credential; rules: string[]; raw: Record<string, unknown> }>();
  const faults: string[] = [];
  for await (const item of qdrCsv.records(bytes(), { url, source, envelope: {} })) {
    if (isFault(item)) {
      faults.push(`${item.rejection.rule}: ${item.rejection.found}`);
      continue;
    }
    const result = qdrCsv.normalise(item.raw, source, item.identifier, []);
    if ('rejection' in result || !result.credential)
      faults.push('rejection' in result ? result.rejection.rule : 'none');
    else
      records.set(item.identifier, {
        record: result.credential,
        rules: result.problems.map(({ rule }) => rule),
        raw: item.raw as Record<string, unknown>,
      });
  }
  return { records, faults };
}

const Q = 'http://data.europa.eu/snb/data/qualification/';

/** The patterns of the connector, each with a value of its kind and what a reader makes of it. */
const SAYS: [pattern: RegExp, value: string, of: (record: Credential) => unknown, is: unknown][] = [
  [/dc:description/, 'Laying of stone', ({ description }) => description.value?.[0]?.value, 'Laying of stone'],
  [
    /dc:language/,
    'http://publications.europa.eu/resource/authority/language/MLT',
    ({ languages }) => languages.value,
    ['mt'],
  ],
  [/dc:modified/, '2026-03-04', ({ sourceModified }) => sourceModified?.slice(0, 10), '2026-03-04'],
  [/elm:ISCEDFCode/, 'http://data.europa.eu/snb/isced-f/0732', ({ fields }) => fields.value?.[0]?.isced, '0732'],
  [/elm:NQFLevel/, 'MQF Level 5', ({ level }) => level.value?.text?.[0]?.value, 'MQF Level 5'],
  [
    /learningOutcomeSummary/,
    'Lay a course of stone',
    ({ learningOutcomes }) => learningOutcomes.value?.[0]?.text[0]?.value,
    'Lay a course of stone',
  ],
  [
    /additionalNote/,
    'In the evening',
    ({ furtherInformation }) => furtherInformation.value?.text?.[0]?.value,
    'In the evening',
  ],
  [
    /awardingBody/,
    'Stone College (Up to Level 7)',
    ({ awardingBody }) => awardingBody.value?.[0]?.name?.[0]?.value,
    'Stone College',
  ],
  [/volumeOfLearning/, 'PT75H', ({ workload }) => workload.value?.hours, 75],
  [/maximumDuration/, 'P6M', ({ workload }) => workload.value?.durationText, '≤ P6M'],
  [/foaf:homepage/, 'https://stone.example/award', ({ url }) => url, 'https://stone.example/award'],
];

describe.skipIf(!existsSync(FILE))('the queries of a public connector (needs ../shared/feeds)', () => {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const patterns = [...text.matchAll(/`(\?q [^`]+)`/g)].map((found) => (found[1] as string).trim());

  test('there are those that were read by hand', () => {
    expect(patterns).toHaveLength(14);
    const unknown = patterns.filter((one) => !SAYS.some(([pattern]) => pattern.test(one)));
    expect(unknown.map((one) => one.split(' ')[1])).toEqual(['dc:publisher', 'dc:title', 'elm:creditPoint']);
  });

  test.each(SAYS)('%s: its answer as text/csv says what stands in it', async (pattern, value, of, is) => {
    const one = patterns.find((said) => pattern.test(said)) ?? expect.fail('no such query');
    const query = `${PREFIXES} SELECT ?q ?t ?v WHERE { ${BASE} ?q dc:title ?t . ${one} }`;
    const { records, faults } = await answer(query, `q,t,v\r\n${Q}mt-1,Award in Stone,${value}\r\n`);
    expect(faults).toEqual([]);
    const { record } = records.get(`${Q}mt-1`) ?? expect.fail('no record');
    expect(record.title.value?.[0]?.value).toBe('Award in Stone');
    expect(record.level.value?.eqf, 'the query says so of all').toBe(5);
    expect(of(record)).toEqual(is);
  });

  test('credits and their framework stand in one row', async () => {
    const one = patterns.find((said) => said.includes('creditPoint')) ?? '';
    const query = `${PREFIXES} SELECT ?q ?t ?v ?f WHERE { ${BASE} ?q dc:title ?t . ${one} }`;
    const scheme = 'http://data.europa.eu/snb/education-credit/';
    const { records } = await answer(
      query,
      `q,t,v,f\r\n${Q}1,A,3,${scheme}6fcec5c5af\r\n${Q}2,B,4,${scheme}60b314e826\r\n${Q}3,C,5,\r\n`,
    );
    const workload = (n: number) => records.get(`${Q}${n}`)?.record.workload.value;
    expect(workload(1)).toEqual({ ects: 3 });
    expect(workload(2), 'points of ECVET are none of ECTS').toEqual({ credits: [{ scheme: 'ECVET', value: 4 }] });
    expect(workload(3), 'nor are credits of no framework').toEqual({ credits: [{ scheme: 'not named', value: 5 }] });
  });

  test('what a careless reader would say as well is not stated', async () => {
    const header = 'q,title,volumeOfLearning,ISCEDFCode,publisher,EQFLevel,homepage,outcomes,legalName';
    const eqf = 'http://data.europa.eu/snb/eqf/';
    const rows = [
      `${Q}a,Award in Leadership,P3M,http://data.europa.eu/snb/isced-f/000,http://data.europa.eu/snb/data/organisation/mfhea,${eqf}4,https://www.leader.example/,Award in Leadership,MUV College (prev. MUV)`,
      `${Q}b,Certificate of Two,PT75H,,,${eqf}5,,Contact provider for further information.,`,
      `${Q}b,Certificate of Two,PT75H,,,${eqf}6,,Contact provider for further information.,`,
    ];
    const { records, faults } = await answer('', `${header}\n${rows.join('\n')}\n`);
    expect(faults).toEqual([]);
    const [a, b] = [records.get(`${Q}a`), records.get(`${Q}b`)];
    expect(a?.record.workload.value, 'three months are no hours').toEqual({ duration: 'P3M' });
    expect(a?.record.fields.state, '"000" is no field').toBe('not-stated');
    expect(a?.record.offeredBy.state, 'who publishes the register offers nothing').toBe('not-stated');
    expect(a?.record.issuerCountry.state).toBe('not-stated');
    expect(a?.record.url, 'a front page is none of the record').toBeUndefined();
    expect(a?.record.learningOutcomes.state, 'the title is no outcome').toBe('not-stated');
    expect(a?.record.awardingBody.value?.[0]?.name?.[0]?.value).toBe('MUV College');
    expect(b?.record.level.state, 'two levels of the EQF are none').toBe('not-stated');
    expect(b?.record.workload.value?.hours).toBe(75);
    expect(b?.record.learningOutcomes.state).toBe('not-stated');
    expect(b?.rules).toEqual(expect.arrayContaining(['contradiction', 'no-outcome-in-outcomes']));
  });

  test('a table of countries of publishers has no qualification, and proves none gone', async () => {
    const query = `${PREFIXES} SELECT ?p ?c WHERE { VALUES ?p { <http://data.europa.eu/snb/data/organisation/x> } ?p elm:location/elm:address/elm:countryCode ?c }`;
    const { records, faults } = await answer(
      query,
      'p,c\nhttp://data.europa.eu/snb/data/organisation/x,http://publications.europa.eu/resource/authority/country/MLT\n',
    );
    expect([...records.keys()]).toEqual([]);
    expect(faults).toHaveLength(1);
  });
});
