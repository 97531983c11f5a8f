import { countries } from '../../schema/vocabularies/index.ts';
import { sharedEnums } from '../shared/enums.ts';
import { badUserInput } from '../shared/errors.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { decodeCursor, encodeCursor, notACursor } from '../shared/opaque-cursor.ts';
import { pageSize } from '../shared/page-size.ts';
import { ruleTypes } from '../shared/rule.ts';
import { defineSubgraph, type Resolve, type SubgraphModule } from '../shared/subgraph.ts';
import { type ProviderNode, providerType } from './provider-type.ts';

const provider: Resolve<unknown, { id: string; languages?: string[] }> = async (_, { id, languages }, context) => {
  const { loaders } = context;
  const wanted = wantedLanguages(languages, context.languages);
  const direct = id.startsWith('prv_') ? await loaders.provider.load(id) : undefined;
  if (direct) return { id: direct.record.id, stored: direct, languages: wanted } satisfies ProviderNode;
  const resolved = await loaders.providerId.load(id);
  const stored = resolved === undefined ? undefined : await loaders.provider.load(resolved);
  return stored ? ({ id: stored.record.id, stored, languages: wanted } satisfies ProviderNode) : null;
};

interface ProvidersArguments {
  first?: number;
  after?: string;
  country?: string;
  text?: string;
  languages?: string[];
}

const providers: Resolve<unknown, ProvidersArguments> = async (_, args, { catalogue, languages }) => {
  const first = pageSize(args.first, 20);
  const country = args.country ? countries.get(args.country.toUpperCase())?.code : undefined;
  if (args.country && !country) {
    throw badUserInput(`country: ${JSON.stringify(args.country.slice(0, 40))} is not a country code`, {
      argument: 'country',
      remedy: 'write an ISO 3166-1 alpha-2 code such as "EE"',
    });
  }
  const scope = JSON.stringify([country, args.text]);
  const [after, ...rest] = args.after ? decodeCursor(args.after, scope) : [];
  if (rest.length || (args.after && typeof after !== 'string')) throw notACursor();
  const wanted = wantedLanguages(args.languages, languages);
  // One more than wanted tells whether there is a next page.
  const page = await catalogue.providers.list({
    first: first + 1,
    after: after as string | undefined,
    country,
    text: args.text ?? undefined,
  });
  const edges = page.providers.slice(0, first).map((stored) => ({
    cursor: encodeCursor([stored.record.id], scope),
    node: { id: stored.record.id, stored, languages: wanted } satisfies ProviderNode,
  }));
  return {
    totalCount: page.total,
    edges,
    pageInfo: {
      hasNextPage: page.providers.length > first,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
};

/** Providers, with dated evidence of quality assurance. */
export const createProviderSubgraph = (): SubgraphModule =>
  defineSubgraph('provider', { Query: { provider, providers }, Provider: providerType, ...ruleTypes, ...sharedEnums }, [
    'types',
    'origin',
    'rule',
  ]);
