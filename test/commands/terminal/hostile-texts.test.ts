import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type DocumentNode, print } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../../catalogue/store/store.ts';
import { listenForCommands } from '../../../commands/control.ts';
import type { DiscoverRequest } from '../../../commands/discover.ts';
import { displayWidth } from '../../../commands/terminal/width.ts';
import { discoverAll } from '../../../crawler/discovery/discover-all.ts';
import { createSubgraphs } from '../../../subgraphs/subgraphs.ts';
import { createInternet, WELL } from '../../crawler/discovery/fixture.ts';
import { freePort } from '../../faults/servers.ts';
import { type CliResult, runCli, startCli, temporaryFolder } from '../../support/cli.ts';
import { testSource } from '../../support/crawl.ts';
import { createFeedServer } from '../../support/feed-server.ts';

const folder = temporaryFolder();
const env = { DATA_DIR: join(folder.path, 'data') };
afterAll(folder.remove);

/** Colours, cursor, title, a link, C1 forms of them, direction, deletion, a forged line. */
const EVIL =
  '\u001b[31mred\u001b[2J\u001b[1A \u001b]0;owned\u0007 \u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\ \u009b31m \u009d0;x\u009c \u007f\u007f \u202etxt.exe\u2066 \b\b\u200f\u2028x';
const FORGED = `${EVIL}\r\ncredatlas: all is well\n`;
const LONG =
  'Grundlagen der Datenanalyse und ihrer Anwendung in der öffentlichen Verwaltung 学习数据分析与可视化的基础课程 👩‍🏫 '.repeat(
    4,
  );
const ID = 'x'.repeat(63);
const address = `https://feeds.example/${'very/long/path/'.repeat(12)}`;

