import { readFileSync } from 'node:fs';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { SubgraphContext } from './context.ts';
import { guarded } from './reader-input.ts';

// biome-ignore lint/suspicious/noExplicitAny: resolvers differ in their arguments; the schema is what types them
type Resolvers = GraphQLResolverMap<any>;

/** One subgraph: what it is called, its schema as text, and its resolvers. */
export interface SubgraphModule {
  name: string;
  /** Schema in the schema language, the shared types included; what is composed and published. */
  sdl: string;
  typeDefs: DocumentNode;
  resolvers: Resolvers;
}

/** A resolver of the parent type `P` with the arguments `A`. */
export type Resolve<P, A = unknown> = (parent: P, args: A, context: SubgraphContext) => unknown;

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Reads `<name>/schema.graphql` and the shared types that the subgraph uses. */
export function defineSubgraph(
  name: string,
  resolvers: Resolvers,
  shared: readonly ('types' | 'origin' | 'rule')[],
): SubgraphModule {
  const sdl = [read(`../${name}/schema.graphql`), ...shared.map((file) => read(`./${file}.graphql`))].join('\n');
  return { name, sdl, typeDefs: parse(sdl), resolvers: guarded(resolvers) };
}

/** The executable schema of a subgraph. */
export const subgraphSchema = (subgraph: SubgraphModule): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: subgraph.typeDefs, resolvers: subgraph.resolvers }]);
