import type { SecretClaim } from '../../../catalogue/store/stated-secrets.ts';
import type { SourceDefinition } from '../../../schema/index.ts';

/** The encrypted value of a source, if it has one, and where it leads when it is decrypted: nowhere else is it sent. */
export function secretClaim({
  auth,
  url,
  manifest,
}: Pick<SourceDefinition, 'auth' | 'url' | 'manifest'>): SecretClaim | undefined {
  const domain = manifest?.domain ?? '';
  if (auth?.type === 'httpheader' && auth.value) return { value: auth.value, domain, origins: originOf(url) };
  if (auth?.type === 'oauth2.0' && auth.clientSecret) {
    // A token is as good as the secret that bought it.
    return { value: auth.clientSecret, domain, origins: `${originOf(url)} ${originOf(auth.tokenEndpoint)}` };
  }
  return undefined;
}

const originOf = (url: string): string => URL.parse(url)?.origin ?? url;
