import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { jwkThumbprint } from './jwk-thumbprint.ts';
import type { SigningKey } from './signing-keys.ts';

/** Where verifiers look for the keys that sign requests (IETF draft-meunier-http-message-signatures-directory). */
export const KEY_DIRECTORY_PATH = '/.well-known/http-message-signatures-directory';
export const KEY_DIRECTORY_TYPE = 'application/http-message-signatures-directory+json';

/** A public key as published: `kid` is the keyid of our signatures, `alg` the name in RFC 9421 or RFC 7518. */
export type PublishedKey = JsonWebKey & { kid: string; use: 'sig' | 'enc'; alg: string; pem: string };

/**
 * What QualityLink asks an aggregator to publish: one key for each signature algorithm with its keyid, and the key that secrets are to be
 * encrypted with. A JWK set (RFC 7517); `pem` is the same key as OpenSSL wants it.
 */
export function publishedKeys(ring: { signing: readonly SigningKey[]; decryption: readonly KeyObject[] }): {
  keys: PublishedKey[];
} {
  const signing = ring.signing.map(({ id, alg, publicJwk }) => published(publicJwk, id, 'sig', alg));
  // The first is the one to use; the others are only still understood.
  const encryption = ring.decryption.slice(0, 1).map((key) => {
    const jwk = createPublicKey(key).export({ format: 'jwk' });
    return published(jwk, jwkThumbprint(jwk), 'enc', 'RSA-OAEP');
  });
  return { keys: [...signing, ...encryption] };
}

function published(jwk: JsonWebKey, kid: string, use: 'sig' | 'enc', alg: string): PublishedKey {
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString();
  return { ...jwk, kid, use, alg, pem };
}
