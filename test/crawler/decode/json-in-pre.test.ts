import { describe, expect, test } from 'vitest';
import { withoutPre } from '../../../crawler/decode/json-in-pre.ts';
import { moochub } from '../../../crawler/formats/moochub/index.ts';
import { chunks, readFeed } from '../../contract/read-feed.ts';

const read = async (text: string, size: number): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of withoutPre(chunks(new TextEncoder().encode(text), size))) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
};

describe('JSON in <pre>', () => {
  const long = `{"name":"Käse, ${'x'.repeat(1000)}"}`;
  test.each([
    ['<pre>{"a":"ä"}</pre>', '{"a":"ä"}'],
    ['\n <PRE class="x">\n{"a":1}</pre>\n', '\n{"a":1}'],
    [`\uFEFF<pre>${long}</pre>`, long],
    ['{"a":"<pre>x</pre>"}', '{"a":"<pre>x</pre>"}'],
    [`${long}</pre>`, `${long}</pre>`],
    ['\uFEFF{"a":1}', '\uFEFF{"a":1}'],
    ['<html><pre>{}</pre></html>', '<html><pre>{}</pre></html>'],
    ['<pre', '<pre'],
    ['', ''],
    ['  ', '  '],
  ])('%j, in pieces of any size', async (text, wanted) => {
    for (const size of [1, 2, 7, 65_536]) expect(await read(text, size)).toBe(wanted);
  });

  test('an answer of MOOChub is known and read so', async () => {
    const body =
      '<pre>{"links":{"next":""},"data":[{"type":"courses","id":"1","attributes":{"name":"A","courseMode":"MOOC"}}]}</pre>';
    expect(moochub.detect({ text: body })).toBeGreaterThan(0.9);
    const { records, faults } = await readFeed(moochub, { body, url: 'https://a.example/x', mediaType: 'text/html' });
    expect(records.map(({ identifier }) => identifier)).toEqual(['1']);
    expect(faults).toEqual([]);
  });
});
