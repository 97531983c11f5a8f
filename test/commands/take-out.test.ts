import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { mintCredentialId } from '../../schema/index.ts';
import { freePort } from '../faults/servers.ts';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('taking out, beside a process that serves', () => {
  test('a source is retired and comes back, a record is purged and answers 410; the audit tells of all', async () => {
    const port = String(await freePort());
    const env = { DATA_DIR: join(folder.path, 'data'), PORT: port, EXAMPLES: 'off' };
    const serving = await startCli(['serve'], env, /Stop with Ctrl-C/);
    const file = join(folder.path, 'feed.csv');
    writeFileSync(file, 'identifier,title,provider,country\nk1,Zymurgie,Muster,DE\nk2,Weben,Muster,DE\n');
    const harvest = () => runCli(['harvest', file, '--source', 'feed', '--json'], env);
    const command = (...args: string[]) => runCli([...args, '--by', 'night shift'], env);
    const page = (id: string, accept = 'text/html') =>
      fetch(`http://127.0.0.1:${port}/credentials/${id}`, { headers: { accept } });
    const key = mintCredentialId('feed', 'k1');
    try {
      expect((await harvest()).last()).toMatchObject({ created: 2 });
      expect((await page(key)).status).toBe(200);

      expect((await command('retire', 'feed', '--reason', 'closed')).stdout).toMatch(/2 credentials and 1 providers/);
      expect((await page(key)).status).toBe(410);
      const refused = await harvest();
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringMatching(/is retired \(closed\).*retire feed --undo/),
      ]);
      expect((await runCli(['status'], env)).stdout).toMatch(/feed is retired since/);
      expect((await command('retire', 'feed', '--undo')).code).toBe(0);
      expect((await harvest()).last()).toMatchObject({ state: 'complete', updated: 2 });

      const asked = await command('purge', key);
      expect([asked.code, asked.stdout]).toEqual([2, expect.stringMatching(/1 raw records would be\s+erased.*--yes/s)]);
      const purged = await command('purge', key, '--yes');
      expect([purged.code, purged.stdout]).toEqual([
        0,
        expect.stringMatching(/1 credentials, 0 providers, 1 raw records\s+erased/),
      ]);
      for (const accept of ['text/html', 'application/json']) {
        const answer = await page(key, accept);
        expect(answer.status).toBe(410);
        expect(await answer.text()).toMatch(/erased/);
      }
      expect((await page(mintCredentialId('feed', 'never'))).status).toBe(404);
      const again = await harvest();
      expect([again.code, again.last()]).toMatchObject([0, { state: 'complete', created: 0, unchanged: 2 }]);
      expect((await page(key)).status).toBe(410);
      const entries = (await runCli(['audit', '--json'], env)).stdout.trim().split('\n');
      expect(entries.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual([
        'purge',
        'reinstate',
        'retire',
      ]);
      expect(entries.join()).not.toContain('k1');
    } finally {
      await serving.stop();
    }
  }, 240_000);
});
