import { type ConstDirectiveNode, Kind, parse } from 'graphql';

/** A subgraph as the supergraph names it. */
export interface ComposedGraph {
  /** Value of the enum `join__Graph`, by which the other join directives refer to it. */
  graph: string;
  name: string;
  url: string;
}

/** A text or enum value that a directive is given. */
export const directiveArgument = (directive: ConstDirectiveNode | undefined, name: string): string | undefined => {
  const value = directive?.arguments?.find((given) => given.name.value === name)?.value;
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : undefined;
};

/** The subgraphs of a supergraph (https://specs.apollo.dev/join/v0.5, `@join__graph`), in its order. */
export function readGraphs(supergraph: string): ComposedGraph[] {
  return parse(supergraph, { noLocation: true }).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') return [];
    return (definition.values ?? []).map(({ name: { value: graph }, directives }) => {
      const given = directives?.find((directive) => directive.name.value === 'join__graph');
      return {
        graph,
        name: directiveArgument(given, 'name') ?? graph,
        url: directiveArgument(given, 'url') ?? '',
      };
    });
  });
}
