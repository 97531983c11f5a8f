import type { Hono } from 'hono';
import type { RunSummary } from '../catalogue/catalogue.ts';
import { listedSources, type SourceFile } from '../catalogue/source-switch.ts';
import type { Config } from '../config.ts';
import { readSourceFolder } from '../crawler/source-files.ts';
import { exampleQueries } from '../examples/queries.ts';
import { createExampleServer, type ExampleServer } from '../examples/server.ts';
import { exampleSources } from '../examples/sources.ts';
import { readSupergraph } from '../gateway/compose.ts';
import { readGraphs } from '../gateway/composed-graphs.ts';
import { createGateway } from '../gateway/gateway.ts';
import { createServerApp } from '../gateway/server.ts';
import { listenForCommands } from './control.ts';
import { startCrawl } from './crawl.ts';
import { followChanges } from './follow-changes.ts';
import { handedOver } from './handed-over.ts';
import { keyDocuments } from './key-documents.ts';
import { listen } from './listen.ts';
import { log, reportError, requestLogger } from './log.ts';
import { type OpenCatalogue, openCatalogue } from './open-catalogue.ts';
import { bar, createOutput } from './output.ts';
import { BOARD_PATH, createQueueBoard } from './queue-board.ts';
import { readyParts } from './ready-parts.ts';
import { subgraphsElsewhere } from './start/subgraph-urls.ts';
import type { Life } from './start/until-ended.ts';

/** The example providers keep their port between starts where they can, so that their pages are known again. */
const EXAMPLES_PORT = 4010;

/** `credatlas serve`: the catalogue on PORT; by default with a crawler, and with example providers on the embedded store. */
export async function serve(config: Config, options: { crawler: boolean }, life: Life): Promise<void> {
  const { ended, onEnd } = life;
  const elsewhere = subgraphsElsewhere(
    config.subgraphUrls,
    readGraphs(readSupergraph()).map(({ name }) => name),
  );
  say(`opening the catalogue (${config.databaseUrl ? 'PostgreSQL' : `embedded store in ${config.dataDir}`})`);
  const open = await openCatalogue(config);
  onEnd(() => open.close());
  open.catalogue.concepts?.(); // a broken file is told of now, not to the first reader
  await open.indexer.reconcile();

  const gateway = await createGateway({
    catalogue: open.catalogue,
    subgraphUrls: Object.fromEntries(elsewhere.map(({ name, url }) => [name, url])),
    report: reportError,
  });
  onEnd(() => gateway.close());
  const { credentials } = await open.catalogue.statistics();
  const files = await readSourceFolder(log.warn);
  let waiting: string | undefined =
    options.crawler && config.examples && credentials === 0
      ? 'the example sources are being harvested for the first time'
      : undefined;
  const app = createServerApp({
    gateway,
    catalogue: open.catalogue,
    ready: () => (waiting ? { ready: false, reason: waiting } : { ready: true }),
    parts: readyParts(open, config.redisUrl),
    report: reportError,
    requests: requestLogger,
    documents: await keyDocuments(config),
    queries: config.examples ? exampleQueries : [],
    sourceFiles: { files, demonstration: config.examples },
    admission: { clientKeysFile: config.clientKeysFile, trustedProxies: config.trustedProxies },
  });
  const http = await listen(withBoard(app, config, onEnd), config);
  onEnd(() => http.stop());

  const follower = followChanges(open, log);
  onEnd(() => follower.stop());
  if (options.crawler) {
    await crawl(config, open, life, () => follower.now());
    waiting = undefined;
  }
  life.started();
  const off = options.crawler ? await realSourcesOff(config, open, files) : 0;
  await welcome(http.url, open.catalogue, { examples: config.examples && options.crawler, off });
  await ended;
  say('ending');
}

const { say, paste } = createOutput({ json: false });

