/** A JSON object of a CTDL document. */
export type JsonNode = Record<string, unknown>;

export const isNode = (value: unknown): value is JsonNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** Vocabularies whose terms a CTDL document uses; within one node their local names do not clash. */
const PREFIXES = new Set('ceterms ceasn ctdl cc schema sdo haridus dcterms dct dc skos qdata owl'.split(' '));
const BASES = [
  'purl.org/ctdl/terms/',
  'purl.org/ctdlasn/terms/',
  'credreg.net/ctdl/terms/',
  'credreg.net/ctdlasn/terms/',
  'credentialcommons.org/ns/0.1/',
  'schema.edu.ee/0.1/',
  'schema.org/',
  'purl.org/dc/terms/',
  'purl.org/dc/elements/1.1/',
  'www.w3.org/2004/02/skos/core#',
  'www.w3.org/2002/07/owl#',
];

/**
 * Local names of the keys and types of one document: `ceterms:name`, `https://purl.org/ctdl/terms/name`,
 * `http://credreg.net/ctdl/terms/name` and a bare `name` under a context are all `name`. Prefixes and aliases that an
 * inline `@context` defines are followed; remote contexts are never fetched.
 */
export function createTerms(context: unknown): (key: string) => string {
  const prefixes = new Set(PREFIXES);
  const aliases = new Map<string, string>();
  for (const part of asList(context)) {
    if (!isNode(part)) continue;
    for (const [term, meaning] of Object.entries(part)) {
      const iri = isNode(meaning) ? meaning['@id'] : meaning;
      if (typeof iri !== 'string' || term.startsWith('@')) continue;
      if (BASES.some((base) => withoutScheme(iri) === base)) prefixes.add(term);
      else if (iri.includes(':')) aliases.set(term, iri);
    }
  }
  const local = (key: string, depth: number): string => {
    if (/^https?:\/\//i.test(key)) {
      const bare = withoutScheme(key);
      const base = BASES.find((b) => bare.startsWith(b));
      return base ? bare.slice(base.length) : key;
    }
    const colon = key.indexOf(':');
    if (colon > 0) return prefixes.has(key.slice(0, colon)) ? key.slice(colon + 1) : key;
    const alias = depth > 0 ? aliases.get(key) : undefined;
    if (alias === '@type' || alias === '@id') return alias;
    const meant = alias ? local(alias, depth - 1) : key;
    // A term that means something outside these vocabularies is not to be mistaken for one of ours.
    return /^https?:/.test(meant) ? key : meant;
  };
  return (key) => local(key, 3);
}

const withoutScheme = (iri: string): string => iri.replace(/^https?:\/\//i, '');

/** The `@type`s of a node as local names. */
export const typesOf = (node: JsonNode, term: (key: string) => string): string[] =>
  asList(node['@type'] ?? node.type)
    .filter((type) => typeof type === 'string')
    .map(term);

const CTID = /(?:^|[/:])(ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A CTID in lower case when the reference is one, whatever its host and route (`/graph/`, `/resources/`, `urn:ctid:`). */
export const ctidOf = (reference: string): string | undefined => CTID.exec(reference.trim())?.[1]?.toLowerCase();

/** The form under which references meet: the CTID, else the identifier itself. */
export const referenceKey = (reference: string): string => ctidOf(reference) ?? reference.trim();

/** The keys a node answers to: its `@id` and its CTID. */
export function keysOf(node: JsonNode, term: (key: string) => string): string[] {
  const id = node['@id'] ?? node.id;
  const ctid = Object.entries(node).find(([key]) => term(key) === 'ctid')?.[1];
  const text = isNode(asList(ctid)[0]) ? (asList(ctid)[0] as JsonNode)['@value'] : asList(ctid)[0];
  return [text, id]
    .filter((key) => typeof key === 'string' && key.trim() !== '')
    .map((key) => referenceKey(key as string));
}

/** Credentials by the kind of the vocabulary credential-kind; `undefined`: a credential of no such kind. */
export function credentialKind(type: string): { kind?: string } | undefined {
  const known = KINDS[type];
  if (known !== undefined) return known ? { kind: known } : {};
  if (/Degree$|Doctorate$/.test(type)) return { kind: 'degree' };
  if (/Certificate$/.test(type)) return { kind: 'certificate' };
  if (/Diploma$/.test(type)) return { kind: 'diploma' };
  return undefined;
}

const KINDS: Record<string, string> = {
  MicroCredential: 'micro-credential',
  Badge: 'badge',
  DigitalBadge: 'badge',
  OpenBadge: 'badge',
  Certificate: 'certificate',
  CertificateOfCompletion: 'certificate-of-completion',
  CertificateOfParticipation: '',
  Certification: 'certificate',
  License: 'licence',
  Licence: 'licence',
  Credential: '',
  ApprenticeshipCertificate: 'qualification',
  JourneymanCertificate: 'qualification',
  MasterCertificate: 'qualification',
  GeneralEducationDevelopment: 'diploma',
  Course: 'course',
  LearningProgram: 'programme',
  Program: 'programme',
  Curriculum: 'programme',
  LearningOpportunityProfile: '',
  LearningOpportunity: '',
};

export const isOrganisation = (type: string): boolean => /Organization$/.test(type);
