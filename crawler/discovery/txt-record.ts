import { Resolver } from 'node:dns/promises';

/** TXT records of a name, each as the chunks it came in. Throws errors with the codes of node:dns. */
export type TxtLookup = (domain: string) => Promise<string[][]>;

/** As the servers of this machine answer, with short patience. */
export function createTxtLookup(): TxtLookup {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  return (domain) => resolver.resolveTxt(domain);
}

/** The server said that there is none; every other failure says nothing. */
export const saysNone = (error: unknown): boolean =>
  ['ENODATA', 'ENOTFOUND'].includes((error as { code?: string } | null)?.code ?? '');

/**
 * Addresses of manifests in the TXT records of a domain: `v=qldiscover1; m=<URL>` (QualityLink Discovery, "DNS TXT Record").
 * Sorted, because name servers answer in any order.
 */
export function manifestUrls(records: readonly (readonly string[])[]): string[] {
  const urls = records.flatMap((chunks) => {
    const match = /^\s*v\s*=\s*qldiscover1\s*;\s*m\s*=\s*(\S+?)\s*;?\s*$/i.exec(chunks.join(''));
    return match?.[1] ? [match[1]] : [];
  });
  return [...new Set(urls)].sort();
}
