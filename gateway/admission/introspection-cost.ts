import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getIntrospectionQuery,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The query that tools send costs this much, however large the schema is: five of them fit into one operation. */
const STANDARD = 10_000;

/** The cost of `__schema` and `__type`: values answered, lists as long as the schema's are on average. */
export function createIntrospectionCost(schema: GraphQLSchema) {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const args = fields.reduce((sum, field) => sum + field.args.length, 0);
  const average = (sum: number, of: number): number => Math.max(1, sum / Math.max(of, 1));
  const lengths = new Map([
    ['types', types.length],
    ['fields', average(fields.length, types.length)],
    ['args', average(args, fields.length)],
    ['directives', schema.getDirectives().length],
  ]);

  const values = (set: SelectionSetNode | undefined, fragments: Fragments): number => {
    let sum = 0;
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        sum += (lengths.get(node.name.value) ?? 1) * (1 + values(node.selectionSet, fragments));
      } else {
        const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
        sum += values(fragment?.selectionSet, fragments);
      }
    }
    return sum;
  };

  let standard = 0;
  const { definitions } = parse(getIntrospectionQuery(), { noLocation: true });
  const standardFragments: Fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  for (const node of definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) standard += values(node.selectionSet, standardFragments);
  }
  return (node: FieldNode, fragments: Fragments): number =>
    Math.ceil(((1 + values(node.selectionSet, fragments)) * STANDARD) / standard);
}
