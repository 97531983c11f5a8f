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

test('its version is that of all formats together: records are read anew when one of them changes', async () => {
  const formats = await loadFormats();
  const others = [...formats.values()].filter(({ leads }) => !leads);
  expect(formats.get('dcat')?.version).toBe(1 + others.reduce((sum, { version }) => sum + version, 0));
});
