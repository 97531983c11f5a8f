import { existsSync } from 'node:fs';
import { ConfigError } from '../crawler/errors.ts';
import {
  ConceptFileBroken,
  conceptFile,
  conceptsOf,
  type OpenedConcepts,
} from '../schema/vocabularies/concepts/index.ts';

/**
 * The concepts of this configuration, opened once for all that ask; undefined when there is no file of them.
 * What is given throws ConfigError, with the remedy, when the file is broken.
 */
export function openedConcepts(dataDir: string): (() => OpenedConcepts) | undefined {
  const file = conceptFile(dataDir);
  if (!existsSync(file)) return undefined;
  const open = conceptsOf(file);
  return () => {
    try {
      return open();
    } catch (error) {
      if (error instanceof ConceptFileBroken) throw new ConfigError(`${file}: ${error.message}`, error.remedy);
      throw error;
    }
  };
}
