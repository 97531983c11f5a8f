import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLError,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { expectedError } from '../subgraphs/shared/errors.ts';

/** What one request may ask, whoever asks. Checked before anything is executed. */
export interface Limits {
  /** Levels of nesting; introspection counts apart. */
  depth: number;
  introspectionDepth: number;
  /** Fields at the root of the operation, fragments spread. */
  rootFields: number;
  /** Fields in one selection, fragments spread. */
  breadth: number;
  /** Aliased fields in the whole document. */
  aliases: number;
  /** Directives in the whole document. */
  directives: number;
  /** Fields in the whole operation, every fragment spread where it is used. */
  fields: number;
  /** Lexical tokens of the document. */
  tokens: number;
  /** Characters of the document. */
  documentLength: number;
  /** Values of one list, in variables and in the document. */
  listValues: number;
  /** Characters of one text, in variables and in the document. */
  textLength: number;
  /** Characters of one id. */
  idLength: number;
  /** Lists and objects within each other in one value. */
  valueDepth: number;
  /** Values of all variables together. */
  values: number;
  /** Estimated number of values answered, and weights of dear fields; see cost.ts. */
  cost: number;
  /** Bytes of a request body. */
  bodyBytes: number;
  /** Milliseconds until a request is given up. */
  timeout: number;
}

export const DEFAULT_LIMITS: Limits = {
  depth: 12,
  introspectionDepth: 15,
  rootFields: 10,
  breadth: 100,
  aliases: 30,
  directives: 50,
  fields: 1_500,
  tokens: 3_000,
  documentLength: 100_000,
  listValues: 100,
  textLength: 2_000,
  idLength: 500,
  valueDepth: 10,
  values: 1_000,
  cost: 50_000,
  bodyBytes: 131_072,
  timeout: 10_000,
};

/** The error of a request over a limit: which limit, how much is allowed, how much was asked, what to do. */
export const tooLarge = (limit: string, allowed: number, asked: number, remedy: string): GraphQLError =>
  expectedError('OPERATION_TOO_LARGE', `${limit}: at most ${allowed}, this operation has ${asked}`, {
    limit,
    allowed,
    asked,
    remedy,
  });

interface Shape {
  depth: number;
  fields: number;
  width: number;
}

/**
 * Checks the shape of an operation. Fragments are measured once each and remembered, so that a document that
 * spreads fragments within fragments cannot make the check itself dear; a fragment inside itself is left to validation.
 */
export function checkShape(document: DocumentNode, operation: OperationDefinitionNode, limits: Limits): GraphQLError[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  const measured = new Map<string, Shape | 'open'>();
  let widest = 0;
  let aliases = 0;
  let directives = 0;

  const measure = (set: SelectionSetNode): Shape => {
    const total: Shape = { depth: 0, fields: 0, width: 0 };
    for (const node of set.selections) {
      directives += node.directives?.length ?? 0;
      if (node.kind === 'Field') {
        const below = node.selectionSet && measure(node.selectionSet);
        total.width += 1;
        total.fields += 1 + (below?.fields ?? 0);
        if (node.alias) aliases += 1;
        total.depth = Math.max(total.depth, 1 + (below?.depth ?? 0));
      } else {
        const inside = node.kind === 'InlineFragment' ? measure(node.selectionSet) : measureFragment(node.name.value);
        total.width += inside.width;
        total.fields += inside.fields;
        total.depth = Math.max(total.depth, inside.depth);
      }
    }
    widest = Math.max(widest, total.width);
    return total;
  };
  const measureFragment = (name: string): Shape => {
    const known = measured.get(name);
    const fragment = fragments.get(name);
    if (known === 'open' || !fragment) return { depth: 0, fields: 0, width: 0 };
    if (known) return known;
    measured.set(name, 'open');
    const shape = measure(fragment.selectionSet);
    measured.set(name, shape);
    return shape;
  };

  const introspects = operation.selectionSet.selections.every(
    (node) => node.kind === 'Field' && node.name.value.startsWith('__'),
  );
  const shape = measure(operation.selectionSet);
  const depth = introspects ? limits.introspectionDepth : limits.depth;
  const checks: [string, number, number, string][] = [
    ['depth', depth, shape.depth, 'ask for less nesting, or follow ids in a second request'],
    ['root fields', limits.rootFields, shape.width, 'split the operation'],
    ['fields of one selection', limits.breadth, widest, 'split the operation'],
    ['aliases', limits.aliases, aliases, 'use credentials(ids:) instead of aliased copies'],
    ['directives', limits.directives, directives, 'leave directives out'],
    ['fields', limits.fields, shape.fields, 'ask for fewer fields, or split the operation'],
  ];
  return checks
    .filter(([, allowed, asked]) => asked > allowed)
    .map(([limit, allowed, asked, remedy]) => tooLarge(limit, allowed, asked, remedy));
}
