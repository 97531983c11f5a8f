import { fileURLToPath } from 'node:url';
import type { SourceDefinition } from '../../schema/index.ts';
import { startOf } from '../decode/body-start.ts';
import { SourceBroken } from '../errors.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import { redactUrl } from '../fetch/redact-url.ts';
import { feedInArchive, joined } from './archive-feed.ts';
import { kindOfArchive, kindOfBody, kindOfOffice, TELLING_BYTES, UNREAD, type Unread } from './body-kind.ts';
import { bodyOnDisk } from './on-disk.ts';
import { workbookCsv } from './workbook-csv.ts';
import { type Archive, ArchiveBroken, openArchive } from './zip.ts';

/**
 * The answer with a body that a format can read: an Excel workbook (.xlsx) becomes CSV as it is read, a feed in a ZIP archive is read out of
 * it, and what can be no feed is refused by what it is, whatever it is called. `largest`: bytes that an archive may unpack to.
 */
export function readable(response: GateResponse, source: SourceDefinition, largest: number): GateResponse {
  if (response.notModified) return response;
  const refuse = ({ what, remedy }: Unread) => new SourceBroken(`${named(response.url)}: this is ${what}`, remedy);

  async function* text(): AsyncGenerator<Uint8Array> {
    const { held, whole } = await startOf(response.body, (_, bytes) => bytes >= TELLING_BYTES);
    const kind = kindOfBody(Buffer.concat(held));
    if (kind === undefined) return yield* whole;
    if (kind === 'zip') return yield* table(whole);
    throw refuse(kind === 'office' ? await kindOfOffice(whole) : kind);
  }

  async function* table(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    // The list of what is in an archive stands at its end.
    const { path, cut, remove } = await bodyOnDisk(body);
    let archive: Archive | undefined;
    try {
      if (cut) throw cut.error;
      archive = await openArchive(path, largest);
      const kind = kindOfArchive(archive.names, await start(await archive.read('mimetype')));
      const { sheet, entry } = source.options;
      if (kind === UNREAD.zip) {
        const feed = feedInArchive(archive.names, typeof entry === 'string' ? entry : undefined);
        if ('what' in feed) throw refuse(feed);
        Object.assign(answer, { mediaType: feed.mediaType, charset: undefined });
        return yield* joined(archive, feed.entries);
      }
      if (kind !== 'xlsx') throw refuse(kind);
      Object.assign(answer, { mediaType: 'text/csv', charset: 'utf-8' });
      yield* workbookCsv(archive, largest, typeof sheet === 'string' ? sheet : undefined);
    } catch (error) {
      if (!(error instanceof ArchiveBroken)) throw error;
      throw new SourceBroken(`${named(response.url)} cannot be read: ${error.message}`, MEND, { cause: error });
    } finally {
      archive?.close();
      await remove();
    }
  }

  const body = text();
  const answer: GateResponse = { ...response, body: { [Symbol.asyncIterator]: () => body } };
  return answer;
}

const MEND =
  'Open it in a spreadsheet program and save it as .xlsx or .csv; the table is to be one sheet with a row of column names.';

/** Of a web page in which no format finds anything. */
export const refusedPage = (url: string): SourceBroken =>
  new SourceBroken(`${named(url)}: this is ${UNREAD.web.what}`, UNREAD.web.remedy);

const named = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : redactUrl(url));

async function start(stream: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  if (stream) for await (const chunk of stream) return Buffer.from(chunk).toString('latin1', 0, 200);
  return '';
}
