import { type DirectiveNode, Kind, parse } from 'graphql';

/** Names of the subgraphs that can answer a field; undefined for fields that the supergraph does not know. */
export type OwnersOf = (type: string, field: string) => ReadonlySet<string> | undefined;

const argument = (directive: DirectiveNode, name: string): string | undefined => {
  const value = directive.arguments?.find((given) => given.name.value === name)?.value;
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : undefined;
};
const graphsOf = (directives: readonly DirectiveNode[] | undefined, name: string): string[] =>
  directives?.filter((d) => d.name.value === name).flatMap((d) => argument(d, 'graph') ?? []) ?? [];

/** Reads who answers which field from the join directives (https://specs.apollo.dev/join/v0.5). */
export function readOwners(supergraph: string): OwnersOf {
  const document = parse(supergraph, { noLocation: true });
  const names = new Map<string, string>();
  const owners = new Map<string, ReadonlySet<string>>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives } of definition.values ?? []) {
      const given = directives?.find((d) => d.name.value === 'join__graph');
      names.set(name.value, (given && argument(given, 'name')) ?? name.value);
    }
  }
  for (const type of document.definitions) {
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
