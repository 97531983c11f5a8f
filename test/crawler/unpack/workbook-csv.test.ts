import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { workbookCsv } from '../../../crawler/unpack/workbook-csv.ts';
import { ArchiveBroken, openArchive } from '../../../crawler/unpack/zip.ts';
import { textRows, workbook, zip } from '../../support/workbook.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-workbook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MiB = 1024 * 1024;

async function csvOf(bytes: Uint8Array, { largest = 10 * MiB, sheet }: { largest?: number; sheet?: string } = {}) {
  const path = join(folder, 'book');
  writeFileSync(path, bytes);
  const archive = await openArchive(path, largest);
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of workbookCsv(archive, largest, sheet)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  } finally {
    archive.close();
  }
}
const one = (rows: string, more: Parameters<typeof workbook>[1] = {}) => csvOf(workbook([{ rows }], more));
const HEAD =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>title</t></is></c></row>';

describe('an Excel workbook as CSV', () => {
  test('shared, rich and inline texts, numbers, booleans, formulas and cells in error', async () => {
    const csv = await one(
      `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
       <row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><r><t>So</t></r><r><t>il</t></r></is></c>
         <c r="C2" t="b"><v>1</v></c><c r="D2" t="b"><v>0</v></c><c r="E2" t="str"><f>A1&amp;"x"</f><v>made "up", it is</v></c>
         <c r="F2" t="e"><v>#REF!</v></c><c r="G2"><f>1/3</f></c><c r="H2" t="n"><f>A2*2</f><v>2.4999999999999996</v></c></row>`,
      {
        texts: [
          '<t>id</t>',
          '<r><t xml:space="preserve">the </t></r><r><t>title</t></r><rPh sb="0" eb="1"><t>read so</t></rPh>',
        ],
      },
    );
    expect(csv).toBe('\uFEFF"id","the title"\n"7","Soil","yes","no","made ""up"", it is",,,"2.5"\n');
  });

  test('dates by the style of the cell, in both calendars; a date that Excel keeps as text stays it', async () => {
    const rows = `${HEAD}<row r="2"><c r="A2" s="1"><v>46266</v></c><c r="B2" s="2"><v>46266.5</v></c><c r="C2" s="0"><v>46266</v></c><c r="D2" s="3"><v>46266</v></c><c r="E2" t="d"><v>2026-09-01T00:00:00</v></c></row>`;
    const formats = [0, 14, 'dd.mm.yyyy hh:mm', '0 "days"'];
    expect(await one(rows, { formats })).toContain('\n"2026-09-01","2026-09-01T12:00","46266","46266","2026-09-01"\n');
    expect(await one(rows, { formats, date1904: true })).toContain('\n"2030-09-02","2030-09-02T12:00","46266"');
  });

  test('rows and cells that are left out keep their places; line breaks stay', async () => {
    const csv = await one(
      `${HEAD}<row r="4"><c r="AB4" t="inlineStr"><is><t>far_x000D_\nline two _x0041_</t></is></c></row><row><c><v>1</v></c></row>`,
    );
    expect(csv).toBe(`\uFEFF"id","title"\n\n\n${','.repeat(27)}"far\r\nline two A"\n"1"\n`);
  });

  test('merged cells: the value stands in the first of them, as in the sheet', async () => {
    expect(
      await one(
        `${HEAD}<row r="2"><c r="A2"><v>1</v></c><c r="B2"/></row></sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells><sheetData>`,
      ),
    ).toBe('\uFEFF"id","title"\n"1"\n');
  });

  test('the first sheet in view that has a table; charts, covers and hidden sheets are passed over', async () => {
    const table = textRows([
      ['id', 'title'],
      ['1', 'Soil'],
    ]);
    const sheets = [
      {
        name: 'Lists',
        state: 'veryHidden' as const,
        rows: textRows([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      },
      {
        name: 'Old',
        state: 'hidden' as const,
        rows: textRows([
          ['a', 'b'],
          ['c', 'd'],
        ]),
      },
      { name: 'Cover', rows: textRows([['Courses of Muster'], ['As of 2026'], ['Version', '3']]) },
      { name: 'Courses', rows: table },
      {
        name: 'More',
        rows: textRows([
          ['id', 'title'],
          ['2', 'Water'],
        ]),
      },
    ];
    expect(await csvOf(workbook(sheets.slice(0, 4)))).toBe('\uFEFF"id","title"\n"1","Soil"\n');
    expect(await csvOf(workbook(sheets))).toBe('\uFEFF"id","title"\n"1","Soil"\n"2","Water"\n');
    expect(await csvOf(workbook(sheets), { sheet: 'More' })).toContain('Water');
    await expect(csvOf(workbook(sheets), { sheet: 'Kurse' })).rejects.toThrow(/no sheet "Kurse", but .*"Courses"/);
    expect(await csvOf(workbook([{ rows: textRows([['id', 'title']]) }]))).toBe('\uFEFF"id","title"\n');
    await expect(csvOf(workbook([{ rows: textRows([['only'], ['words']]) }]))).rejects.toThrow(
      'no sheet in view has a table',
    );
  });

  test('sheets with the same columns are read together; the rows of the first keep their lines', async () => {
    const [head, ...years] = [
      ['id', 'title'],
      ['1', 'Soil'],
      ['2', 'Water'],
      ['3', 'Air'],
    ] as [string[], ...string[][]];
    const sheet = (name: string, ...rows: string[][]) => ({ name, rows: textRows(rows) });
    const book = workbook([
      sheet('2026', ['All courses'], [], head, years[0] as string[]),
      sheet('Prices', ['id', 'price'], ['1', '20']),
      { ...sheet('Drafts', head, ['9', 'Fire']), state: 'hidden' as const },
      sheet('2027', ['As of May'], [' id', 'title '], years[1] as string[], [], years[2] as string[]),
      sheet('2028', head),
    ]);
    expect(await csvOf(book)).toBe('\uFEFF"All courses"\n\n"id","title"\n"1","Soil"\n"2","Water"\n\n"3","Air"\n');
    expect(await csvOf(book, { sheet: '2027' })).toBe('\uFEFF"As of May"\n" id","title "\n"2","Water"\n\n"3","Air"\n');
  });

  test('prefixes, UTF-16 and other places of the parts, as other programs write them', async () => {
    const ns = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const row = '<x:row><x:c t="inlineStr"><x:is><x:t>é</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>';
    const sheet = `<x:worksheet ${ns}><x:sheetData>${row}${row}</x:sheetData></x:worksheet>`;
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${sheet}`, 'utf16le'),
    ]);
    const rel = (type: string, target: string, id = 'a') =>
      `<p:Relationships xmlns:p="x"><p:Relationship Id="${id}" Type="urn:x/${type}" Target="${target}"/></p:Relationships>`;
    const csv = await csvOf(
      zip({
        '[Content_Types].xml': '<Types/>',
        '_rels/.rels': rel('officeDocument', '/Book/Main.xml'),
        'Book/Main.xml': `<x:workbook ${ns} xmlns:r="r"><x:sheets><x:sheet name="1" r:id="a"/></x:sheets></x:workbook>`,
        'Book/_rels/Main.xml.rels': rel('worksheet', '../sheets/One%20two.xml'),
        'sheets/one two.xml': utf16,
      }),
    );
    expect(csv).toBe('\uFEFF"é","1"\n"é","1"\n');
  });
});

describe('what a workbook may not do', () => {
  const broken = async (bytes: Uint8Array, message: RegExp, largest?: number) => {
    const read = csvOf(bytes, { largest });
    await expect(read).rejects.toThrow(ArchiveBroken);
    await expect(read).rejects.toThrow(message);
  };

  test('unpack to more than is allowed, in one part or in many', async () => {
    const words = `<t>${'word '.repeat(400_000)}</t>`;
    await broken(
      workbook(
        [
          {
            rows: textRows([
              ['a', 'b'],
              ['c', 'd'],
            ]),
          },
        ],
        { texts: [words, words] },
      ),
      /unpacks to more than 1048576/,
      MiB,
    );
  });

  test('make a table beyond all bounds of a few cells far right', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, n) => `<row r="${n + 1}"><c r="A${n + 1}"><v>1</v></c><c r="XFD${n + 1}"><v>1</v></c></row>`,
    );
    await broken(workbook([{ rows: rows.join('') }]), /its table has more than/, MiB);
    await broken(
      workbook([{ rows: '<row r="9999999"><c><v>1</v></c><c><v>1</v></c></row>' }]),
      /more than 1048576 rows/,
    );
    await broken(workbook([{ rows: '<row><c r="XFE1"><v>1</v></c></row>' }]), /more than 16384 columns/);
  });

  test('declare entities or a document type', async () => {
    const rows = `${HEAD}<row><c t="inlineStr"><is><t>&x;</t></is></c></row>`;
    const more = {
      'xl/worksheets/sheet1.xml': `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData>${rows}</sheetData></worksheet>`,
    };
    await broken(workbook([{ rows }], { more }), /document type/);
  });

  test('lead out of the archive', async () => {
    const more = {
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>',
    };
    await broken(workbook([{ rows: HEAD }], { more }), /no sheet in view/);
    const up = {
      'xl/_rels/workbook.xml.rels': more['xl/_rels/workbook.xml.rels']
        .replace('file://', '../../..')
        .replace('External', 'Internal'),
    };
    await broken(workbook([{ rows: HEAD }], { more: up }), /no sheet in view/);
  });

  test('be locked, cut short or no archive at all', async () => {
    await broken(zip({ '_rels/.rels': '<x/>' }, { encrypted: true }), /password/);
    const whole = workbook([
      {
        rows: textRows([
          ['id', 'title'],
          ['1', 'Soil'],
        ]),
      },
    ]);
    await broken(whole.subarray(0, whole.length - 30), /damaged/);
    await broken(Buffer.concat([whole.subarray(0, 60), whole.subarray(90)]), /damaged/);
    await broken(Buffer.from('PK\x03\x04 and nothing else'), /damaged/);
    await broken(workbook([{ rows: `${HEAD}<row><c` }]), /damaged/);
  });

  test('have a text without end', async () => {
    await broken(
      workbook([{ rows: `<row><c t="inlineStr"><is><t>${'a'.repeat(11_000_000)}</t></is></c></row>` }], {}),
      /longer than any cell/,
      50 * MiB,
    );
  });
});
