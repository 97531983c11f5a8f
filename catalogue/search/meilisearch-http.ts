import { Agent } from 'undici';
import { SearchUnavailable } from './search-engine.ts';

/** Meilisearch refused a request: its own code and message. */
export class MeilisearchRefused extends Error {
  readonly code: string;
  constructor(status: number, { code = String(status), message = 'no reason given' }) {
    super(`Meilisearch answers ${status} ${code}: ${message}`);
    this.name = 'MeilisearchRefused';
    this.code = code;
  }
}

/**
 * The way of searches to the server: undici's own request over connections that stay open. The JS client goes through
 * `fetch`, which costs a search of 1.5 ms another 0.8 ms.
 */
export function createMeilisearchHttp(options: { url: string; apiKey?: string; timeout: number }) {
  const { timeout } = options;
  const agent = new Agent({ connections: 32, headersTimeout: timeout, bodyTimeout: timeout, connect: { timeout } });
  const base = new URL(options.url);
  const root = base.pathname.replace(/\/+$/, '');
  const headers = {
    'content-type': 'application/json',
    ...(options.apiKey ? { authorization: `Bearer ${options.apiKey}` } : {}),
  };
  return {
    async post<T>(path: string, body: unknown): Promise<T> {
      let status: number;
      let answer: unknown;
      try {
        const response = await agent.request({
          origin: base.origin,
          path: `${root}${path}`,
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
        status = response.statusCode;
        answer = await response.body.json();
      } catch (error) {
        const { message, code } = error as Error & { code?: string };
        throw new SearchUnavailable(`Meilisearch at ${base.origin} does not answer: ${message || code}`, {
          cause: error,
        });
      }
      if (status === 200) return answer as T;
      const refused = new MeilisearchRefused(status, answer as { code?: string; message?: string });
      if (status < 502 || status > 504) throw refused;
      throw new SearchUnavailable(refused.message, { cause: refused });
    },
    close: () => agent.close(),
  };
}
