import { RelationType } from '../../schema/index.ts';
import { enumValues } from '../shared/enum-values.ts';
import { sharedEnums } from '../shared/enums.ts';
import { badUserInput } from '../shared/errors.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { LARGEST_PAGE } from '../shared/page-size.ts';
import { ruleTypes } from '../shared/rule.ts';
import { defineSubgraph, type Resolve, type SubgraphModule } from '../shared/subgraph.ts';
import { credentialType } from './credential-type.ts';
import { lookUp } from './look-up.ts';
import { credentialNode } from './node.ts';

const credential: Resolve<unknown, { id: string; languages?: string[] }> = async (_, { id, languages }, context) =>
  credentialNode(await lookUp(context.loaders, id), wantedLanguages(languages, context.languages));

const credentials: Resolve<unknown, { ids: string[]; languages?: string[] }> = (_, { ids, languages }, context) => {
  if (ids.length > LARGEST_PAGE) {
    throw badUserInput(`ids: at most ${LARGEST_PAGE} ids, ${ids.length} given`, {
      argument: 'ids',
      remedy: `ask for ${LARGEST_PAGE} at a time`,
    });
  }
  const wanted = wantedLanguages(languages, context.languages);
  return ids.map(async (id) => credentialNode(await lookUp(context.loaders, id), wanted));
};

/** Credentials by id, with every element, its state and its origin. */
export const createCredentialSubgraph = (): SubgraphModule =>
  defineSubgraph(
    'credential',
    {
      Query: { credential, credentials },
      Credential: credentialType,
      Element: { __resolveType: (element: { __typename: string }) => element.__typename },
      RelationType: enumValues(RelationType.options),
      OpportunityStatus: enumValues(['scheduled', 'cancelled', 'full', 'closed']),
      Stackability: enumValues(['stand-alone', 'stackable']),
      ...ruleTypes,
      ...sharedEnums,
    },
    ['types', 'origin', 'rule'],
  );
