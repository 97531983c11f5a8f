import { readdir } from 'node:fs/promises';
import { boundedFormat } from './bounded-format.ts';
import { ConfigError } from './errors.ts';
import type { Format, Sample } from './format.ts';
import { behindDoor } from './persons/format-door.ts';

const DIRECTORY = new URL('./formats/', import.meta.url);

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * All formats, by name, each behind the door for persons and within bounds. The directory is the registry: a file or a folder in
 * `formats/` is a format. `directories`: further ones
 * to look in, for formats that are not ours.
 */
export async function loadFormats(...directories: URL[]): Promise<ReadonlyMap<string, Format>> {
  const formats = new Map<string, Format>();
  for (const directory of [DIRECTORY, ...directories]) await loadFrom(directory, formats);
  for (const [name, format] of formats) if (format.among) formats.set(name, bounded(format.among(formats)));
  return formats;
}

const bounded = (format: Format): Format => behindDoor(boundedFormat(format));

/** A simple format is a file, `<name>.ts`; a rich one a folder, `<name>/index.ts`. */
async function loadFrom(directory: URL, formats: Map<string, Format>): Promise<void> {
  const entries = (await readdir(directory, { withFileTypes: true }))
    .flatMap((entry) => {
      if (entry.isDirectory()) return [{ name: entry.name, file: `${entry.name}/index.ts` }];
      return entry.name.endsWith('.ts') ? [{ name: entry.name.slice(0, -3), file: entry.name }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, file } of entries) {
    const address = new URL(file, directory);
    const module: Record<string, Format> = await import(address.href);
    const format = module[camelCase(name)];
    if (!format) throw new Error(`${address.pathname} must export its format as "${camelCase(name)}"`);
    if (formats.has(name)) throw new Error(`there are two formats named "${name}"`);
    formats.set(name, bounded(format));
  }
}

/** The format of that name, or a clear refusal that lists the ones there are. */
export function formatNamed(formats: ReadonlyMap<string, Format>, name: string): Format {
  const format = formats.get(name);
  if (!format) throw new ConfigError(`there is no format "${name}"`, `Use one of: ${[...formats.keys()].join(', ')}.`);
  return format;
}

/** The format that claims the sample most surely; undefined when none does. */
export function detectFormat(formats: ReadonlyMap<string, Format>, sample: Sample): Format | undefined {
  const claims = [...formats.values()].map((format) => ({ format, sure: format.detect(sample) }));
  claims.sort((a, b) => b.sure - a.sure);
  return claims[0] && claims[0].sure > 0.2 ? claims[0].format : undefined;
}
