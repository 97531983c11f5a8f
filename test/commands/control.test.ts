import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { handOver, listenForCommands } from '../../commands/control.ts';
import { ConfigError } from '../../crawler/errors.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('handing a command to the process that holds the store', () => {
  test('progress comes line by line, then the result', async () => {
    const stop = await listenForCommands(folder.path, {
      count: async (body, emit) => {
        for (let n = 1; n <= (body as { to: number }).to; n++) emit(n);
        return 'done';
      },
    });
    const seen: unknown[] = [];
    expect(await handOver(folder.path, 'count', { to: 3 }, (n) => seen.push(n))).toBe('done');
    expect(seen).toEqual([1, 2, 3]);
    await stop();
  });

  test('no text in an answer ends its line', async () => {
    const text = 'a\u2028b\u2029c\r\n\u0085d';
    const stop = await listenForCommands(folder.path, { say: async (body) => body });
    expect(await handOver(folder.path, 'say', { text }, () => {})).toEqual({ text });
    await stop();
  });

  test('nor in that of an older process, which sends them as they are', async () => {
    const text = 'a\u2028b\u2029c\u0085d';
    const server = createServer((_, res) => {
      const [one, two] = [Buffer.from(`${JSON.stringify({ progress: text })}\n`), JSON.stringify({ result: { text } })];
      // Cut in the middle of the separator.
      res.write(one.subarray(0, 16));
      setTimeout(() => res.end(Buffer.concat([one.subarray(16), Buffer.from(two)])), 20);
    });
    await new Promise<void>((done) => server.listen(join(folder.path, 'control.sock'), done));
    const seen: unknown[] = [];
    expect(await handOver(folder.path, 'say', {}, (line) => seen.push(line))).toEqual({ text });
    expect(seen).toEqual([text]);
    await new Promise((done) => server.close(done));
  });

  test('an error there is the error here, with its remedy', async () => {
    const stop = await listenForCommands(folder.path, {
      fail: async () => {
        throw new ConfigError('there is no such thing', 'Use another.');
      },
    });
    await expect(handOver(folder.path, 'fail', {}, () => {})).rejects.toThrow('there is no such thing. Use another.');
    await expect(handOver(folder.path, 'unknown', {}, () => {})).rejects.toThrow(/older version/);
    await stop();
  });

  test('a process that ends while it answers is told in one line', async () => {
    const stop = await listenForCommands(
      folder.path,
      {
        hang: async (_, emit) => {
          emit('under way');
          await sleep(60_000, undefined, { ref: false });
        },
      },
      100,
    );
    const answer = handOver(folder.path, 'hang', {}, () => void stop());
    await expect(answer).rejects.toThrow(/ended before it answered; start it again/);
  });

  test.skipIf(process.platform === 'win32')('the socket is for this user only', async () => {
    const stop = await listenForCommands(folder.path, {});
    expect(statSync(join(folder.path, 'control.sock')).mode & 0o777).toBe(0o600);
    await stop();
  });

  test('nobody there', async () => {
    await expect(handOver(folder.path, 'any', {}, () => {})).rejects.toThrow(/does not answer/);
  });
});

describe.skipIf(process.platform === 'win32')('a folder whose path is too long for a socket', () => {
  const long = join(folder.path, 'x'.repeat(60), 'y'.repeat(60));
  mkdirSync(long, { recursive: true });
  const note = join(long, 'control.path');
  const answer = () => handOver(long, 'ask', {}, () => {});
  const listen = () => listenForCommands(long, { ask: async () => 'heard' });

  test('has it in a folder of a name nobody can guess, for this user only', async () => {
    const stop = await listen();
    const address = readFileSync(note, 'utf8');
    expect(statSync(note).mode & 0o777).toBe(0o600);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    expect(await answer()).toBe('heard');
    await stop();
    expect([existsSync(note), existsSync(dirname(address))]).toEqual([false, false]);
    const again = await listen();
    expect(readFileSync(note, 'utf8')).not.toBe(address);
    await again();
  });

  test('does not hand over to a folder that others may enter', async () => {
    const stop = await listen();
    const folder = dirname(readFileSync(note, 'utf8'));
    chmodSync(folder, 0o755);
    await expect(answer()).rejects.toThrow(/does not answer/);
    chmodSync(folder, 0o700);
    expect(await answer()).toBe('heard');
    await stop();
  });

  test('what a killed process left of it is taken away by the next', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credatlas-'));
    writeFileSync(join(folder, 'control.sock'), '');
    writeFileSync(note, join(folder, 'control.sock'));
    const stop = await listen();
    expect(existsSync(folder)).toBe(false);
    expect(await answer()).toBe('heard');
    await stop();
  });
});