/** A line feed is the only control that may come, and none of the hidden marks. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff\u200b]/u;

function expectHarmless(what: string, { stdout, stderr }: Pick<CliResult, 'stdout' | 'stderr'>) {
  for (const [name, text] of Object.entries({ stdout, stderr })) {
    const at = text.search(UNSAFE);
    expect(at < 0 ? '' : JSON.stringify(text.slice(Math.max(0, at - 60), at + 20)), `${name} of ${what}`).toBe('');
    // No line of theirs begins as one of ours.
    expect(text, `${name} of ${what}`).not.toMatch(/^credatlas: all is well/m);
  }
}

function expectNarrow(what: string, stdout: string) {
  for (const line of stdout.split('\n')) expect(displayWidth(line), `${what}: ${line}`).toBeLessThanOrEqual(80);
}

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: string[][]) =>
  `${[['identifier', 'title', 'provider', 'country', 'ects', 'start_date', 'url'], ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
const ROWS = [
  ['k1', LONG, 'Muster-Akademie', 'DE', '3', '', ''],
  [`k2 ${EVIL}`, EVIL, FORGED, 'DE', EVIL, '2027-13-45', `https://x.example/${EVIL}`],
  [address, LONG, LONG, EVIL, 'viele', FORGED, address],
  ['k4', '', 'Muster-Akademie', 'DE', '3', '', ''],
  [FORGED, FORGED, FORGED, FORGED, FORGED, FORGED, FORGED],
  ['学习数据分析与可视化的基础课程'.repeat(6), LONG, 'Muster', 'DE', '-3', '', ''],
];

describe('every command over feeds full of escape sequences and endless texts', { timeout: 300_000 }, () => {
  let served: Awaited<ReturnType<typeof startCli>>;
  const file = (text: string) => {
    const path = join(folder.path, 'feed.csv');
    writeFileSync(path, text);
    return path;
  };
  const both = async (...args: string[]) => {
    const [plain, json] = [await runCli(args, env), await runCli([...args, '--json'], env)];
    expectHarmless(args.join(' '), plain);
    expectHarmless(`${args.join(' ')} --json`, json);
    expectNarrow(args.join(' '), plain.stdout);
    expect(plain.stdout.length, args.join(' ')).toBeGreaterThan(5);
    for (const line of json.stdout.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow();
    return { plain, json };
  };

  beforeAll(async () => {
    const store = await openStore({ directory: env.DATA_DIR });
    const title = `${EVIL} ${LONG}`;
    await store.putSource(
      testSource({ id: ID, format: 'csv', url: address, title, licence: title, publisher: FORGED }),
    );
    await store.putSource(testSource({ id: 'short', format: 'csv', url: address, title: '学习数据分析'.repeat(9) }));
    await store.close();
    served = await startCli(['serve'], { ...env, EXAMPLES: 'off', PORT: '0' }, /Stop with Ctrl-C/);
  }, 240_000);
  afterAll(async () => {
    await served.stop();
    expectHarmless('serve', { stdout: served.output(), stderr: '' });
  });

  test('validate, harvest, diff, replay, reindex', async () => {
    const path = file(csv(ROWS));
    await both('validate', path);
    const { plain } = await both('validate', path, '--all');
    expect(plain.stdout).toContain('\\x1b[31mred');
    await both('harvest', path, '--source', 'muster', '--dry-run');
    const { plain: told, json } = await both('harvest', path, '--source', 'muster');
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/2 × |1 × /);
    await both('harvest', path, '--source', ID, '--replace');
    await both('diff', json.last().run as string);
    await both('replay', 'muster');
    await both('reindex');
  });

  test('held, listed, told, approved', async () => {
    const held = await runCli(['harvest', file(csv([])), '--source', 'muster', '--json'], env);
    expect(held.last()).toMatchObject({ state: 'held' });
    await runCli(['harvest', file(csv([])), '--source', ID, '--replace', '--json'], env);
    const { plain } = await both('holds');
    // What must be copied is there in one piece.
    expect(plain.stdout).toContain(`credatlas approve muster`);
    expect(plain.stdout).toContain(ID);
    expect(plain.stdout).toContain(held.last().run as string);
    await both('status', 'muster');
    await both('status', ID);
    const approved = await runCli(['approve', held.last().run as string, '--by', `night ${EVIL}`], env);
    expect(approved.code).toBe(0);
    expectHarmless('approve', approved);
    expectNarrow('approve', approved.stdout);
    await both('diff', held.last().run as string);
  });

  test('pauses with reasons, status and sources', async () => {
    await both('pause', 'muster', '--reason', FORGED);
    await both('pause', 'https://feeds.example', '--reason', `${EVIL} ${LONG}`, '--until', '2999-01-01');
    const { plain: status } = await both('status');
    expect(status.stdout).toContain(ID);
    expect(status.stdout).toMatch(/muster is paused until it is resumed/);
    const { plain: sources } = await both('sources');
    expect(sources.stdout).toContain(ID);
    expect(sources.stdout).toContain('学习数据');
    await both('status', 'muster');
  });

  test.each([
    ['an unknown source', ['status', EVIL]],
    ['a file that is not there', ['harvest', `/no/such/${FORGED.replace('\u2028', '')}`]],
    ['a format', ['harvest', 'x.csv', '--format', EVIL]],
    ['a run', ['diff', FORGED]],
    ['a domain', ['discover', FORGED]],
    ['what is held', ['approve', EVIL]],
    ['what is paused', ['pause', EVIL]],
    ['a time', ['pause', 'muster', '--until', EVIL]],
    ['a command', [FORGED]],
    ['an option', ['status', `--${FORGED}`]],
    ['a value of an option', ['discover', 'x.example', '--at-once', EVIL]],
    ['one argument too many', ['status', 'a', FORGED]],
  ])('%s that is refused is named harmlessly', async (_, args) => {
    for (const more of [[], ['--json']]) {
      const result = await runCli([...args, ...more], env);
      expect(result.code).toBe(2);
      expectHarmless(args.join(' '), result);
      expect(result.stderr).toMatch(/\\x1b\[31mred/);
    }
  });

  test.each([
    ['a redirect', `HTTP/1.1 302 F\r\nLocation: https://evil.example/${EVIL.slice(0, 20)}\r\n\r\n`],
    ['a reason phrase', `HTTP/1.1 500 ${EVIL.slice(0, 20)}\r\ncontent-length: 0\r\n\r\n`],
    ['no HTTP at all', FORGED],
  ])('%s of a server', async (_, answer) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const result = await runCli(['validate', url, '--allow-loopback', '--format', 'csv'], env);
    server.close();
    expect(result.code).toBe(2);
    expectHarmless(url, result);
  });
});

describe('what strangers ask of a server', { timeout: 240_000 }, () => {
  const forged = '{"level":"info","time":"2026-01-01T00:00:00.000Z","msg":"credatlas: all is well"}';
  const texts = [
    `\0\n${forged}\n`,
    `\r\n${forged}\u001b[2K\u001b[1A`,
    EVIL,
    `\u001b]52;c;cm0gLXJmIH4=\u0007 \u0085\u2028${forged}`,
  ];
  /** As the bytes stand in the request, without what fetch would mend. */
  const ask = (port: number, path: string, headers: Record<string, string> = {}, body?: string) =>
    new Promise<number | undefined>((done) => {
      const call = request({ port, path, headers, method: body ? 'POST' : 'GET', host: '127.0.0.1' }, (res) => {
        res.resume();
        res.on('end', () => done(res.statusCode));
      });
      call.on('error', () => done(undefined));
      call.end(body);
    });

  test.each(['json', 'text'])('no address, header or query forges a line of the log (%s)', async (LOG_FORMAT) => {
    const feed = await createFeedServer();
    const port = await freePort();
    const settings = { DATA_DIR: join(folder.path, `asked-${LOG_FORMAT}`), EXAMPLES: 'off', PORT: `${port}` };
    const sdl = print(createSubgraphs().find(({ name }) => name === 'credential')?.typeDefs as DocumentNode);
    feed.routes['/graphql'] = JSON.stringify({ data: { _service: { sdl } } });
    const server = await startCli(
      ['serve', '--no-crawler'],
      { ...settings, LOG_FORMAT, SUBGRAPH_CREDENTIAL_URL: `${feed.origin}/graphql` },
      /Stop with Ctrl-C/,
    );
    const before = server.output().length;
    // From now on it fails, and there is something to tell of every query.
    feed.routes['/graphql'] = JSON.stringify({ errors: [{ message: FORGED, extensions: { code: EVIL } }] });
    for (const text of texts) {
      const encoded = encodeURIComponent(text.toWellFormed());
      for (const path of [
        '/credentials/',
        '/providers/',
        '/',
        '/credentials/crd_',
        '/?q=',
        '/dump/',
        '/embed?',
        '/graphql?query=',
      ])
        await ask(port, `${path}${encoded}`, { 'user-agent': encoded, 'x-request-id': encoded, accept: '*/*' });
      const query = `query ${JSON.stringify(text)} { credential(id: ${JSON.stringify(text)}) { id } }`;
      const variables = { id: text };
      for (const document of [query, 'query Q($id: ID!) { credential(id: $id) { id } provider(id: $id) { id } }']) {
        const body = JSON.stringify({ query: document, variables, operationName: document === query ? text : 'Q' });
        await ask(port, '/graphql', { 'content-type': 'application/json' }, body);
      }
    }
    await server.stop();
    await feed.close();
    const told = server.output().slice(before);
    expectHarmless('serve', { stdout: told, stderr: '' });
    const lines = told.trim().split('\n');
    // Something was told, and nothing of it stands at the beginning of a line of its own.
    expect(lines.some((line) => line.includes('error'))).toBe(true);
    for (const line of lines) {
      expect(line).not.toMatch(/^\{"level":"info","time":"2026-01-01/);
      if (LOG_FORMAT === 'json' && line.startsWith('{')) expect(() => JSON.parse(line), line).not.toThrow();
    }
  });

  test('what libraries write on console, warnings of Node and an error nobody caught come harmless', () => {
    const guard = new URL('../../../commands/terminal/guard-terminal.ts', import.meta.url).href;
    const run = (code: string) =>
      spawnSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `import { guardTerminal } from ${JSON.stringify(guard)}; guardTerminal(); const evil = ${JSON.stringify(FORGED)}; ${code}`,
        ],
        { encoding: 'utf8' },
      );
    for (const code of [
      'console.log(evil)',
      'console.error("%s", evil, { evil })',
      'process.emitWarning(evil)',
      'throw new Error(evil)',
      'await Promise.reject(new Error(evil))',
      'setTimeout(() => { throw evil; })',
    ]) {
      const { stdout, stderr, status } = run(code);
      expectHarmless(code, { stdout, stderr });
      expect(stderr, code).toMatch(/red/);
      expect(status, code).toBe(/throw|reject/.test(code) ? 1 : 0);
    }
  });
});

