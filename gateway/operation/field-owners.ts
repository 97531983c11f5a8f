import { type ConstDirectiveNode, Kind, parse } from 'graphql';
import { directiveArgument, readGraphs } from '../composed-graphs.ts';

/** Names of the subgraphs that can answer a field; undefined for fields that the supergraph does not know. */
export type OwnersOf = (type: string, field: string) => ReadonlySet<string> | undefined;

const graphsOf = (directives: readonly ConstDirectiveNode[] | undefined, name: string): string[] =>
  directives?.filter((d) => d.name.value === name).flatMap((d) => directiveArgument(d, 'graph') ?? []) ?? [];

/** Reads who answers which field from the join directives (https://specs.apollo.dev/join/v0.5). */
export function readOwners(supergraph: string): OwnersOf {
  const names = new Map(readGraphs(supergraph).map(({ graph, name }) => [graph, name]));
  const owners = new Map<string, ReadonlySet<string>>();
  for (const type of parse(supergraph, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const ofType = graphsOf(type.directives, 'join__type');
    for (const field of type.fields ?? []) {
      const ofField = graphsOf(field.directives, 'join__field');
      const graphs = ofField.length > 0 ? ofField : ofType;
      owners.set(`${type.name.value}.${field.name.value}`, new Set(graphs.map((graph) => names.get(graph) ?? graph)));
    }
  }
  return (type, field) => owners.get(`${type}.${field}`);
}
