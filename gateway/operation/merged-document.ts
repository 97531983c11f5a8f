import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Shape, ShapeField } from './shape.ts';

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const;
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: nameNode('__typename') };

/**
 * The operation as the runtime is asked: no fragment but on concrete types, no directive, every response name once in each
 * selection. The runtime merges what it is given twice by appending lists to each other, so nothing is given twice.
 * `__typename` is asked of abstract types only; where the type is known, the answer's completion fills it in.
 * Undefined when no field of the subgraphs is left to ask for.
 */
export function mergedDocument(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  shape: Shape,
): DocumentNode | undefined {
  const selectionSet = (of: Shape): SelectionSetNode => {
    const selections = isObjectType(of.type) ? fields(of.fieldsOf(of.type)) : abstractSelections(of);
    return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [TYPENAME] };
  };

  const fields = (wanted: readonly ShapeField[]): FieldNode[] =>
    wanted.filter(({ name }) => !name.startsWith('__')).map(fieldNode);

  const fieldNode = ({ key, name, nodes, below }: ShapeField): FieldNode => ({
    kind: Kind.FIELD,
    ...(key === name ? {} : { alias: nameNode(key) }),
    name: nameNode(name),
    arguments: nodes[0]?.arguments as readonly ArgumentNode[],
    ...(below ? { selectionSet: selectionSet(below) } : {}),
  });

  /** What is asked alike of every possible type stands once; the rest in a fragment for each type. */
  const abstractSelections = (of: Shape): SelectionNode[] => {
    if (isObjectType(of.type)) return [];
    const possible = schema.getPossibleTypes(of.type);
    const own = isInterfaceType(of.type) ? of.type.getFields() : {};
    const [first = [], ...others] = possible.map((type) => of.fieldsOf(type));
    const everywhere = first.filter((field) => {
      const declared = own[field.name];
      return (
        declared !== undefined &&
        getNamedType(declared.type) === getNamedType(field.type) &&
        others.every((list) => list.some((other) => sameField(field, other)))
      );
    });
    const common = new Set(everywhere.map(({ key }) => key));
    const shared = fields(everywhere);
    const perType = possible.flatMap((type): SelectionNode[] => {
      const rest = fields(of.fieldsOf(type).filter(({ key }) => !common.has(key)));
      if (rest.length === 0) return [];
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: nameNode(type.name) },
          selectionSet: { kind: Kind.SELECTION_SET, selections: rest },
        },
      ];
    });
    return [TYPENAME, ...shared, ...perType];
  };

  const root = selectionSet(shape);
  if (root.selections[0] === TYPENAME) return undefined;
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, directives: [], variableDefinitions: used(operation, root), selectionSet: root }],
  };
}

/** The same selections of the same field: whatever the type, the same is asked for. */
const sameField = (one: ShapeField, other: ShapeField): boolean =>
  one.key === other.key &&
  one.name === other.name &&
  getNamedType(one.type) === getNamedType(other.type) &&
  one.nodes.length === other.nodes.length &&
  one.nodes.every((node, i) => node === other.nodes[i]);

/** Definitions of the variables that are still used once the directives are decided. */
function used(operation: OperationDefinitionNode, set: SelectionSetNode) {
  const names = new Set<string>();
  visit(set, { Variable: ({ name }) => void names.add(name.value) });
  return operation.variableDefinitions?.filter(({ variable }) => names.has(variable.name.value));
}
