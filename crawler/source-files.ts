import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SourceDefinition } from '../schema/index.ts';
import { ConfigError, formatError } from './errors.ts';

const DIRECTORY = new URL('./sources/', import.meta.url);

/**
 * The sources that come with Credatlas: `sources/<country>/<name>.json`, in the order of their ids. With `tell` a file that
 * is not usable is told and left out: it is no reason to leave the others alone.
 */
export async function readSourceFiles(
  tell?: (message: string) => void,
  directory = DIRECTORY,
): Promise<SourceDefinition[]> {
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  const sources: SourceDefinition[] = [];
  for (const file of files) {
    try {
      sources.push(parseSource(await readFile(new URL(file, directory), 'utf8'), file));
    } catch (error) {
      if (!tell) throw error;
      tell(`a source is left out: ${formatError(error)}`);
    }
  }
  return sources.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Checks one source definition; the error names the file, the field and what is wrong with it. */
export function parseSource(text: string, file: string): SourceDefinition {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${file} is not JSON: ${(error as Error).message}`, 'Mend the file.');
  }
  const parsed = SourceDefinition.safeParse(json);
  if (!parsed.success) {
    throw new ConfigError(
      `${file}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`,
      'See schema/source.ts for the fields.',
    );
  }
  return parsed.data;
}
