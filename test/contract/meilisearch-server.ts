import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface MeilisearchServer {
  url: string;
  apiKey?: string;
  stop(): Promise<void>;
}

/** Whether a real Meilisearch can be had: by `MEILI_URL`, or a `meilisearch` program on the PATH. */
export function hasMeilisearch(): boolean {
  return !!process.env.MEILI_URL || spawnSync('meilisearch', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The server at `MEILI_URL`, or one of our own on a free port with a directory that goes away with it. */
export async function startMeilisearch(): Promise<MeilisearchServer> {
  const { MEILI_URL, MEILI_API_KEY } = process.env;
  if (MEILI_URL) return { url: MEILI_URL, apiKey: MEILI_API_KEY, stop: async () => {} };
  const directory = mkdtempSync(join(tmpdir(), 'credatlas-meili-'));
  const port = await freePort();
  const apiKey = 'only-for-tests-0123456789';
  const url = `http://127.0.0.1:${port}`;
  const args = ['--no-analytics', '--db-path', join(directory, 'data'), '--http-addr', `127.0.0.1:${port}`];
  const server = spawn('meilisearch', [...args, '--master-key', apiKey, '--log-level', 'WARN'], {
    cwd: directory,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  for (let i = 0; i < 200; i++) {
    if (server.exitCode !== null) break;
    if (
      await fetch(`${url}/health`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return { url, apiKey, stop };
    await sleep(50);
  }
  await stop();
  throw new Error('meilisearch did not start within 10 s');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
