import {
  type CredentialDraft,
  derived,
  type LangString,
  type ProviderReference,
  stated,
  statedIf,
} from '../../../schema/index.ts';
import { type BodyFacts, defaultCountry } from '../../elements/bodies.ts';
import { readUrl } from '../../elements/links.ts';
import { readCountry } from '../../elements/places.ts';
import { distinctTexts } from '../../elements/texts.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { addressAt, saidInExtension } from './terms.ts';

/** Four digits and letters of the Dutch register (DUO, BRIN). */
const BRIN = /^\d{2}[A-Z]{2}$/;

/** Names in English and Dutch beside the one name (edubadges), each in its language. */
function namesOf(at: Spot, prefix = ''): LangString[] {
  const tagged = [
    ['en', 'english'],
    ['nl', 'dutch'],
  ].flatMap(([language, suffix]) =>
    at
      .at(`${prefix}name_${suffix}`)
      .texts()
      .map(({ value }) => ({ language: language as string, value })),
  );
  const plain = prefix ? [] : at.at('name').texts();
  return distinctTexts([...tagged, ...plain.filter(({ value }) => !tagged.some((one) => one.value === value))]);
}

/** What is said of an Issuer (OB 2.0) or Profile (OB 3.0). */
export function issuerFacts(at: Spot): BodyFacts {
  const identifier = at.first('id', '@id').said();
  const address = at.at('address');
  const code = saidInExtension(at, 'InstitutionIdentifier')[0]?.said();
  const url = readUrl(at.first('url', 'url_english', 'url_dutch'));
  return {
    identifier,
    name: namesOf(at),
    description: at.first('description', 'description_english', 'description_dutch').texts(),
    identifiers: code && BRIN.test(code) ? [{ scheme: 'brin', value: code }] : [],
    url,
    country: countryOf(at)?.code,
    locality: address.at('addressLocality').said(),
    region: address.at('addressRegion').said(),
  };
}

/** The country of an issuer: its own, that of its address, or that of the register its number is of. */
function countryOf(
  at: Spot,
): { code: string; path: string; by?: 'address-of-awarding-body' | 'brin-is-dutch' } | undefined {
  for (const said of saidInExtension(at, 'InstitutionCountry')) {
    const code = readCountry(said);
    if (code) return { code, path: said.path };
  }
  const said = at.at('address').first('addressCountryCode', 'addressCountry');
  const code = said.silent ? undefined : readCountry(said);
  if (code) return { code, path: said.path, by: 'address-of-awarding-body' };
  const brin = saidInExtension(at, 'InstitutionIdentifier').find((one) => BRIN.test(one.said() ?? ''));
  return brin && { code: 'NL', path: brin.path, by: 'brin-is-dutch' };
}

interface Found {
  body: ProviderReference;
  path: string;
}

/**
 * The issuer awards. Where it is a part of an institution (edubadges: issuer, faculty, institution), that is taken for who awards, and the
 * issuer offers; the creator of an Achievement is taken for who awards it when no issuer is named.
 */
export function bodiesOf(reading: RecordReading): Partial<CredentialDraft> {
  const { main, parts, bodies, source } = reading;
  const [at] = [...main.each('issuer'), ...main.each('creator')];
  const node = at?.node();
  const named = main.at('issuerName');
  const rows = [main, ...parts].filter((row) => namesOf(row, 'i_').length || namesOf(row, 'ins_').length);
  const add = (facts: BodyFacts, path: string): Found | undefined => {
    const body = bodies.add(facts);
    return body && { body, path };
  };
  let issuer: Found | undefined;
  if (node) issuer = add(issuerFacts(node), node.path);
  else if (!named.silent) issuer = add({ identifier: at && addressAt(at), name: named.texts() }, named.path);
  else if (at?.said() !== undefined) issuer = referredTo(at, add);
  const [row] = rows;
  if (row && !issuer)
    issuer = add(
      { identifier: row.at('i_entity_id').said(), name: namesOf(row, 'i_') },
      row.first('i_name_english', 'i_name_dutch').path,
    );
  const institution = (node && institutionOf(node, add)) ?? (row && institutionIn(row, add));
  const fallback = bodies.defaultAwardingBody();
  const country = node && countryOf(node);
  const isCreator = at !== undefined && main.at('issuer').silent;
  const apart = institution && institution.body.id !== issuer?.body.id;
  return {
    offeredBy: statedIf(apart && issuer ? [issuer.body] : undefined, issuer?.path ?? ''),
    awardingBody: apart
      ? derivedBy([institution.body], institution.path, 'edubadges-institution-awards')
      : !issuer || fallback.value
        ? fallback
        : isCreator
          ? derivedBy([issuer.body], issuer.path, 'open-badges-creator')
          : stated([issuer.body], issuer.path),
    issuerCountry: !country
      ? defaultCountry(source)
      : country.by
        ? derived({ country: country.code }, country.path, country.by)
        : stated({ country: country.code }, country.path),
  };
}

/** An issuer that nobody describes here has an address; its own document may be a record of the feed. */
function referredTo(at: Spot, add: (facts: BodyFacts, path: string) => Found | undefined): Found | undefined {
  const address = addressAt(at);
  if (!address) return add({ name: at.texts() }, at.path);
  at.note('undescribed-reference');
  return add({ identifier: address }, at.path);
}

/** On whose behalf the faculty issues, else the institution. */
function institutionOf(issuer: Spot, add: (facts: BodyFacts, path: string) => Found | undefined): Found | undefined {
  const faculty = issuer.at('faculty');
  const behalf = faculty.at('on_behalf_of_display_name');
  if (faculty.at('on_behalf_of').flag() === true && !behalf.silent)
    return add({ name: behalf.texts(), url: readUrl(faculty.at('on_behalf_of_url')) }, behalf.path);
  const node = faculty.at('institution').node() ?? issuer.at('institution').node();
  const code = saidInExtension(issuer, 'InstitutionIdentifier')[0]?.said();
  const identifiers = code && BRIN.test(code) ? [{ scheme: 'brin', value: code }] : [];
  if (node)
    return add(
      { identifier: node.first('id', '@id', 'entityId', 'entity_id').said(), name: namesOf(node), identifiers },
      node.path,
    );
  const [name] = saidInExtension(issuer, 'InstitutionName');
  return name && add({ name: name.texts(), identifiers }, name.path);
}

const institutionIn = (row: Spot, add: (facts: BodyFacts, path: string) => Found | undefined): Found | undefined =>
  add(
    { identifier: row.at('ins_entity_id').said(), name: namesOf(row, 'ins_') },
    row.first('ins_name_english', 'ins_name_dutch').path,
  );
