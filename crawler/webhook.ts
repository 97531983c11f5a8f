import type { StateChange } from '../catalogue/store/source-state.ts';
import { RetryLater, SourceBroken } from './errors.ts';
import { StatusRefused } from './fetch/fetch-failure.ts';
import type { FetchGate } from './fetch/gate-contract.ts';
import { type Channel, ChannelGone, messageId, sentence } from './notify.ts';
import { readWebhookKeys } from './webhook-keys.ts';

/** A receiver has so long to answer (Standard Webhooks: 15 to 30 s). */
const ANSWER_MS = 20_000;

/**
 * Posts JSON to a URL through the gate, by Standard Webhooks (https://www.standardwebhooks.com): headers `webhook-id` (the same
 * whenever the same change is sent), `webhook-timestamp` (seconds, of this attempt) and `webhook-signature` (`v1,` and base64,
 * one for each secret); the body says `type`, `timestamp` (when the state began) and `data`. Only 2xx is received; redirects are
 * not followed; 410 ends it. The gate's rules hold: no private networks but, when the URL names it, loopback.
 *
 * @throws ConfigError at once for a secret that cannot be one
 */
export function createWebhook(gate: FetchGate, { url, secret }: { url: string; secret?: string }): Channel {
  const allowLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
  const keys = secret ? readWebhookKeys(secret) : undefined;
  return {
    name: 'webhook',
    async send(change) {
      const body = bodyOf(change);
      const id = messageId(change);
      // Made when the request goes out: a receiver refuses what is older than five minutes.
      const sign = async (): Promise<Record<string, string>> => {
        const at = new Date();
        return {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          ...(keys && { 'webhook-signature': keys.sign(id, at, body).join(' ') }),
        };
      };
      const politeness = { requestsPerSecond: 5, concurrency: 1 };
      const limits = { headersMs: ANSWER_MS, totalMs: ANSWER_MS };
      try {
        const response = await gate.fetch({ url, json: body, sign, allowLoopback, politeness, limits });
        await response.dispose();
      } catch (error) {
        throw withRemedy(error);
      }
    },
  };
}

const bodyOf = (change: StateChange): string =>
  JSON.stringify({ type: 'source.state', timestamp: change.since, data: { ...change, text: sentence(change) } });

/** The remedies of the gate are those for feeds. */
function withRemedy(error: unknown): unknown {
  const remedy = 'Look at the receiver, or correct WEBHOOK_URL.';
  if (error instanceof RetryLater) return new RetryLater(error.message, remedy, error.seconds, { cause: error });
  if (!(error instanceof StatusRefused)) return error;
  if (error.status !== 410) return new SourceBroken(error.message, remedy, { cause: error });
  return new ChannelGone(
    `${error.message}: it wants no more messages`,
    'Take WEBHOOK_URL out, or correct it, and start again.',
  );
}
