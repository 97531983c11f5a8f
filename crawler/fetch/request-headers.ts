import { bareRecord } from '../../schema/index.ts';
import { ConfigError } from '../errors.ts';
import { acceptEncoding } from './decode-body.ts';
import type { GateRequest } from './gate-contract.ts';
import { redactUrl } from './redact-url.ts';

const ours =
  /^(host|connection|keep-alive|content-.*|transfer-encoding|te|trailer|upgrade|expect|range|proxy-.*|sec-.*|user-agent|accept-encoding|if-.*|via|forwarded|x-forwarded-.*)$/i;
const harmless = new Set(['accept', 'accept-language']);

/**
 * The headers of one hop. Once a redirect has left the first origin only harmless headers go along, and they do
 * not come back: a key for one host must not reach another by way of a redirect, whatever its header is called.
 */
export function requestHeaders(
  request: GateRequest,
  userAgent: string,
  url: URL,
  sameOrigin: boolean,
): Record<string, string> {
  const headers = bareRecord<Record<string, string>>({ accept: request.accept ?? '*/*' });
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (ours.test(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new ConfigError(
        `${redactUrl(request.url)}: the header ${JSON.stringify(name).slice(0, 60)} cannot be set for a source`,
        'Remove it from the headers of the source; framing, conditions and User-Agent are set by the gate.',
      );
    }
    if (sameOrigin || harmless.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  const { etag, lastModified, url: validatorsUrl } = request.validators ?? {};
  if (!validatorsUrl || validatorsUrl === url.href) {
    if (etag) headers['if-none-match'] = etag;
    if (lastModified) headers['if-modified-since'] = lastModified;
  }
  return { ...headers, 'accept-encoding': acceptEncoding, 'user-agent': userAgent };
}

/** `Credatlas/<version> (+<contact>)`: whom a host's operator can write to. */
export function userAgent(version: string, contact: string): string {
  const clean = contact.replace(/[^\x21-\x7e]|[()\\]/g, '').slice(0, 200);
  return clean === '' ? `Credatlas/${version}` : `Credatlas/${version} (+${clean})`;
}
