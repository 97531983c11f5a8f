import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { createIntrospectionCost } from './admission/introspection-cost.ts';

/** What the supergraph says of a field: `@cost(weight)` and `@listSize` (Apollo's cost specification v0.1). */
interface FieldCost {
  weight: number;
  assumedSize?: number;
  slicingArgument?: string;
  sizedFields?: string[];
  /** Defaults of arguments, for the slicing argument. */
  defaultSize?: number;
}

/** Works out what an operation may answer at most, before it is executed. */
export type CostOf = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
) => number;

/** A list that says nothing of its size is taken to be this long. */
const UNKNOWN_LIST = 10;

/**
 * The cost of an operation: one for each value answered, lists multiplied by the size asked for (`first`, the number
 * of `ids`) or assumed (`@listSize`), and the weights of dear fields (`@cost`).
 */
export function createCost(schema: GraphQLSchema, supergraph: string): CostOf {
  const costs = readCosts(supergraph);
  const introspectionCost = createIntrospectionCost(schema);

  return (document, operation, variables) => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of document.definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);

    const ofSelection = (
      set: SelectionSetNode,
      type: GraphQLCompositeType,
      sized: ReadonlyMap<string, number>,
    ): number => {
      let sum = 0;
      // A value has one concrete type: of fragments on different ones only the dearest can apply.
      const exclusive = new Map<string, number>();
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) {
          sum += ofField(node, type, sized);
          continue;
        }
        const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
        if (!fragment) continue;
        const on = narrowed(fragment.typeCondition?.name.value, type);
        const cost = ofSelection(fragment.selectionSet, on, sized);
        if (isObjectType(on) && on !== type) exclusive.set(on.name, (exclusive.get(on.name) ?? 0) + cost);
        else sum += cost;
      }
      return sum + Math.max(0, ...exclusive.values());
    };

    const narrowed = (name: string | undefined, type: GraphQLCompositeType): GraphQLCompositeType => {
      const found = name ? schema.getType(name) : undefined;
      return found && isCompositeType(found) ? found : type;
    };

    const ofField = (node: FieldNode, parent: GraphQLCompositeType, sized: ReadonlyMap<string, number>): number => {
      const name = node.name.value;
      if (name === '__schema' || name === '__type') return introspectionCost(node, fragments);
      if (name.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return 1;
      const field = parent.getFields()[name];
      if (!field) return 1;
      const cost = costs.get(`${parent.name}.${name}`);
      const asked = askedSize(node, cost, variables);
      const isList = field.type.toString().includes('[');
      let times = 1;
      let below: ReadonlyMap<string, number> = NONE;
      if (cost?.sizedFields && asked !== undefined)
        below = new Map([
          ...cost.sizedFields.map((f): [string, number] => [f, asked]),
          ...facetsAsked(node, variables),
        ]);
      else if (isList) times = sized.get(name) ?? asked ?? cost?.assumedSize ?? UNKNOWN_LIST;
      const type = getNamedType(field.type);
      const inside = node.selectionSet && isCompositeType(type) ? ofSelection(node.selectionSet, type, below) : 0;
      return (cost?.weight ?? 0) + times * ((name === 'facets' ? FACET : 1) + inside);
    };

    const root = schema.getRootType(operation.operation);
    return root ? ofSelection(operation.selectionSet, root, NONE) : 0;
  };
}

/** Each facet is a count of its own over all hits. */
const FACET = 300;

const NONE: ReadonlyMap<string, number> = new Map();

function askedSize(node: FieldNode, cost: FieldCost | undefined, variables: Readonly<Record<string, unknown>>) {
  for (const argument of node.arguments ?? []) {
    const name = argument.name.value;
    if (name === 'ids') {
      const ids = literal(argument.value, variables);
      return Array.isArray(ids) ? ids.length : 1;
    }
    if (cost?.slicingArgument === name) {
      const size = literal(argument.value, variables);
      if (typeof size === 'number') return Math.max(size, 1);
    }
  }
  return cost?.defaultSize;
}

/** A search names its facets; where it does not, the schema's assumption holds. */
function facetsAsked(node: FieldNode, variables: Readonly<Record<string, unknown>>): [string, number][] {
  const given = node.arguments?.find((argument) => argument.name.value === 'facets');
  const named = given && literal(given.value, variables);
  return Array.isArray(named) ? [['facets', Math.min(named.length, 12)]] : [];
}

function literal(value: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values;
  return undefined;
}

function readCosts(supergraph: string): Map<string, FieldCost> {
  const costs = new Map<string, FieldCost>();
  for (const type of parse(supergraph, { noLocation: true }).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const cost: FieldCost = { weight: 0 };
      for (const { name, arguments: given } of field.directives ?? []) {
        const values = Object.fromEntries((given ?? []).map((a) => [a.name.value, a.value]));
        if (name.value === 'cost' && values.weight?.kind === Kind.INT) cost.weight = Number(values.weight.value);
        if (name.value !== 'listSize') continue;
        if (values.assumedSize?.kind === Kind.INT) cost.assumedSize = Number(values.assumedSize.value);
        cost.slicingArgument = texts(values.slicingArguments)[0];
        if (values.sizedFields) cost.sizedFields = texts(values.sizedFields);
        const sliced = field.arguments?.find((a) => a.name.value === cost.slicingArgument)?.defaultValue;
        if (sliced?.kind === Kind.INT) cost.defaultSize = Number(sliced.value);
      }
      costs.set(`${type.name.value}.${field.name.value}`, cost);
    }
  }
  return costs;
}

const text = (value: ValueNode | undefined): string | undefined =>
  value?.kind === Kind.STRING ? value.value : undefined;
const texts = (value: ValueNode | undefined): string[] =>
  value?.kind === Kind.LIST ? value.values.flatMap((v) => text(v) ?? []) : [];
