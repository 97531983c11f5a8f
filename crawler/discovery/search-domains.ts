import { isIP } from 'node:net';
import { getDomain } from 'tldts';
import { ConfigError } from '../errors.ts';

const GENERIC = /^(?:www\d*|web)\./;

/**
 * The domains to ask for one institution, in order (QualityLink Discovery, "Domain Search Order"): the SCHAC code, the host of
 * the website, the same without `www` or the like, and the registrable domain. `line` is a domain or the address of a website, or
 * both with a blank, comma or semicolon between them: SCHAC code first.
 * @throws ConfigError when it holds no domain that can be asked
 */
export function searchDomains(line: string): string[] {
  const [first, second, ...more] = line.split(/[\s,;]+/).filter((part) => part !== '');
  if (!first || more.length) {
    throw new ConfigError(
      `"${line.trim().slice(0, 100)}" is no domain`,
      'Write a domain or website on each line, or a SCHAC code and a website.',
    );
  }
  const website = hostOf(second ?? first);
  const candidates = [hostOf(first), website, website.replace(GENERIC, ''), registrable(website)];
  return [...new Set(candidates)].filter(
    (domain) => domain !== undefined && registrable(domain) !== undefined,
  ) as string[];
}

/** Whom a manifest belongs to, whether it is found with or without `www`: sources keep their ids when it moves between the two. */
export function ownerOf(domain: string): string {
  const bare = domain.replace(GENERIC, '');
  return registrable(bare) ? bare : domain;
}

/** Public suffix and one label more; suffixes of hosting services count, so a tenant is never taken for its landlord. */
const registrable = (host: string): string | undefined => getDomain(host, { allowPrivateDomains: true }) ?? undefined;

function hostOf(text: string): string {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const host = url && /^https?:$/.test(url.protocol) ? url.hostname.replace(/\.$/, '') : '';
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(host) || isIP(host) !== 0 || host.length > 253 || !registrable(host)) {
    throw new ConfigError(
      `"${text.slice(0, 100)}" is no domain of an institution`,
      'Give a registered domain such as example.ac.at, or the address of a website.',
    );
  }
  return host;
}
