import { readdir } from 'node:fs/promises';
import { boundedFormat } from './bounded-format.ts';
import { ConfigError } from './errors.ts';
import type { Format, Sample } from './format.ts';
import { behindDoor } from './persons/format-door.ts';

const DIRECTORY = new URL('./formats/', import.meta.url);

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * All formats, by name, each behind the door for persons and within bounds. The directory is the registry: a file in `formats/` is a format. `directories`: further ones
 * to look in, for formats that are not ours.
 */
export async function loadFormats(...directories: URL[]): Promise<ReadonlyMap<string, Format>> {
  const formats = new Map<string, Format>();
  for (const directory of [DIRECTORY, ...directories]) await loadFrom(directory, formats);
  return formats;
}

async function loadFrom(directory: URL, formats: Map<string, Format>): Promise<void> {
  const names = (await readdir(directory))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
  for (const name of names) {
    const module: Record<string, Format> = await import(new URL(`${name}.ts`, directory).href);
    const format = module[camelCase(name)];
    if (!format)
      throw new Error(`${new URL(`${name}.ts`, directory).pathname} must export its format as "${camelCase(name)}"`);
    if (formats.has(name)) throw new Error(`there are two formats named "${name}"`);
    formats.set(name, behindDoor(boundedFormat(format)));
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
