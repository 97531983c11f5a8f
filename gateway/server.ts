import { type Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { publishedRuns } from '../schema/index.ts';
import type { ReportError } from '../subgraphs/shared/errors.ts';
import { parseAcceptLanguage } from '../subgraphs/shared/languages.ts';
import { type AdmissionOptions, createAdmission } from './admission/admission.ts';
import { glanceAt } from './admission/glance.ts';
import type { Gateway } from './gateway.ts';
import { GRAPHIQL_CSP } from './graphiql.ts';
import { graphqlEndpoint } from './graphql-endpoint.ts';
import { graphCors } from './http/graph-cors.ts';
import { preferredType } from './http/preferred-type.ts';
import { internalRefusal, Refusal } from './http/refusal.ts';
import { refuse } from './http/refuse.ts';
import { inReach } from './in-reach.ts';
import { createMetrics } from './metrics.ts';
import { credentialPage } from './pages/credential-page.ts';
import { EXAMPLE_QUERIES, type ExampleQuery } from './pages/example-queries.ts';
import { frontPage } from './pages/front-page.ts';
import { ICON, STYLE } from './pages/layout.ts';
import { type SourceFiles, sourcesPage } from './pages/sources-page.ts';
import { createReadiness, type Part, readersParts, type Started } from './readiness.ts';
import { type RequestLogger, requestLog } from './request-log.ts';
import { isUnreachable } from './transport/subgraph-down.ts';

export interface ServerOptions {
  gateway: Gateway;
  catalogue: Catalogue;
  /** Asked by `/ready` beside the parts that readers need: the first harvest. Ready when left out. */
  ready?: () => Started;
  /** Further parts that `/ready` tells of: the queue, how far the search index is. */
  parts?: readonly Part[];
  report: ReportError;
  /** Takes what is told of requests that failed or were slow. */
  requests?: RequestLogger;
  /** Saved queries for GraphiQL beside those that fit any catalogue. */
  queries?: readonly ExampleQuery[];
  /** The sources that come with Credatlas, for `/sources`; `demonstration`: none of them is harvested unless it is switched on. */
  sourceFiles?: SourceFiles;
  /** Further documents to serve as they are, by path: public keys under `/.well-known/`. */
  documents?: Readonly<Record<string, { type: string; body: string }>>;
  /** Milliseconds within which the body of a request must be in (20,000). */
  bodyMilliseconds?: number;
  /** Who is who, and what each may spend. */
  admission?: AdmissionOptions;
}

const PAGE_CSP = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const languagesOf = (c: Context): string[] => parseAcceptLanguage(c.req.header('accept-language'));

/** The HTTP side of the catalogue. Serve it with @hono/node-server; closing that server drains open requests. */
export function createServerApp({
  gateway,
  catalogue,
  ready = () => ({ ready: true }),
  parts = [],
  report,
  requests,
  documents = {},
  queries = [],
  sourceFiles,
  bodyMilliseconds = 20_000,
  admission,
}: ServerOptions): Hono {
  const app = new Hono();
  const readiness = createReadiness([...readersParts(catalogue, gateway.subgraphs), ...parts], ready);
  const metrics = createMetrics(catalogue, gateway.subgraphs);
  const glance = glanceAt(catalogue, gateway.visits);

  app.use(requestLog(requests));
  // Whether there is TLS, and for which hosts, is for the proxy in front to say (HSTS).
  const pages = secureHeaders({ contentSecurityPolicy: PAGE_CSP, strictTransportSecurity: false });
  const graph = secureHeaders({
    contentSecurityPolicy: GRAPHIQL_CSP,
    crossOriginResourcePolicy: 'cross-origin',
    strictTransportSecurity: false,
  });
  app.use((c, next) => (/^\/graphql(\/|$)/.test(c.req.path) ? graph(c, next) : pages(c, next)));
  app.use(async (c, next) => {
    const began = performance.now();
    await next();
    metrics.request(routePath(c, -1), c.req.method, c.res.status, (performance.now() - began) / 1000);
  });

  app.use('/graphql/*', graphCors());
  app.use(createAdmission(gateway, metrics, admission));
  app.route(
    '/graphql',
    graphqlEndpoint({ gateway, metrics, queries: [...EXAMPLE_QUERIES, ...queries], bodyMilliseconds }),
  );

  app.get('/', async (c) => {
    const { q, after } = c.req.query();
    c.header('vary', 'accept-language');
    return c.html(
      frontPage({ gateway, catalogue: glance, report }, { query: plain(q), after, languages: languagesOf(c) }),
    );
  });

  app.get('/sources', async (c) => {
    const { q, page } = c.req.query();
    c.header('vary', 'accept-language');
    const asked = { query: plain(q), page: Number(/^\d{1,6}$/.exec(page ?? '')?.[0] ?? 1), languages: languagesOf(c) };
    return c.html(await sourcesPage(await inReach(glance.sources.list()), asked, sourceFiles));
  });

  app.get('/credentials/:id', async (c) => {
    const id = c.req.param('id');
    // Also where it leads elsewhere: another Accept is refused there.
    c.header('vary', 'accept, accept-language');
    const type = c.req.query('format') === 'json' ? 'application/json' : preferredType(c.req.header('accept'), RECORD);
    if (!type) throw new Refusal(406, 'No media type that is accepted can be given', `Accept ${RECORD.join(' or ')}.`);
    if (!mayBeId(id)) throw noSuchCredential();
    const [stored] = await inReach(catalogue.credentials.byIds([id]));
    if (!stored) return elsewhere(c, catalogue, id);
    if (stored.mergedInto) return movedTo(c, stored.mergedInto);
    const status = stored.status === 'withdrawn' ? 410 : 200;
    if (type === 'application/json') {
      const { record } = stored;
      return c.json({ ...stored, record: { ...record, opportunities: publishedRuns(record) } }, status);
    }
    const page = await credentialPage(gateway, id, languagesOf(c));
    return page ? c.html(page, status) : elsewhere(c, catalogue, id);
  });

  app.get('/assets/page.css', (c) => asset(c, STYLE, 'text/css; charset=utf-8'));
  app.get('/assets/icon.svg', (c) => asset(c, ICON, 'image/svg+xml'));

  app.get('/health', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }));
  app.get('/ready', async (c) => {
    const { ready: isReady, ...state } = await readiness();
    return c.json({ status: isReady ? 'ready' : 'not ready', ...state }, isReady ? 200 : 503, {
      'cache-control': 'no-store',
    });
  });
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }));

  for (const [path, { type, body }] of Object.entries(documents)) app.get(path, (c) => asset(c, body, type));

  for (const path of new Set(app.routes.filter(({ method }) => method === 'GET').map((route) => route.path))) {
    app.all(path, readOnly);
  }
  app.notFound((c) => refuse(c, new Refusal(404, 'There is nothing here', 'Go to the front page, or ask /graphql.')));
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(c, error);
    if (isUnreachable(error)) return refuse(c, unavailable());
    return refuse(c, internalRefusal(error, c.get('requestId') as string, `${c.req.method} ${c.req.path}`, report));
  });
  return app;
}

