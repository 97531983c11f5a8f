import { httpbis } from 'http-message-signatures';
import type { SigningKey } from './signing-keys.ts';

/** The specification allows an hour; a signature that is made as the request goes out needs less. */
const VALID_SECONDS = 300;

/**
 * The headers of a signed request: HTTP Message Signatures (RFC 9421) as QualityLink asks for them, covering `@authority`, with
 * created, expires, alg, keyid and the tag `qualitylink-v1`.
 */
export async function signRequest(url: URL, key: SigningKey, now = new Date()): Promise<Record<string, string>> {
  const signed = await httpbis.signMessage(
    {
      name: 'sig1',
      fields: ['@authority'],
      params: ['created', 'expires', 'alg', 'keyid', 'tag'],
      paramValues: {
        created: now,
        expires: new Date(now.getTime() + VALID_SECONDS * 1000),
        alg: key.alg,
        keyid: key.id,
        tag: 'qualitylink-v1',
      },
      key: { id: key.id, alg: key.alg, sign: key.sign },
    },
    { method: 'GET', url, headers: {} },
  );
  return Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
