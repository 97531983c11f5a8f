import type { KeyObject } from 'node:crypto';
import type { Store } from '../../catalogue/store/store.ts';
import type { Problem } from '../../schema/index.ts';
import { ConfigError, formatError } from '../errors.ts';
import { decryptSecret } from '../fetch/authorisation/decrypt-secret.ts';
import { findManifest, type Search, type SearchDeps, type Step } from './find-manifest.ts';
import { type Manifest, problem } from './manifest.ts';
import { ownerOf, searchDomains } from './search-domains.ts';
import { compare, gone, readEntries, type SourceReport } from './take-in.ts';

/** What was asked for one institution, what was found, and what that means for its sources. */
export interface DiscoveryReport {
  /** The line as given. */
  asked: string;
  domains: string[];
  steps: Step[];
  /** The manifest that was taken. */
  manifest?: { domain: string; url: string; meta: Manifest['meta'] };
  sources: Omit<SourceReport, 'definition'>[];
  problems: Problem[];
  /** The line could not be asked for at all. */
  error?: string;
  dryRun?: true;
}

export interface Discovery {
  /** Looks for the manifest of one institution and brings its sources up to date; with `dryRun` only tells. Never throws for what a provider did. */
  discover(line: string, options?: { dryRun?: boolean }): Promise<DiscoveryReport>;
}

/** `decryptionKeys`: to tell a provider at once that a secret was encrypted with another key. */
export function createDiscovery(
  deps: SearchDeps & {
    store: Pick<Store, 'manifests' | 'putSource' | 'secrets'>;
    decryptionKeys?: readonly KeyObject[];
  },
): Discovery {
  const { manifests, putSource, secrets } = deps.store;

  /** The sources that the search has news of, apart from those of the manifest that was found. */
  async function missed(search: Search): Promise<{ reports: SourceReport[]; owners: Map<string, string | undefined> }> {
    const foundOwner = search.found && ownerOf(search.found.domain);
    const owners = new Map<string, string | undefined>();
    for (const domain of search.absent) owners.set(ownerOf(domain), owners.get(ownerOf(domain)));
    for (const [domain, reason] of search.unclear) owners.set(ownerOf(domain), reason);
    if (foundOwner) owners.delete(foundOwner);
    const reports: SourceReport[] = [];
    for (const { definition, vanished } of await manifests.sourcesOf([...owners.keys()])) {
      const unclear = owners.get(definition.manifest?.domain ?? '');
      if (vanished !== null) continue;
      reports.push(
        unclear
          ? gone(definition, 'kept', `the manifest cannot be read just now (${unclear})`)
          : gone(definition, 'vanished', `there is no manifest on ${definition.manifest?.domain} any more`),
      );
    }
    return { reports, owners };
  }

  async function named({ found }: Search, dryRun: boolean): Promise<SourceReport[]> {
    if (!found) return [];
    const owner = ownerOf(found.domain);
    const entries = readEntries(found, deps.allowLoopback ?? false);
    const claims = entries.flatMap(({ claim }) => claim ?? []);
    const holders = await (dryRun ? secrets.holders(claims) : secrets.bind(claims));
    const holderOf = new Map(claims.map((claim, i) => [claim, holders[i]]));
    if (!dryRun) {
      await secrets.copied(
        claims.filter((claim) => holderOf.get(claim)?.domain !== owner),
        owner,
      );
      await secrets.copied(
        claims.filter((claim) => holderOf.get(claim)?.domain === owner && holderOf.get(claim)?.copiedBy),
        null,
      );
    }
    const reports = compare(found, entries, await manifests.sourcesOf([owner]), holderOf);
    for (const report of reports) report.problems.push(...unreadableSecrets(report, deps.decryptionKeys ?? []));
    return reports;
  }

  async function apply(
    line: string,
    search: Search,
    reports: readonly SourceReport[],
    owners: Map<string, string | undefined>,
  ) {
    for (const { change, id, reason, definition } of reports) {
      if (definition) await putSource(definition);
      if (id && change === 'vanished') await manifests.setVanished(id, reason ?? '');
      if (id && change === 'back') await manifests.setVanished(id, null);
    }
    for (const [owner, unclear] of owners) {
      await manifests.missed(owner, unclear ? 'unclear' : 'gone', unclear ?? 'no manifest there');
    }
    const { found } = search;
    if (found) await manifests.found({ domain: ownerOf(found.domain), asked: line, url: found.url });
  }

  return {
    async discover(line, { dryRun = false } = {}) {
      const asked = line.trim();
      const report: DiscoveryReport = { asked, domains: [], steps: [], sources: [], problems: [] };
      if (dryRun) report.dryRun = true;
      try {
        report.domains = searchDomains(asked);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return { ...report, error: formatError(error) };
      }
      const search = await findManifest(deps, report.domains);
      const { reports: others, owners } = await missed(search);
      const reports = [...(await named(search, dryRun)), ...others];
      if (!dryRun) await apply(asked, search, reports, owners);
      const { found, steps } = search;
      return {
        ...report,
        steps,
        ...(found && { manifest: { domain: found.domain, url: found.url, meta: found.manifest.meta } }),
        sources: reports.map(({ definition: _, ...told }) => told),
        problems: found?.manifest.problems ?? [],
      };
    },
  };
}

/** A secret that our key does not open is told at once, not only when the source is harvested. */
function unreadableSecrets({ definition }: SourceReport, keys: readonly KeyObject[]): Problem[] {
  const auth = definition?.auth;
  if (!auth || keys.length === 0) return [];
  const held =
    auth.type === 'httpheader'
      ? { field: 'auth.value', secret: auth.value }
      : auth.type === 'oauth2.0'
        ? { field: 'auth.client_secret', secret: auth.clientSecret }
        : undefined;
  if (!held?.secret) return [];
  try {
    decryptSecret(held.secret, keys, held.field);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [problem(held.field, 'manifest-secret-unreadable', '(not shown)', error.remedy, 'warning')];
  }
}
