import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, RetryLater, SourceBroken } from '../../../crawler/errors.ts';
import { openLocalFile } from '../../../crawler/fetch/local-file.ts';
import { drained, failure, text } from './gate-fixture.ts';

let folder: string;
const file = (name: string) => join(folder, name);
const plain = '{"items":[]}';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'credatlas-file-'));
  await writeFile(file('a b.json'), plain);
  await writeFile(file('feed.json.gz'), zlib.gzipSync(plain));
  await writeFile(file('gz-without-the-name'), zlib.gzipSync(plain));
  await writeFile(file('cut.gz'), zlib.gzipSync(plain).subarray(0, 15));
  await writeFile(file('bomb.gz'), zlib.gzipSync(Buffer.alloc(20_000_000)));
  await writeFile(file('empty'), '');
});
afterAll(() => rm(folder, { recursive: true }));

test('a file looks like an answer of the gate', async () => {
  const response = await openLocalFile(file('a b.json'));
  expect(response).toMatchObject({
    status: 200,
    notModified: false,
    framed: true,
    url: pathToFileURL(file('a b.json')).href,
  });
  expect(await text(response)).toBe(plain);
  expect(response.bytes).toEqual({ wire: plain.length, decoded: plain.length });
  await response.dispose();
});

test.each(['feed.json.gz', 'gz-without-the-name'])('%s is unpacked by its magic bytes', async (name) => {
  expect(await text(await openLocalFile(file(name)))).toBe(plain);
});

test('an empty file is an empty body, an unread one can be disposed of', async () => {
  expect(await text(await openLocalFile(file('empty')))).toBe('');
  const response = await openLocalFile(file('feed.json.gz'));
  await response.dispose();
  await response.dispose();
});

test('limits hold for files too', async () => {
  expect(await failure(openLocalFile(file('bomb.gz')).then(drained))).toBeInstanceOf(SourceBroken);
  expect(await failure(openLocalFile(file('a b.json'), { limits: { wireBytes: 3 } }))).toBeInstanceOf(SourceBroken);
  expect(await failure(openLocalFile(file('a b.json'), { limits: { decodedBytes: 3 } }).then(drained))).toBeInstanceOf(
    SourceBroken,
  );
});

test('a cut archive will not mend itself', async () => {
  const error = await failure(openLocalFile(file('cut.gz')).then(drained));
  expect(error).not.toBeInstanceOf(RetryLater);
  expect(error).toBeInstanceOf(SourceBroken);
});

test.each([
  ['.', /directory/],
  ['missing.json', /no such file/],
])('%s is refused with a remedy', async (name, reason) => {
  const error = await failure(openLocalFile(file(name)));
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).toMatch(reason);
  expect(error.remedy).toBeTruthy();
});

test.skipIf(process.platform === 'win32')('a device is not a file', async () => {
  expect((await failure(openLocalFile('/dev/zero'))).message).toContain('not a regular file');
});

test('the signal breaks off reading', async () => {
  const controller = new AbortController();
  const response = await openLocalFile(file('a b.json'), { signal: controller.signal });
  controller.abort(new Error('stop'));
  expect((await failure(drained(response))).message).toBe('stop');
});
