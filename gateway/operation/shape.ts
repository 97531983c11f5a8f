import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';

/** One key of an answer: every selection of it in the operation, merged. */
export interface ShapeField {
  /** Response name: the alias, else the field's name. */
  key: string;
  name: string;
  type: GraphQLOutputType;
  /** The selections that were merged; the first one gives the arguments (validation has seen to it that they are equal). */
  nodes: readonly FieldNode[];
  /** What is asked of the value, where it is an object. */
  below?: Shape;
}

/** What is asked of a value of a composite type. */
export interface Shape {
  type: GraphQLCompositeType;
  /** The keys of an answer of this concrete type, in the order of the specification (GraphQL §6.3.2, CollectFields). */
  fieldsOf(type: GraphQLObjectType): readonly ShapeField[];
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * The operation as what it asks for: fragments spread, `@skip` and `@include` decided, equal fields merged. It depends on
 * the variables only through those two directives.
 */
export function operationShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  }

  const applies = (condition: string | undefined, type: GraphQLObjectType): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, type);
  };

  const shapeOf = (type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Shape => {
    const known = new Map<string, readonly ShapeField[]>();
    return {
      type,
      fieldsOf(object) {
        const found = known.get(object.name) ?? fieldsOf(object, sets);
        known.set(object.name, found);
        return found;
      },
    };
  };

  const fieldsOf = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly ShapeField[] => {
    const byKey = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const node of set.selections) {
        if (!included(node.directives, variables)) continue;
        if (node.kind === 'Field') {
          const key = node.alias?.value ?? node.name.value;
          const nodes = byKey.get(key);
          if (nodes) nodes.push(node);
          else byKey.set(key, [node]);
        } else if (node.kind === 'InlineFragment') {
          if (applies(node.typeCondition?.name.value, type)) collect(node.selectionSet);
        } else if (!spread.has(node.name.value)) {
          spread.add(node.name.value);
          const fragment = fragments.get(node.name.value);
          if (fragment && applies(fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) collect(set);
    return [...byKey].map(([key, nodes]) => {
      const name = (nodes[0] as FieldNode).name.value;
      const field = META_FIELDS.get(name) ?? type.getFields()[name];
      if (!field) throw new Error(`${type.name} has no field ${name}: the operation was not validated`);
      const named = getNamedType(field.type);
      const below = isCompositeType(named)
        ? shapeOf(
            named,
            nodes.flatMap((node) => node.selectionSet ?? []),
          )
        : undefined;
      return { key, name, type: field.type, nodes, below };
    });
  };

  const root = schema.getQueryType();
  if (!root) throw new Error('the schema has no query type');
  return shapeOf(root, [operation.selectionSet]);
}

const META_FIELDS = new Map(
  [TypeNameMetaFieldDef, SchemaMetaFieldDef, TypeMetaFieldDef].map((field) => [field.name, field]),
);

const included = (directives: readonly DirectiveNode[] | undefined, variables: Variables): boolean =>
  !directives?.some(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return false;
    const wanted = given?.find((argument) => argument.name.value === 'if')?.value;
    const holds =
      wanted?.kind === 'Variable'
        ? variables[wanted.name.value] === true
        : wanted?.kind === 'BooleanValue' && wanted.value;
    return name.value === 'skip' ? holds : !holds;
  });

/** Names of the variables that decide which fields are asked for. */
export function decidingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  const look = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      for (const { name, arguments: given } of node.directives ?? []) {
        if (name.value !== 'skip' && name.value !== 'include') continue;
        for (const { value } of given ?? []) if (value.kind === 'Variable') names.add(value.name.value);
      }
      if (node.kind !== 'FragmentSpread' && node.selectionSet) look(node.selectionSet);
    }
  };
  for (const node of document.definitions) if ('selectionSet' in node) look(node.selectionSet);
  return [...names];
}
