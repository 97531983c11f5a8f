import { bareRecord, isObject, table } from '../../../schema/index.ts';
import { Context, OTHER } from '../../decode/linked/context.ts';
import { LIMITS } from '../../decode/linked/limits.ts';
import { append, type JsonNode, list } from '../../decode/linked/node.ts';
import type { JsonLdProfile } from '../../decode/linked/terms.ts';

/**
 * The vocabularies of ELM, all of whose names are local ones here. ELM 3.0 to 3.2 has its terms in `…/snb/model/elm/`, 3.3 in
 * `…/snb/model/ontology/`, pre-releases in `…/snb/model/`; QualityLink adds classes of its own.
 */
const BASES = [
  'data.europa.eu/snb/model/elm/',
  'data.europa.eu/snb/model/ontology/',
  'data.europa.eu/snb/model/application-profile/loq-constraints/',
  'data.europa.eu/snb/model/ap/loq-constraints/',
  'data.europa.eu/snb/model/',
  'data.quality-link.eu/ontology/v1#',
  'purl.org/dc/terms/',
  'purl.org/dc/elements/1.1/',
  'www.w3.org/2004/02/skos/core#',
  'xmlns.com/foaf/0.1/',
  'www.w3.org/ns/regorg#',
  'www.w3.org/ns/adms#',
  'www.w3.org/ns/org#',
  'www.w3.org/ns/locn#',
  'www.w3.org/1999/02/22-rdf-syntax-ns#',
];

/** Credentials are what is learnt and awarded; opportunities are runs of it. The second of each is QualityLink's. */
export const SPECIFICATIONS: ReadonlySet<string> = new Set([
  'LearningAchievementSpecification',
  'Qualification',
  'LearningOpportunitySpecification',
]);
export const OPPORTUNITIES: ReadonlySet<string> = new Set(['LearningOpportunity', 'LearningOpportunityInstance']);

/** Pictures, proofs and how a credential is shown are no part of a catalogue; schemes are named by the address of their terms. */
const LEFT_OUT = new Set(
  'logo bannerImage image depiction content inScheme individualDisplay proof sec:proof credentialStatus'.split(' '),
);

export const PROFILE: JsonLdProfile = {
  prefixes: new Set('elm dc dct dcterms skos foaf rov regorg adms org locn ql rdf loq'.split(' ')),
  bases: BASES,
  identifier: '@id',
  pages: [],
  key: (reference) => reference.trim(),
  isRecord: (type) => SPECIFICATIONS.has(type) || OPPORTUNITIES.has(type),
  isOrganisation: (type) => /^(?:Organisation|AccreditingOrganisation|HigherEducationInstitution)$/.test(type),
  toOthers: new Set(
    'hasPart isPartOf specialisationOf generalisationOf learningAchievementSpecification learningOpportunity entryRequirementLearningOpportunity'.split(
      ' ',
    ),
  ),
  leftOut: LEFT_OUT,
};

/** What the JSON-LD context of EDC calls other than the ontology does, and what ECIU's lines do. */
const RENAMED = table({
  id: '@id',
  type: '@type',
  thematicArea: 'ISCEDFCode',
  eqfLevel: 'EQFLevel',
  nqfLevel: 'NQFLevel',
  contentURL: 'contentUrl',
  eIDASIdentifier: 'eidasLegalIdentifier',
  homePage: 'homepage',
  admissionsProcedure: 'admissionProcedure',
  moreInformation: 'additionalNote',
});
/** `dc:type` is the kind of a thing; a bare `type` in JSON-LD is its class. */
const DC_TYPE = /^(?:https?:\/\/purl\.org\/dc\/(?:terms|elements\/1\.1)\/|(?:dc|dct|dcterms):)type$/;

function isDcType({ declared }: Context, written: string): boolean {
  const term = declared.aliases.get(written) ?? written;
  if (DC_TYPE.test(term)) return true;
  const [prefix = '', name] = term.split(':');
  return name === 'type' && DC_TYPE.test(`${declared.prefixes.get(prefix) ?? ''}type`);
}

export const BARE = new Context(PROFILE);

/** The name that a node has for a property, however it is written: that of the ontology, `dcType` for `dc:type`, else as it stands. */
export function nameIn(context: Context, written: string): string {
  if (isDcType(context, written)) return 'dcType';
  const name = context.name(written);
  if (name.startsWith('@')) return name;
  // `…/snb/model/elmtitle`: the slash is missing in some feeds.
  const own = name.replace(/^elm(?=[A-Za-z])/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return RENAMED.get(own) ?? own;
}

/** The local name of a class. */
export const typeIn = (context: Context, written: string): string =>
  context
    .type(written)
    .replace(OTHER, '')
    .replace(/^elm(?=[A-Z])/, '');

/**
 * A part of a JSON-LD document with the names of the ontology: contexts that stand in it are followed, none is fetched. What is never
 * kept is left out. A value's datatype says nothing that its place does not.
 */
export function tidied(value: unknown, context: Context, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (depth > LIMITS.depth) return undefined;
  if (Array.isArray(value)) return value.flatMap((one) => tidied(one, context, depth + 1) ?? []);
  const declared = '@context' in value ? context.with(value['@context']) : context;
  const node = bareRecord<JsonNode>();
  for (const [key, member] of Object.entries(value)) {
    if (key === '@context') continue;
    const name = nameIn(declared, key.trim());
    if (LEFT_OUT.has(name)) continue;
    if (name === '@type') {
      const types = list(member).flatMap((type) => (typeof type === 'string' ? [typeIn(declared, type)] : []));
      for (const type of types) append(node, '@type', type);
    } else if (name === '@id') {
      if (typeof member === 'string' && member.trim()) node['@id'] = member.trim();
    } else {
      for (const one of list(tidied(member, declared, depth + 1))) append(node, name, one);
    }
  }
  if ('@value' in node) {
    const language = node['@language'] ?? declared.declared.language;
    return typeof language === 'string' ? { '@value': node['@value'], '@language': language } : node['@value'];
  }
  return node['@list'] ?? node['@set'] ?? node;
}

export const typesOf = (node: JsonNode): string[] => list(node['@type']).filter((type) => typeof type === 'string');

/** Names within one document: blank nodes, and what the Europass tools number (`urn:epass:org:1`). */
const LOCAL = /^(?:_:|urn:epass:)/i;

/** Whether a name means the same thing everywhere. */
export const isAddress = (id: string | undefined): id is string => id !== undefined && id !== '' && !LOCAL.test(id);

/** The address of a node, if it has one. */
export function addressOf(node: unknown): string | undefined {
  const id = isObject(node) && typeof node['@id'] === 'string' ? node['@id'].trim() : undefined;
  return isAddress(id) ? id : undefined;
}
