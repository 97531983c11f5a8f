import { networkWords, orNotYet } from './network-words.ts';

/** Much more than an answer to a look ever has. */
const LONGEST = 4_000_000;

export interface HttpAnswer {
  status: number;
  type: string;
  /** Undefined when the body is no JSON. */
  json: unknown;
}

/** One request to a server of the operator's own; no redirect is followed. `fail` makes the error. */
export async function askHttp(
  url: string,
  init: { headers?: Record<string, string>; method?: string; body?: string },
  limitMs: number,
  tried: string,
  fail: (words: string, remedy: string) => Error,
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    const text = await upTo(response, LONGEST);
    return { status: response.status, type: response.headers.get('content-type') ?? '', json: parsed(text) };
  } catch (error) {
    const words = networkWords(error) ?? 'what answers there does not speak HTTP';
    orNotYet(error, `${tried}: ${words}`);
    throw fail(words, words.includes('HTTP') ? 'Correct the address.' : 'Start it, or correct the address.');
  }
}

async function upTo(response: Response, longest: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longest) break;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
