import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compareBody } from '../../crawler/harvest/same-body.ts';

const MIB = 1024 * 1024;
const hashOf = (...chunks: Buffer[]) => createHash('sha256').update(Buffer.concat(chunks)).digest('base64url');
async function* body(chunks: Buffer[], end?: Error, let_go?: () => void) {
  try {
    yield* chunks;
    if (end) throw end;
  } finally {
    let_go?.();
  }
}
const read = async (chunks: AsyncIterable<Uint8Array>) => {
  const out: Uint8Array[] = [];
  for await (const chunk of chunks) out.push(chunk);
  return Buffer.concat(out);
};
const small = [Buffer.from('one '), Buffer.from('two')];
const large = Array.from({ length: 5 }, (_, i) => Buffer.alloc(MIB, i));

describe('a body like the one before', () => {
  test('is told from its hash, however it comes in pieces', async () => {
    expect(await compareBody(body(small), hashOf(...small))).toEqual({ same: true });
    expect(await compareBody(body([Buffer.concat(small)]), hashOf(...small))).toEqual({ same: true });
    expect(await compareBody(body([]), hashOf())).toEqual({ same: true });
  });

  test.each([
    ['another one', small, hashOf(Buffer.from('x'))],
    ['one that is too long to be held back, though it is the same', large, hashOf(...large)],
  ])('%s is answered whole', async (_, chunks, hash) => {
    const compared = await compareBody(body(chunks), hash);
    expect(compared.same).toBe(false);
    if (!compared.same) expect(await read(compared.body)).toEqual(Buffer.concat(chunks));
  });

  test('what cuts it off comes after what came before, also when that is the whole', async () => {
    const compared = await compareBody(body(small, new Error('cut')), hashOf(...small));
    expect(compared.same).toBe(false);
    if (compared.same) return;
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const chunk of compared.body) seen.push(Buffer.from(chunk).toString());
      })(),
    ).rejects.toThrow('cut');
    expect(seen).toEqual(['one ', 'two']);
  });

  test('who stops reading lets the source go', async () => {
    let gone = false;
    const compared = await compareBody(
      body(large, undefined, () => (gone = true)),
      'x',
    );
    if (!compared.same) for await (const _ of compared.body) break;
    expect(gone).toBe(true);
  });
});
