/** A kind of file that is no feed as it stands: what it is, and what to do. */
export interface Unread {
  what: string;
  remedy: string;
}

const SAVE_SHEET = 'Save the sheet as .xlsx or .csv and give that.';
const DATA_BEHIND = 'It is made for people; ask the provider for the data behind it (CSV, Excel, JSON, XML or an API).';
const UNPACK = 'Unpack it and give the one file in it that is the feed.';

const sheet = (what: string): Unread => ({ what, remedy: SAVE_SHEET });
const paper = (what: string): Unread => ({ what, remedy: DATA_BEHIND });
const archive = (what: string): Unread => ({ what, remedy: UNPACK });

export const UNREAD = {
  twiceGzip: { what: 'a gzip file within a gzip file', remedy: 'Pack it once, or not at all.' },
  locked: {
    what: 'an Office document that is protected by a password',
    remedy: 'Take the password off (in Excel: File, Info, Protect Workbook) and save it again.',
  },
  xls: sheet('an Excel workbook of the old kind (.xls)'),
  xlsb: sheet('an Excel workbook in the binary format (.xlsb)'),
  ods: sheet('an OpenDocument spreadsheet (.ods)'),
  numbers: sheet('a document of Numbers or Pages'),
  word: paper('a Word document'),
  slides: paper('a presentation'),
  openDocument: paper('an OpenDocument text or presentation'),
  oldOffice: paper('an Office document of the old kind'),
  book: paper('an e-book'),
  zip: archive('a ZIP archive'),
  web: {
    what: 'a web page without data about courses that a program can read',
    remedy:
      "Give the address of the feed itself (an API, a file, the site's sitemap), not of a page about it or of a login.",
  },
} as const satisfies Record<string, Unread>;

/** What the first bytes say. ZIP and old Office files are told apart by what is in them. */
const MAGIC: readonly [bytes: string, kind: 'zip' | 'office' | Unread, at?: number][] = [
  ['PK\x03\x04', 'zip'],
  ['PK\x05\x06', UNREAD.zip],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'office'],
  ['\x1f\x8b', UNREAD.twiceGzip],
  ['%PDF', paper('a PDF')],
  ['{\\rtf', paper('a text in RTF')],
  ['%!PS', paper('a PostScript file')],
  ['\x89PNG', paper('an image')],
  ['GIF8', paper('an image')],
  ['\xff\xd8\xff', paper('an image')],
  ['II*\0', paper('an image')],
  ['MM\0*', paper('an image')],
  ['WEBP', paper('an image'), 8],
  ['ftyp', paper('an image or a film'), 4],
  ['Rar!\x1a', archive('a RAR archive')],
  ['7z\xbc\xaf\x27\x1c', archive('a 7z archive')],
  ['BZh', archive('a bzip2 file')],
  ['\xfd7zXZ\0', archive('an xz file')],
  ['\x28\xb5\x2f\xfd', archive('a Zstandard file')],
  ['ustar', archive('a tar archive'), 257],
  ['SQLite format 3\0', sheet('an SQLite database')],
  ['PAR1', sheet('a Parquet file')],
];

/** Bytes that nearly every kind is told by. */
export const TELLING_BYTES = 12;
/** How far into the first bytes is looked, if there are as many. */
const HEAD_BYTES = 512;

/** What a body is by its first bytes; undefined for a text, which is a format's to recognise. */
export function kindOfBody(head: Uint8Array): 'zip' | 'office' | Unread | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString('latin1');
  const found = MAGIC.find(([bytes, , at = 0]) => text.startsWith(bytes, at));
  if (found) return found[1];
  if (/^(?:\xef\xbb\xbf)?\s{0,100}<[\s\S]{0,400}urn:schemas-microsoft-com:office:(?:spreadsheet|excel)/.test(text))
    return sheet('a table of Excel as XML or HTML');
  return undefined;
}

/** What an archive is by the names in it, in small letters, and by what it says of itself; `xlsx` is read. */
export function kindOfArchive(names: ReadonlySet<string>, mimetype: string): 'xlsx' | Unread {
  const has = (start: string) => [...names].some((name) => name.startsWith(start));
  if (/opendocument\.spreadsheet/.test(mimetype)) return UNREAD.ods;
  if (/opendocument/.test(mimetype)) return UNREAD.openDocument;
  if (/epub/.test(mimetype)) return UNREAD.book;
  if (names.has('xl/workbook.bin')) return UNREAD.xlsb;
  if (names.has('[content_types].xml')) {
    if (has('word/')) return UNREAD.word;
    if (has('ppt/')) return UNREAD.slides;
    return has('xl/') || names.has('_rels/.rels') ? 'xlsx' : UNREAD.zip;
  }
  return has('index/') && has('metadata/') ? UNREAD.numbers : UNREAD.zip;
}

/** Streams that a compound file of Office (MS-CFB) has, by what it is. Their names stand in it as UTF-16. */
const STREAMS: readonly [name: string, kind: Unread][] = [
  ['EncryptedPackage', UNREAD.locked],
  ['WordDocument', UNREAD.word],
  ['PowerPoint Document', UNREAD.slides],
  ['Workbook', UNREAD.xls],
  ['Book', UNREAD.xls],
];

/** What an Office file of the old kind is; the body is read to its end. */
export async function kindOfOffice(body: AsyncIterable<Uint8Array>): Promise<Unread> {
  const wanted = STREAMS.map(([name, kind]) => ({ bytes: Buffer.from(`${name}\0`, 'utf16le'), kind, seen: false }));
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length));
  let kept: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const piece = Buffer.concat([kept, chunk]);
    for (const one of wanted) one.seen ||= piece.includes(one.bytes);
    kept = piece.subarray(-overlap);
  }
  return wanted.find(({ seen }) => seen)?.kind ?? UNREAD.oldOffice;
}
