import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Prepared } from '../prepare.ts';
import { type Completed, complete } from './complete.ts';
import type { OwnersOf } from './field-owners.ts';
import { mergedDocument } from './merged-document.ts';
import { decidingVariables, operationShape, type Shape } from './shape.ts';

/** What an operation asks for under one decision of its directives. */
interface Asked {
  shape: Shape;
  /** For the subgraphs; none when nothing is asked of them. */
  document?: DocumentNode;
  /** For the schema itself: `__schema` and `__type`. */
  introspection?: DocumentNode;
}

/** Decisions remembered of one document: clients write few, and each costs a plan. */
const MOST_DECISIONS = 8;

/**
 * Runs a prepared operation: what it asks for is merged before it is planned, and what was gathered is completed.
 * Documents are remembered by identity, so that the same text finds the same query plan.
 */
export function createRun(
  schema: GraphQLSchema,
  ownersOf: OwnersOf,
  gather: (prepared: Prepared) => Promise<ExecutionResult> | ExecutionResult,
): (prepared: Prepared) => Promise<Completed> {
  const known = new WeakMap<DocumentNode, { deciding: string[]; asked: Map<string, Asked> }>();

  const askedBy = ({ document, operationName, variables }: Prepared): Asked => {
    const operation = getOperationAST(document, operationName);
    if (!operation) throw new Error('the document has no such operation: it was not checked');
    let entry = known.get(document);
    if (!entry) {
      entry = { deciding: decidingVariables(document), asked: new Map() };
      known.set(document, entry);
    }
    const values = entry.deciding.length > 0 ? coerced(schema, operation, variables) : {};
    const decision = JSON.stringify([operationName, entry.deciding.map((name) => values[name] === true)]);
    let asked = entry.asked.get(decision);
    if (!asked) {
      asked = ask(document, operation, values);
      const oldest = entry.asked.keys().next().value;
      if (entry.asked.size >= MOST_DECISIONS && oldest !== undefined) entry.asked.delete(oldest);
      entry.asked.set(decision, asked);
    }
    return asked;
  };

  const ask = (document: DocumentNode, operation: OperationDefinitionNode, values: Record<string, unknown>): Asked => {
    const shape = operationShape(schema, document, operation, values);
    return {
      shape,
      document: mergedDocument(schema, operation, shape),
      introspection: introspectionOf(schema, document, operation, shape),
    };
  };

  return async (prepared) => {
    const { shape, document, introspection } = askedBy(prepared);
    const gathered = document ? await gather({ ...prepared, document }) : {};
    const ofSchema =
      introspection && executeSync({ schema, document: introspection, variableValues: prepared.variables }).data;
    const { data, errors } = gathered;
    return complete(schema, ownersOf, shape, { data: { ...data, ...ofSchema }, errors });
  };
}

const coerced = (schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Record<string, unknown>) =>
  getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced ?? {};

function introspectionOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  shape: Shape,
): DocumentNode | undefined {
  const root = schema.getQueryType();
  const nodes = (root ? shape.fieldsOf(root) : [])
    .filter(({ name }) => name === '__schema' || name === '__type')
    .flatMap((field) => field.nodes);
  if (nodes.length === 0) return undefined;
  return {
    ...document,
    definitions: document.definitions.flatMap((definition) => {
      if (definition.kind !== 'OperationDefinition') return definition;
      if (definition !== operation) return [];
      return { ...operation, name: undefined, selectionSet: { ...operation.selectionSet, selections: nodes } };
    }),
  };
}
