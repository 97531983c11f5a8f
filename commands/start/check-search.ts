import { askHttp } from './ask-http.ts';
import { type Check, unusable } from './check.ts';
import { NotYet, patiently } from './patiently.ts';

const VARIABLE = 'MEILI_URL';
const OLDEST = [1, 50] as const;

/** A Meilisearch that can be the search engine. */
export const checkSearch = (url: string, apiKey: string | undefined, patienceMs: number): Check => ({
  variable: VARIABLE,
  look: () =>
    patiently(patienceMs, (limitMs) => attempt(url, apiKey, limitMs)).catch((error) => {
      throw error instanceof NotYet
        ? unusable(VARIABLE, error.message, 'Start Meilisearch, or correct the address.')
        : error;
    }),
});

async function attempt(url: string, apiKey: string | undefined, limitMs: number): Promise<void> {
  const base = new URL(url);
  const tried = `Meilisearch at ${base.host}${base.pathname.replace(/\/+$/, '')} was asked`;
  const fail = (words: string, remedy: string) => unusable(VARIABLE, `${tried}: ${words}`, remedy);
  if (base.username || base.password) {
    throw fail('the URL carries a user name or password', 'Put the key into MEILI_API_KEY.');
  }
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
  const headers: Record<string, string> = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
  const ask = (path: string) => askHttp(`${root}${path}`, { headers }, limitMs, tried, fail);

  const { status, type, json } = await ask('/health');
  if (status === 503 || status === 502) throw new NotYet(`${tried}: it is not ready (status ${status})`);
  if ((json as { status?: unknown } | undefined)?.status !== 'available') {
    throw fail(
      `what answers there is no Meilisearch (status ${status}${type ? `, ${type}` : ''})`,
      'Name the address of a Meilisearch.',
    );
  }
  const answer = await ask('/version');
  if (answer.status === 401 || answer.status === 403) {
    const what = apiKey ? 'it refuses the key of MEILI_API_KEY, or the key may not do all' : 'it wants a key';
    throw fail(what, 'Set MEILI_API_KEY to its master key or a key with all rights.');
  }
  const { pkgVersion = '' } = (answer.json ?? {}) as { pkgVersion?: unknown };
  const [major = 0, minor = 0] = `${pkgVersion}`.split('.').map(Number);
  if (!(major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))) {
    throw fail(`it is version ${pkgVersion || 'unknown'}`, `Upgrade it to ${OLDEST.join('.')} or newer.`);
  }
  // A key may be good for the version and for nothing else.
  const indexes = await ask('/indexes?limit=1');
  if (indexes.status !== 200) {
    throw fail(`its indexes cannot be seen (status ${indexes.status})`, 'Give MEILI_API_KEY a key with all rights.');
  }
}
