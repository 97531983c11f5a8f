import { constants, createPublicKey, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { ConfigError } from '../../errors.ts';
import { jwkThumbprint } from './jwk-thumbprint.ts';
import { readPrivateKeys } from './private-keys.ts';

const signAsync = promisify(sign);

/** One algorithm we can sign with (RFC 9421 §3.3), asymmetric ones only. */
export interface SigningKey {
  /** JWK thumbprint of the public key. */
  id: string;
  alg: 'ed25519' | 'rsa-pss-sha512' | 'ecdsa-p256-sha256' | 'ecdsa-p384-sha384';
  sign(data: Buffer): Promise<Buffer>;
  publicJwk: JsonWebKey;
}

/** The keys of a PEM file as signing keys; the first is preferred, one an algorithm. */
export function signingKeys(pem: string, file: string): SigningKey[] {
  const keys = readPrivateKeys(pem, file).map((key, index) => signingKey(key, `${file}: private key ${index + 1}`));
  const twice = keys.find((key, index) => keys.findIndex((other) => other.alg === key.alg) !== index);
  if (twice) {
    throw new ConfigError(`${file} holds two keys for ${twice.alg}`, 'Keep one key for each algorithm.');
  }
  return keys;
}

function signingKey(key: KeyObject, place: string): SigningKey {
  const publicKey = createPublicKey(key);
  const make = (alg: SigningKey['alg'], digest: string | null, options: object = {}): SigningKey => {
    const publicJwk = jwkOf(publicKey);
    return {
      id: jwkThumbprint(publicJwk),
      alg,
      sign: (data) => signAsync(digest, data, { key, ...options }),
      publicJwk,
    };
  };
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === 'ed25519') return make('ed25519', null);
  if (key.asymmetricKeyType === 'ec' && curve === 'prime256v1')
    return make('ecdsa-p256-sha256', 'sha256', { dsaEncoding: 'ieee-p1363' });
  if (key.asymmetricKeyType === 'ec' && curve === 'secp384r1')
    return make('ecdsa-p384-sha384', 'sha384', { dsaEncoding: 'ieee-p1363' });
  if (key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss')
    return make('rsa-pss-sha512', 'sha512', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 });
  throw new ConfigError(`${place} is of no kind that signs requests`, 'Use Ed25519, RSA, P-256 or P-384.');
}

/** Node exports no JWK of an RSASSA-PSS key, which differs from a plain RSA key only in its label. */
function jwkOf(key: KeyObject): JsonWebKey {
  if (key.asymmetricKeyType !== 'rsa-pss') return key.export({ format: 'jwk' });
  const der = key.export({ format: 'der', type: 'spki' });
  return createPublicKey({ key: plainRsa(der), format: 'der', type: 'spki' }).export({ format: 'jwk' });
}

/** The same key under rsaEncryption (1.2.840.113549.1.1.1): SubjectPublicKeyInfo with its algorithm replaced. */
function plainRsa(spki: Buffer): Buffer {
  const start = derContent(spki, 0);
  const algorithm = derContent(spki, start.from);
  const bits = spki.subarray(algorithm.to, start.to);
  const body = Buffer.concat([Buffer.from('300d06092a864886f70d0101010500', 'hex'), bits]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Buffer.from([0x30, 0x82]), length, body]);
}

function derContent(der: Buffer, at: number): { from: number; to: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { from: at + 2, to: at + 2 + first };
  const bytes = first & 0x7f;
  const from = at + 2 + bytes;
  return { from, to: from + der.readUIntBE(at + 2, bytes) };
}
