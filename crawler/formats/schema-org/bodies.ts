import {
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { resolveUrl } from '../../decode/linked/addresses.ts';
import { slug } from '../../decode/linked/page-identifiers.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { bareAddress } from '../../elements/links.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { postalAt } from './places.ts';
import { addressOf, type Course, isThing, RESIDUE, words } from './words.ts';

type BodyElements = Required<Pick<Elements, 'offeredBy' | 'awardingBody' | 'issuerCountry'>>;

/** Bodies at one place, each once. */
interface Found {
  refs: ProviderReference[];
  path: string;
}

/** Who offers, who awards, and from which country; each with what it rests on. */
export function bodies(r: Course): BodyElements {
  const providers = bodiesAt(r, r.main, 'provider');
  const awarding = awardingBody(r, providers);
  // Who organises a run offers it; nobody said that they award anything.
  const { refs, path } = providers.refs.length ? providers : bodiesAt(r, r.main, 'organizer');
  return { offeredBy: statedIf(refs, path), ...awarding };
}

function bodiesAt(r: Course, node: Spot, key: string): Found {
  const found: Found = { refs: [], path: '' };
  for (const spot of node.each(key)) {
    // Who "created" a page is an organisation only when it is said to be one.
    const body = key === 'creator' && !isThing(spot) ? undefined : bodyAt(r, spot);
    if (!body) continue;
    found.path ||= spot.path;
    if (!found.refs.some(({ id }) => id === body.id)) found.refs.push(body);
  }
  return found;
}

/** The nodes that describe what is awarded. */
export const credentialNodes = (r: Course): Spot[] => [
  ...(r.credential ? [r.credential] : []),
  ...(r.type === 'EducationalOccupationalCredential' ? [r.main] : []),
];

function awardingBody(r: Course, providers: Found): Pick<BodyElements, 'awardingBody' | 'issuerCountry'> {
  const own = credentialNodes(r).flatMap((node) =>
    ['creator', 'provider', 'publisher', 'sourceOrganization'].map((key) => ({ node, key })),
  );
  // schema.org has no awarding body of a course.
  const course =
    r.type === 'EducationalOccupationalCredential'
      ? []
      : ['creator', 'provider', 'sourceOrganization', 'publisher'].map((key) => ({ node: r.main, key, derived: true }));
  for (const { node, key, ...how } of [...own, ...course]) {
    const { refs, path } = node === r.main && key === 'provider' ? providers : bodiesAt(r, node, key);
    const [first] = refs;
    if (!first) continue;
    const country = r.bodies.get(first.id)?.country;
    return {
      awardingBody: 'derived' in how ? derivedBy(refs, path, 'provider-as-awarding-body') : stated(refs, path),
      issuerCountry: country
        ? derivedBy({ country }, `${path}/address/addressCountry`, 'address-of-awarding-body')
        : defaultCountry(r.source),
    };
  }
  return { awardingBody: r.bodies.defaultAwardingBody(), issuerCountry: defaultCountry(r.source) };
}

/** A body from a node or a bare name; people, empty nodes and unresolved references are none. */
function bodyAt(r: Course, spot: Spot): ProviderReference | undefined {
  const thing = isThing(spot);
  const name = words(thing ? spot.first('name', 'legalName') : spot);
  const url = thing ? addressOf(r, spot, true) : undefined;
  // The page of the course identifies the course, not the body behind it.
  const pages = [r.page.url, r.url].flatMap((page) => (page ? bareAddress(page) : []));
  const isPage = (address: string): boolean => pages.includes(bareAddress(address));
  const homepage = url && !isPage(url) ? url : undefined;
  if (url && !homepage)
    spot.at('url').note('provider-url-is-page', "give the provider's own address, not that of the course", url);
  const said = thing ? spot.at('@id').said() : undefined;
  const id = said && /^https?:/.test(said) && URL.canParse(said) ? said : undefined;
  const stable = id && (!isPage(id) || new URL(id).pathname === '/') ? id : undefined;
  if (!name.length && !homepage && !stable) {
    if (thing && !spot.at('name').said()) spot.note('unnamed-organisation', 'give the provider a name and a url');
    return undefined;
  }
  if (!name.length && stable && !homepage)
    spot.note('undescribed-reference', 'describe the provider where it is referred to', stable);
  const identifier = homepage ?? stable ?? providerIdentifierFromName(name[0]?.value ?? '');
  const same = thing ? sameBodies(r, spot, isPage) : [];
  if (stable && stable !== identifier && !same.includes(stable)) same.push(stable);
  const [address] = thing ? spot.each('address').filter(isThing) : [];
  const { country, locality, region } = address ? postalAt(address) : {};
  return r.bodies.add({
    identifier,
    alternates: same,
    name,
    identifiers: thing ? identifiersOf(spot, same) : [],
    url: homepage,
    country,
    locality,
    region,
    description: thing ? words(spot.at('description')) : [],
  });
}

/** Other addresses that name the body. People give any page of the site as `sameAs`: that names none. */
function sameBodies(r: Course, body: Spot, isPage: (address: string) => boolean): string[] {
  const same = new Set<string>();
  for (const spot of body.each('sameAs')) {
    const said = spot.said();
    const address = said && /^https?:/i.test(said) ? resolveUrl(said, r.base) : undefined;
    if (!address) continue;
    if (isPage(address)) spot.note('same-as-is-page', 'sameAs must identify the organisation, not the page', address);
    else if (identifiesBody(address)) same.add(address);
    else
      spot.note(
        'same-as-is-deep-page',
        'give a front page or an entry of a register (ROR, Wikidata, …): a deep page identifies no organisation',
        address,
      );
  }
  return [...same];
}

const REGISTERS =
  /(^|\.)(wikipedia|wikidata|ror|isni|grid|linkedin|facebook|twitter|x|instagram|youtube|crunchbase|europa|dbpedia|viaf)\.(org|com|eu|ac)$/i;

/** Only front pages and entries of known registers name a body. */
function identifiesBody(address: string): boolean {
  const url = new URL(address);
  return REGISTERS.test(url.hostname) || url.pathname.split('/').filter(Boolean).length <= 1;
}

const NUMBERS = { vatID: 'vat', leiCode: 'lei', isni: 'isni', duns: 'duns' };

function identifiersOf(body: Spot, same: readonly string[]): Provider['identifiers'] {
  const out = new Map<string, { scheme: string; value: string }>();
  const add = (scheme: string, value: string | undefined): void => {
    if (value && !RESIDUE.test(value)) out.set(`${scheme} ${value}`, { scheme, value });
  };
  const own = body.each('identifier');
  for (const text of [...same, ...own.map((spot) => spot.said() ?? '')]) {
    add('ror', /^https?:\/\/ror\.org\/(0[a-z0-9]{8})\/?$/i.exec(text)?.[1]?.toLowerCase());
    add('wikidata', /wikidata\.org\/(?:wiki|entity)\/(Q\d+)/i.exec(text)?.[1]);
  }
  for (const spot of own) {
    const scheme = isThing(spot) ? spot.at('propertyID').said() : undefined;
    if (scheme) add(slug(scheme), spot.at('value').said());
  }
  for (const [key, scheme] of Object.entries(NUMBERS)) for (const spot of body.each(key)) add(scheme, spot.said());
  return [...out.values()];
}
