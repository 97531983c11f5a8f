import {
  type CredentialDraft,
  derived,
  type Element,
  mintProviderId,
  notStated,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  stated,
  statedIf,
} from '../../schema/index.ts';
import { isFiller } from '../../schema/parse/text.ts';
import { slug } from './course-identifiers.ts';
import { nodeUrl } from './course-nodes.ts';
import { place } from './course-place.ts';
import {
  at,
  bare,
  courseUrl,
  each,
  optional,
  problem,
  RESIDUE,
  type Reading,
  rawText,
  texts,
} from './course-reading.ts';
import { resolveUrl } from './html-data.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

/** Who offers, who awards, and from which country; each with what it rests on. */
export function readBodies(r: Reading, credential: LinkedNode | undefined): Partial<CredentialDraft> {
  const offered: ProviderReference[] = [];
  let offeredPath = '';
  for (const [value, path] of each(r.node, 'provider')) {
    const body = provider(r, value, path);
    if (!body) continue;
    offeredPath ||= path;
    if (!offered.some((other) => other.id === body.id)) offered.push(body);
  }
  const [awarding, country] = awardingBody(r, credential, offered, offeredPath);
  // Who organises a run offers it; nobody said that they award anything.
  for (const [value, path] of offered.length ? [] : each(r.node, 'organizer')) {
    const body = provider(r, value, path);
    if (!body) continue;
    offeredPath ||= path;
    offered.push(body);
  }
  return { offeredBy: statedIf(offered, offeredPath), awardingBody: awarding, issuerCountry: country };
}

type Country = NonNullable<CredentialDraft['issuerCountry']>;

function awardingBody(
  r: Reading,
  credential: LinkedNode | undefined,
  offered: ProviderReference[],
  offeredPath: string,
): [Element<ProviderReference[]>, Country] {
  const where = list(r.node['educationalCredentialAwarded']).indexOf(credential);
  const base = at('/node/educationalCredentialAwarded', r.node['educationalCredentialAwarded'], where);
  const own = r.raw.type === 'EducationalOccupationalCredential';
  const places: [LinkedNode, string, string, string | undefined][] = [];
  for (const [node, path] of [
    ...(credential ? [[credential, base] as const] : []),
    ...(own ? [[r.node, '/node'] as const] : []),
  ]) {
    for (const key of ['creator', 'provider', 'publisher', 'sourceOrganization'])
      places.push([node, path, key, undefined]);
    places.push([node, path, 'recognizedBy', 'recognised-by']);
  }
  if (!own) {
    places.push([r.node, '/node', 'creator', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'provider', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'sourceOrganization', 'provider-as-awarding-body']);
    places.push([r.node, '/node', 'publisher', 'provider-as-awarding-body']);
  }
  for (const [node, path, key, rule] of places) {
    const refs: ProviderReference[] = [];
    let first = '';
    for (const [value, place] of each(node, key, path)) {
      // Who "created" a page is an organisation only when it is said to be one.
      if (key === 'creator' && !isNode(value)) continue;
      const body = node === r.node && key === 'provider' && offeredPath ? undefined : provider(r, value, place);
      if (body) refs.push(body);
      if (body) first ||= place;
    }
    if (node === r.node && key === 'provider' && offered.length) {
      refs.push(...offered);
      first = offeredPath;
    }
    if (!refs.length) continue;
    const element = rule ? derived(refs, first, rule) : stated(refs, first);
    const code = r.providers.find((p) => p.id === refs[0]?.id)?.country;
    return [
      element,
      code
        ? derived({ country: code }, `${first}/address/addressCountry`, 'address-of-awarding-body')
        : defaultCountry(r),
    ];
  }
  const { awardingBody: name, awardingBodyUrl: url } = r.source.defaults;
  if (name) {
    const body = provider(r, { name, ...(url ? { url } : {}) }, '');
    if (body) return [derived([body], '', 'source-default'), defaultCountry(r)];
  }
  return [notStated(), defaultCountry(r)];
}

const defaultCountry = (r: Reading): Country =>
  r.source.defaults.country ? derived({ country: r.source.defaults.country }, '', 'source-default') : notStated();