/** The crawler in this process; comes back when the example sources, if any, have been read once. */
async function crawl(
  config: Config,
  open: OpenCatalogue,
  { onEnd }: Life,
  searchable: () => Promise<void>,
): Promise<void> {
  const examples = config.examples ? await startExamples() : undefined;
  if (examples) onEnd(() => examples.close());
  const sources = examples ? exampleSources(examples.origin) : [];
  const done = new Set<string>();
  let finished = () => {};
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const crawling = await startCrawl(config, open, {
    log,
    extra: sources,
    onRun: (run) => {
      if (run) tellRun(run, done, sources.length, finished);
    },
    onSkip: (source) => {
      if (sources.some(({ id }) => id === source)) done.add(source);
      if (done.size >= sources.length) finished();
    },
  });
  onEnd(() => crawling.stop());
  if (!config.databaseUrl) {
    const stopListening = await listenForCommands(config.dataDir, handedOver(config, open, crawling));
    onEnd(() => {
      crawling.leave();
      return stopListening();
    });
  }
  if (!sources.length) return;
  say(`harvesting ${sources.length} example sources (made-up data, served by this process)`);
  for (const source of sources) await crawling.queue.enqueue(source.id);
  await all;
  await searchable();
}

function withBoard(app: Hono, { redisUrl, boardPassword }: Config, onEnd: Life['onEnd']): Pick<Hono, 'fetch'> {
  if (!redisUrl || !boardPassword) return app;
  const board = createQueueBoard({ redisUrl, password: boardPassword });
  onEnd(() => board.close());
  return besideBoard(app, board.app);
}

/** The queue board at its path, the catalogue everywhere else. */
const besideBoard = (app: Hono, board: Hono): Pick<Hono, 'fetch'> => ({
  fetch: (request, ...rest) => {
    const { pathname } = new URL(request.url);
    const asked = pathname === BOARD_PATH || pathname.startsWith(`${BOARD_PATH}/`);
    return (asked ? board : app).fetch(request, ...rest);
  },
});

async function startExamples(): Promise<ExampleServer> {
  return createExampleServer({ port: EXAMPLES_PORT }).catch(() => createExampleServer());
}

/** A line for each harvested source while the first round lasts; a log line later. */
function tellRun(run: RunSummary, done: Set<string>, of: number, finished: () => void): void {
  const few = [run.unchanged && `, ${run.unchanged} unchanged`, run.rejected && `, ${run.rejected} rejected`];
  const counts = `${run.seen} records: ${run.created} new, ${run.updated} updated${few.filter(Boolean).join('')}`;
  if (done.size >= of) {
    log(`${run.source}: ${run.state}, ${counts}`);
    return;
  }
  done.add(run.source);
  say(`${bar(done.size, of, 8)} ${run.source}: ${run.state}, ${counts}`);
  if (done.size >= of) finished();
}

/** How many sources of the files the operator can switch on without further ado. */
async function realSourcesOff(
  { examples }: Config,
  { catalogue }: OpenCatalogue,
  files: readonly SourceFile[],
): Promise<number> {
  const all = listedSources(await catalogue.sources.list(), files, examples);
  const ready = new Set(files.flatMap(({ definition }) => (definition.enabled ? [definition.id] : [])));
  return all.filter(({ definition, on, retired, paused }) => ready.has(definition.id) && !on && !retired && !paused)
    .length;
}

async function welcome(
  url: string,
  catalogue: {
    statistics(): Promise<{ credentials: number; providers: number; sources: number; byCountry: unknown[] }>;
  },
  { examples, off }: { examples: boolean; off: number },
) {
  const { credentials, providers, sources, byCountry } = await catalogue.statistics();
  const lines = `
Credatlas serves ${credentials} credentials of ${providers} providers in ${byCountry.length} countries
from ${sources} sources.${examples ? '\nThe example sources hold made-up data; EXAMPLES=off leaves them out.' : ''}${
    off ? `\n  Real sources: ${off} are off. With internet: npx credatlas sources --enable <id|all>` : ''
  }

  ${url}/          the catalogue in a page
  ${url}/sources   where it comes from, and how that stands
  ${url}/graphql   the graph, with GraphiQL and example queries
  ${url}/health
  ${url}/ready
  ${url}/metrics

A query to paste:

  curl -s ${url}/graphql -H 'content-type: application/json' \\
    -d '{"query":"{ search(text: \\"data\\", first: 3, facets: [COUNTRY]) { totalCount edges { node { id title { text language } awardingBody { providers { name { text } } } workload { ects } } } facets { name values { value label count } } } }"}'
Stop with Ctrl-C.`;
  // What is to be pasted stays as it is.
  for (const line of lines.split('\n')) /^ +(?:curl|-d|Real sources:) /.test(line) ? paste(line) : say(line);
}
