import { chmodSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { lines } from '../crawler/decode/sitemap.ts';
import { formatError } from '../crawler/errors.ts';
import { own } from '../schema/index.ts';
import { controlAddress, newControlAddress } from './control-address.ts';
import { jsonLine } from './terminal/printable.ts';

/**
 * A process that holds the embedded store listens here, so that a command in a second terminal hands its work over
 * instead of failing on the lock.
 */
export type Handlers = Record<string, (body: unknown, emit: (line: unknown) => void) => Promise<unknown>>;

const ENDED =
  'the process that serves the catalogue ended before it answered; start it again (a harvest under way goes on by itself), or run the command again';

/** A harvest that was told of the end needs less. */
const PATIENCE_MS = 6_000;

const SILENT = 'the process that holds the catalogue does not answer; stop it, or wait until it has started';

/** Answers how to stop: no command is taken any more, and those under way have so long to come to an end. */
export async function listenForCommands(
  dataDir: string,
  handlers: Handlers,
  patienceMs = PATIENCE_MS,
): Promise<() => Promise<void>> {
  const underWay = new Set<Promise<unknown>>();
  const { address, remove } = newControlAddress(dataDir);
  const server = createServer(async (req, res) => {
    // A line separator (U+2028) in a text would end the line for the one who reads it.
    const emit = (line: unknown) => void res.write(`${jsonLine(line)}\n`);
    try {
      const handler = own(handlers, (req.url ?? '').slice(1));
      if (!handler) throw new Error('the running process does not know this command; it may be an older version');
      let text = '';
      for await (const chunk of req) text += chunk;
      const work = handler(JSON.parse(text || '{}'), (progress) => emit({ progress }));
      underWay.add(work);
      emit({ result: await work.finally(() => underWay.delete(work)) });
    } catch (error) {
      emit({ error: formatError(error) });
    }
    res.end();
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(address, done));
  if (process.platform !== 'win32') chmodSync(address, 0o600);
  server.unref();
  return async () => {
    const closed = new Promise((done) => server.close(done));
    await Promise.race([Promise.allSettled(underWay), sleep(patienceMs, undefined, { ref: false })]);
    // What they came to is on its way.
    await nextTurn();
    server.closeAllConnections();
    await closed;
    remove();
  };
}

/** Hands a command to the process that holds the store; progress comes line by line, then the result. */
export async function handOver<T>(
  dataDir: string,
  command: string,
  body: unknown,
  onProgress: (line: unknown) => void,
): Promise<T> {
  return new Promise<T>((done, failed) => {
    const address = controlAddress(dataDir);
    if (!address) return failed(new Error(SILENT));
    const call = request({ socketPath: address, agent: false, path: `/${command}`, method: 'POST' }, async (res) => {
      res.on('error', () => failed(new Error(ENDED)));
      try {
        // Not by readline, which also ends a line at U+2028: an older process may send that as it is.
        for await (const line of lines(res.setEncoding('utf8'))) {
          const message = JSON.parse(line) as { progress?: unknown; result?: T; error?: string };
          if ('progress' in message) onProgress(message.progress);
          else if (message.error) return failed(new Error(message.error));
          else return done(message.result as T);
        }
      } catch {
        // The process died while it answered; its connection ends with an error.
      }
      failed(new Error(ENDED));
    });
    call.on('error', (error) => failed(new Error(`${SILENT} (${error.message})`)));
    call.end(JSON.stringify(body));
  });
}
