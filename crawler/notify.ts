import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { StateChange } from '../catalogue/store/source-state.ts';
import type { Store } from '../catalogue/store/store.ts';
import { formatError } from './errors.ts';
import type { FetchGate } from './fetch/gate-contract.ts';

/** A way to tell somebody. `name` stays the same over restarts: what was told is remembered by it. */
export interface Channel {
  name: string;
  /** Throws when it could not be told; it is tried again. */
  send(change: StateChange): Promise<void>;
}

const LEASE = 'notifier';
const LEASE_SECONDS = 120;

/**
 * Tells of changes of a source's state, and only of those: what was told is in the store, so a restart or a second
 * worker does not tell it again. A message may come twice only if a process dies between sending and noting it; its id
 * is then the same. A channel that is away gets the state as it is when it is back.
 */
export function createNotifier(deps: {
  states: Store['states'];
  leases: Store['leases'];
  channels: readonly Channel[];
  log: (line: string) => void;
}) {
  const owner = randomUUID();
  const troubled = new Set<string>();

  async function tell(channel: Channel): Promise<number> {
    let sent = 0;
    for (const change of await deps.states.untold(channel.name)) {
      try {
        await channel.send(change);
      } catch (error) {
        if (!troubled.has(channel.name)) deps.log(`${channel.name}: ${formatError(error)} It is tried again.`);
        troubled.add(channel.name);
        return sent;
      }
      troubled.delete(channel.name);
      await deps.states.told(change.source, channel.name, change.to);
      sent++;
    }
    return sent;
  }

  return {
    /** Tells what is untold; answers how many messages went out. Nothing while another process is at it. */
    async once(): Promise<number> {
      if (!deps.channels.length || !(await deps.leases.take(LEASE, owner, LEASE_SECONDS))) return 0;
      try {
        let sent = 0;
        for (const channel of deps.channels) sent += await tell(channel);
        return sent;
      } finally {
        await deps.leases.release(LEASE, owner);
      }
    },
  };
}

/** One line for a person. */
export function sentence({ source, title, from, to, since, reason }: StateChange): string {
  return `${title} (${source}): ${from} → ${to} since ${since}${reason ? `: ${reason}` : ''}`;
}

/** The same change has the same id, however often it is sent. */
export const messageId = ({ source, to, since }: StateChange): string =>
  `msg_${createHash('sha256').update(`${source} ${to} ${since}`).digest('base64url').slice(0, 24)}`;

/**
 * Posts JSON to a URL through the gate. Signed as Standard Webhooks say (https://www.standardwebhooks.com): headers
 * `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature` = `v1,` and the base64 of the HMAC-SHA256 of
 * `id.timestamp.body` under the secret. The gate's rules hold: no private networks but, when the URL names it, loopback.
 */
export function createWebhook(gate: FetchGate, { url, secret }: { url: string; secret?: string }): Channel {
  const allowLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
  return {
    name: 'webhook',
    async send(change) {
      const body = JSON.stringify({
        type: 'source.state',
        timestamp: change.since,
        data: { ...change, text: sentence(change) },
      });
      const id = messageId(change);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const headers: Record<string, string> = { 'webhook-id': id, 'webhook-timestamp': timestamp };
      if (secret) {
        const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
        headers['webhook-signature'] = `v1,${mac}`;
      }
      const politeness = { requestsPerSecond: 5, concurrency: 1 };
      const response = await gate.fetch({ url, json: body, headers, allowLoopback, politeness });
      await response.dispose();
    },
  };
}
