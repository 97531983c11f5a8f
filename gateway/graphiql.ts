import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { html, raw } from 'hono/html';
import type { ExampleQuery } from './pages/example-queries.ts';

type Assets = Map<string, { type: string; body: string }>;

const START = `const workers = { editorWorkerService: 'editor', json: 'json', graphql: 'graphql' };
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => '/graphql/assets/' + (workers[label] ?? 'editor') + '.worker.js',
};
const options = JSON.parse(document.getElementById('options').textContent);
YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), options);
`;

let loaded: Promise<Assets> | undefined;

/** GraphiQL as @graphql-yoga/render-graphiql bundles it (no CDN), read when it is first asked for: it is nine megabytes. */
function assets(): Promise<Assets> {
  loaded ??= import('@graphql-yoga/render-graphiql/graphiql').then(
    (bundle) =>
      new Map([
        ['graphiql.js', { type: 'text/javascript', body: bundle.js }],
        ['graphiql.css', { type: 'text/css', body: bundle.css }],
        ['start.js', { type: 'text/javascript', body: START }],
        ['editor.worker.js', { type: 'text/javascript', body: bundle.editorWorkerService }],
        ['json.worker.js', { type: 'text/javascript', body: bundle.jsonWorker }],
        ['graphql.worker.js', { type: 'text/javascript', body: bundle.graphqlWorker }],
      ]),
  );
  return loaded;
}

/** The editor writes its own styles and runs its workers from this origin; nothing comes from elsewhere. */
export const GRAPHIQL_CSP = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The page on which GraphiQL runs, with the saved queries as tabs. */
export function graphiqlPage(queries: readonly ExampleQuery[]) {
  const options = {
    endpoint: '/graphql',
    title: 'Credatlas GraphiQL',
    defaultTabs: queries.map(({ query, variables }) => ({
      query,
      variables: variables && JSON.stringify(variables, null, 2),
    })),
  };
  // Inside a script element only `<` could end it.
  const json = JSON.stringify(options).replaceAll('<', '\\u003c');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Credatlas GraphiQL</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/graphql/assets/graphiql.css">
</head>
<body class="no-focus-outline">
<noscript>GraphiQL needs JavaScript. Without it, send queries to /graphql by POST.</noscript>
<div id="root"></div>
<script type="application/json" id="options">${raw(json)}</script>
<script src="/graphql/assets/graphiql.js"></script>
<script src="/graphql/assets/start.js"></script>
</body>
</html>`;
}

/** Serves the editor's files from the project itself. */
export function graphiqlAssets(): Hono {
  const app = new Hono();
  app.use(compress(), etag());
  app.get('/:file', async (c) => {
    const asset = (await assets()).get(c.req.param('file'));
    if (!asset) return c.notFound();
    return c.body(asset.body, 200, {
      'content-type': `${asset.type}; charset=utf-8`,
      'cache-control': 'public, max-age=3600',
    });
  });
  return app;
}
