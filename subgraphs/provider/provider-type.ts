import type { StoredProvider } from '../../catalogue/catalogue.ts';
import { countries, qualityAssuranceKinds } from '../../schema/vocabularies/index.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { fullOrigin } from '../shared/origin.ts';
import type { Resolve } from '../shared/subgraph.ts';
import { chosen, concept, everyLanguage } from '../shared/text.ts';

/** What resolvers of `Provider` are handed. `stored` is absent when the catalogue holds no more than the id. */
export interface ProviderNode {
  id: string;
  stored?: StoredProvider;
  languages: readonly string[];
}

type Field<A = unknown> = Resolve<ProviderNode, A>;
type Languages = { languages?: string[] };

const evidence: Field<Languages> = ({ stored, languages }, args) => {
  const wanted = wantedLanguages(args.languages, languages);
  return (stored?.record.evidence ?? []).map((entry) => ({
    ...entry,
    kind: concept(qualityAssuranceKinds, entry.kind, wanted),
    origin: fullOrigin(entry.origin, stored?.record.source ?? '', stored?.retrievedAt ?? ''),
  }));
};

const country: Field<Languages> = ({ stored, languages }, args) =>
  stored?.record.country ? concept(countries, stored.record.country, wantedLanguages(args.languages, languages)) : null;

/** Resolvers of the type `Provider`. A reference to an unknown provider keeps its id: the credential stays readable. */
export const providerType = {
  __resolveReference: async ({ id }: { id: string }, { loaders, languages }: Parameters<Field>[2]) =>
    ({ id, stored: await loaders.provider.load(id), languages }) satisfies ProviderNode,
  name: ((node, args) =>
    chosen(node.stored?.record.name, wantedLanguages(args.languages, node.languages))) as Field<Languages>,
  names: (({ stored }) => everyLanguage(stored?.record.name ?? [])) as Field,
  identifier: (({ stored }) => stored?.record.identifier) as Field,
  alternates: (({ stored }) => stored?.record.alternates ?? []) as Field,
  identifiers: (({ stored }) => stored?.record.identifiers ?? []) as Field,
  url: (({ stored }) => stored?.record.url) as Field,
  country,
  locality: (({ stored }) => stored?.record.locality) as Field,
  region: (({ stored }) => stored?.record.region) as Field,
  description: ((node, args) =>
    chosen(node.stored?.record.description, wantedLanguages(args.languages, node.languages))) as Field<Languages>,
  evidence,
  credentialCount: (({ id }, _, { loaders }) => loaders.credentialCount.load(id)) as Field,
  status: (({ stored }) => stored?.status) as Field,
  retrievedAt: (({ stored }) => stored?.retrievedAt) as Field,
  changedAt: (({ stored }) => stored?.changedAt) as Field,
  source: (({ stored }) => (stored ? { id: stored.record.source } : null)) as Field,
};
