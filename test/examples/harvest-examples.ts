import type { Format, Normalised, PageRequest, RawRecord } from '../../crawler/format.ts';
import { isFault } from '../../crawler/format.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import { answerTo } from '../../examples/server.ts';
import type { Problem, Rejection, SourceDefinition } from '../../schema/index.ts';

/** What a source comes to when it is read to its end. */
export interface Reading {
  normalised: { identifier: string; result: Normalised }[];
  rejections: Rejection[];
  /** What else was noted in the records that were turned down. */
  problems: Problem[];
  requests: number;
  /** The body of the first page that has records in it, for detection. */
  sample: { text: string; mediaType: string; name: string };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Reads a source to its end with the real format, straight from the example server's pure `answerTo`. */
export async function readSource(format: Format, source: SourceDefinition): Promise<Reading> {
  const queue: PageRequest[] = [{ url: source.url }];
  const seen = new Set<string>();
  const mains = new Map<string, RawRecord>();
  const parts = new Map<string, RawRecord[]>();
  const reading: Reading = {
    normalised: [],
    rejections: [],
    problems: [],
    requests: 0,
    sample: { text: '', mediaType: '', name: '' },
  };
  for (let request = queue.shift(); request; request = queue.shift()) {
    if (seen.has(request.url)) continue;
    seen.add(request.url);
    reading.requests++;
    const answer = answerTo(new URL(request.url));
    if (!answer) throw new Error(`the example server has nothing at ${request.url}`);
    const [mediaType = '', charset] = answer.type.split('; charset=');
    const bytes = Buffer.from(answer.body as string);
    const page = { url: request.url, role: request.role, mediaType, charset, source, envelope: {} };
    let count = 0;
    for await (const item of format.records(once(bytes), page)) {
      count++;
      if (isFault(item)) reading.rejections.push(item.rejection);
      else if (item.part === undefined) mains.set(item.identifier, item);
      else parts.set(item.identifier, [...(parts.get(item.identifier) ?? []), item]);
    }
    if (reading.sample.text === '' || (count > 0 && request.role === 'page')) {
      const text = bytes
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .slice(0, 65536);
      reading.sample = { text, mediaType, name: request.url.replace(/\?.*/, '').split('/').at(-1) ?? '' };
    }
    queue.push(...(format.next?.(page, count) ?? []));
  }
  for (const [identifier, main] of mains) {
    const own = (parts.get(identifier) ?? []).sort((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : 1));
    const clone = (raw: unknown): unknown => JSON.parse(JSON.stringify(raw));
    const result = normaliseRecord(
      format,
      source,
      identifier,
      clone(main.raw),
      own.map((part) => clone(part.raw)),
    );
    if ('rejection' in result) {
      reading.rejections.push(result.rejection);
      reading.problems.push(...result.problems);
    } else reading.normalised.push({ identifier, result });
  }
  return reading;
}
