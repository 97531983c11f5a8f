import { readdirSync, readFileSync } from 'node:fs';
import { SourceDefinition } from '../schema/index.ts';

const FOLDER = new URL('./sources/', import.meta.url);

/** The definitions of the example sources, with the example server's origin filled in for `{examples}`. */
export function exampleSources(origin: string): SourceDefinition[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8').replaceAll('{examples}', origin);
      return SourceDefinition.parse(JSON.parse(text));
    });
}
