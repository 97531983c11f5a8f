import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import { composeServices } from '@theguild/federation-composition';
import type { SubgraphModule } from '../subgraphs/shared/subgraph.ts';
import { createSubgraphs } from '../subgraphs/subgraphs.ts';

const COMMITTED = new URL('./supergraph.graphql', import.meta.url);

/** Where a subgraph would be asked if nobody said otherwise; `.invalid` never resolves (RFC 6761). */
export const placeholderUrl = (name: string): string => `http://${name}.subgraph.invalid/graphql`;

/** A subgraph to compose: one of ours, or a foreign one with the URL at which it is served. */
export type ComposedSubgraph = Pick<SubgraphModule, 'name' | 'typeDefs'> & { url?: string };

/** Composes the subgraphs into one supergraph; throws with every reason when they do not fit together. */
export function composeSupergraph(subgraphs: readonly ComposedSubgraph[]): string {
  const result = composeServices(
    subgraphs.map(({ name, typeDefs, url }) => ({ name, typeDefs, url: url ?? placeholderUrl(name) })),
  );
  if (result.supergraphSdl) return `${result.supergraphSdl.trim()}\n`;
  throw new Error(`the subgraphs do not compose:\n${result.errors?.map((e) => `- ${e.message}`).join('\n')}`);
}

/** The committed supergraph. */
export const readSupergraph = (): string => readFileSync(COMMITTED, 'utf8');

if (import.meta.main) {
  const composed = composeSupergraph(createSubgraphs());
  if (argv.includes('--write')) {
    writeFileSync(COMMITTED, composed);
    stdout.write('wrote gateway/supergraph.graphql\n');
  } else if (readSupergraph() !== composed) {
    stderr.write('gateway/supergraph.graphql is stale: run `node gateway/compose.ts --write` and commit it\n');
    exit(1);
  }
}