test('discover over manifests full of escape sequences', { timeout: 240_000 }, async () => {
  // This process holds the store and is asked by the command, as a serving one is.
  const directory = join(folder.path, 'discovery');
  const store = await openStore({ directory });
  const net = await createInternet();
  const sources = [
    { type: 'ooapi', path: 'https://api.weser.example/a/', id: `a ${EVIL}`, name: FORGED, description: EVIL },
    { type: EVIL, path: FORGED, id: FORGED },
    {
      type: 'ooapi',
      path: `https://api.weser.example/${EVIL}`,
      id: LONG,
      refresh: EVIL,
      authorisation: { type: EVIL },
    },
    EVIL,
  ];
  net.pages[`weser.example ${WELL}`] = JSON.stringify({ sources });
  net.pages[`ems.example ${WELL}`] = JSON.stringify({ [EVIL]: FORGED });
  net.pages[`elbe.example ${WELL}.yaml`] = `sources:\n  - ${FORGED}`;
  net.txt['oder.example'] = [[`v=qldiscover1; m=https://${EVIL}/${FORGED}`]];
  const discovery = net.discovery(store);
  const stop = await listenForCommands(directory, {
    async discover(body, emit) {
      const { input } = body as DiscoverRequest;
      await discoverAll(discovery, [input], { atOnce: 1, onReport: emit });
      return { domains: 1, manifests: 1, new: 1, unclear: 0, unusable: 0, seconds: 0 };
    },
  });
  try {
    for (const domain of ['weser.example', 'ems.example', 'elbe.example', 'oder.example']) {
      const plain = await runCli(['discover', domain], { DATA_DIR: directory });
      expectHarmless(domain, plain);
      expectNarrow(domain, plain.stdout);
      expect(plain.stdout, domain).toContain(`${domain}: `);
      if (domain === 'weser.example') expect(plain.stdout).toContain('\\x1b[31mred');
      const json = await runCli(['discover', domain, '--json'], { DATA_DIR: directory });
      expectHarmless(domain, json);
      expect(JSON.parse(json.stdout.split('\n')[0] as string)).toMatchObject({ asked: domain });
    }
  } finally {
    await stop();
    await net.close();
    await store.close();
  }
});
