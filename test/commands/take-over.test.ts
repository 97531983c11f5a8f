import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCrawler } from '../../commands/crawler.ts';
import { harvestInto } from '../../commands/harvest.ts';
import type { HarvestRequest } from '../../commands/harvest-request.ts';
import { type OpenCatalogue, openCatalogue } from '../../commands/open-catalogue.ts';
import { readConfig } from '../../config.ts';
import { ConfigError } from '../../crawler/errors.ts';
import { temporaryFolder } from '../support/cli.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const TABLE = 'identifier,title\nk1,Datenschutz kompakt\nk2,Wärmepumpen\n';
const PAGE = JSON.stringify({
  pageNumber: 1,
  hasNextPage: false,
  items: [
    { courseId: 'c1', primaryCode: { codeType: 'identifier', code: 'c1' }, name: [{ language: 'en', value: 'Soil' }] },
  ],
});

describe('a source becomes no other by a slip', () => {
  const folder = temporaryFolder();
  let open: OpenCatalogue;
  let crawler: ReturnType<typeof createCrawler>;
  let server: FeedServer;
  let n = 0;
  let id: string;

  beforeAll(async () => {
    open = await openCatalogue(readConfig({ DATA_DIR: join(folder.path, 'data') }));
    crawler = createCrawler({ contact: 'https://test.example/contact', store: open.store });
    server = await createFeedServer();
    Object.assign(server.routes, { '/courses': PAGE, '/table': TABLE, '/other': TABLE });
  });
  afterAll(async () => {
    await crawler?.close();
    await server?.close();
    await open?.close();
    folder.remove();
  });
  beforeEach(() => {
    id = `source-${n++}`;
  });

  const file = (path: string, text = TABLE) => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), text);
    return join(folder.path, path);
  };
  const harvest = async (request: HarvestRequest) =>
    (await harvestInto({ open, crawler }, { allowLoopback: true, ...request }, () => {})).result;
  const stored = async (source = id) => (await open.catalogue.sources.byIds([source]))[0];

  /** How a source is made, and what must not take it over. */
  const ours: [string, () => HarvestRequest, () => HarvestRequest][] = [
    [
      'a file of another format',
      () => ({ input: `${server.origin}/courses` }),
      () => ({ input: file('template.csv') }),
    ],
    ['a file at another place', () => ({ input: file('one/a.csv') }), () => ({ input: file('two/a.csv') })],
    ['another address', () => ({ input: `${server.origin}/table` }), () => ({ input: `${server.origin}/other` })],
    ['another query', () => ({ input: `${server.origin}/table?p=1` }), () => ({ input: `${server.origin}/table?p=2` })],
    [
      'another format that was named',
      () => ({ input: `${server.origin}/table` }),
      () => ({ input: `${server.origin}/table`, format: 'ooapi' }),
    ],
    ['an address, of a file', () => ({ input: file('one/b.csv') }), () => ({ input: `${server.origin}/table` })],
  ];

  test.each(ours)('%s is refused, and nothing is changed', async (_, first, second) => {
    await harvest({ ...first(), source: id });
    const before = await stored();
    for (const dryRun of [false, true]) {
      const refused = harvest({ ...second(), source: id, dryRun });
      await expect(refused).rejects.toThrow(ConfigError);
      await expect(refused).rejects.toThrow(`source ${id} reads`);
      await expect(refused).rejects.toThrow(` as ${before?.definition.format}`);
      await expect(refused).rejects.toMatchObject({ remedy: expect.stringMatching(/--source.*--replace/) });
    }
    expect(await stored()).toEqual(before);
  });

  test.each(ours.filter(([name]) => !name.includes('named')))(
    '%s is taken with --replace',
    async (_, first, second) => {
      await harvest({ ...first(), source: id });
      await harvest({ ...second(), source: id, replace: true });
      const { input, format = 'csv' } = second();
      const url = input.startsWith('http') ? input : pathToFileURL(input).href;
      expect((await stored())?.definition).toMatchObject({ url, format });
    },
  );

  test('the same address, written otherwise, is the same source', async () => {
    await harvest({ input: `${server.origin}/table`, source: id });
    const again = await harvest({ input: `${server.origin.replace('http', 'HTTP')}/./table`, source: id });
    expect(again).toMatchObject({ state: 'complete', unchanged: 2 });
  });

  test('a retired source is no free name', async () => {
    await harvest({ input: file('one/c.csv'), source: id });
    await open.store.retirements.retire(id, 'x');
    await expect(harvest({ input: file('two/c.csv'), source: id })).rejects.toThrow(/reads .*one.*c\.csv as csv/);
  });

  test('one that another command made while a sample was read is not taken over either', async () => {
    server.routes['/slow'] = async (_, response) => {
      await harvest({ input: file('quick.csv'), source: id });
      response.end(TABLE);
    };
    await expect(harvest({ input: `${server.origin}/slow`, source: id })).rejects.toThrow(/quick\.csv as csv/);
    expect((await stored())?.definition.url).toMatch(/quick\.csv$/);
  });

  test('the name of a source with the name of another beside it is a contradiction', async () => {
    await harvest({ input: file('one/d.csv'), source: id });
    await expect(harvest({ input: id, source: 'another' })).rejects.toThrow(/is a source of its own/);
  });

  describe('without a name', () => {
    test('two files of one name are two sources, each the same one again', async () => {
      const [one, two] = [file('spring/courses.csv'), file('autumn/courses.csv', TABLE.replaceAll('k', 'h'))];
      const first = await harvest({ input: one });
      const second = await harvest({ input: two });
      expect(first.source).toMatch(/^file-courses-[0-9a-f]{8}$/);
      expect(second.source).toMatch(/^file-courses-[0-9a-f]{8}$/);
      expect(second.source).not.toBe(first.source);
      expect(await harvest({ input: one })).toMatchObject({ source: first.source, unchanged: 2 });
      expect((await stored(second.source))?.records).toBe(2);
    });

    test('addresses that differ in their query, or far behind, are two sources', async () => {
      const long = `/table/${'deep/'.repeat(20)}`;
      for (const path of ['/table?year=1', '/table?year=2', `${long}a`, `${long}b`]) server.routes[path] = TABLE;
      const ids = new Set<string>();
      for (const path of ['/table?year=1', '/table?year=2', `${long}a`, `${long}b`])
        ids.add((await harvest({ input: `${server.origin}${path}`, format: 'csv' })).source);
      expect(ids.size).toBe(4);
    });

    test('the id that an address got before stays; another address of the name gets its own', async () => {
      const [old, other] = [file('old/list.csv'), file('new/list.csv')];
      await harvest({ input: old, source: 'file-list' });
      expect((await harvest({ input: old })).source).toBe('file-list');
      expect((await harvest({ input: other })).source).not.toBe('file-list');
    });

    test('a file that has become another format is told, and taken with --replace', async () => {
      const path = file('turned/feed.csv');
      const { source } = await harvest({ input: path });
      writeFileSync(path, PAGE);
      await expect(harvest({ input: path })).rejects.toThrow(`source ${source} reads ${path} as csv`);
      expect(await harvest({ input: path, replace: true })).toMatchObject({ source, format: 'ooapi' });
    });
  });
});
