import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchema } from '../../schema/json-schema.ts';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { textRows, workbook } from '../support/workbook.ts';

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder.path, 'data') };
const write = (name: string, text: string | Buffer) => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};
afterAll(folder.remove);

const GOOD =
  'identifier,title,provider,country,ects,language_of_instruction\nk1,Datenschutz kompakt,Muster-Akademie,DE,3,de\nk2,Wärmepumpen,Muster-Akademie,DE,"2,5",de\n';
const RESULT_KEYS = [
  'run',
  'source',
  'format',
  'state',
  'seen',
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'rejected',
  'problems',
  'requests',
  'bytes',
  'seconds',
];

describe('harvest', () => {
  let good: string;
  beforeAll(() => {
    good = write('good.csv', GOOD);
  });

  test('all in: exit 0 and one JSON line with every counter', async () => {
    const result = await runCli(['harvest', good, '--source', 'muster', '--json'], env);
    expect(result.code).toBe(0);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    const line = result.last();
    for (const key of RESULT_KEYS) expect(line).toHaveProperty(key);
    expect(line).toMatchObject({
      source: 'muster',
      format: 'csv',
      state: 'complete',
      seen: 2,
      created: 2,
      rejected: 0,
    });
  });

  test('the same again changes nothing', async () => {
    const result = await runCli(['harvest', good, '--source', 'muster', '--json'], env);
    expect(result.last()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('a dry run counts what would happen and stores nothing', async () => {
    const changed = write(
      'changed.csv',
      GOOD.replace('Datenschutz kompakt', 'Datenschutz').concat('k3,Neu,Muster-Akademie,DE,1,de\n'),
    );
    const result = await runCli(['harvest', changed, '--source', 'muster', '--replace', '--dry-run', '--json'], env);
    expect(result.last()).toMatchObject({ dryRun: true, seen: 3, created: 1, updated: 1, unchanged: 1 });
    const after = await runCli(['harvest', good, '--source', 'muster', '--json'], env);
    expect(after.last()).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  test('something rejected: exit 1, the rest is in, the reason is told', async () => {
    const file = write('some-bad.csv', `${GOOD}k3,,Muster-Akademie,DE,1,de\n`);
    const result = await runCli(['harvest', file, '--json'], env);
    expect(result.code).toBe(1);
    expect(result.last()).toMatchObject({ seen: 3, created: 2, rejected: 1 });
    const told = await runCli(['status', result.last().source as string, '--json'], env);
    expect((told.last().problems as { severity: string; remedy: string }[])[0]).toMatchObject({ severity: 'rejected' });
  });

  test.each([
    ['a file that is not there', ['harvest', '/no/such/file.csv']],
    ['a directory', ['harvest', folder.path]],
    ['an unknown format', ['harvest', 'x.csv', '--format', 'nope']],
    ['a file: address', ['harvest', 'file:///etc/passwd', '--format', 'csv']],
    ['this machine', ['harvest', 'http://127.0.0.1:9/', '--format', 'csv']],
    ['this machine as a number', ['harvest', 'http://2130706433/', '--format', 'csv']],
    ['no argument', ['harvest']],
    ['an unknown command', ['harvset', 'x']],
    ['an impossible source id', ['harvest', 'good.csv', '--source', 'NOT OK']],
  ])('%s: exit 2, one line and a remedy on stderr', async (_, args) => {
    const result = await runCli(
      args.map((a) => (a === 'good.csv' ? good : a)),
      env,
    );
    expect(result.code).toBe(2);
    if (result.stderr) expect(result.stderr.trim().length).toBeGreaterThan(20);
    else expect(result.stdout).toContain('allowLoopback');
  });

  test('an Excel workbook is read as a table, also packed; a PDF is told to be one', async () => {
    const rows = [
      ['identifier', 'title', 'provider', 'country'],
      ['k1', 'Datenschutz', 'Muster-Akademie', 'DE'],
    ];
    const book = workbook([{ rows: textRows(rows) }]);
    const file = write('book.xlsx', book);
    const first = await runCli(['harvest', file, '--json'], env);
    expect(first.last()).toMatchObject({ format: 'csv', state: 'complete', created: 1, rejected: 0 });
    write('book.xlsx', gzipSync(book));
    const again = await runCli(['harvest', file, '--json'], env);
    expect(again.last()).toMatchObject({ source: first.last().source, created: 0, unchanged: 1 });
    const pdf = await runCli(['harvest', write('courses.pdf', Buffer.from('%PDF-1.7'))], env);
    expect(pdf).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/courses\.pdf: this is a PDF\. It is made for/),
    });
  });

  test('what cannot be recognised is said so', async () => {
    const result = await runCli(['harvest', write('random.bin', Buffer.from([0, 255, 3, 7, 200]))], env);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/--format/);
  });
});

describe('validate', () => {
  test('one line a record by the published schema, then a summary', async () => {
    const file = write('mixed.csv', `${GOOD},No identifier,Muster-Akademie,DE,1,de\n`);
    const result = await runCli(['validate', file, '--json'], env);
    expect(result.code).toBe(1);
    const lines = result.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const valid = ajv.compile(jsonSchema('credential'));
    const records = lines.filter((line) => line.record);
    expect(records).toHaveLength(2);
    for (const { record, problems } of records) {
      expect(valid(record), JSON.stringify(valid.errors)).toBe(true);
      expect(Array.isArray(problems)).toBe(true);
    }
    const { rejected } = lines.find((line) => line.rejected);
    for (const key of ['identifier', 'path', 'rule', 'found', 'remedy']) expect(rejected).toHaveProperty(key);
    expect(lines.at(-1)).toMatchObject({ summary: { format: 'csv', records: 3, accepted: 2, rejected: 1 } });
  });

  test('for people: a summary; with --all each element with its state and place', async () => {
    const short = await runCli(['validate', write('one.csv', GOOD)], env);
    expect(short.code).toBe(0);
    expect(short.stdout).toMatch(/^2 records \(csv\): 2 accepted, 0 rejected, \d+ problems\n/);
    expect(short.stdout).not.toContain('Wärmepumpen');
    const result = await runCli(['validate', write('one.csv', GOOD), '--all'], env);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/title\s+stated\s+.*Wärmepumpen/);
    expect(result.stdout).toMatch(/qualityAssurance\s+not-stated/);
    expect(result.stdout).toMatch(/learner\s+at-issuance/);
  });
});

describe('the other commands', () => {
  test('sources, status and reindex answer in JSON', async () => {
    const sources = await runCli(['sources', '--json'], env);
    expect(
      sources.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).definition.id),
    ).toContain('muster');
    expect((await runCli(['status', '--json'], env)).last()).toMatchObject({ indexLag: 0 });
    expect((await runCli(['reindex', '--json'], env)).last()).toMatchObject({ engine: 'postgres', records: 5 });
  });

  test('help has examples for every command', async () => {
    for (const command of [
      'serve',
      'harvest',
      'validate',
      'sources',
      'status',
      'formats',
      'reindex',
      'worker',
      'subgraph',
    ]) {
      const help = await runCli([command, '--help'], env);
      expect(help.code).toBe(0);
      expect(help.stdout).toMatch(/Examples?:/);
    }
  });

  test('a wrong setting is named', async () => {
    const result = await runCli(['sources'], { ...env, PORT: 'many' });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('PORT');
  });
});
