import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';

/** Names under `.localhost` lead to this machine, where nothing answers on port 443. */
describe('credatlas discover', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let env: Record<string, string>;
  beforeAll(() => {
    folder = temporaryFolder();
    env = { DATA_DIR: join(folder.path, 'data') };
  });
  afterAll(() => folder.remove());

  test('what is no domain is a wrong call', async () => {
    const { code, stderr } = await runCli(['discover', '127.0.0.1'], env);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no domain of an institution/);
    expect((await runCli(['discover', 'weser.localhost', '--at-once', 'many'], env)).code).toBe(2);
  });

  test('a domain without a manifest: what was asked, and exit code 1', async () => {
    const { code, stdout } = await runCli(['discover', 'www.weser.localhost', '--allow-loopback'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('www.weser.localhost: no manifest');
    expect(stdout).toMatch(/asked TXT weser\.localhost: /);
    expect(stdout).toContain('asked https://weser.localhost/.well-known/quality-link-manifest: unreachable');
    expect(stdout).toContain('1 asked, 0 with a manifest, 1 unclear; sources: none.');
  });

  test('a file of domains: one JSON line each, bad lines told, then the summary', async () => {
    const file = join(folder.path, 'institutions.txt');
    writeFileSync(file, '# institutions\n\na.localhost\nno domain at all\nb.localhost # the other\n');
    const { code, stdout } = await runCli(['discover', file, '--dry-run', '--json'], env);
    expect(code).toBe(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      lines
        .slice(0, -1)
        .map(({ asked }) => asked)
        .sort(),
    ).toEqual(['a.localhost', 'b.localhost', 'no domain at all']);
    // Without leave for loopback nothing is connected to.
    expect(lines.find(({ asked }) => asked === 'a.localhost').steps.at(-1)).toMatchObject({ outcome: 'unusable' });
    expect(lines.at(-1).summary).toMatchObject({ domains: 3, manifests: 0, unusable: 1, unclear: 2, dryRun: true });
  });

  test('a process that serves the embedded store does it for a second terminal, and publishes its keys', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = join(folder.path, 'signing.pem');
    writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const serving = { ...env, EXAMPLES: 'off', PORT: '0', QUALITYLINK_SIGNING_KEY_FILE: key };
    const server = await startCli(['serve'], serving, /Stop with Ctrl-C/);
    try {
      expect(existsSync(join(env.DATA_DIR as string, 'control.sock'))).toBe(true);
      const { code, last } = await runCli(['discover', 'weser.localhost', '--json'], env);
      expect(code).toBe(1);
      expect(last()).toMatchObject({ summary: { domains: 1, unclear: 1 } });
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(server.output()) as RegExpExecArray;
      const directory = await fetch(`${url}/.well-known/http-message-signatures-directory`);
      expect(directory.headers.get('content-type')).toBe('application/http-message-signatures-directory+json');
      const { keys } = (await directory.json()) as { keys: object[] };
      expect(keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'ed25519', kid: expect.any(String) }]);
      expect(keys[0]).not.toHaveProperty('d');
    } finally {
      await server.stop();
    }
  });
});
