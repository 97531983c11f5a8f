import type { Config } from '../../config.ts';
import { type Check, checkAll } from './check.ts';
import { checkAddress } from './check-address.ts';
import { checkDirectory } from './check-directory.ts';
import { checkClientKeys, checkKeyFiles } from './check-files.ts';
import { checkSearch } from './check-search.ts';

/** What a command has to do with: only that is looked at, so that a dead mail server keeps nobody from reading. */
export type Part = 'store' | 'search' | 'queue' | 'subgraphs' | 'address' | 'notices' | 'keys' | 'clients';

/**
 * Looks at everything that the variables of these parts point to, all at once, before anything is opened. Throws an error for
 * each that cannot be used.
 */
export async function checkEnvironment(config: Config, parts: readonly Part[], patienceMs: number): Promise<void> {
  const wanted = new Set(parts);
  const checks = await Promise.all([...wanted].map((part) => CHECKS[part](config, patienceMs)));
  await checkAll(checks.flat());
}

/** What looks at what is loaded only where it is needed: commands start fast. */
const CHECKS: Record<Part, (config: Config, patienceMs: number) => Promise<Check[]> | Check[]> = {
  address: (config) => [checkAddress(config)],
  async store({ databaseUrl, dataDir }, patienceMs) {
    if (!databaseUrl) return [checkDirectory(dataDir)];
    const { checkDatabase } = await import('./check-database.ts');
    return [checkDatabase(databaseUrl, patienceMs)];
  },
  search: ({ meiliUrl, meiliApiKey }, patienceMs) => (meiliUrl ? [checkSearch(meiliUrl, meiliApiKey, patienceMs)] : []),
  async queue({ redisUrl }, patienceMs) {
    if (!redisUrl) return [];
    const { checkQueue } = await import('./check-queue.ts');
    return [checkQueue(redisUrl, patienceMs)];
  },
  async subgraphs({ subgraphUrls }, patienceMs) {
    if (!Object.keys(subgraphUrls).length) return [];
    const { readSupergraph } = await import('../../gateway/compose.ts');
    const { readGraphs } = await import('../../gateway/composed-graphs.ts');
    const { subgraphsElsewhere } = await import('./subgraph-urls.ts');
    const { checkSubgraph } = await import('./check-subgraph.ts');
    const elsewhere = subgraphsElsewhere(
      subgraphUrls,
      readGraphs(readSupergraph()).map(({ name }) => name),
    );
    return elsewhere.map((subgraph) => checkSubgraph(subgraph, patienceMs));
  },
  keys: checkKeyFiles,
  clients: checkClientKeys,
  async notices({ webhook, mail }, patienceMs) {
    if (!webhook && !mail) return [];
    const { checkMail, checkWebhook } = await import('./check-notices.ts');
    return [
      ...(webhook ? [checkWebhook(webhook.url, patienceMs)] : []),
      ...(mail ? [checkMail(mail.smtpUrl, patienceMs)] : []),
    ];
  },
};
