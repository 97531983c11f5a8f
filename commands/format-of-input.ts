import { ConfigError } from '../crawler/errors.ts';
import type { Format, Sample } from '../crawler/format.ts';
import { detectFormat } from '../crawler/registry.ts';
import { refusedPage } from '../crawler/unpack/readable-body.ts';
import type { SourceDefinition } from '../schema/index.ts';
import type { Crawler } from './crawler.ts';

const SAMPLE_BYTES = 65_536;

/**
 * The format of a file or URL, by how it begins. `input` is what the operator typed.
 * @throws ConfigError when no format claims it
 */
export async function formatOf(
  input: string,
  source: SourceDefinition,
  { crawler, formats }: { crawler: Crawler; formats: ReadonlyMap<string, Format> },
): Promise<Format> {
  const sample = await sampleOf(crawler, source);
  const format = detectFormat(formats, sample);
  if (format) return format;
  if (/^\s*<(?:!doctype html|html|head|body)\b/i.test(sample.text)) throw refusedPage(source.url);
  throw new ConfigError(
    `the format of ${input} is none that is known`,
    `Name it with --format (${[...formats.keys()].join(', ')}), and check that the input is the feed itself.`,
  );
}

async function sampleOf(crawler: Crawler, source: SourceDefinition): Promise<Sample> {
  const reader = source.url.startsWith('file:') ? crawler.uploads : crawler.feeds;
  const response = await reader.read(source, { url: source.url, role: null });
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= SAMPLE_BYTES) break;
    }
    const name = new URL(response.url).pathname.split('/').at(-1)?.replace(/\.gz$/i, '');
    return { text: textOf(Buffer.concat(chunks).subarray(0, SAMPLE_BYTES)), name, mediaType: response.mediaType };
  } finally {
    await response.dispose();
  }
}

function textOf(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(utf16).decode(bytes);
}
