import { describe, expect, test } from 'vitest';
import type { XmlElement } from '../../../crawler/decode/xml-element.ts';
import { type XmlRecord, type XmlRecordsOptions, xmlRecords } from '../../../crawler/decode/xml-records.ts';
import type { RecordFault } from '../../../crawler/format.ts';

async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

const OPTIONS: XmlRecordsOptions = { records: ['item'], containers: ['list', 'group'], what: 'a list' };

async function read(input: string | Uint8Array, options: Partial<XmlRecordsOptions> = {}, size = 65_536) {
  const records: XmlRecord[] = [];
  const faults: RecordFault[] = [];
  const ended: string[] = [];
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  for await (const found of xmlRecords(pieces(bytes, size), { ...OPTIONS, ...options })) {
    if ('record' in found) records.push(found);
    else if ('ended' in found) ended.push(found.path);
    else faults.push(found);
  }
  return { records, faults, ended };
}

const textIn = (element: XmlElement | undefined, name: string): string | undefined =>
  element?.children?.find((child) => child.name === name)?.text;

const SAMPLE = `<?xml version="1.0" encoding="UTF-8"?>
<list xmlns="urn:a" xmlns:h="http://www.w3.org/1999/xhtml" xml:lang="et">
  <group><name>Õpi ünne €𝄞</name>
    <item no="1"><t>žürii 😀 &amp; co</t><!-- quiet --><d><![CDATA[<p>a & b</p>]]></d></item>
    <item><t xml:lang="fi">kaksi</t><d>Before <h:p>one
       two</h:p><h:ul><h:li>x</h:li><h:li>y</h:li></h:ul>after</d></item>
    <place>late</place>
  </group>
  <group><item><t>three</t></item></group>
</list>`;

