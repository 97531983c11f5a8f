import { isIP } from 'node:net';
import { AddressRefused } from '../errors.ts';
import { isLocalhostName, isLoopbackAddress, mayConnect } from './address-check.ts';
import { redactUrl } from './redact-url.ts';

const publicPorts = new Set(['', '80', '443', '8080', '8443']);

/** The host of a URL without the brackets of IPv6. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/**
 * What can be said of an address before anything is connected: scheme, port, userinfo, length, and IP literals, which the URL
 * parser brings from every spelling (`2130706433`, `0x7f.1`, `127.1`) to one. Names are checked again when they are resolved.
 */
export function checkUrl(raw: string, { allowLoopback = false, urlLength = 8192 } = {}): URL {
  const refuse = (reason: string, remedy: string) => new AddressRefused(`${redactUrl(raw)}: ${reason}`, remedy);
  if (raw.length > urlLength) throw refuse(`the URL is longer than ${urlLength} characters`, 'Shorten the URL.');
  const url = URL.parse(raw);
  if (!url) throw refuse('not an absolute URL', 'Give the full address, starting with https://.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refuse(`the scheme ${url.protocol} is not allowed`, 'Use an http or https address.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'the URL carries a user name or password',
      'Remove it; put credentials into the headers of the source.',
    );
  }
  const host = bareHost(url);
  const local = isLocalhostName(host) || isLoopbackAddress(host);
  if (local && !allowLoopback) {
    throw refuse(
      'its host is this machine',
      'Only a source with allowLoopback (--allow-loopback) may be read from here.',
    );
  }
  if (isIP(host) !== 0 && !mayConnect(host, allowLoopback)) {
    throw refuse('its host is not on the public internet', 'Use an address that everybody can reach.');
  }
  if (!publicPorts.has(url.port) && !local) {
    throw refuse(`port ${url.port} is not allowed`, 'Serve the feed on port 80, 443, 8080 or 8443.');
  }
  url.hash = '';
  return url;
}
