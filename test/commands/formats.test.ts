import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { displayWidth } from '../../commands/terminal/width.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { ELEMENTS } from '../../schema/index.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder.path, 'data') };
afterAll(folder.remove);

const formats = await loadFormats();
const run = (...args: string[]) => runCli(['formats', ...args], env);
const linesOf = (text: string) => text.trimEnd().split('\n');

describe('formats', { timeout: 60_000 }, () => {
  test('alone: one row a format, with name, title and what it reads', async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const [header, ...rows] = linesOf(stdout);
    expect(header).toMatch(/^name\s+title\s+what it reads$/);
    expect(rows.map((row) => row.split(' ')[0])).toEqual([...formats.keys()]);
    for (const [n, { title, documentation }] of [...formats.values()].entries()) {
      expect(rows[n]).toContain(title.slice(0, 12));
      expect(rows[n]).toContain(documentation.reads.slice(0, 12));
    }
  });

  test.each([...formats.values()])(
    '$name: its page, in plain text that fits',
    async ({ name, title, specification, documentation, leads }) => {
      const { code, stdout } = await run(name);
      expect(code).toBe(0);
      expect(stdout.startsWith(`${name}: `)).toBe(true);
      const flat = stdout.replace(/\s+/g, ' ');
      const plain = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ');
      expect(flat).toContain(title);
      // A long address goes on in the next line.
      const close = stdout.replace(/\s+/g, '');
      expect(close).toContain(specification);
      for (const text of [documentation.reads, ...documentation.quirks])
        expect(close).toContain(plain(text).replaceAll(' ', ''));
      for (const element of leads ? [] : ELEMENTS) expect(flat).toContain(element);
      expect(flat).toMatch(
        leads
          ? /It has no records of its own/
          : /It has no place for [a-zA-Z, ]+: always not-stated|Only a credential that was issued has/,
      );
      expect(linesOf(stdout).filter((line) => /`|^\s*#|^- /.test(line))).toEqual([]);
      // A long name of a member may be wider than a line, nothing else.
      expect(linesOf(stdout).filter((line) => displayWidth(line) > 80)).toEqual([]);
    },
  );

  test('--json: one value a format, each element in one list and no more', async () => {
    const { code, stdout } = await run('--json');
    expect(code).toBe(0);
    const all = linesOf(stdout).map((line) => JSON.parse(line));
    expect(all.map(({ name }) => name)).toEqual([...formats.keys()]);
    for (const { documentation, notStated, atIssuance, specification, leads } of all) {
      const lists = [documentation.elements, documentation.derived, notStated, atIssuance].flat();
      expect([...lists].sort()).toEqual(leads ? [] : [...ELEMENTS].sort());
      // A namespace is called as it is written, and may be of http.
      expect(specification).toMatch(/^https?:/);
      expect(documentation.members[0].read.length).toBeGreaterThan(0);
    }
    expect((await run('csv', '--json')).last()).toEqual(all.find(({ name }) => name === 'csv'));
  });

  test('a name that is none: refused with those there are, and shown harmless', async () => {
    for (const args of [['xcri'], ['xcri', '--json'], ['__proto__'], ['\u001b[31mcsv']]) {
      const { code, stdout, stderr } = await run(...args);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain(`Use one of: ${[...formats.keys()].join(', ')}.`);
      expect(stderr).not.toContain('\u001b');
    }
  });
});
