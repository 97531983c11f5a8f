import { createHash, randomUUID } from 'node:crypto';
import type { StateChange } from '../catalogue/store/source-state.ts';
import type { Store } from '../catalogue/store/store.ts';
import { formatError, RetryLater, SourceBroken } from './errors.ts';
import { type Log, levelled } from './log.ts';

/** A way to tell somebody. `name` stays the same over restarts: what was told is remembered by it. */
export interface Channel {
  name: string;
  /** Throws when it could not be told; it is tried again, after `RetryLater.seconds` at the earliest. */
  send(change: StateChange): Promise<void>;
}

/** The receiver wants no more: this process asks no more. */
export class ChannelGone extends SourceBroken {}

const LEASE = 'notifier';
const LEASE_SECONDS = 120;

const MINUTE = 60_000;
/** Waits between attempts, each up to a fifth longer so that many do not come at once (Standard Webhooks); the last repeats. */
const RETRY_MS = [5_000, 30_000, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 120 * MINUTE];
const LONGEST_WAIT_MS = 24 * 60 * MINUTE;

interface Trouble {
  failures: number;
  said: string;
  /** When it is tried again; never for a receiver that is gone. */
  notBefore: number;
}

/**
 * Tells of changes of a source's state, and only of those: what was told is in the store, so a restart or a second
 * worker does not tell it again. A message may come twice only if a process dies between sending and noting it; its id
 * is then the same. A channel that is away gets the state as it is when it is back.
 */
export function createNotifier(deps: {
  states: Store['states'];
  leases: Store['leases'];
  channels: readonly Channel[];
  log: Log | ((line: string) => void);
  /** Left out: the real one. */
  retryMs?: readonly number[];
}) {
  const log = levelled(deps.log);
  const retryMs = deps.retryMs ?? RETRY_MS;
  const owner = randomUUID();
  const troubles = new Map<string, Trouble>();

  async function tell(channel: Channel): Promise<number> {
    let sent = 0;
    for (const change of await deps.states.untold(channel.name)) {
      try {
        await channel.send(change);
      } catch (error) {
        failed(channel, error);
        return sent;
      }
      if (troubles.delete(channel.name)) log.info(`${channel.name}: it is reached again`);
      await deps.states.told(change.source, channel.name, change.to);
      sent++;
    }
    return sent;
  }

  function failed({ name }: Channel, error: unknown): void {
    const before = troubles.get(name);
    const failures = (before?.failures ?? 0) + 1;
    const planned = retryMs[Math.min(failures, retryMs.length) - 1] ?? MINUTE;
    const asked = error instanceof RetryLater ? error.seconds * 1_000 : 0;
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(asked, planned * (1 + Math.random() / 5)));
    const gone = error instanceof ChannelGone;
    const said = `${name}: ${formatError(error)}${gone ? '' : ' It is tried again.'}`;
    troubles.set(name, { failures, said, notBefore: gone ? Number.POSITIVE_INFINITY : performance.now() + wait });
    if (before?.said !== said) log.warn(said);
  }

  async function turn(channels: readonly Channel[]): Promise<number> {
    if (!channels.length || !(await deps.leases.take(LEASE, owner, LEASE_SECONDS))) return 0;
    try {
      let sent = 0;
      for (const channel of channels) sent += await tell(channel);
      return sent;
    } finally {
      await deps.leases.release(LEASE, owner);
    }
  }

  const waitOf = ({ name }: Channel): number => troubles.get(name)?.notBefore ?? 0;
  return {
    /** Tells what is untold; answers how many messages went out. Nothing while another process is at it. */
    once: (): Promise<number> => turn(deps.channels.filter((channel) => Number.isFinite(waitOf(channel)))),
    /** The same, but a channel that failed is left alone until its time has come: for who asks again and again. */
    due: (): Promise<number> => turn(deps.channels.filter((channel) => waitOf(channel) <= performance.now())),
  };
}

/** One line for a person. */
export function sentence({ source, title, from, to, since, reason }: StateChange): string {
  return `${title} (${source}): ${from} → ${to} since ${since}${reason ? `: ${reason}` : ''}`;
}

/** The same change has the same id, however often it is sent. */
export const messageId = ({ source, to, since }: StateChange): string =>
  `msg_${createHash('sha256').update(`${source} ${to} ${since}`).digest('base64url').slice(0, 24)}`;
