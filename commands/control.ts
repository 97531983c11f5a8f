import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lines } from '../crawler/decode/sitemap.ts';
import { formatError } from '../crawler/errors.ts';
import { own } from '../schema/index.ts';
import { jsonLine } from './terminal/printable.ts';

/**
 * A process that holds the embedded store listens here, so that a command in a second terminal hands its work over
 * instead of failing on the lock. A local socket in the data directory: only who may write there can reach it.
 */
export type Handlers = Record<string, (body: unknown, emit: (line: unknown) => void) => Promise<unknown>>;

function socketPath(dataDir: string): string {
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\credatlas-${name}`;
  const path = resolve(join(dataDir, 'control.sock'));
  // Unix socket paths are limited to about 100 bytes.
  return path.length < 100 ? path : join(tmpdir(), `credatlas-${name}.sock`);
}

const ENDED =
  'the process that serves the catalogue ended before it answered; start it again (a harvest under way goes on by itself), or run the command again';

export async function listenForCommands(dataDir: string, handlers: Handlers): Promise<() => Promise<void>> {
  const path = socketPath(dataDir);
  if (process.platform !== 'win32') await rm(path, { force: true });
  const server = createServer(async (req, res) => {
    // A line separator (U+2028) in a text would end the line for the one who reads it.
    const emit = (line: unknown) => void res.write(`${jsonLine(line)}\n`);
    try {
      const handler = own(handlers, (req.url ?? '').slice(1));
      if (!handler) throw new Error('the running process does not know this command; it may be an older version');
      let text = '';
      for await (const chunk of req) text += chunk;
      emit({ result: await handler(JSON.parse(text || '{}'), (progress) => emit({ progress })) });
    } catch (error) {
      emit({ error: formatError(error) });
    }
    res.end();
  });
  await new Promise<void>((done, failed) => server.once('error', failed).listen(path, done));
  server.unref();
  return async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
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
    const call = request({ socketPath: socketPath(dataDir), path: `/${command}`, method: 'POST' }, async (res) => {
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
    call.on('error', (error) =>
      failed(
        new Error(
          `the process that holds the catalogue does not answer (${error.message}); stop it, or wait until it has started`,
        ),
      ),
    );
    call.end(JSON.stringify(body));
  });
}
