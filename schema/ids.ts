import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base 32: no i, l, o, u

function base32(bytes: Uint8Array, length: number): string {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < length) {
      bits -= 5;
      out += ALPHABET[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return out;
}

/** 100 bits of SHA-256 over the parts, unambiguous because each part is preceded by its length. */
function mint(prefix: string, ...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return `${prefix}_${base32(hash.digest(), 20)}`;
}

/**
 * The stable public id of a credential: `crd_` and 20 characters, minted from the source id and the source's own
 * identifier (trimmed, otherwise to the letter). The same pair always gives the same id; ids are never reused.
 */
export const mintCredentialId = (source: string, identifier: string): string => mint('crd', source, identifier.trim());

/** The stable public id of a provider within a source: `prv_` and 20 characters. */
export const mintProviderId = (source: string, identifier: string): string => mint('prv', source, identifier.trim());

/**
 * The id of a run across the catalogue: `opp_` and 20 characters, minted from the id of its credential and its own id
 * in there (see {@link distinctRunIds}). The same run under two credentials is two offers, with an id each.
 */
export const mintOpportunityId = (credential: string, run: string): string => mint('opp', credential, run);

/** Eight letters that stand for a text: enough to tell apart what carries the same name within one record. */
export const shortDigest = (text: string): string => base32(createHash('sha256').update(text).digest(), 8);

/** An identifier for a provider known only by name: case, accents and white space do not matter. */
export const providerIdentifierFromName = (name: string): string =>
  `name:${name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()}`;

/**
 * The canonical form under which an alternate identifier (URL, URN, CTID, …) resolves: URLs lose fragment,
 * trailing slash and the difference between http and https; URNs and CTIDs lose case.
 */
export function canonicalAlternate(alternate: string): string {
  const text = alternate.trim();
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) {
    const url = new URL(text);
    url.hash = '';
    return `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
  }
  return text.toLowerCase();
}

/**
 * The forms under which records with this alternate are filed. What stands at a fragment of a page (`#course-2`) is filed under its
 * whole address, and under its page with a bare `#`: two things of one page are two, and the page alone leads to one of them only
 * when nothing has the page to itself.
 */
export function filedAlternates(alternate: string): string[] {
  const page = canonicalAlternate(alternate);
  const fragment = fragmentOf(alternate);
  return fragment ? [`${page}${fragment}`, `${page}#`] : [page];
}

/** The forms under which an alternate is looked up, the most exact first (see {@link filedAlternates}). */
export function askedAlternates(alternate: string): string[] {
  const page = canonicalAlternate(alternate);
  const fragment = fragmentOf(alternate);
  return fragment ? [`${page}${fragment}`, page] : [page, `${page}#`];
}

const fragmentOf = (alternate: string): string =>
  /^https?:/i.test(alternate.trim()) ? (URL.parse(alternate.trim())?.hash ?? '') : '';
