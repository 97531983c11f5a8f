import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readSourceFiles } from '../../crawler/source-files.ts';

test('a file that is no source is told, with what is wrong, and the others are there all the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'credatlas-sources-'));
  const good = {
    id: 'good',
    title: 'Good',
    format: 'csv',
    url: 'https://x.example/',
    publisher: 'X',
    licence: 'CC0-1.0',
  };
  const write = (name: string, body: unknown) => writeFile(join(folder, `${name}.json`), JSON.stringify(body));
  try {
    await write('good', { ...good, schedule: '0 3 * * *' });
    await write('bad-schedule', { ...good, id: 'bad', schedule: 'every day' });
    await write('bad-id', { ...good, id: 'Not An Id' });
    await writeFile(join(folder, 'broken.json'), '{');
    const told: string[] = [];
    const directory = pathToFileURL(`${folder}/`);
    expect((await readSourceFiles((line) => told.push(line), directory)).map(({ id }) => id)).toEqual(['good']);
    expect(told).toEqual([
      expect.stringMatching(/left out: bad-id\.json: .*an id has 2 to 63/),
      expect.stringMatching(/left out: bad-schedule\.json: .*five fields/),
      expect.stringMatching(/left out: broken\.json is not JSON/),
    ]);
    await expect(readSourceFiles(undefined, directory)).rejects.toThrow('bad-id.json');
  } finally {
    await rm(folder, { recursive: true });
  }
});
