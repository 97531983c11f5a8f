import type { StoredCredential } from '../../catalogue/catalogue.ts';

/** What resolvers of `Credential` are handed: the stored record and the languages that hold for it. */
export interface CredentialNode {
  stored: StoredCredential;
  languages: readonly string[];
}

/** Always a fresh object: @apollo/subgraph writes `__typename` onto what a reference resolver returns. */
export const credentialNode = (
  stored: StoredCredential | undefined,
  languages: readonly string[],
): CredentialNode | null => (stored ? { stored, languages } : null);
