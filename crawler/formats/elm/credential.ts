import { bareRecord, isObject } from '../../../schema/index.ts';
import type { PlacedNode } from '../../decode/linked/document-record.ts';
import { type JsonNode, list } from '../../decode/linked/node.ts';
import { addressOf, typesOf } from './names.ts';

/** A European Digital Credential, or what says that it is one. */
const isCredential = (node: JsonNode): boolean =>
  typesOf(node).some((type) => type === 'EuropeanDigitalCredential' || type === 'VerifiableCredential') ||
  'credentialSubject' in node;

const CLASS = 'LearningAchievementSpecification';

/** What tools number within one credential: `urn:achs:1`. */
const NUMBERED = /^urn:[a-z]{1,20}:\d{1,4}$/i;
/** Deeper than any specification stands in a credential. */
const LEVELS = 12;

/**
 * What is to be read of a graph in which there are credentials: the specifications in them, and nothing else; undefined where there
 * are none. `wordless`: hears of credentials that name no specification.
 */
export function credentialsIn(
  nodes: readonly PlacedNode[],
  wordless: (credential: PlacedNode) => void,
): PlacedNode[] | undefined {
  const own = nodes.filter(({ node }) => isCredential(node));
  if (!own.length) return undefined;
  const byId = new Map(
    nodes.flatMap(({ node }) => (typeof node['@id'] === 'string' ? [[node['@id'], node] as const] : [])),
  );
  /** A graph in RDF has all its nodes side by side: what is referred to is put in its place. */
  const whole = (value: unknown, level: number): unknown => {
    if (Array.isArray(value)) return value.map((one) => whole(one, level));
    if (!isObject(value) || level > LEVELS) return value;
    const id = value['@id'];
    const node = (Object.keys(value).length === 1 && typeof id === 'string' ? byId.get(id) : undefined) ?? value;
    const members = Object.entries(node).filter(([name, member]) => name !== '@id' || !NUMBERED.test(String(member)));
    return Object.fromEntries(members.map(([name, member]) => [name, whole(member, level + 1)]));
  };
  return own.flatMap((one) => {
    const specifications = specificationsIn(whole(one.node, 0) as JsonNode, one.path);
    if (!specifications.length) wordless(one);
    return specifications;
  });
}

/**
 * What a credential says of the thing that was achieved, and nothing of who achieved it: the specification of each achievement
 * (`specifiedBy`) with those of its assessments and activities, who awards it, and what the credential calls itself. The subject, its
 * results and dates, the issuer's seal are not even looked at.
 */
function specificationsIn(credential: JsonNode, path: string): PlacedNode[] {
  const placed: PlacedNode[] = [];
  const claims = list(credential.credentialSubject).flatMap((subject) =>
    isObject(subject) ? list(subject.hasClaim) : [],
  );
  for (const [n, claim] of claims.entries()) {
    const specification = isObject(claim) ? list(claim.specifiedBy)[0] : undefined;
    if (!isObject(claim) || !isObject(specification)) continue;
    const types = [...typesOf(claim), ...typesOf(specification)];
    if (types.some((type) => /^Learning(?:Activity|Assessment|Entitlement)/.test(type))) continue;
    const node = bareRecord<JsonNode>({ ...specification });
    if (!addressOf(specification)) delete node['@id'];
    if (!typesOf(node).length) node['@type'] = CLASS;
    addAll(node, 'provenBy', specifiedIn(claim.provenBy));
    addAll(node, 'influencedBy', specifiedIn(claim.influencedBy));
    const bodies = list(claim.awardedBy).flatMap((process) => (isObject(process) ? list(process.awardingBody) : []));
    if (bodies.length) addAll(node, 'awardingOpportunity', [{ awardingBody: bodies }]);
    const titles = list(credential.displayParameter).flatMap((one) => (isObject(one) ? list(one.title) : []));
    if (titles.length) node.displayParameter = { title: titles };
    if (credential.credentialProfiles !== undefined) node.credentialProfiles = credential.credentialProfiles;
    placed.push({ node, path: `${path}/credentialSubject/hasClaim/${n}/specifiedBy` });
  }
  return placed;
}

/** The specifications of claims: what is expected of everybody. */
const specifiedIn = (claims: unknown): unknown[] =>
  list(claims).flatMap((claim) => (isObject(claim) ? list(claim.specifiedBy).filter(isObject) : []));

function addAll(node: JsonNode, name: string, values: readonly unknown[]): void {
  if (values.length) node[name] = [...list(node[name]), ...values];
}

/**
 * The credential that a JSON object holds: itself, the payload of its seal (JAdES: a text of JSON as it stands, or base64url), or what
 * an issuing tool is given (`{credential, deliveryDetails}`; to whom it is delivered is nobody's matter). The seal is not verified.
 */
export function unsealed(value: JsonNode): JsonNode | undefined {
  if (isObject(value.credential)) return value.credential;
  const { payload } = value;
  if (typeof payload !== 'string' || !('signatures' in value || 'signature' in value || 'protected' in value))
    return value;
  const text = /^\s*\{/.test(payload) ? payload : Buffer.from(payload, 'base64url').toString('utf8');
  const held = objectIn(text);
  return held && isObject(held.credential) ? held.credential : held;
}

/** The object that a text of JSON holds: ECIU publishes a list of such texts. */
export function objectIn(text: string): JsonNode | undefined {
  try {
    const held: unknown = JSON.parse(text);
    return isObject(held) ? held : undefined;
  } catch {
    return undefined;
  }
}
