import { type Format, isFault } from '../../crawler/format.ts';
import { type FormatSuite, suiteSource } from '../contract/format-suite.ts';
import { bytesOf, chunks } from '../contract/read-feed.ts';

/** A feed of any length, in pieces. */
export interface LongFeed {
  url: string;
  mediaType: string;
  pieces(bytes: number): Generator<string>;
}

/**
 * A long feed out of the short one that every format's suite has: what stands from the identifier of its first record to that of the
 * second is one period, whatever the syntax. It is said again and again with identifiers of its own.
 */
export async function longFeed(format: Format, { several }: FormatSuite): Promise<LongFeed | undefined> {
  const { url, mediaType, body } = several;
  const text = new TextDecoder().decode(bytesOf(body));
  const source = suiteSource(format.name, url);
  const ids: string[] = [];
  for await (const item of format.records(chunks(bytesOf(body)), { url, source, envelope: {}, mediaType }))
    if (!isFault(item) && !item.part && !ids.includes(item.identifier)) ids.push(item.identifier);
  const [first, second] = ids
    // An identifier that is unique in its provider only stands there without that of the provider.
    .map((id) => (text.includes(id) ? id : (id.split('/').at(-1) as string)))
    .flatMap((id) => (text.includes(id) ? [{ id, at: text.indexOf(id) }] : []))
    .sort((a, b) => a.at - b.at);
  if (!first || !second) return undefined;
  const period = text.slice(first.at, second.at);
  return {
    url,
    mediaType,
    *pieces(bytes) {
      yield text.slice(0, first.at);
      let given = 0;
      for (let n = 0; given < bytes; n++) {
        const piece = period.replaceAll(first.id, `${first.id}-${n}`);
        given += piece.length;
        yield piece;
      }
      yield text.slice(second.at);
    },
  };
}
