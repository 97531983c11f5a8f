import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createLog, type LogSettings } from '../../../commands/log/create-log.ts';
import { levelled } from '../../../crawler/log.ts';

function capture(settings: Partial<LogSettings> = {}) {
  const written: string[] = [];
  const root = createLog({
    level: 'info',
    format: 'json',
    colour: false,
    secrets: [],
    write: (text) => void written.push(text),
    ...settings,
  });
  const json = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...root, written, json, text: () => written.join('') };
}

const report = (error: unknown, id = 'e-1') => ({ id, where: 'gateway', path: ['search', 0], error });

describe('lines', () => {
  test('JSON: one object a line with time, level and component', () => {
    const { log, json, written } = capture();
    log('plain');
    log.child('queue').warn('slow', { jobs: 3 });
    log.child('a').child('b').error('broken');
    log.debug('not at this level');
    expect(json()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), msg: 'plain' },
      { level: 'warn', time: expect.any(String), component: 'queue', jobs: 3, msg: 'slow' },
      { level: 'error', time: expect.any(String), component: 'a.b', msg: 'broken' },
    ]);
    for (const line of written) expect(line).toMatch(/^[^\n]+\n$/);
  });

  test('text: one readable line with the same', () => {
    const { log, text, reportError } = capture({ format: 'text' });
    log.child('queue').warn('slow', { jobs: 3 });
    reportError(report(new TypeError('boom')));
    const lines = text().trimEnd().split('\n');
    expect(lines[0]).toMatch(/^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\] WARN: queue: slow \{"jobs":3\}$/);
    expect(lines[1]).toMatch(/ERROR: error e-1 in gateway at search\.0: TypeError: boom .*create-log\.test\.ts/);
    expect(lines).toHaveLength(2);
  });

  test('a log that is only a function takes all levels', () => {
    const lines: string[] = [];
    const log = levelled((line: string) => lines.push(line));
    log('a');
    log.warn('b');
    log.child('x').error('c');
    expect(lines).toEqual(['a', 'b', 'c']);
  });

  test('lines of a request carry its id, also after waiting, and nobody else’s', async () => {
    const { log, within, reportError, json } = capture();
    const work = (requestId: string) =>
      within({ requestId }, async () => {
        await new Promise((next) => setTimeout(next, Math.random() * 20));
        log(`done ${requestId}`);
        reportError(report(new Error(`of ${requestId}x`), `e-${requestId}`));
      });
    await Promise.all(['a', 'b', 'c'].map(work));
    log('outside');
    for (const id of ['a', 'b', 'c']) {
      expect(json()).toContainEqual(expect.objectContaining({ msg: `done ${id}`, requestId: id }));
      expect(json()).toContainEqual(expect.objectContaining({ errorId: `e-${id}`, requestId: id }));
    }
    expect(json().find(({ msg }) => msg === 'outside')).not.toHaveProperty('requestId');
  });
});

