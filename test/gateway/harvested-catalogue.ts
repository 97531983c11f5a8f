import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type OpenCatalogue, openCatalogue } from '../../commands/open-catalogue.ts';
import { createExampleServer } from '../../examples/server.ts';
import { exampleSources } from '../../examples/sources.ts';
import { temporaryFolder } from '../support/cli.ts';
import { createTestCrawl, testSource } from '../support/crawl.ts';
import { createFeedServer } from '../support/feed-server.ts';

const FEEDS = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));

/** Runs as badly named as feeds name them: alike in two courses, alike within one, not at all. */
export const BADLY_NAMED = `identifier,title,title:nl,opportunity_id,start_date,end_date,place,price,currency,opportunity_url
A,Soil,Bodem,run-1,2027-01-10,2027-02-10,Lyon,10,EUR,https://badly.example/a/1
A,Soil,Bodem,run-2,2027-03-10,2027-04-10,Tartu,20,EUR,https://badly.example/a/2
B,Water,Water,run-1,2027-01-10,2027-02-10,Lyon,30,EUR,https://badly.example/b/1
C,Air,Lucht,,2027-01-10,,Lyon,40,EUR,https://badly.example/c
C,Air,Lucht,,2027-01-10,,Lyon,50,EUR,https://badly.example/c
D,Fire,Vuur,,,2027-05-01,,60,EUR,
D,Fire,Vuur,,,2027-06-01,,70,EUR,
E,Dust,Stof,run-1,2027-01-10,,Lyon,80,EUR,https://badly.example/e/1
E,Dust,Stof,run-1,2027-08-10,,Graz,90,EUR,https://badly.example/e/2
`;

const REAL: [source: string, format: string, file: string][] = [
  ['ou', 'xcri-cap', 'xcri/validator/ou-conversion.xml'],
  ['mkval', 'ctdl', 'ctdl/estonia-mkval/catalog.jsonld'],
  ['nbis', 'schema-org', 'schemaorg/tess-fixtures/nbis-course-instances.json'],
  ['wild', 'schema-org', 'schemaorg/in-the-wild/snippets.jsonl'],
];

export interface HarvestedCatalogue {
  open: OpenCatalogue;
  /** Reads all sources once more, to the last record. */
  harvest(): Promise<void>;
  /** What the badly named source serves from now on. */
  serveBadly(csv: string): void;
  close(): Promise<void>;
}

/** The real store, harvested for real: the example providers, badly named runs twice, and the real feeds with runs where they are. */
export async function createHarvestedCatalogue(): Promise<HarvestedCatalogue> {
  const folder = temporaryFolder();
  const open = await openCatalogue({ dataDir: folder.path });
  const examples = await createExampleServer();
  const feeds = await createFeedServer({ '/badly.csv': '' });
  const serveBadly = (csv: string) => {
    feeds.routes['/badly.csv'] = { headers: { 'content-type': 'text/csv' }, body: csv };
  };
  serveBadly(BADLY_NAMED);
  const sources = [
    ...exampleSources(examples.origin),
    // The same feed under two sources: every run of it stands under two credentials.
    ...['badly-named', 'badly-named-again'].map((id) =>
      testSource({ id, format: 'csv', url: `${feeds.origin}/badly.csv` }),
    ),
  ];
  if (existsSync(FEEDS)) {
    for (const [id, format, file] of REAL)
      sources.push(testSource({ id, format, url: new URL(file, `file://${FEEDS}`).href }));
  }
  const crawl = await createTestCrawl(open.store);
  const harvest = async () => {
    for (const source of sources) {
      const run = await crawl.harvest(source);
      if (run.state !== 'complete') throw new Error(`${source.id} ended ${run.state}: ${run.reason}`);
    }
    await open.indexer.reconcile();
  };
  await harvest();
  return {
    open,
    harvest,
    serveBadly,
    async close() {
      await crawl.close();
      await feeds.close();
      await examples.close();
      await open.close();
      folder.remove();
    },
  };
}
