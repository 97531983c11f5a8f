import { readFileSync } from 'node:fs';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { buildASTSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { exampleQueries } from '../../examples/queries.ts';

const supergraph = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');
const schema = buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)));

describe('the saved example queries', () => {
  test.each(exampleQueries.map((q) => [q.title, q] as const))('%s', (_title, { query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('a saved query starts with an operation');
    const declared = operation.variableDefinitions?.map((v) => v.variable.name.value) ?? [];
    expect(Object.keys(variables ?? {})).toEqual(declared);
  });
});
