import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SourceFile } from '../catalogue/source-switch.ts';
import { SourceDefinition } from '../schema/index.ts';
import { ConfigError, formatError } from './errors.ts';

const DIRECTORY = new URL('./sources/', import.meta.url);

/** The definitions of `readSourceFolder`. */
export const readSourceFiles = async (
  tell?: (message: string) => void,
  directory = DIRECTORY,
): Promise<SourceDefinition[]> => (await readSourceFolder(tell, directory)).map(({ definition }) => definition);

/**
 * The sources that come with Credatlas: `sources/<country>/<name>.json`, in the order of their ids. With `tell` a file that
 * is not usable is told and left out: it is no reason to leave the others alone.
 * @throws ConfigError when two files state one id
 */
export async function readSourceFolder(tell?: (message: string) => void, directory = DIRECTORY): Promise<SourceFile[]> {
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.json')).sort();
  const sources = new Map<string, { source: SourceDefinition; file: string }>();
  for (const file of files) {
    try {
      const source = parseSource(await readFile(new URL(file, directory), 'utf8'), file);
      const other = sources.get(source.id);
      if (other) throw new TwoFiles(source.id, [other.file, file]);
      sources.set(source.id, { source, file });
    } catch (error) {
      if (!tell || error instanceof TwoFiles) throw error;
      tell(`a source is left out: ${formatError(error)}`);
    }
  }
  return [...sources.values()]
    .map(({ source, file }) => ({ definition: source, country: file.split(/[/\\]/).at(-2)?.toUpperCase() ?? '' }))
    .sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
}

/** Which of the two is meant nobody can tell, so neither is taken. */
class TwoFiles extends ConfigError {
  constructor(id: string, files: readonly string[]) {
    super(`two files state the source "${id}": ${files.join(' and ')}`, 'Delete one of them, or give it another id.');
  }
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