describe('xml records', () => {
  test.each([1, 2, 3, 7, 65_536])('gives the same records from pieces of %i bytes', async (size) => {
    const { records, faults, ended } = await read(SAMPLE, {}, size);
    expect(faults).toEqual([]);
    expect(records.map((r) => r.path)).toEqual([
      '/list/group[1]/item[1]',
      '/list/group[1]/item[2]',
      '/list/group[2]/item[1]',
    ]);
    expect(textIn(records[0]?.record, 't')).toBe('žürii 😀 & co');
    expect(textIn(records[0]?.record, 'd')).toBe('<p>a & b</p>');
    expect(records[0]?.record.attributes).toEqual({ no: '1' });
    expect(textIn(records[0]?.containers[1], 'name')).toBe('Õpi ünne €𝄞');
    expect(textIn(records[1]?.record, 'd')).toBe('Before\none two\n\n- x\n\n- y\nafter');
    expect(records[2]?.containers[1]?.children).toEqual([]);
    expect(ended).toEqual(['/list/group[1]', '/list/group[2]', '/list']);
  });

  test('inherits xml:lang and namespaces', async () => {
    const { records } = await read(SAMPLE);
    expect(records[0]?.record.language).toBe('et');
    expect(records[1]?.record.children?.[0]?.language).toBe('fi');
    expect(records[0]?.record.namespace).toBe('urn:a');
  });

  test('decodes by declaration, byte order mark and charset', async () => {
    const euro = (declared: string) =>
      `<?xml version="1.0" encoding="${declared}"?><list><item><t>5 €</t></item></list>`;
    const latin9 = Buffer.from(euro('ISO-8859-15'), 'latin1');
    latin9[latin9.indexOf('5 ') + 2] = 0xa4;
    expect(textIn((await read(latin9)).records[0]?.record, 't')).toBe('5 €');
    const cp1252 = Buffer.from(euro('windows-1252'), 'latin1');
    cp1252[cp1252.indexOf('5 ') + 2] = 0x80;
    expect(textIn((await read(cp1252, {}, 3)).records[0]?.record, 't')).toBe('5 €');
    const utf16 = Buffer.from(`\ufeff${euro('UTF-16')}`, 'utf16le');
    expect(textIn((await read(utf16, {}, 3)).records[0]?.record, 't')).toBe('5 €');
    expect(textIn((await read(Buffer.from(`\ufeff${euro('UTF-8')}`), {}, 1)).records[0]?.record, 't')).toBe('5 €');
    await expect(read(euro('klingon'))).rejects.toThrow('klingon');
  });

  test('repairs Windows-1252 that claims to be UTF-8, with a note', async () => {
    const wrong = Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?><list><item><t>caf\u00e9</t></item></list>',
      'latin1',
    );
    for (const size of [1, 65_536]) {
      const { records } = await read(wrong, {}, size);
      expect(textIn(records[0]?.record, 't')).toBe('café');
      expect(records[0]?.notes[0]?.rule).toBe('wrong-encoding');
    }
  });

  test('refuses entity declarations and never expands them', async () => {
    const bomb = '<!DOCTYPE list [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><list><item><t>&b;</t></item></list>';
    const { records, faults } = await read(bomb);
    expect(records).toEqual([]);
    expect(faults[0]?.rejection.rule).toBe('xml-entity-declaration');
    expect(faults[0]?.incomplete).toBe(true);
    expect((await read('<!DOCTYPE list SYSTEM "x.dtd"><list><item/></list>')).records).toHaveLength(1);
  });

  test('keeps what was complete when the document is cut off', async () => {
    const { records, faults } = await read(SAMPLE.slice(0, SAMPLE.indexOf('two</h:p>')), {}, 7);
    expect(records).toHaveLength(1);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ incomplete: true, rejection: { rule: 'xml-truncated' } });
  });

  test('says where a document ends that is cut off, in whatever pieces it comes', async () => {
    for (const size of [1, 7, 65_536]) {
      const { faults } = await read('<list>\n<item/>\n<item><t>ab', {}, size);
      expect(faults[0]?.rejection.found).toBe('line 3, column 11: the document ends inside <t>');
    }
  });

  test('names line and column of what is not well-formed', async () => {
    const { records, faults } = await read('<list>\n<item/>\n<item><t>a</b></item></list>');
    expect(records).toHaveLength(1);
    expect(faults[0]?.rejection).toMatchObject({
      rule: 'xml-not-well-formed',
      found: expect.stringContaining('line 3, column'),
    });
    expect(faults[0]?.incomplete).toBe(true);
  });

  test('tolerates HTML entities, unbound prefixes and control characters, with notes', async () => {
    const { records, faults } = await read('<list><item><t>a&nbsp;b</t></item><item><z:t>c\u0003d</z:t></item></list>');
    expect(faults).toEqual([]);
    expect(textIn(records[0]?.record, 't')).toBe('a&nbsp;b');
    const rules = records.flatMap((r) => r.notes.map((n) => n.rule));
    expect(rules).toContain('xml-repaired');
    expect(rules).toContain('xml-forbidden-character');
  });

  test.each([1, 7, 65_536])(
    'writes bare ampersands as they should be, with a note, in pieces of %i bytes',
    async (size) => {
      const items = ['one', 'two', 'R & D', 'a&b;', 'x &amp; y <!-- R & D --><![CDATA[R & D]]>', '&#38;&', 'six'];
      const body = `<list>${items.map((t) => `<item u="?a=1&b=2"><t>${t}</t></item>`).join('')}</list>`;
      const { records, faults } = await read(body, {}, size);
      expect(faults).toEqual([]);
      const said = ['one', 'two', 'R & D', 'a&b;', 'x & y R & D', '&&', 'six'];
      expect(records.map((r) => textIn(r.record, 't'))).toEqual(said);
      expect(records.every((r) => r.record.attributes?.u === '?a=1&b=2')).toBe(true);
      expect(records[2]?.notes.map((n) => [n.rule, n.path])).toContainEqual(['xml-repaired', '/list/item[3]/t[1]']);
      expect(records[2]?.notes[0]?.severity).toBe('warning');
      const cut = await read('<list><item><t>one</t></item><item><t>R & D</t></item><item><t>R &am', {}, size);
      expect(cut.records).toHaveLength(2);
      expect(cut.faults).toMatchObject([{ incomplete: true, rejection: { rule: 'xml-truncated' } }]);
    },
  );

  test('stops at 200 levels, also of 100,000', async () => {
    const { faults } = await read(`<list><item>${'<a>'.repeat(100_000)}`);
    expect(faults[0]).toMatchObject({ incomplete: true, rejection: { rule: 'xml-too-deep' } });
  });

  test('skips a record that is too large and goes on', async () => {
    const big = `<list><item><t>${'x'.repeat(50_000)}</t></item><item><t>small</t></item></list>`;
    const { records, faults } = await read(big, { maxRecord: 20_000 });
    expect(faults[0]).toMatchObject({ rejection: { rule: 'xml-record-too-large' } });
    expect(faults[0]?.incomplete).toBeUndefined();
    expect(records.map((r) => textIn(r.record, 't'))).toEqual(['small']);
  });

  test('stops at text without end', async () => {
    const { faults } = await read(`<list><item><t>${'x'.repeat(200_000)}`, { maxRecord: 20_000 });
    expect(faults[0]?.incomplete).toBe(true);
  });

  test('says so when it is another kind of document', async () => {
    await expect(read('<!doctype html><html><body>Hello</body></html>')).rejects.toThrow('an HTML page');
    await expect(read('{"json": true}')).rejects.toThrow(/not XML/);
    await expect(read('')).rejects.toThrow(/empty/);
  });
});
