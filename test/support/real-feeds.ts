import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Format } from '../../crawler/format.ts';
import { detectFormat } from '../../crawler/registry.ts';

/** Real and specimen feeds beside the project; nothing of them is in it. */
export const FEEDS = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));

const LARGEST = 20_000_000;
/** Schemas, shapes, contexts and notes stand beside the feeds. */
const NO_FEED =
  /\.(?:md|xsd|yaml|gz|xlsx|zip|LICENSE.*)$|(?:context|schema)[^/]*\.json(?:ld)?$|\/(?:shapes|vocab|xsd|schema(?:-[^/]*)?)\//i;

export interface RealFeed {
  format: Format;
  /** Path below `FEEDS`. */
  file: string;
  bytes: Uint8Array;
}

/** The files of the feeds that one of the formats claims, in the order of their names. */
export function* realFeeds(formats: ReadonlyMap<string, Format>, below = ''): Generator<RealFeed> {
  const folder = resolve(FEEDS, below);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = resolve(folder, name);
    if (NO_FEED.test(path) || !statSync(path).isFile() || statSync(path).size > LARGEST) continue;
    const bytes = new Uint8Array(readFileSync(path));
    const text = new TextDecoder().decode(bytes.subarray(0, 65_536)).replace(/^\uFEFF/, '');
    const format = detectFormat(formats, { text, name: path.split('/').at(-1) ?? '' });
    if (format) yield { format, file: path.slice(FEEDS.length), bytes };
  }
}
