import { makeExecutableSchema } from '@graphql-tools/schema';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { defaultFieldResolver, type GraphQLSchema, getNamedType, isObjectType, parse } from 'graphql';
import { readSupergraph } from '../../gateway/compose.ts';
import type { SubgraphContext } from '../../subgraphs/shared/context.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';

type Stub = { id: string; stored?: unknown };
type Reference = (stub: Stub, context: SubgraphContext) => unknown;

/**
 * The public schema with the subgraphs' own resolvers and without federation, for graphql-js as it is: what the gateway is
 * compared with. Where a subgraph hands on no more than an id, the owner's reference resolver is asked on the spot.
 */
export function plainSchema(): GraphQLSchema {
  const resolvers: Record<string, Record<string, unknown>> = {};
  const references = new Map<string, Reference>();
  for (const subgraph of createSubgraphs()) {
    for (const [type, fields] of Object.entries(subgraph.resolvers)) {
      const { __resolveReference, ...rest } = fields as Record<string, unknown>;
      if (__resolveReference) references.set(type, __resolveReference as Reference);
      resolvers[type] = { ...resolvers[type], ...rest };
    }
  }
  const schema = makeExecutableSchema({
    typeDefs: transformSupergraphToPublicSchema(parse(readSupergraph(), { noLocation: true })),
    resolvers: resolvers as never,
    resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
  });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const reference = references.get(getNamedType(field.type).name);
      if (!reference) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (...given) => {
        const context = given[2] as SubgraphContext;
        const whole = (held: unknown): unknown => {
          if (held instanceof Promise) return held.then(whole);
          if (Array.isArray(held)) return Promise.all(held.map(whole));
          return held && !(held as Stub).stored ? reference(held as Stub, context) : held;
        };
        return whole(resolve(...given));
      };
    }
  }
  return schema;
}
