import { type CredentialDraft, derived, type ProviderReference, stated } from '../../../schema/index.ts';
import { langStrings } from '../../../schema/parse/text.ts';
import { webUrl } from '../../../schema/parse/url.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readCountry } from '../../elements/places.ts';
import { distinctTexts } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Spot } from '../../record/spot.ts';
import { type CtdlReading, ownId } from './entries.ts';
import { ctidOf, referenceKey } from './terms.ts';

/** Who owns awards; where no owner is named, who offers is taken for it (CTDL wants one of the two). */
export function bodiesOf(reading: CtdlReading): Pick<CredentialDraft, 'awardingBody' | 'offeredBy' | 'issuerCountry'> {
  const owned = bodiesAt(reading, 'ownedBy');
  const offered = bodiesAt(reading, 'offeredBy', 'provider');
  const offeredBy = offered.references.length ? { offeredBy: stated(offered.references, offered.path) } : {};
  const { country, references } = owned.references.length ? owned : offered;
  const isOwner = references === owned.references;
  let awardingBody = reading.bodies.defaultAwardingBody();
  if (owned.references.length) awardingBody = stated(owned.references, owned.path);
  else if (offered.references.length) {
    const crosswalk = offered.path.includes('provider') ? 'credential-commons-crosswalk' : 'ctdl-offered-by';
    awardingBody = derivedBy(offered.references, offered.path, crosswalk);
  }
  let issuerCountry = defaultCountry(reading.source);
  if (country && isOwner) issuerCountry = stated({ country: country.code }, country.path);
  else if (country) issuerCountry = derived({ country: country.code }, country.path, 'ctdl-offered-by');
  return { awardingBody, issuerCountry, ...offeredBy };
}

interface Found {
  references: ProviderReference[];
  path: string;
  country?: { code: string; path: string };
}

function bodiesAt({ main, bodies, source }: CtdlReading, ...names: string[]): Found {
  const references = new Map<string, ProviderReference>();
  let country: Found['country'];
  const all = main.each(...names);
  const add = (facts: BodyFacts): ProviderReference | undefined => {
    const reference = bodies.add(facts);
    if (reference && !references.has(reference.id)) references.set(reference.id, reference);
    return reference;
  };
  const described: Spot[] = [];
  for (const one of all) {
    const node = one.node();
    if (node) described.push(node);
    else referredTo(one, source.defaults.language, add);
  }
  for (const node of described) {
    const reference = add(bodyFacts(node));
    if (!reference) node.note('unnamed-organisation');
    else {
      const code = bodies.get(reference.id)?.country;
      if (code) country ??= { code, path: addressOf(node)?.first('addressCountry', 'country').path ?? node.path };
    }
  }
  return { references: [...references.values()], path: all[0]?.path ?? '', ...(country ? { country } : {}) };
}

/** A body that nobody describes has an address or a name. */
function referredTo(one: Spot, language: string | undefined, add: (facts: BodyFacts) => unknown): void {
  const said = one.said();
  if (said === undefined) return;
  if (said.startsWith('_:')) one.note('unresolved-reference');
  else if (!/^(https?:|urn:|ce-)/i.test(said)) add({ name: langStrings(said, language) });
  else {
    const identifier = referenceKey(said);
    const identifiers = ctidOf(said) ? [{ scheme: 'ctid', value: identifier }] : [];
    add({ identifier, alternates: [said], identifiers });
  }
}

const addressOf = (body: Spot): Spot | undefined => body.nodes('address', 'location')[0];

/** The registers whose numbers CTDL gives organisations. */
const REGISTERS = ['duns', 'fein', 'ipedsID', 'opeID', 'leiCode', 'iscedCode', 'ncesID'];

export function bodyFacts(node: Spot): BodyFacts {
  const id = ownId(node);
  const page = webUrl(node.first('subjectWebpage', 'url').said());
  const ctid = node.at('ctid').said();
  const identifier = ctid ? referenceKey(ctid) : id && referenceKey(id);
  const key = identifier && ctidOf(identifier);
  const codes = REGISTERS.flatMap((scheme) => {
    const value = node.at(scheme).said();
    return value ? [{ scheme: scheme.toLowerCase(), value }] : [];
  });
  const address = addressOf(node);
  return {
    alternates: [id, page].filter((text) => text !== undefined),
    name: distinctTexts([...node.at('name').texts(), ...node.at('legalName').texts()]),
    identifiers: [...(key ? [{ scheme: 'ctid', value: key }] : []), ...codes],
    description: node.at('description').texts(),
    ...(identifier ? { identifier } : {}),
    ...(page ? { url: page } : {}),
    ...regionOf(address),
  };
}

/** Town, region and country of an address. */
export function regionOf(address: Spot | undefined): { locality?: string; region?: string; country?: string } {
  if (!address) return {};
  const locality = address.at('addressLocality').texts()[0]?.value;
  const region = address.at('addressRegion').texts()[0]?.value;
  const country = readCountry(address.first('addressCountry', 'country'));
  return { ...(locality ? { locality } : {}), ...(region ? { region } : {}), ...(country ? { country } : {}) };
}
