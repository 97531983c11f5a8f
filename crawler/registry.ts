import { readdir } from 'node:fs/promises';
import { ConfigError } from './errors.ts';
import type { Format, Sample } from './format.ts';

const DIRECTORY = new URL('./formats/', import.meta.url);

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** All formats, by name. The directory is the registry: a file in `formats/` is a format. */
export async function loadFormats(): Promise<ReadonlyMap<string, Format>> {
  const names = (await readdir(DIRECTORY))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3))
    .sort();
  const formats = new Map<string, Format>();
  for (const name of names) {
    const module: Record<string, Format> = await import(new URL(`${name}.ts`, DIRECTORY).href);
    const format = module[camelCase(name)];
    if (!format) throw new Error(`crawler/formats/${name}.ts must export its format as "${camelCase(name)}"`);
    formats.set(name, format);
  }
  return formats;
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
