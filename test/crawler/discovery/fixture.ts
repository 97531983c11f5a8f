import type { IncomingMessage } from 'node:http';
import type { Store } from '../../../catalogue/store/store.ts';
import { createDiscovery } from '../../../crawler/discovery/discovery.ts';
import type { SearchDeps } from '../../../crawler/discovery/find-manifest.ts';
import { createFetchGate } from '../../../crawler/fetch/fetch-gate.ts';
import { createInProcessClock } from '../../../crawler/fetch/in-process-clock.ts';
import { type Answer, createFeedServer } from '../../support/feed-server.ts';

/** Names that a loopback server answers for, and what DNS says of them. `example` stands for the top-level domain. */
export async function createInternet() {
  /** `host path` → answer; what is not there is a 404. */
  const pages: Record<string, Answer> = {};
  const txt: Record<string, string[][] | { code: string }> = {};
  const asked: string[] = [];
  const hostOf = (req: IncomingMessage) => (req.headers.host ?? '').replace(/:\d+$/, '').replace(/\.localhost$/, '');
  const serve: Answer = (req, res) => {
    const path = (req.url ?? '').split('?')[0];
    asked.push(`${hostOf(req)} ${path}`);
    const answer = pages[`${hostOf(req)} ${path}`];
    if (answer === undefined) return void res.writeHead(404).end('nothing here');
    if (typeof answer === 'function') return answer(req, res);
    const plain = typeof answer === 'string' || Buffer.isBuffer(answer) ? { body: answer } : answer;
    res.writeHead(plain.status ?? 200, { 'content-type': 'application/json', ...plain.headers });
    res.end(plain.body ?? '');
  };
  const server = await createFeedServer(new Proxy({}, { get: () => serve }) as Record<string, Answer>);
  const port = new URL(server.origin).port;
  const gate = createFetchGate({
    clock: createInProcessClock({ backoff: (mood) => ({ mood, closedSeconds: 0 }) }),
    contact: 'https://test.example/contact',
  });
  // Politeness between requests to one host is tested elsewhere.
  const fetch: SearchDeps['fetch'] = (request) =>
    gate.fetch({ ...request, politeness: { requestsPerSecond: 1000, concurrency: 2 } });
  const deps: SearchDeps = {
    fetch,
    allowLoopback: true,
    originOf: (domain) => `http://${domain}.localhost:${port}`,
    txt: async (domain) => {
      asked.push(`TXT ${domain}`);
      const answer = txt[domain] ?? { code: 'ENODATA' };
      if ('code' in answer) throw Object.assign(new Error(`queryTxt ${answer.code}`), answer);
      return answer;
    },
  };
  return {
    pages,
    txt,
    deps,
    gate,
    /** Where a name is served. */
    at: (host: string, path = '') => `http://${host}.localhost:${port}${path}`,
    /** What was asked since the last call. */
    asked: () => asked.splice(0),
    discovery: (
      store: Pick<Store, 'manifests' | 'putSource' | 'secrets'>,
      more: Partial<Parameters<typeof createDiscovery>[0]> = {},
    ) => createDiscovery({ ...deps, store, ...more }),
    async close() {
      await gate.close();
      await server.close();
    },
  };
}

export const WELL = '/.well-known/quality-link-manifest';
