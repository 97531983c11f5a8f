import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createMeilisearchEngine } from '../../../catalogue/search/meilisearch.ts';
import { SearchUnavailable } from '../../../catalogue/search/search-engine.ts';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** A server that behaves as a broken one does. */
async function broken(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ending.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}
const engineAt = (url: string) => createMeilisearchEngine({ url, timeout: 200 });

describe.each([
  ['is not there', async () => 'http://127.0.0.1:1'],
  ['never answers', () => broken(() => {})],
  ['hangs up', () => broken((request) => request.socket.destroy())],
  [
    'is overloaded',
    () =>
      broken((_, response) => {
        response.writeHead(503, { 'content-type': 'application/json' });
        response.end('{"code":"too_many_search_requests","message":"too many"}');
      }),
  ],
  [
    'hides behind a proxy that answers in HTML',
    () =>
      broken((_, response) => {
        response.writeHead(502, { 'content-type': 'text/html' });
        response.end('<html>Bad Gateway</html>');
      }),
  ],
])('a server that %s', (_, url) => {
  test('is unavailable to searches', async () => {
    const engine = engineAt(await url());
    await expect(engine.query({ first: 1, text: 'a' })).rejects.toThrow(SearchUnavailable);
    await expect(engine.suggest('a', 3)).rejects.toThrow(SearchUnavailable);
    await engine.close();
  });
  test('is unavailable to the indexer', async () => {
    await expect(engineAt(await url()).count()).rejects.toThrow(SearchUnavailable);
  });
});
