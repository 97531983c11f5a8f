import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** Whether a field of this name is selected anywhere below the field being resolved. */
export const selects = (info: GraphQLResolveInfo, name: string): boolean =>
  info.fieldNodes.some((node) => within(node.selectionSet, name, info));

function within(selection: SelectionSetNode | undefined, name: string, info: GraphQLResolveInfo): boolean {
  if (!selection) return false;
  return selection.selections.some((node) => {
    if (node.kind === 'FragmentSpread') return within(info.fragments[node.name.value]?.selectionSet, name, info);
    if (node.kind === 'Field' && node.name.value === name) return true;
    return within(node.selectionSet, name, info);
  });
}
