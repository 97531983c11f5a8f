import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { AddressRefused, RetryLater, SourceBroken } from '../errors.ts';
import { contentCodings, decodedBody } from './decode-body.ts';
import { fetchFailure, overLimit, ServerFailed, StatusRefused, unreachable } from './fetch-failure.ts';
import type { GateRequest, GateResponse } from './gate-contract.ts';
import { type HostOutcome, parkAfterSeconds } from './host-clock.ts';
import type { FetchLimits } from './limits.ts';
import type { Patience } from './patience.ts';
import { redactUrl } from './redact-url.ts';
import { contentType, responseHeaders, usableDate, usableEtag } from './response-headers.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { watchedBody } from './watched-body.ts';

const passingStatus = new Set([408, 425, 500, 502, 504]);

/** One answer and all that belongs to it. */
export interface Exchange {
  request: GateRequest;
  limits: FetchLimits;
  url: URL;
  patience: Patience;
  response: Dispatcher.ResponseData;
  sent: Record<string, string>;
  controller: AbortController;
  finish(outcome: HostOutcome): Promise<void>;
}

/** What a final answer (no redirect) comes to. */
export async function settle(exchange: Exchange): Promise<GateResponse> {
  const { url, limits, response, sent } = exchange;
  const status = response.statusCode;
  const headers = responseHeaders(response.headers);
  const refuse = async (error: Error, outcome: HostOutcome = { kind: 'ok' }) => {
    await discard(exchange, outcome);
    return error;
  };

  if (status === 429 || status === 503) {
    const retryAfter = retryAfterSeconds(headers['retry-after'], headers.date);
    throw await refuse(busy(url, status, retryAfter), { kind: 'busy', retryAfter });
  }
  if (passingStatus.has(status)) {
    throw await refuse(failedAnswer(url, status), { kind: 'failed' });
  }
  const notModified = status === 304;
  if (notModified && !sent['if-none-match'] && !sent['if-modified-since']) {
    throw await refuse(
      new SourceBroken(
        `${redactUrl(url)}: "not modified" though nothing was asked about`,
        'The provider must mend the server or its cache.',
      ),
    );
  }
  if (!notModified && (status < 200 || status > 299 || status === 206))
    throw await refuse(new StatusRefused(url, status));

  const length = Number(headers['content-length'] ?? Number.NaN);
  if (!notModified && length > limits.wireBytes) {
    throw await refuse(overLimit(url, `the body has ${length} bytes, ${limits.wireBytes} are allowed`, 'wireBytes'));
  }
  try {
    contentCodings(headers['content-encoding'], exchange);
  } catch (error) {
    throw await refuse(error as Error);
  }

  const bytes = { wire: 0, decoded: 0 };
  const { body, dispose } = readable(exchange, headers, bytes, notModified);
  if (notModified) {
    await drain(response);
    await dispose({ kind: 'ok' });
  }
  return {
    status,
    url: url.href,
    headers,
    ...contentType(headers['content-type']),
    notModified,
    etag: usableEtag(headers.etag),
    lastModified: usableDate(headers['last-modified']),
    body,
    bytes,
    dispose: () => dispose(),
    framed: Number.isFinite(length) || /chunked/i.test(headers['transfer-encoding'] ?? ''),
  };
}

/** The body for the reader, and the one place where the host's slot is given back for it. */
function readable(exchange: Exchange, headers: Record<string, string>, bytes: GateResponse['bytes'], empty: boolean) {
  const { request, url, limits, patience, response, controller, finish } = exchange;
  let abandoned: NodeJS.Timeout | undefined;
  let over = false;
  const dispose = async (outcome: HostOutcome = { kind: 'cancelled' }) => {
    clearTimeout(abandoned);
    if (over) return;
    over = true;
    request.signal?.removeEventListener('abort', giveUp);
    response.body.destroy();
    await finish(outcome);
  };
  // Nobody waits for this one: a clock that cannot be reached lets the lease run out by itself.
  const giveUp = () => {
    dispose().catch(() => {});
  };
  request.signal?.addEventListener('abort', giveUp, { once: true });
  const rest = () => {
    clearTimeout(abandoned);
    abandoned = setTimeout(giveUp, limits.abandonedMs).unref();
  };

  async function* read(): AsyncGenerator<Uint8Array> {
    if (empty) return;
    try {
      if (over) throw unreachable(url, 'the body was given up before it was read');
      const wire = watchedBody(response.body, { url, limits, patience, bytes });
      for await (const chunk of decodedBody(wire, headers['content-encoding'], { url, limits, bytes })) {
        rest();
        yield chunk;
        // Given up while the reader was away: that must never look like the end of the body.
        if (over) throw unreachable(url, 'the body was given up before its end');
        clearTimeout(abandoned);
      }
      over = true;
      request.signal?.removeEventListener('abort', giveUp);
      await finish({ kind: 'ok' });
    } catch (error) {
      await dispose(outcomeOf(error, request.signal));
      controller.abort();
      throw request.signal?.aborted ? request.signal.reason : fetchFailure(url, error);
    } finally {
      await dispose();
    }
  }
  rest();
  const iterator = read();
  return { body: { [Symbol.asyncIterator]: () => iterator }, dispose };
}

/** Done with an answer whose body nobody wants. */
export async function discard({ response, finish }: Exchange, outcome: HostOutcome): Promise<void> {
  await drain(response);
  response.body.destroy();
  await finish(outcome);
}

/** Reads a small unwanted body to its end, so that the connection can serve the next request. */
async function drain(response: Dispatcher.ResponseData): Promise<void> {
  const small = response.statusCode === 304 || Number(response.headers['content-length'] ?? Number.NaN) <= 16_384;
  if (!small) return;
  await Promise.race([response.body.dump({ limit: 16_384 }), sleep(1000, undefined, { ref: false })]).catch(() => {});
}

/** 408 and 425 are about the request; the others say that the server could not make the answer. */
function failedAnswer(url: URL, status: number): RetryLater {
  const error = unreachable(url, `the server answered ${status}`, undefined, undefined, status);
  return status < 500 ? error : new ServerFailed(error.message, error.remedy, error.seconds, { status });
}

/** What an error says about the host. */
export function outcomeOf(error: unknown, signal: AbortSignal | undefined): HostOutcome {
  if (signal?.aborted || error instanceof AddressRefused) return { kind: 'cancelled' };
  return { kind: error instanceof SourceBroken ? 'ok' : 'failed' };
}

function busy(url: URL, status: number, retryAfter: number | undefined): RetryLater {
  const seconds = Math.max(1, retryAfter ?? 60);
  if (seconds <= parkAfterSeconds) {
    const asked = retryAfter === undefined ? '' : ` and asks to be left alone for ${seconds} s`;
    return unreachable(url, `the server is busy (${status})${asked}`, undefined, seconds, status);
  }
  const until = Number.isFinite(seconds)
    ? new Date(Math.min(Date.now() + seconds * 1000, 8.64e15)).toISOString()
    : 'further notice';
  return new RetryLater(
    `${redactUrl(url)}: the server is busy (${status}); parked until ${until}`,
    'Ask the provider when and how often the feed may be read.',
    seconds,
    { status },
  );
}
