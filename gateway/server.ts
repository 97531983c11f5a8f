import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { requestId } from 'hono/request-id';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ReportError } from '../subgraphs/shared/errors.ts';
import { parseAcceptLanguage } from '../subgraphs/shared/languages.ts';
import { type AdmissionOptions, createAdmission } from './admission/admission.ts';
import { glanceAt } from './admission/glance.ts';
import type { Gateway } from './gateway.ts';
import { GRAPHIQL_CSP } from './graphiql.ts';
import { graphqlEndpoint } from './graphql-endpoint.ts';
import { createMetrics } from './metrics.ts';
import { credentialPage } from './pages/credential-page.ts';
import { EXAMPLE_QUERIES, type ExampleQuery } from './pages/example-queries.ts';
import { frontPage } from './pages/front-page.ts';
import { ICON, layout, STYLE } from './pages/layout.ts';

/** Whether readers may be sent here; `reason` says what is awaited. */
export type Readiness = { ready: true } | { ready: false; reason: string };

export interface ServerOptions {
  gateway: Gateway;
  catalogue: Catalogue;
  /** Asked by `/ready` after the store has answered: the first harvest, the search index. Ready when left out. */
  ready?: () => Readiness | Promise<Readiness>;
  report: ReportError;
  /** Saved queries for GraphiQL beside those that fit any catalogue. */
  queries?: readonly ExampleQuery[];
  /** Further documents to serve as they are, by path: public keys under `/.well-known/`. */
  documents?: Readonly<Record<string, { type: string; body: string }>>;
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
  ready,
  report,
  documents = {},
  queries = [],
  admission,
}: ServerOptions): Hono {
  const app = new Hono();
  const metrics = createMetrics(catalogue);
  const glance = glanceAt(catalogue, gateway.visits);

  app.use(requestId({ generator: () => randomUUID() }));
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

  app.use(createAdmission(gateway, metrics, admission));

  app.route('/graphql', graphqlEndpoint({ gateway, metrics, queries: [...EXAMPLE_QUERIES, ...queries] }));

  app.get('/', async (c) => {
    const { q, after } = c.req.query();
    c.header('vary', 'accept-language');
    const query = q?.trim().slice(0, 200) || undefined;
    return c.html(frontPage({ gateway, catalogue: glance }, { query, after, languages: languagesOf(c) }));
  });

  app.get('/credentials/:id', async (c) => {
    const id = c.req.param('id');
    const [stored] = await catalogue.credentials.byIds([id]);
    if (!stored) return missing(c, catalogue, id);
    if (stored.mergedInto) return c.redirect(`/credentials/${encodeURIComponent(stored.mergedInto)}`, 301);
    const status = stored.status === 'withdrawn' ? 410 : 200;
    c.header('vary', 'accept, accept-language');
    if (wantsJson(c)) return c.json(stored, status);
    const page = await credentialPage(gateway, id, languagesOf(c));
    return page ? c.html(page, status) : missing(c, catalogue, id);
  });

  app.get('/assets/page.css', (c) => asset(c, STYLE, 'text/css; charset=utf-8'));
  app.get('/assets/icon.svg', (c) => asset(c, ICON, 'image/svg+xml'));

  app.get('/health', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }));
  app.get('/ready', async (c) => {
    const state = await readiness(catalogue, ready);
    return c.json(
      state.ready ? { status: 'ready' } : { status: 'not ready', reason: state.reason },
      state.ready ? 200 : 503,
      { 'cache-control': 'no-store' },
    );
  });
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }));

  for (const [path, { type, body }] of Object.entries(documents)) app.get(path, (c) => asset(c, body, type));

  app.notFound((c) => problem(c, 404, 'There is nothing here', 'Go to the front page, or ask /graphql.'));
  app.onError((error, c) => {
    const id = c.get('requestId') as string;
    report({ id, where: `${c.req.method} ${c.req.path}`, error });
    return problem(c, 500, 'Something went wrong on our side', `Try again; if it stays, report the id ${id}.`);
  });
  return app;
}

async function readiness(catalogue: Catalogue, ready: ServerOptions['ready']): Promise<Readiness> {
  try {
    await catalogue.sources.list();
  } catch {
    return { ready: false, reason: 'the store of record does not answer' };
  }
  return ready ? ready() : { ready: true };
}

const wantsJson = (c: Context): boolean =>
  c.req.query('format') === 'json' ||
  (/\bapplication\/json\b/.test(c.req.header('accept') ?? '') && !/\btext\/html\b/.test(c.req.header('accept') ?? ''));

function asset(c: Context, body: string, type: string) {
  return c.body(body, 200, { 'content-type': type, 'cache-control': 'public, max-age=3600' });
}

/** Alternates lead to the page that stays. */
async function missing(c: Context, catalogue: Catalogue, id: string) {
  const [resolved] = await catalogue.credentials.resolve([id]);
  if (resolved && resolved !== id) return c.redirect(`/credentials/${encodeURIComponent(resolved)}`, 301);
  return problem(c, 404, 'No such credential', 'Check the id, or search for the title on the front page.');
}

function problem(c: Context, status: 404 | 500, title: string, remedy: string) {
  if (/\btext\/html\b/.test(c.req.header('accept') ?? '')) {
    return c.html(layout(`${title} – Credatlas`, html`<h1>${title}</h1><p>${remedy}</p>`), status);
  }
  return c.json({ error: title, remedy }, status);
}
