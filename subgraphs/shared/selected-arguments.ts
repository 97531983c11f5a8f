import type { GraphQLObjectType, SelectionSetNode } from 'graphql';
import { type FieldNode, type GraphQLResolveInfo, getArgumentValues, getNamedType, isObjectType } from 'graphql';

/**
 * The arguments of every field at `path` below the field being resolved, defaults filled in: what will be asked of the
 * answer, before it is made.
 */
export function selectedArguments(info: GraphQLResolveInfo, path: readonly string[]): Record<string, unknown>[] {
  let type = getNamedType(info.returnType);
  let nodes: readonly FieldNode[] = info.fieldNodes;
  let found: Record<string, unknown>[] = [];
  for (const name of path) {
    if (!isObjectType(type)) return [];
    const field = (type as GraphQLObjectType).getFields()[name];
    if (!field) return [];
    nodes = nodes.flatMap((node) => fieldsOf(node.selectionSet, name, info));
    found = nodes.map((node) => getArgumentValues(field, node, info.variableValues));
    type = getNamedType(field.type);
  }
  return found;
}

function fieldsOf(set: SelectionSetNode | undefined, name: string, info: GraphQLResolveInfo): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === 'Field') return node.name.value === name ? [node] : [];
    return fieldsOf(
      node.kind === 'InlineFragment' ? node.selectionSet : info.fragments[node.name.value]?.selectionSet,
      name,
      info,
    );
  });
}
