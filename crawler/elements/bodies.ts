import {
  type CredentialDraft,
  derived,
  type LangString,
  mintProviderId,
  notStated,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  type SourceDefinition,
} from '../../schema/index.ts';

/** What a format knows of a body; what it leaves out is not stated. */
export interface BodyFacts extends Partial<Omit<Provider, 'id' | 'source' | 'identifier' | 'name' | 'description'>> {
  /** The source's own identifier; without one the name is taken for it. */
  identifier?: string;
  name?: readonly LangString[];
  description?: readonly LangString[];
}

const ids = new Map<string, string>();

/** Bodies come again and again in the records of a source: their ids are worked out once. */
function idOf(source: string, identifier: string): string {
  const key = `${source} ${identifier}`;
  let id = ids.get(key);
  if (!id) {
    if (ids.size > 5_000) ids.clear();
    id = mintProviderId(source, identifier);
    ids.set(key, id);
  }
  return id;
}

/** A provider of a source; undefined for a body without identifier and name. */
export function bodyOf(source: SourceDefinition, facts: BodyFacts): Provider | undefined {
  const { name, identifier: own, url, country, locality, region, description } = facts;
  const identifier = own ?? (name?.[0] && providerIdentifierFromName(name[0].value));
  if (!identifier) return undefined;
  const alternates = new Set(facts.alternates);
  alternates.delete(identifier);
  return {
    id: idOf(source.id, identifier),
    source: source.id,
    identifier,
    alternates: [...alternates],
    ...(name?.length ? { name: [...name] } : {}),
    identifiers: facts.identifiers ?? [],
    ...(url ? { url } : {}),
    ...(country ? { country } : {}),
    ...(locality ? { locality } : {}),
    ...(region ? { region } : {}),
    ...(description?.length ? { description: [...description] } : {}),
    evidence: facts.evidence ?? [],
  };
}

/** How a credential refers to a body. */
export const referenceTo = ({ id, name, url }: Provider): ProviderReference => ({
  id,
  ...(name ? { name } : {}),
  ...(url ? { url } : {}),
});

/** Whether a body goes by that name, but for an article. */
export const isNamed = ({ name }: Pick<Provider, 'name'>, other: string): boolean =>
  name?.some(({ value }) => nameKey(value) === nameKey(other)) === true;

const nameKey = (name: string): string => providerIdentifierFromName(name.replace(/^the\s+/i, ''));

/** The bodies of one record, each once; the first description of a body stays. */
export function createBodies(source: SourceDefinition) {
  const providers = new Map<string, Provider>();
  const add = (facts: BodyFacts): ProviderReference | undefined => {
    const body = bodyOf(source, facts);
    if (!body) return undefined;
    if (!providers.has(body.id)) providers.set(body.id, body);
    return referenceTo(body);
  };
  return {
    add,
    get: (id: string): Provider | undefined => providers.get(id),
    all: (): Provider[] => [...providers.values()],
    /** The body that the source's definition names as the one that awards everything, marked derived. */
    defaultAwardingBody(): NonNullable<CredentialDraft['awardingBody']> {
      const { awardingBody: name, awardingBodyUrl: url, language = 'und' } = source.defaults;
      const body = name ? add({ name: [{ language, value: name }], url }) : undefined;
      return body ? derived([body], '', 'source-default') : notStated();
    },
  };
}
export type Bodies = ReturnType<typeof createBodies>;

/** The country that the source's definition gives to everything, marked derived. */
export function defaultCountry({ defaults }: SourceDefinition): NonNullable<CredentialDraft['issuerCountry']> {
  return defaults.country ? derived({ country: defaults.country }, '', 'source-default') : notStated();
}
