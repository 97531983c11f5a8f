import { describe, expect, test } from 'vitest';
import { decodeText, type TextHint } from '../../../crawler/decode/text.ts';

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Decodes with every size of piece; the result must not depend on it. */
async function decode(bytes: Uint8Array, hint: TextHint = {}): Promise<{ text: string; repairs: string[] }> {
  const results = [];
  for (const size of [1, 2, 3, 7, 65_536]) {
    const repairs: string[] = [];
    let text = '';
    for await (const part of decodeText(pieces(bytes, size), { ...hint, onRepair: (what) => repairs.push(what) })) {
      text += part;
    }
    results.push({ text, repairs });
  }
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0] as { text: string; repairs: string[] };
}

const TEXT = 'Ünïcode – “quotes” € Ελληνικά 日本 😀 end';
const WESTERN = 'Français – “cité” déjà vu €';
const windows1252 = Buffer.from([
  ...Buffer.from('Fran'),
  0xe7,
  ...Buffer.from('ais '),
  0x96,
  0x20,
  0x93,
  ...Buffer.from('cit'),
  0xe9,
  0x94,
  ...Buffer.from(' d'),
  0xe9,
  ...Buffer.from('j'),
  0xe0,
  ...Buffer.from(' vu '),
  0x80,
]);

describe('decodeText', () => {
  test('UTF-8, with and without byte order mark, declared or not', async () => {
    for (const hint of [{}, { charset: 'utf-8' }, { charset: '"UTF8"' }]) {
      expect(await decode(Buffer.from(TEXT), hint)).toEqual({ text: TEXT, repairs: [] });
      expect(await decode(Buffer.from(`\ufeff${TEXT}`), hint)).toEqual({ text: TEXT, repairs: [] });
    }
  });

  test('UTF-16 by its byte order mark or its NULs, whatever is declared', async () => {
    const little = Buffer.from(`\ufeff${TEXT}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    expect((await decode(little, { charset: 'utf-8' })).text).toBe(TEXT);
    expect((await decode(big, { charset: 'windows-1252' })).text).toBe(TEXT);
    const json = '{"a":"é"}';
    expect((await decode(Buffer.from(json, 'utf16le'))).text).toBe(json);
    expect((await decode(Buffer.from(json, 'utf16le').swap16())).text).toBe(json);
  });

  test('Windows-1252 that says it is UTF-8, or says nothing, comes out right and is reported', async () => {
    const declared = await decode(windows1252, { charset: 'utf-8' });
    expect(declared.text).toBe(WESTERN);
    expect(declared.repairs).toEqual(['not UTF-8 as declared: read as windows-1252']);
    expect((await decode(windows1252)).text).toBe(WESTERN);
  });

  test('Windows-1252 and its aliases as declared: no repair', async () => {
    for (const charset of ['windows-1252', 'ISO-8859-1', 'latin1']) {
      expect(await decode(windows1252, { charset })).toEqual({ text: WESTERN, repairs: [] });
    }
  });

  test('UTF-8 that says it is Latin-1 is read as UTF-8', async () => {
    const { text, repairs } = await decode(Buffer.from(TEXT), { charset: 'iso-8859-1' });
    expect(text).toBe(TEXT);
    expect(repairs).toEqual(['declared as iso-8859-1 but is UTF-8']);
  });

  test('stray Windows-1252 bytes in UTF-8: only these are repaired', async () => {
    const mixed = Buffer.concat([Buffer.from('é – '), Buffer.from([0xe9, 0x20]), Buffer.from('日本')]);
    const { text, repairs } = await decode(mixed);
    expect(text).toBe('é – é 日本');
    expect(repairs).toEqual(['some bytes are not UTF-8: these were read as windows-1252']);
  });

  test('overlong forms, encoded surrogates and a cut at the end are no UTF-8', async () => {
    expect((await decode(Buffer.from([0x61, 0xc0, 0xaf]))).text).toBe('aÀ¯');
    expect((await decode(Buffer.from([0x61, 0xed, 0xa0, 0x80]))).text).toBe('aí\u00a0€');
    expect((await decode(Buffer.from([0x61, 0x62, 0x63, 0x64, 0xc3]))).text).toBe('abcdÃ');
  });

  test('other charsets as declared or as fallback', async () => {
    const czech = Buffer.from([0xc8, 0x65, 0xb9, 0x74, 0x69, 0x6e, 0x61]); // ISO 8859-2
    expect((await decode(czech, { charset: 'iso-8859-2' })).text).toBe('Čeština');
    expect((await decode(czech, { fallback: 'iso-8859-2' })).text).toBe('Čeština');
    expect((await decode(Buffer.from('a é b'), { charset: 'x-unknown' })).repairs).toHaveLength(1);
  });

  test('nothing gives nothing; three bytes are enough', async () => {
    expect(await decode(Buffer.alloc(0))).toEqual({ text: '', repairs: [] });
    expect((await decode(Buffer.from('é!'))).text).toBe('é!');
    expect((await decode(Buffer.from('{}'))).text).toBe('{}');
  });
});
