import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCrawler } from '../../../commands/crawler.ts';
import { formatOf } from '../../../commands/format-of-input.ts';
import { SourceBroken } from '../../../crawler/errors.ts';
import { loadFormats } from '../../../crawler/registry.ts';
import { testSource } from '../../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { textRows, workbook, zip } from '../../support/workbook.ts';

const TABLE = 'identifier,title\nk1,Soil\nk2,Water\n';
const SHEET = workbook([
  {
    rows: textRows([
      ['identifier', 'title'],
      ['k1', 'Soil'],
      ['k2', 'Water'],
    ]),
  },
]);
const AS_CSV = '\uFEFF"identifier","title"\n"k1","Soil"\n"k2","Water"\n';
const OFFICE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const office = (stream: string, before = 3000) =>
  Buffer.concat([OFFICE, Buffer.alloc(before), Buffer.from(`${stream}\0`, 'utf16le'), Buffer.alloc(500)]);

/** Whole bytes of each kind, what they are called, and the remedy. */
const REFUSED: [name: string, bytes: Uint8Array, what: RegExp, remedy: RegExp][] = [
  ['a.pdf', Buffer.from('%PDF-1.7\n…'), /this is a PDF$/, /made for people.*data behind it/],
  ['courses.csv', Buffer.from('%PDF-1.7\n…'), /courses\.csv: this is a PDF$/, /data behind/],
  [
    'a.ods',
    zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    /\.ods/,
    /as \.xlsx or \.csv/,
  ],
  ['a.odt', zip({ mimetype: 'application/vnd.oasis.opendocument.text' }), /OpenDocument text/, /data behind/],
  ['a.epub', zip({ mimetype: 'application/epub+zip' }), /e-book/, /data behind/],
  ['a.docx', zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': '<x/>' }), /Word/, /data behind/],
  ['a.pptx', zip({ '[Content_Types].xml': '<x/>', 'ppt/presentation.xml': '<x/>' }), /presentation/, /data behind/],
  ['a.xlsb', zip({ '[Content_Types].xml': '<x/>', 'xl/workbook.bin': '\0' }), /\.xlsb/, /as \.xlsx or \.csv/],
  ['a.numbers', zip({ 'Index/Document.iwa': 'x', 'Metadata/Properties.plist': 'x' }), /Numbers/, /as \.xlsx or \.csv/],
  ['a.zip', zip({ 'read.me': 'Hello', 'photo.png': 'x' }), /ZIP archive without a file/, /Unpack it/],
  ['b.zip', zip({ 'a.csv': TABLE, 'b.csv': TABLE }), /several files: "a\.csv", "b\.csv"$/, /options: "entry"/],
  ['c.zip', zip({ 'a.csv': TABLE, 'b.xml': '<b/>' }), /several files/, /options: "entry"/],
  ['out.zip', zip({ '../../etc/courses.csv': TABLE }), /invalid relative path/, /./],
  ['locked.zip', zip({ 'a.csv': TABLE }, { encrypted: true }), /password/, /./],
  ['empty.zip', zip({}), /ZIP archive/, /Unpack it/],
  ['a.xls', office('Workbook'), /old kind \(\.xls\)/, /as \.xlsx or \.csv/],
  ['far.xls', office('Workbook', 65_536 - 15), /old kind \(\.xls\)/, /as \.xlsx or \.csv/],
  ['a.doc', office('WordDocument'), /Word/, /data behind/],
  ['locked.xlsx', office('EncryptedPackage'), /password/, /Take the password off/],
  [
    'locked-within.xlsx',
    zip({ '[Content_Types].xml': '<x/>', '_rels/.rels': '<x/>', 'xl/workbook.xml': '<x/>' }, { encrypted: true }),
    /password/,
    /./,
  ],
  [
    'b.xls',
    Buffer.from(
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ),
    /Excel as XML or HTML/,
    /as \.xlsx or \.csv/,
  ],
  [
    'c.xls',
    Buffer.from('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
    /Excel as XML or HTML/,
    /as \.xlsx or \.csv/,
  ],
  ['a.rtf', Buffer.from('{\\rtf1\\ansi Courses}'), /RTF/, /data behind/],
  ['a.png', Buffer.from('89504e470d0a1a0a', 'hex'), /image/, /data behind/],
  ['a.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'), /image/, /data behind/],
  ['a.7z', Buffer.from('377abcaf271c0004', 'hex'), /7z/, /Unpack it/],
  ['a.rar', Buffer.from('Rar!\x1a\x07\x01'), /RAR/, /Unpack it/],
  ['a.bz2', Buffer.from('BZh91AY&SY'), /bzip2/, /Unpack it/],
  [
    'a.tar',
    Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar\0'), Buffer.alloc(300)]),
    /tar archive/,
    /Unpack it/,
  ],
  [
    'a.tar.gz',
    zlib.gzipSync(Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar\0'), Buffer.alloc(300)])),
    /tar archive/,
    /Unpack it/,
  ],
  ['a.csv.gz.gz', zlib.gzipSync(zlib.gzipSync(TABLE)), /gzip file within a gzip file/, /Pack it once/],
  ['a.sqlite', Buffer.from('SQLite format 3\0'), /SQLite/, /as \.xlsx or \.csv/],
  ['broken.xlsx', SHEET.subarray(0, SHEET.length - 25), /cannot be read: it is damaged/, /save it as \.xlsx or \.csv/],
];

/** What is read, and as what. */
const READ: [name: string, bytes: Uint8Array, text: string][] = [
  ['a.xlsx', SHEET, AS_CSV],
  ['courses.csv', SHEET, AS_CSV],
  ['a.xlsx.gz', zlib.gzipSync(SHEET), AS_CSV],
  ['a.csv.gz', zlib.gzipSync(TABLE), TABLE],
  ['a.zip', zip({ 'courses.csv': TABLE }), TABLE],
  [
    'a.csv',
    zip({ 'in/Courses.CSV': TABLE, 'read.me': 'x', '__MACOSX/courses.csv': 'x', 'in/.courses.csv': 'x' }),
    TABLE,
  ],
  ['turtles.zip', zip({ 'b.ttl': '<b> a <c>.', 'a.ttl': '<a> a <c>.' }), '<a> a <c>.\n<b> a <c>.'],
  ['without-a-name', zlib.gzipSync(TABLE), TABLE],
  ['members.gz', Buffer.concat([zlib.gzipSync(TABLE.slice(0, 20)), zlib.gzipSync(TABLE.slice(20))]), TABLE],
  ['a.csv', Buffer.from(TABLE), TABLE],
  ['PK.csv', Buffer.from('PK,title\n'), 'PK,title\n'],
  ['empty', Buffer.alloc(0), ''],
];

describe('a file is what is in it, not what it is called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-kinds-'));
  const crawler = createCrawler({ contact: 'https://test.example/contact' });
  let server: FeedServer;
  beforeAll(async () => {
    server = await createFeedServer();
  });
  afterAll(async () => {
    await crawler.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const politeness = { requestsPerSecond: 1000, concurrency: 2, blackout: [] };
  const upload = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return testSource({ id: 'kinds', format: 'csv', url: pathToFileURL(join(folder, name)).href });
  };
  const served = (name: string, bytes: Uint8Array, type = 'application/octet-stream') => {
    server.routes[`/${name}`] = (_, response) => void response.writeHead(200, { 'content-type': type }).end(bytes);
    return testSource({ id: 'kinds', format: 'csv', url: `${server.origin}/${name}`, politeness });
  };
  const read = async (source: ReturnType<typeof testSource>, role: string | null = null) => {
    const response = await crawler.uploads.read(source, { url: source.url, role });
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      return { text: Buffer.concat(chunks).toString(), mediaType: response.mediaType };
    } finally {
      await response.dispose();
    }
  };

  test.each(READ)('%s is read, as a file and by address', async (name, bytes, text) => {
    expect((await read(upload(name, bytes))).text).toBe(text);
    expect((await read(served(name, bytes))).text).toBe(text);
    expect((await read(served(name, bytes, 'application/gzip'))).text).toBe(text);
  });

  test.each(REFUSED)('%s is told, as a file and by address', async (name, bytes, what, remedy) => {
    for (const source of [upload(name, bytes), served(name, bytes), served(name, bytes, 'text/csv')]) {
      const refused = read(source);
      await expect(refused).rejects.toThrow(SourceBroken);
      await expect(refused).rejects.toThrow(what);
      await expect(refused).rejects.toThrow(name);
      await expect(refused).rejects.toMatchObject({ remedy: expect.stringMatching(remedy) });
    }
  });

  test.each([
    ['b.csv', 'id\n2\n'],
    ['B.CSV', 'id\n2\n'],
    ['*.csv', 'id\n1\n\nid\n2\n'],
  ])('of an archive what the source names is read: %s', async (entry, text) => {
    const bytes = zip({ 'a.csv': 'id\n1\n', 'b.csv': 'id\n2\n', 'c.xml': '<c/>' });
    expect((await read({ ...upload('named.zip', bytes), options: { entry } })).text).toBe(text);
    const other = read({ ...upload('named.zip', bytes), options: { entry: 'd.csv' } });
    await expect(other).rejects.toThrow(/without "d\.csv": "a\.csv", "b\.csv", "c\.xml"$/);
  });

  test('the sheet that a source names is read', async () => {
    const book = workbook([
      {
        rows: textRows([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      },
      {
        name: 'Kurse',
        rows: textRows([
          ['id', 'title'],
          ['1', 'x'],
        ]),
      },
    ]);
    const source = { ...upload('sheets.xlsx', book), options: { sheet: 'Kurse' } };
    expect((await read(source)).text).toBe('\uFEFF"id","title"\n"1","x"\n');
  });

  test.each(['a.gz', 'a.xlsx', 'bomb.zip'])('%s that unpacks beyond all bounds is stopped', async (name) => {
    const bytes = name.endsWith('gz')
      ? zlib.gzipSync(Buffer.alloc(3 * 1024 * 1024, TABLE))
      : name.endsWith('zip')
        ? zip({ 'a.csv': Buffer.alloc(3 * 1024 * 1024, TABLE) })
        : workbook([{ rows: textRows(Array.from({ length: 30_000 }, () => ['the same words again', 'and again'])) }]);
    for (const source of [upload(name, bytes), served(name, bytes)]) {
      const refused = read({ ...source, largestBody: 1 });
      await expect(refused).rejects.toThrow(SourceBroken);
      await expect(refused).rejects.toThrow(/larger than 1048576|unpacks to more than/);
    }
  });

  test('a PDF among the pages of a site is no reason to refuse the site', async () => {
    server.routes['/robots.txt'] = '';
    expect((await read(served('page.pdf', Buffer.from('%PDF-1.7')), 'page')).text).toBe('%PDF-1.7');
  });

  test.each([
    ['table.xlsx', SHEET, 'csv'],
    ['download', SHEET, 'csv'],
    [
      'foreign.xlsx',
      workbook([
        {
          rows: textRows([
            ['a', 'b'],
            ['c', 'd'],
          ]),
        },
      ]),
      'csv',
    ],
    ['table.csv.gz', zlib.gzipSync(TABLE), 'csv'],
    [
      'feed.json.gz',
      zlib.gzipSync(
        JSON.stringify({ pageNumber: 1, items: [{ courseId: '1', name: [{ language: 'en', value: 'x' }] }] }),
      ),
      'ooapi',
    ],
    [
      'feed.xml.gz',
      zlib.gzipSync('<?xml version="1.0"?><catalog xmlns="http://xcri.org/profiles/1.2/catalog"></catalog>'),
      'xcri-cap',
    ],
  ])('the format of %s is found', async (name, bytes, format) => {
    const formats = await loadFormats();
    for (const source of [upload(name, bytes), served(name, bytes)])
      expect((await formatOf(name, source, { crawler, formats })).name).toBe(format);
  });

  test('a web page without data is told to be one', async () => {
    const page = Buffer.from('<!doctype html><html><body><h1>Please log in</h1></body></html>');
    const refused = formatOf('login', served('login', page, 'text/html'), { crawler, formats: await loadFormats() });
    await expect(refused).rejects.toThrow(/login: this is a web page without data/);
    await expect(refused).rejects.toMatchObject({ remedy: expect.stringMatching(/address of the feed itself/) });
  });
});
