import { type DocumentNode, print } from 'graphql';
import { Agent } from 'undici';
import { formatAcceptLanguage } from '../../subgraphs/shared/languages.ts';
import type { Ask } from './operation-context.ts';
import { readAnswer } from './read-answer.ts';
import { readFetch } from './selected.ts';
import { SubgraphDown } from './subgraph-down.ts';

/** Bytes of one answer. The dearest operation has some megabytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
/** A connection that was open between two requests and is no more: the server was restarted, say. */
const CUT = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Asks a subgraph over HTTP, handing the reader's languages on. Time limits are the caller's, by the signal. */
export function httpAsk(endpoint: string): { ask: Ask; close: () => Promise<void> } {
  const { origin, pathname, search } = new URL(endpoint);
  const agent = new Agent({ connections: 64, connect: { timeout: 2_000 }, maxResponseSize: LARGEST_ANSWER });
  const printed = new WeakMap<DocumentNode, string>();
  const textOf = (document: DocumentNode): string => {
    const text = printed.get(document) ?? print(document);
    printed.set(document, text);
    return text;
  };

  const post = async (body: string, languages: readonly string[], signal: AbortSignal) => {
    const answer = await agent.request({
      origin,
      path: `${pathname}${search}`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-language': formatAcceptLanguage(languages),
      },
      body,
      signal,
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  };

  const ask: Ask = async ({ document, variables, operationName, context }, signal) => {
    const body = JSON.stringify({ query: textOf(document), variables, operationName });
    const send = () => post(body, context?.languages ?? [], signal);
    const { status, text } = await send()
      .catch((error: Error & { code?: string }) => {
        // Queries change nothing, so one that may have been read may be sent again; once, or a restart becomes a storm.
        if (!CUT.has(error.code ?? '') || signal.aborted) throw error;
        return send();
      })
      .catch((error: Error & { code?: string }) => {
        throw new SubgraphDown(`it cannot be reached: ${error.message || error.code}`, { cause: error });
      });
    if (status >= 500) throw new SubgraphDown(`it answers ${status}: ${start(text)}`);
    const json = parsed(text);
    if (json === undefined) throw new SubgraphDown(`it answers ${status} with what is not JSON: ${start(text)}`);
    return readAnswer(json, readFetch(document, operationName, variables));
  };
  // Requests that hang are not waited for.
  return { ask, close: () => agent.destroy() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const start = (text: string): string => JSON.stringify(text.slice(0, 120));
