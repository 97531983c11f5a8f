import { ConfigError } from '../crawler/errors.ts';
import type { Format, Sample } from '../crawler/format.ts';
import { sampled } from '../crawler/harvest/sample.ts';
import { detectFormat } from '../crawler/registry.ts';
import { refusedPage } from '../crawler/unpack/readable-body.ts';
import type { SourceDefinition } from '../schema/index.ts';
import type { Crawler } from './crawler.ts';

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
    return (await sampled(response)).sample;
  } finally {
    await response.dispose();
  }
}
