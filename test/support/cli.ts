import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The last line of stdout, parsed. */
  last: () => Record<string, unknown>;
}

const quiet = {
  ...process.env,
  MEILI_URL: '',
  REDIS_URL: '',
  DATABASE_URL: '',
  EXAMPLES: '',
  CONTACT: 'https://test.example/contact',
};

/** Runs the real program as a process of its own. */
export function runCli(args: string[], env: Record<string, string>): Promise<CliResult> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { ...quiet, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
    child.on('error', failed);
    child.on('close', (code) =>
      done({ code, stdout, stderr, last: () => JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') }),
    );
  });
}

/** Starts `credatlas serve` (or another lasting command) and resolves when its output has the words awaited. */
export async function startCli(
  args: string[],
  env: Record<string, string>,
  awaited: RegExp,
): Promise<{ child: ChildProcess; output: () => string; stop: (signal?: NodeJS.Signals) => Promise<number | null> }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { ...quiet, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<number | null>((done) => child.on('close', done));
  await new Promise<void>((ready, failed) => {
    const look = (chunk: Buffer) => {
      text += chunk;
      if (awaited.test(text)) ready();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    void ended.then((code) => failed(new Error(`ended with ${code} before it was ready:\n${text}`)));
  });
  return {
    child,
    output: () => text,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** A folder that goes away with the test. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'credatlas-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
