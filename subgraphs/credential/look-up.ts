import type { StoredCredential } from '../../catalogue/catalogue.ts';
import type { Loaders } from '../shared/context.ts';

/** A record by its public id, else by an alternate. Public ids cost one call, alternates one more for the whole batch. */
export async function lookUp(loaders: Loaders, id: string): Promise<StoredCredential | undefined> {
  if (id.startsWith('crd_')) {
    const stored = await loaders.credential.load(id);
    if (stored) return stored;
  }
  const resolved = await loaders.credentialId.load(id);
  return resolved === undefined || resolved === id ? undefined : loaders.credential.load(resolved);
}
