import {
  type ArgumentNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { badUserInput, expectedError } from '../subgraphs/shared/errors.ts';
import { createCost } from './cost.ts';
import { forbiddenKey, forbiddenName } from './forbidden-names.ts';
import type { GraphRequest } from './gateway.ts';
import { checkShape, type Limits, tooLarge } from './limits.ts';
import { operationLanguages } from './operation-languages.ts';

/** An operation that may be executed. */
export interface Prepared {
  document: DocumentNode;
  operationName?: string;
  variables: Record<string, unknown>;
  languages: readonly string[];
}

type Refused = { errors: readonly GraphQLError[] };
type Checked = { document: DocumentNode; operation: OperationDefinitionNode };

const coded = (code: string, errors: readonly GraphQLError[], remedy: string): Refused => ({
  errors: errors.map(
    (e) =>
      new GraphQLError(e.message, {
        nodes: e.nodes,
        source: e.source,
        positions: e.positions,
        extensions: { code, remedy, ...e.extensions },
      }),
  ),
});
const refused = (error: GraphQLError): Refused => ({ errors: [error] });

/**
 * Everything that can be said of a request before it is executed: syntax, limits, validity, variables, cost.
 * What depends on the text alone is worked out once per text; the same document object then also finds its query plan.
 */
export function createPrepare(schema: GraphQLSchema, supergraph: string, limits: Limits) {
  const costOf = createCost(schema, supergraph);
  // Bounded by characters: a parsed document takes about a hundred times its text.
  const known = new LRUCache<string, Checked | Refused>({
    max: 1_000,
    maxSize: 500_000,
    maxEntrySize: 20_000,
    sizeCalculation: (_, text) => text.length,
  });

  const check = (query: string, operationName: string | undefined): Checked | Refused => {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.tokens });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      if (/more tha[tn] \d+ tokens/.test(error.message)) {
        return refused(tooLarge('tokens', limits.tokens, limits.tokens + 1, 'use variables, or split the operation'));
      }
      return coded('GRAPHQL_PARSE_FAILED', [error], 'mend the syntax at the place given');
    }
    const forbidden = forbiddenName(document);
    if (forbidden) return refused(forbidden);
    const operation = getOperationAST(document, operationName);
    if (!operation) return refused(noOperation(document, operationName));
    const shape = checkShape(document, operation, limits);
    if (shape.length > 0) return { errors: shape };
    const invalid = validate(schema, document, undefined, { maxErrors: 20 });
    if (invalid.length > 0) {
      return coded('GRAPHQL_VALIDATION_FAILED', invalid, 'compare with the schema: /graphql shows it');
    }
    if (operation.operation !== 'query') {
      return refused(badRequest(`${operation.operation} is not served`, 'the catalogue is read-only: send a query'));
    }
    return { document, operation };
  };

  return (request: GraphRequest): Prepared | Refused => {
    const { query, operationName, variables } = request;
    if (typeof query !== 'string' || query.trim() === '') {
      return refused(badRequest('no query', 'send {"query": "{ … }"} as application/json'));
    }
    if (operationName != null && typeof operationName !== 'string') {
      return refused(badRequest('operationName is not a string', 'name one operation of the document'));
    }
    if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) {
      return refused(badRequest('variables is not an object', 'send variables as an object by name'));
    }
    const name = operationName || undefined;
    const key = `${name ?? ''}\n${query}`;
    let checked = known.get(key);
    if (!checked) {
      checked = check(query, name);
      known.set(key, checked);
    }
    if ('errors' in checked) return checked;
    const { document, operation } = checked;
    const forbidden = forbiddenKey(variables);
    if (forbidden) return refused(forbidden);
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables }, { maxErrors: 20 });
    if (values.errors) {
      return coded('BAD_USER_INPUT', values.errors, 'send variables as the operation declares them');
    }
    const outOfBounds = checkSizes(operation, document, values.coerced);
    if (outOfBounds) return refused(outOfBounds);
    const cost = costOf(document, operation, values.coerced);
    if (cost > limits.cost) {
      return refused(
        tooLarge('cost', limits.cost, cost, 'ask for fewer hits ("first"), fewer fields, or less nesting'),
      );
    }
    try {
      const languages = operationLanguages(document, operation, values.coerced, request.languages ?? []);
      return { document, operationName: name, variables: { ...variables }, languages };
    } catch (error) {
      if (error instanceof GraphQLError) return refused(error);
      throw error;
    }
  };
}

const badRequest = (message: string, remedy: string): GraphQLError => expectedError('BAD_REQUEST', message, { remedy });

function noOperation(document: DocumentNode, operationName: string | undefined): GraphQLError {
  const names = document.definitions.flatMap((d) =>
    d.kind === 'OperationDefinition' ? (d.name?.value ?? '(unnamed)') : [],
  );
  return expectedError(
    'GRAPHQL_VALIDATION_FAILED',
    operationName
      ? `the document has no operation "${operationName}"`
      : 'the document does not say which operation to run',
    { remedy: names.length > 0 ? `set operationName to one of: ${names.join(', ')}` : 'write an operation' },
  );
}

const LARGEST = 100;

/** `first` and `ids` beyond 100 are refused here, before anything runs; the subgraphs refuse them too. */
function checkSizes(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError | undefined {
  let wrong: GraphQLError | undefined;
  const check = ({ name: { value: name }, value }: ArgumentNode): false | undefined => {
    if (name !== 'first' && name !== 'ids') return;
    const size = sizeOf(value.kind === 'Variable' ? variables[value.name.value] : value);
    if (size === undefined || (size <= LARGEST && (name === 'ids' || size >= 1))) return;
    wrong ??= badUserInput(
      name === 'ids' ? `ids: at most ${LARGEST} ids, ${size} given` : `first: ${size} is not between 1 and ${LARGEST}`,
      {
        argument: name,
        limit: name,
        allowed: LARGEST,
        asked: size,
        remedy: name === 'ids' ? `ask for ${LARGEST} at a time` : 'ask for less and page on with "after"',
      },
    );
    return false;
  };
  for (const node of document.definitions) {
    if (node === operation || node.kind === 'FragmentDefinition') visit(node, { Argument: check });
  }
  return wrong;
}

function sizeOf(given: unknown): number | undefined {
  if (typeof given === 'number') return given;
  if (Array.isArray(given)) return given.length;
  if (typeof given === 'object' && given !== null && 'kind' in given) {
    if (given.kind === 'IntValue') return Number((given as unknown as { value: string }).value);
    if (given.kind === 'ListValue') return (given as unknown as { values: unknown[] }).values.length;
  }
  return undefined;
}
