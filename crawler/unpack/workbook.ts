import { kindOfFormat, type NumberKind } from './cell-values.ts';
import { hearPart, unescaped } from './xml-part.ts';
import { type Archive, ArchiveBroken } from './zip.ts';

export interface Sheet {
  name: string;
  hidden: boolean;
  /** Where its part is in the archive. */
  part: string;
}

/** What the cells of a workbook lean on. */
export interface Workbook {
  /** Sheets of cells, in their order; charts and the like are none. */
  sheets: Sheet[];
  /** Days are counted from 1904. */
  from1904: boolean;
  /** What the numbers of a cell are, by the cell's style. */
  kinds: readonly NumberKind[];
  /** Texts that cells refer to by their place. */
  texts: readonly string[];
}

/** All shared texts together, in characters: they are held while the sheet is read. */
const MOST_TEXT = 32 * 1024 * 1024;
const MOST_TEXTS = 2_000_000;
/** Styles, sheets and references: more than Excel allows of any. */
const MOST_FACTS = 65_536;

const RELATIONSHIPS = '_rels/.rels';

/**
 * The parts of an Excel workbook (ISO/IEC 29500-1, SpreadsheetML) that are needed to read its cells. What lies outside of the archive is
 * never followed.
 * @throws ArchiveBroken
 */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const [main] = (await relationships(archive, '')).filter(({ type }) => type === 'officedocument');
  const part = main?.target ?? 'xl/workbook.xml';
  const book = await archive.read(part);
  if (!book) throw new ArchiveBroken('it has no list of sheets');
  const listed: { name: string; hidden: boolean; id: string }[] = [];
  let from1904 = false;
  await hearPart(book, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || listed.length >= MOST_FACTS) return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      listed.push({ name: attributes.name ?? '', hidden: /hidden/i.test(attributes.state ?? ''), id });
    },
  });
  const related = await relationships(archive, part);
  const sheets = listed.flatMap(({ name, hidden, id }) => {
    const found = related.find((one) => one.id === id && one.type === 'worksheet');
    return found ? [{ name, hidden, part: found.target }] : [];
  });
  const partOf = (type: string) => related.find((one) => one.type === type)?.target ?? '';
  return {
    sheets,
    from1904,
    kinds: await styleKinds(await archive.read(partOf('styles'))),
    texts: await sharedTexts(await archive.read(partOf('sharedstrings'))),
  };
}

/** What a part refers to within the archive. Types are the last words of their addresses, in small letters. */
async function relationships(archive: Archive, of: string): Promise<{ id: string; type: string; target: string }[]> {
  const folder = of.slice(0, of.lastIndexOf('/') + 1);
  const part = await archive.read(of ? `${folder}_rels/${of.slice(folder.length)}.rels` : RELATIONSHIPS);
  const found: { id: string; type: string; target: string }[] = [];
  if (!part) return found;
  await hearPart(part, {
    open(name, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode = '' }) {
      if (name !== 'Relationship' || /external/i.test(mode) || found.length >= MOST_FACTS) return;
      // Where it leads is looked up in the archive and nowhere else.
      const path = URL.parse(target.replaceAll('\\', '/'), `zip:///${folder}`)?.pathname.slice(1) ?? '';
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1).toLowerCase(), target: decoded(path) });
    },
  });
  return found;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function styleKinds(part: AsyncIterable<Uint8Array> | undefined): Promise<NumberKind[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let ofCells = false;
  if (part)
    await hearPart(part, {
      open(name, attributes) {
        if (name === 'numFmt' && codes.size < MOST_FACTS)
          codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
        if (name === 'cellXfs') ofCells = true;
        if (name === 'xf' && ofCells && ids.length < MOST_FACTS) ids.push(Number(attributes.numFmtId ?? 0));
      },
      close(name) {
        if (name === 'cellXfs') ofCells = false;
      },
    });
  return ids.map((id) => kindOfFormat(id, codes.get(id)));
}

async function sharedTexts(part: AsyncIterable<Uint8Array> | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (!part) return texts;
  let size = 0;
  const one = textCollector();
  await hearPart(part, {
    open(name) {
      if (name === 'si') one.begin();
      one.open(name);
    },
    text: one.text,
    close(name) {
      one.close(name);
      if (name !== 'si') return;
      const text = one.end();
      size += text.length;
      if (size > MOST_TEXT || texts.length >= MOST_TEXTS)
        throw new ArchiveBroken(`its texts are more than ${MOST_TEXTS}, or have more than ${MOST_TEXT} characters`);
      texts.push(text);
    },
  });
  return texts;
}

/** The text of a rich or plain string: its runs together, without what tells how East Asian words are read (`rPh`). */
export function textCollector() {
  let parts: string[] = [];
  let inText = false;
  let aside = 0;
  return {
    begin() {
      parts = [];
    },
    open(name: string) {
      if (name === 't') inText = true;
      if (name === 'rPh') aside++;
    },
    text(text: string) {
      if (inText && !aside) parts.push(text);
    },
    close(name: string) {
      if (name === 't') inText = false;
      if (name === 'rPh') aside--;
    },
    end: (): string => unescaped(parts.join('')),
  };
}
