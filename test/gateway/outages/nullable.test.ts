import type { FieldDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { createSubgraphs } from '../../../subgraphs/subgraphs.ts';

// A part may be away, so nothing that another part answers may hang on it: roots are nullable, and of an entity only
// the key is promised, since whoever refers to it knows that and nothing else.
test.each(createSubgraphs().map((subgraph) => [subgraph.name, subgraph] as const))(
  '%s promises nothing across its boundary',
  (_, { typeDefs }) => {
    const promised = typeDefs.definitions.flatMap((type) => {
      if (type.kind !== 'ObjectTypeDefinition') return [];
      const key = type.directives?.find(({ name }) => name.value === 'key')?.arguments?.[0]?.value;
      if (!key && type.name.value !== 'Query') return [];
      const keys = key?.kind === 'StringValue' ? key.value.split(' ') : [];
      return (type.fields ?? [])
        .filter((field: FieldDefinitionNode) => field.type.kind === 'NonNullType' && !keys.includes(field.name.value))
        .map((field) => `${type.name.value}.${field.name.value}`);
    });
    expect(promised).toEqual([]);
  },
);
