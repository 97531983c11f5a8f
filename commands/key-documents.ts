import type { Config } from '../config.ts';
import { readKeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import {
  KEY_DIRECTORY_PATH,
  KEY_DIRECTORY_TYPE,
  publishedKeys,
} from '../crawler/fetch/authorisation/published-keys.ts';

/** What providers need to let this crawler in: the public halves of its keys. Nothing when it has none. */
export async function keyDocuments({
  keyFiles,
}: Pick<Config, 'keyFiles'>): Promise<Record<string, { type: string; body: string }>> {
  const published = publishedKeys(await readKeyRing(keyFiles));
  if (published.keys.length === 0) return {};
  return { [KEY_DIRECTORY_PATH]: { type: KEY_DIRECTORY_TYPE, body: JSON.stringify(published, undefined, 2) } };
}
