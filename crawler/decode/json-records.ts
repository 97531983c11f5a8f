import type { JsonItem, JsonRecordsOptions } from './json-item.ts';
import { JsonScanner } from './json-scanner.ts';
import { decodeText } from './text.ts';

const PIECE = 65_536;

/**
 * Finds the records of a JSON body of any size: a document, newline-delimited JSON or several documents in a row.
 * Holds one record at a time, parses each on its own and goes on after a broken one where the next can be told.
 */
export async function* jsonRecords(
  chunks: AsyncIterable<string | Uint8Array>,
  options: JsonRecordsOptions,
): AsyncIterable<JsonItem> {
  const scanner = new JsonScanner(options);
  for await (const text of texts(chunks, options)) {
    for (let at = 0; at < text.length; at += PIECE) {
      yield* scanner.push(text.length <= PIECE ? text : text.slice(at, at + PIECE));
      if (scanner.ended()) return;
    }
  }
  yield* scanner.end();
}

async function* texts(chunks: AsyncIterable<string | Uint8Array>, options: JsonRecordsOptions): AsyncIterable<string> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    let first = await iterator.next();
    while (!first.done && first.value.length === 0) first = await iterator.next();
    if (first.done) return;
    const head = first.value;
    const all: AsyncIterable<string | Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        let given = false;
        return {
          next: async () => {
            if (given) return iterator.next();
            given = true;
            return { done: false, value: head };
          },
        };
      },
    };
    if (typeof head === 'string') yield* all as AsyncIterable<string>;
    else yield* decodeText(all as AsyncIterable<Uint8Array>, options);
  } finally {
    await iterator.return?.();
  }
}
