import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '../../errors.ts';

/** The private keys of a PEM file that may hold several: PKCS#8, PKCS#1 or SEC 1. `file` names it in errors. */
export function readPrivateKeys(pem: string, file: string): KeyObject[] {
  const blocks = pem.match(/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/g) ?? [];
  if (blocks.length === 0) {
    throw new ConfigError(
      `${file} holds no private key`,
      'Make one with "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072" (or ed25519 for signing).',
    );
  }
  return blocks.map((block, index) => {
    try {
      return createPrivateKey(block);
    } catch {
      // The reason given by OpenSSL may quote the key.
      throw new ConfigError(
        `${file}: private key ${index + 1} cannot be read`,
        'Use an unencrypted PEM key; protect the file by its permissions.',
      );
    }
  });
}

/** Keys for values that providers encrypt for us: RSA of at least 2048 bits. */
export function decryptionKeys(pem: string, file: string): KeyObject[] {
  const keys = readPrivateKeys(pem, file);
  for (const [index, key] of keys.entries()) {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < 2048) {
      throw new ConfigError(
        `${file}: private key ${index + 1} is no RSA key of at least 2048 bits`,
        'RSA-OAEP needs one: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072".',
      );
    }
  }
  return keys;
}
