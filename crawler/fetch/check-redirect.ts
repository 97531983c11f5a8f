import { AddressRefused } from '../errors.ts';
import { checkUrl } from './check-url.ts';
import { RedirectsBroken } from './fetch-failure.ts';
import { redactUrl } from './redact-url.ts';

/** Where a redirect leads, checked like any first address. Falling back from https to http is refused: anybody on the way could write the feed. */
export function checkRedirect(
  from: URL,
  location: string | undefined,
  check: { allowLoopback?: boolean; urlLength?: number },
): URL {
  const target = location && URL.parse(location, from.href);
  if (!target)
    throw new RedirectsBroken(`${redactUrl(from)}: a redirect without a usable target`, 'Tell the provider.');
  let next: URL;
  try {
    next = checkUrl(target.href, check);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    throw new AddressRefused(`${redactUrl(from)} redirects to ${error.message}`, error.remedy);
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new AddressRefused(
      `${redactUrl(from)}: it redirects from https to http`,
      'Ask the provider to stay on https; if there is none, give the http address as URL of the source.',
    );
  }
  return next;
}
