import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';

/** What the machine has of its own, without the Node that comes with the packages. */
const PATH = (process.env.PATH ?? '')
  .split(':')
  .filter((folder) => !folder.includes('node_modules'))
  .join(':');
const env = Object.fromEntries(
  Object.entries({ ...process.env, PATH }).filter(([name]) => !name.toLowerCase().startsWith('npm_')),
);
const own = /^v(\d+)/.exec(String(spawnSync('node', ['--version'], { env, encoding: 'utf8' }).stdout))?.[1];

describe.skipIf(!own || Number(own) >= 24)(`npm on this machine's own Node ${own}`, () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    copyFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), `${folder.path}/${file}`);
  }
  const install = (...args: string[]) => {
    const options = { cwd: folder.path, env, encoding: 'utf8', timeout: 100_000 } as const;
    const { stdout, stderr, status } = spawnSync('npm', ['ci', '--dry-run', '--offline', ...args], options);
    return { status, text: stdout + stderr };
  };

  test('an installation warns of nothing that the Node of the packages makes good', { timeout: 120_000 }, () => {
    const { status, text } = install();
    expect(status, text).toBe(0);
    expect(text).not.toMatch(/npm warn|EBADENGINE/i);
    // It would, package by package.
    expect(install('--loglevel=warn').text.match(/EBADENGINE/g)?.length).toBeGreaterThan(10);
  });

  test('errors are still told', { timeout: 60_000 }, () => {
    const { status, stderr } = spawnSync('npm', ['run', 'no-such-script'], { cwd: folder.path, env, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/Missing script/);
  });
});