function asset(c: Context, body: string, type: string) {
  return c.body(body, 200, { 'content-type': type, 'cache-control': 'public, max-age=3600' });
}

const RECORD = ['text/html', 'application/json'] as const;
const CONTROLS = /\p{Cc}+/gu;

/** What a reader typed. */
const plain = (text: string | undefined): string | undefined =>
  text?.replace(CONTROLS, ' ').trim().slice(0, 200) || undefined;

/** Ids and alternates (URLs, URNs) are short texts without control characters, which no store would take. */
const mayBeId = (id: string): boolean => id.length <= 2_000 && !/\p{Cc}/u.test(id);

const noSuchCredential = (): Refusal =>
  new Refusal(404, 'No such credential', 'Check the id, or search for the title on the front page.');

/** Alternates lead to the page that stays. */
async function elsewhere(c: Context, catalogue: Catalogue, id: string) {
  const [resolved] = await inReach(catalogue.credentials.resolve([id]));
  if (resolved && resolved !== id) return movedTo(c, resolved);
  if ((await inReach(catalogue.credentials.purged([id]))).has(id)) {
    throw new Refusal(410, 'This credential was erased', 'Nothing of it is kept, and its id is given to no other.');
  }
  throw noSuchCredential();
}

/** Somebody else than the reader has to do something, and may have done so soon. */
const unavailable = (): Refusal =>
  new Refusal(
    503,
    'This part of the catalogue does not answer at the moment',
    'Try again in a few seconds; /ready says which part it is.',
    { code: 'SUBGRAPH_UNAVAILABLE', headers: { 'retry-after': '5' } },
  );

const movedTo = (c: Context, id: string) =>
  c.redirect(`/credentials/${encodeURIComponent(id)}${new URL(c.req.url).search}`, 301);

/** Everything but the graph is only read. */
function readOnly(c: Context): Response {
  const headers = { allow: 'GET, HEAD, OPTIONS' };
  if (c.req.method === 'OPTIONS') return c.body(null, 204, headers);
  throw new Refusal(405, `${c.req.method} is not served here`, 'Use GET.', { headers });
}
