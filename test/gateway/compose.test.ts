import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSupergraph, readSupergraph } from '../../gateway/compose.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';

test('the committed supergraph is what the subgraphs compose to (else: node gateway/compose.ts --write)', () => {
  expect(readSupergraph() === composeSupergraph(createSubgraphs())).toBe(true);
});

test('subgraphs that do not fit together are refused with the reason', () => {
  const [search, ...others] = createSubgraphs();
  if (!search) throw new Error('no subgraph');
  const typeDefs = parse(search.sdl.replace('  UNKNOWN\n', '  PERHAPS\n'));
  expect(() => composeSupergraph([{ ...search, typeDefs }, ...others])).toThrow(/do not compose:\n- .*Answer/s);
});

test('every type, field, argument and enum value of the public schema is described', async () => {
  const { catalogue } = await createFixtureCatalogue();
  const gateway = await createGateway({ catalogue, report: () => {} });
  await gateway.close();
  const silent: string[] = [];
  for (const type of Object.values(gateway.schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['String', 'Int', 'Float', 'Boolean', 'ID', 'Query'].includes(type.name))
      continue;
    if (!type.description) silent.push(type.name);
  }
  for (const type of Object.values(gateway.schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isEnumType(type))
      for (const value of type.getValues()) if (!value.description) silent.push(`${type.name}.${value.name}`);
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) silent.push(`${type.name}.${field.name}`);
      if ('args' in field) {
        for (const argument of field.args)
          if (!argument.description) silent.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  expect(silent).toEqual([]);
});

test('the public schema hides what belongs to federation', async () => {
  const { catalogue } = await createFixtureCatalogue();
  const gateway = await createGateway({ catalogue, report: () => {} });
  await gateway.close();
  expect(Object.keys(gateway.schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(
    [
      'credential',
      'credentials',
      'operations',
      'provider',
      'providers',
      'rule',
      'rules',
      'search',
      'source',
      'sources',
      'suggest',
    ].sort(),
  );
  expect(gateway.schema.getType('_Any')).toBeUndefined();
});
