import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Concepts, openConcepts } from './concepts.ts';
import { createLinker, type Linker } from './linker.ts';

export { buildConcepts } from './build-concepts.ts';
export { ConceptFileBroken } from './concept-file.ts';
export {
  CONCEPT_KINDS,
  type ConceptKind,
  type ConceptLabel,
  type ConceptSource,
  type ConceptVocabulary,
} from './concept-source.ts';
export type { Concepts } from './concepts.ts';
export type { LinkedConcept, Linker } from './linker.ts';
export { conceptSources } from './sources-of.ts';
export { type WeighedConcept, weigh } from './weigh.ts';

/** The file that ships with Credatlas. */
export const SHIPPED_CONCEPTS = fileURLToPath(new URL('concepts.zst', import.meta.url));

/** The concepts of an operator's own, made by `credatlas vocabulary import`, in the data folder; else those that ship. */
export function conceptFile(dataDir: string): string {
  const own = join(dataDir, 'concepts.zst');
  return existsSync(own) ? own : SHIPPED_CONCEPTS;
}

/** The concepts of a file, and the linker over them. */
export interface OpenedConcepts {
  concepts: Concepts;
  linker: Linker;
}

/** Opens a file once, when it is first asked for. @throws ConceptFileBroken */
export function conceptsOf(path: string): () => OpenedConcepts {
  let opened: OpenedConcepts | undefined;
  return () => {
    if (!opened) {
      const concepts = openConcepts(readFileSync(path));
      opened = { concepts, linker: createLinker(concepts) };
    }
    return opened;
  };
}
