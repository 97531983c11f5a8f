import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../catalogue/store/store.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

let store: Store;
let server: FeedServer;
let crawl: Awaited<ReturnType<typeof createTestCrawl>>;
beforeAll(async () => {
  store = await openStore({});
  server = await createFeedServer();
  crawl = await createTestCrawl(store);
});
afterAll(async () => {
  await crawl.close();
  await server.close();
  await store.close();
});

const courses = (page: number, of: number): string =>
  JSON.stringify({
    pageSize: 2,
    pageNumber: page,
    hasNextPage: page < of,
    items: [1, 2].map((n) => ({
      courseId: `p${page}-${n}`,
      name: [{ language: 'en', value: `Reeds, part ${page}.${n}` }],
      studyLoad: { studyLoadUnit: 'ects', value: 2 },
      teachers: [{ name: 'Ilse Rietveld' }],
    })),
  });
const distribution = (url: string, mediaType: string) => ({
  '@type': 'dcat:Distribution',
  downloadURL: url,
  mediaType,
});
const catalogue = (origin: string) =>
  JSON.stringify({
    conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
    dataset: [
      { '@type': 'dcat:Dataset', title: 'Rows', distribution: [distribution(`${origin}/rows.csv`, 'text/csv')] },
      {
        '@type': 'dcat:Dataset',
        title: 'Pages',
        distribution: [distribution(`${origin}/courses?pageNumber=1`, 'application/json')],
      },
    ],
  });

test('a catalogue leads to its feeds, each read by its own format with all its pages', async () => {
  server.routes['/data.json'] = catalogue(server.origin);
  server.routes['/rows.csv'] = 'identifier,title,ects\nr1,Salt,3\nr2,Peat,4\n';
  server.routes['/courses?pageNumber=1'] = courses(1, 2);
  server.routes['/courses?pageNumber=2'] = courses(2, 2);
  const source = testSource({ id: 'leads', format: 'dcat', url: `${server.origin}/data.json` });
  const run = await crawl.harvest(source);
  expect(run).toMatchObject({ state: 'complete', created: 6, rejected: 0 });
  const rows = await store.db.query<{ identifier: string; document: { workload: unknown } }>(
    `select identifier, document from credentials where source = 'leads' order by identifier`,
  );
  expect(rows.map(({ identifier }) => identifier)).toEqual(['p1-1', 'p1-2', 'p2-1', 'p2-2', 'r1', 'r2']);
  expect(rows[0]?.document.workload).toMatchObject({ state: 'stated', origin: { path: '/studyLoad' } });
  expect(JSON.stringify(rows)).not.toContain('Rietveld');
});

test('a feed that is not found withdraws nothing', async () => {
  delete server.routes['/rows.csv'];
  const run = await crawl.harvest(testSource({ id: 'leads', format: 'dcat', url: `${server.origin}/data.json` }));
  expect(run).toMatchObject({ state: 'incomplete', missing: 0 });
});

test('what no format is sure of is told with the remedy', async () => {
  server.routes['/rows.csv'] = 'identifier,title,ects\nr1,Salt,3\nr2,Peat,4\n';
  server.routes['/courses?pageNumber=1'] = '<?xml version="1.0"?><picture/>';
  const run = await crawl.harvest(testSource({ id: 'leads', format: 'dcat', url: `${server.origin}/data.json` }));
  expect(run.state).toBe('incomplete');
  expect(run.reason).toMatch(/courses\?pageNumber=1: no format of the catalogue is sure of this distribution/);
});

test('of a data set to which each day adds a file, the newest of the kind that is meant', async () => {
  const file = (name: string, modified: string) => ({
    '@type': 'dcat:Distribution',
    'dct:title': name,
    'dcat:downloadURL': `${server.origin}/${name}`,
    'dct:format': 'zip',
    'dct:modified': { '@type': 'xsd:dateTime', '@value': modified },
  });
  server.routes['/daily.jsonld'] = JSON.stringify({
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
    '@type': 'dcat:Dataset',
    'dct:title': 'All, every day',
    'dcat:distribution': [
      file('short-2026-11-02.zip', '2026-11-02T02:00:00'),
      file('short-2026-11-09.zip', '2026-11-09T02:00:00'),
      file('long-2026-11-10.zip', '2026-11-10T02:00:00'),
    ],
  });
  for (const name of ['short-2026-11-02', 'short-2026-11-09', 'long-2026-11-10'])
    server.routes[`/${name}.zip`] = `identifier,title,ects\n${name},Course,2\n`;
  const source = { id: 'daily', format: 'dcat', url: `${server.origin}/daily.jsonld` };
  const run = await crawl.harvest(testSource({ ...source, options: { file: 'short-', newest: true } }));
  expect(run).toMatchObject({ state: 'complete', created: 1 });
  const rows = await store.db.query(`select identifier from credentials where source = 'daily'`);
  expect(rows).toEqual([{ identifier: 'short-2026-11-09' }]);
  const none = await crawl.harvest(testSource({ ...source, id: 'daily-2', options: { dataset: 'no such' } }));
  expect(none).toMatchObject({ state: 'incomplete', reason: expect.stringContaining('dataset-without-feed') });
});

test('its version is that of all formats together: records are read anew when one of them changes', async () => {
  const formats = await loadFormats();
  const others = [...formats.values()].filter(({ leads }) => !leads);
  expect(formats.get('dcat')?.version).toBe(1 + others.reduce((sum, { version }) => sum + version, 0));
});
