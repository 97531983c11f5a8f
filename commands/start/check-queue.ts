import { Redis } from 'ioredis';
import { type Check, unusable } from './check.ts';
import { firstWords, kindOf } from './first-words.ts';
import { networkWords, orNotYet } from './network-words.ts';
import { NotYet, patiently, within } from './patiently.ts';

const VARIABLE = 'REDIS_URL';
const OLDEST = [6, 2] as const;

/** A Redis that can be the queue. */
export const checkQueue = (url: string, patienceMs: number): Check => ({
  variable: VARIABLE,
  look: () =>
    patiently(patienceMs, (limitMs) => attempt(url, limitMs)).catch((error) => {
      throw error instanceof NotYet ? unusable(VARIABLE, error.message, 'Start Redis, or correct the address.') : error;
    }),
});

async function attempt(url: string, limitMs: number): Promise<void> {
  const { protocol, hostname, port } = new URL(url);
  const to = { host: hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1', port: Number(port || 6379) };
  const tried = `Redis at ${hostname || '127.0.0.1'}:${to.port} was asked`;
  const fail = (words: string, remedy: string) => unusable(VARIABLE, `${tried}: ${words}`, remedy);
  const wayFailed = (error: unknown) => {
    const words = networkWords(error);
    if (!words) return undefined;
    orNotYet(error, `${tried}: ${words}`);
    if (words.includes('not speak TLS')) return fail(words, 'Write redis:// instead of rediss://.');
    return fail(words, 'Start Redis, or correct the address.');
  };

  const said = await firstWords(to, 'PING\r\n', limitMs).catch((error) => {
    throw wayFailed(error) ?? error;
  });
  const plain = 'said' in said && /^[+-][A-Z]/.test(said.said.toString('latin1'));
  if (protocol === 'redis:' && !plain) {
    throw 'said' in said && said.said[0] === 0x15
      ? fail('it speaks TLS only', 'Write rediss:// instead of redis://.')
      : fail(`${kindOf(said)}, no Redis`, 'Name the host and port of a Redis.');
  }

  const word = plain ? said.said.toString('latin1').slice(1).trim() : '';
  if (/^(LOADING|MASTERDOWN)/.test(word)) throw new NotYet(`${tried}: it is not ready (${word})`);
  if (/^DENIED/.test(word)) {
    throw fail('it is in protected mode', 'Give it a password, or let it listen on this address only.');
  }
  if (protocol === 'rediss:' && plain) throw fail('it does not speak TLS', 'Write redis:// instead of rediss://.');

  let trouble: Error | undefined;
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: limitMs,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
  });
  client.on('error', (error) => {
    trouble ??= error;
  });
  try {
    await within(limitMs, `${tried}: it accepts the connection and does not answer`, judge(client, fail));
    // A database that is not there is only told beside: the client would go on in another one.
    const beside = trouble && refused((trouble as Error).message, fail);
    if (beside) throw beside;
  } catch (error) {
    if (error instanceof NotYet || (error as Error).name === 'ConfigError') throw error;
    const first = (trouble ?? error) as Error;
    throw (
      wayFailed(first) ??
      refused(first.message, fail) ??
      refused((error as Error).message, fail) ??
      fail(first.message, 'Correct the URL, or look at that server.')
    );
  } finally {
    client.disconnect();
  }
}

async function judge(client: Redis, fail: (words: string, remedy: string) => Error): Promise<void> {
  await client.connect();
  const info = await client.info();
  const of = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const version = of('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw fail(`it is version ${version || 'unknown'}`, `Upgrade it to ${OLDEST.join('.')} or newer.`);
  }
  if (of('cluster_enabled') === '1') throw fail('it is a cluster', 'Name a single Redis.');
  if (of('role') === 'slave') throw fail('it is a read-only replica', 'Name the primary, which takes writes.');
  // Whether it takes what the queue will write: memory, rights, a disk that its snapshots fail on. Gone in a second.
  await client.set('credatlas:start', '1', 'PX', 1_000);
}

/** The refusals of Redis that have a remedy of their own. */
function refused(message: string, fail: (words: string, remedy: string) => Error): Error | undefined {
  const word = /^(?:ReplyError: )?(WRONGPASS|NOAUTH|NOPERM|READONLY|OOM|MISCONF|MOVED|ERR)\b/.exec(message)?.[1];
  switch (word) {
    case 'WRONGPASS':
      return fail('it refuses the user or password', 'Correct them: redis://user:password@host:6379.');
    case 'NOAUTH':
      return fail('it wants a password', 'Write it into the URL: redis://:password@host:6379.');
    case 'NOPERM':
      return fail(`this user may not do what the queue does (${message})`, 'Give it all commands on bull:* keys.');
    case 'READONLY':
      return fail('it is read-only', 'Name the primary, which takes writes.');
    case 'OOM':
      return fail('its memory is full', 'Raise its maxmemory, or give the queue a Redis of its own.');
    case 'MISCONF':
      return fail('it takes no writes because it cannot save to its disk', 'Look at its log and disk.');
    case 'MOVED':
      return fail('it is a cluster', 'Name a single Redis.');
    case 'ERR':
      if (/DB index/.test(message))
        return fail('it has no database of that number', 'Correct the number after the last slash.');
      if (/AUTH|password/i.test(message))
        return fail('it refuses the password', 'It has none set; leave it out of the URL.');
      return undefined;
    default:
      return undefined;
  }
}
