import { createHash, type JsonWebKey } from 'node:crypto';
import { table } from '../../../schema/index.ts';

/** The members that make up a key, per type, in the order of RFC 7638 §3.2 (RFC 8037 §2 for OKP). */
const MEMBERS = table<(keyof JsonWebKey)[]>({
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
});

/** The JWK thumbprint (RFC 7638, SHA-256, base64url): a key id that anybody can work out from the public key. */
export function jwkThumbprint(jwk: JsonWebKey): string {
  const members = MEMBERS.get(jwk.kty ?? '');
  if (!members) throw new Error(`no thumbprint for a key of type ${jwk.kty}`);
  const canonical = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(canonical).digest('base64url');
}
