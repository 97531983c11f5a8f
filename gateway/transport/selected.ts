import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  type SelectionSetNode,
} from 'graphql';

/** A fetch of a query plan: its operation with what is needed to read it. */
export interface Fetch {
  root: SelectionSetNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}

export function readFetch(document: DocumentNode, operationName?: string, variables?: Record<string, unknown>): Fetch {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('a fetch of a query plan without an operation');
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  return { root: operation.selectionSet, fragments, variables: variables ?? {} };
}

/** A response key with the fields that stand under it. `certain`: a GraphQL server cannot leave it out. */
export interface Selected {
  fields: FieldNode[];
  certain: boolean;
}

/**
 * What selections ask of an object, by response key (CollectFields of the specification, without a schema: a fragment
 * on another type than `typename` may still apply, through an interface, so its keys are possible but not certain;
 * without `@skip` and `@include`, which are decided before an operation is planned).
 */
export function selectedOf(
  sets: readonly SelectionSetNode[],
  fetch: Fetch,
  typename: unknown,
  into = new Map<string, Selected>(),
  certain = true,
): Map<string, Selected> {
  for (const node of sets.flatMap((set) => set.selections)) {
    if (node.kind === 'Field') {
      const key = node.alias?.value ?? node.name.value;
      const known = into.get(key);
      if (known) {
        known.fields.push(node);
        known.certain ||= certain;
      } else into.set(key, { fields: [node], certain });
      continue;
    }
    const fragment = node.kind === 'InlineFragment' ? node : fetch.fragments.get(node.name.value);
    if (!fragment) continue;
    const condition = fragment.typeCondition?.name.value;
    selectedOf([fragment.selectionSet], fetch, typename, into, certain && (!condition || condition === typename));
  }
  return into;
}

/** How many entities an `_entities` field was asked for; undefined for any other field. */
export function representationsOf({ fields: [field] }: Selected, { variables }: Fetch): unknown[] | undefined {
  if (field?.name.value !== '_entities') return undefined;
  const value = field.arguments?.find((argument) => argument.name.value === 'representations')?.value;
  const given = value?.kind === 'Variable' ? variables[value.name.value] : undefined;
  return Array.isArray(given) ? given : undefined;
}