/** A body from a node or a bare name; people, empty nodes and unresolved references are none. */
export function provider(r: Reading, value: unknown, path: string): ProviderReference | undefined {
  const node: LinkedNode = isNode(value) ? value : { name: value };
  const names = texts(r, node['name'] ?? node['legalName'], `${path}/name`);
  const url = nodeUrl({ url: node['url'] }, r.raw.base);
  const page = r.raw.page.url;
  const course = courseUrl(r);
  // The page of the course identifies the course, not the body behind it.
  const isPage = (address: string | undefined) =>
    address !== undefined && [page, course].some((own) => own && bare(own) === bare(address));
  const id = typeof node['@id'] === 'string' && /^https?:/.test(node['@id']) ? node['@id'] : undefined;
  const homepage = url && !isPage(url) ? url : undefined;
  if (url && !homepage) {
    problem(
      r,
      `${path}/url`,
      'provider-url-is-page',
      url,
      "give the provider's own address, not that of the course",
      'error',
    );
  }
  const stable = id && (!isPage(id) || new URL(id).pathname === '/') ? id : undefined;
  if (!names.length && !homepage && !stable) {
    if (Object.keys(node).some((key) => key !== '@type') && rawText(node['name'])) return undefined;
    if (isNode(value)) problem(r, path, 'provider-unknown', value, 'give the provider a name and a url', 'warning');
    return undefined;
  }
  if (!names.length && stable && !homepage) {
    problem(r, path, 'reference-unresolved', stable, 'describe the provider where it is referred to', 'warning');
  }
  const identifier = homepage ?? stable ?? providerIdentifierFromName(names[0]?.value ?? '');
  const ref: ProviderReference = {
    id: mintProviderId(r.source.id, identifier),
    ...(names.length ? { name: names } : {}),
    ...(homepage ? { url: homepage } : {}),
  };
  if (r.providers.some((known) => known.id === ref.id)) return ref;
  const others = new Set<string>();
  for (const [same, place] of each(node, 'sameAs', path)) {
    const address = typeof same === 'string' ? same : isNode(same) ? same['@id'] : undefined;
    const resolved = address && /^https?:/i.test(address.trim()) ? resolveUrl(address, r.raw.base) : undefined;
    if (!resolved) continue;
    if (isPage(resolved))
      problem(r, place, 'same-as-is-page', resolved, 'sameAs must identify the organisation, not the page', 'error');
    else if (identifiesBody(resolved)) others.add(resolved);
    else {
      const remedy =
        'give a front page or an entry of a register (ROR, Wikidata, …): a deep page identifies no organisation';
      problem(r, place, 'same-as-is-deep-page', resolved, remedy, 'warning');
    }
  }
  if (stable && stable !== identifier) others.add(stable);
  const address = place(r, node['address'], `${path}/address`);
  r.providers.push({
    id: ref.id,
    source: r.source.id,
    identifier,
    alternates: [...others],
    ...(names.length ? { name: names } : {}),
    identifiers: organisationIdentifiers(node, [...others]),
    ...(homepage ? { url: homepage } : {}),
    ...(address.country ? { country: address.country } : {}),
    ...(address.locality ? { locality: address.locality } : {}),
    ...(address.region ? { region: address.region } : {}),
    ...optional('description', texts(r, node['description'], `${path}/description`)),
    evidence: [],
  });
  return ref;
}

const REGISTERS =
  /(^|\.)(wikipedia|wikidata|ror|isni|grid|linkedin|facebook|twitter|x|instagram|youtube|crunchbase|europa|dbpedia|viaf)\.(org|com|eu|ac)$/i;

/** People give any page of the site as `sameAs`; only front pages and entries of known registers name a body. */
function identifiesBody(address: string): boolean {
  const url = new URL(address);
  return REGISTERS.test(url.hostname) || url.pathname.split('/').filter(Boolean).length <= 1;
}

function organisationIdentifiers(node: LinkedNode, same: string[]): Provider['identifiers'] {
  const out = new Map<string, { scheme: string; value: string }>();
  const add = (scheme: string, value: unknown) => {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text && !isFiller(text) && !RESIDUE.test(text)) out.set(`${scheme} ${text}`, { scheme, value: text });
  };
  for (const url of [...same, ...list(node['identifier'])]) {
    const ror = typeof url === 'string' ? /^https?:\/\/ror\.org\/(0[a-z0-9]{8})\/?$/i.exec(url)?.[1] : undefined;
    if (ror) add('ror', ror.toLowerCase());
    const wikidata = typeof url === 'string' ? /wikidata\.org\/(?:wiki|entity)\/(Q\d+)/i.exec(url)?.[1] : undefined;
    if (wikidata) add('wikidata', wikidata);
  }
  for (const item of list(node['identifier'])) {
    if (isNode(item) && typeof item['propertyID'] === 'string') add(slug(item['propertyID']), item['value']);
  }
  for (const [key, scheme] of [
    ['vatID', 'vat'],
    ['leiCode', 'lei'],
    ['isni', 'isni'],
    ['duns', 'duns'],
  ] as const) {
    for (const value of list(node[key])) add(scheme, value);
  }
  return [...out.values()];
}