const FORGED = [
  'x\n[2031-01-01 00:00:00] INFO: all is well',
  'x\r\nforged',
  '\u001b[2K\u001b[1A\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\',
  '\u009b31m and \u0090 and \u007f',
  '\u202egnp.exe \u2066x\u2069 \u200f \u061c',
  'line\u2028paragraph\u2029',
  '\0\b\f\v\t',
  '\ud800 alone',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const UNSAFE = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('lines cannot be forged', () => {
  test.each(FORGED)('%j', (evil) => {
    for (const format of ['json', 'text'] as const) {
      const { log, reportError, within, text, written } = capture({ format });
      log(evil);
      log.child(evil).warn(evil, { [evil]: evil, deep: [{ evil }] });
      within({ requestId: evil }, () => reportError(report(Object.assign(new Error(evil), { code: evil }))));
      expect(text()).not.toMatch(UNSAFE);
      expect(written).toHaveLength(3);
      for (const line of written) expect(line.match(/\n/g)).toHaveLength(1);
      // JSON means exactly what was said.
      if (format === 'json') expect(JSON.parse(written[0] as string).msg).toBe(evil);
    }
  });
});

describe('secrets', () => {
  const SECRETS = [
    'connect failed: postgres://credatlas:hunter2@db.example/x',
    'connect failed: postgres://credatlas:hun/ter2@x?y#hunter2@db.example/x',
    'redis://:hunter2@127.0.0.1:6379 refused',
    'smtps://ops%40x.example:hunter2@mail.example:465',
    'https://user:hunter2@feed.example/courses?page=2',
    'https://feed.example/courses?api_key=hunter2&page=2#frag',
    'GET https://feed.example/?access_token=hunter2 failed',
    'Authorization: Bearer hunter2.hunter2.hunter2A',
    'authorization: Basic dXNlcjpodW50ZXIy',
    'bad header "authorization": "hunter2"',
    'password=hunter2 host=db.example',
    '{"password":"hunter2","user":"x"}',
    'secret whsec_hunter2hunter2hunter2hunter2 is wrong',
    '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----',
    'the key correct-horse was refused',
  ];
  test.each(SECRETS)('%s', (text) => {
    for (const format of ['json', 'text'] as const) {
      const { log, reportError, text: written } = capture({ format, secrets: ['correct-horse'] });
      log.warn(text, {
        at: text,
        headers: { authorization: text, cookie: text },
        password: 'hunter2',
        list: [{ text }],
      });
      reportError(report(new Error(text, { cause: new Error(text) })));
      reportError(report({ message: text, password: 'hunter2' }));
      expect(written()).not.toMatch(/hunter2|hun\/ter2|dXNlcjpodW50ZXIy|correct-horse/);
      expect(written()).toMatch(/example|REDACTED/);
    }
  });

  test.each([
    'https://feed.example/courses?page=2: the server answered 500',
    'WEBHOOK_SECRET: must have at least 16 characters',
    'Basic authentication is not served here',
    'the source https://x.example/@user/feed is gone',
    'mail to ops@x.example was refused',
  ])('what is no secret stays: %s', (text) => {
    const { log, json } = capture();
    log(text);
    expect(json()[0]?.msg).toBe(text);
  });

  test('what hangs on an error is not told: only its words and its code', () => {
    const { reportError, text } = capture();
    reportError(report(Object.assign(new Error('boom'), { config: { pass: 'hunter2' }, code: 'EX', detail: 'Anna' })));
    expect(text()).not.toMatch(/hunter2|Anna/);
    expect(text()).toContain('"code":"EX"');
  });

  test('a line is never endless, and a hostile one takes no time', () => {
    const { log, written } = capture();
    const started = performance.now();
    for (const part of ['a://', 'https://x', '?', 'a@', 'password=', 'Bearer ', '"', '-----BEGIN PRIVATE KEY']) {
      log.warn(part.repeat(1_000_000));
    }
    expect(performance.now() - started).toBeLessThan(2_000);
    for (const line of written) expect(line.length).toBeLessThan(20_000);
  });
});

test('a log that cannot be written stops nothing, and what was counted is told at the end', () => {
  const url = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
  const program = `
    const { log, configureLog } = await import(${url('../../../commands/log.ts')});
    configureLog({ format: 'text' });
    for (let n = 0; n < 50; n++) log.child('queue').warn('connect ECONNREFUSED 127.0.0.1:' + (6379 + n));
    await new Promise((next) => setTimeout(next, 50));
    log('still here');
    process.stdout.write('alive');
    process.exit(3);
  `;
  const run = (stderr: 'pipe' | number) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', stderr],
      encoding: 'utf8',
    });
  const full = run(openSync('/dev/full', 'w'));
  expect([full.status, full.stdout]).toEqual([3, 'alive']);
  const { status, stderr } = run('pipe');
  expect(status).toBe(3);
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(23)),
  ).toEqual([
    'WARN: queue: connect ECONNREFUSED 127.0.0.1:6379',
    'INFO: still here',
    expect.stringMatching(
      /^WARN: queue: connect ECONNREFUSED 127\.0\.0\.1:6379 … 49 more times in 0 s.*; 50 times in 0 s in all \{"times":49,"total":50\}$/,
    ),
  ]);
});
