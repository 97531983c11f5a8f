import { countryCode } from '../../schema/parse/country.ts';
import { isFiller } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import type { Spot } from '../record/spot.ts';

const ESCAPED = /&(?:amp|#0*38|#x0*26);/gi;

/**
 * An absolute web address; fillers are nothing, cut-off addresses are noted. `&amp;` in an address is an `&` that went through an
 * HTML escaper once too often: decoded, and told. `base`: what relative addresses are relative to.
 */
export function readUrl(spot: Spot, base?: string): string | undefined {
  const said = spot.said();
  if (said === undefined || isFiller(said)) return undefined;
  if (/…|\.{3}$/.test(said)) {
    spot.note('placeholder-url');
    return undefined;
  }
  const text = unescaped(said);
  if (text !== said) spot.note('escaped-address');
  const url = webUrl(text, base) ?? (isWithoutScheme(text) ? webUrl(`https://${text}`) : undefined);
  if (!url) spot.note('not-a-url');
  return url;
}

/** `school.example/courses`, and a bare host whose end is one of hosts: `school.fr`. */
function isWithoutScheme(text: string): boolean {
  const [, end = '', path] = /^(?:[\w-]+\.)+([a-z]{2,})(\/\S*)?$/i.exec(text) ?? [];
  return (
    end !== '' &&
    (path !== undefined ||
      /^(?:com|org|net|edu|eu|info)$/i.test(end) ||
      (end.length === 2 && countryCode(end) !== undefined))
  );
}

/** An address without the HTML escapes that do not belong into it. */
export const unescaped = (address: string): string => address.replace(ESCAPED, '&');

/** An address without scheme, `www.`, query, fragment and trailing slash, for comparing. */
export const bareAddress = (url: string): string =>
  url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/[#?].*$/, '')
    .replace(/\/+$/, '');
