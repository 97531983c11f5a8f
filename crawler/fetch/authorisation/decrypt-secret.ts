import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { ConfigError } from '../../errors.ts';

/**
 * A value that a provider encrypted with our public key (QualityLink Data Exchange, "HTTP Request Header"; RSA-OAEP, RFC 8017).
 * The example of the specification uses OpenSSL's default, SHA-1 (hence its limit of 214 bytes); SHA-256 is understood too.
 * Old keys stay in the ring, so that values need not all be encrypted anew on one day. `place` names the value in errors, which never
 * quote it.
 */
export function decryptSecret(encrypted: string, keys: readonly KeyObject[], place: string): string {
  if (keys.length === 0) {
    throw new ConfigError(`${place} is encrypted and there is no key for it`, 'Set QUALITYLINK_KEY_FILE.');
  }
  const bytes = Buffer.from(encrypted.replace(/\s+/g, ''), 'base64');
  for (const key of keys) {
    for (const oaepHash of ['sha1', 'sha256']) {
      try {
        const clear = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
        // `echo` without -n adds a line end, which no header can carry.
        return clear.toString('utf8').replace(/[\r\n]+$/, '');
      } catch {
        // Not for this key or not with this hash.
      }
    }
  }
  throw new ConfigError(
    `${place} cannot be decrypted with our key`,
    'Ask the provider to encrypt it anew with our current public key ("openssl pkeyutl -encrypt -pkeyopt rsa_padding_mode:oaep").',
  );
}
