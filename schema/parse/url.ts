/**
 * An absolute http(s) address in the form of the WHATWG URL Standard, without user name and password; relative
 * addresses only with `base`. A bare `www.…` gets `https://`. Any other scheme, or none, gives undefined.
 */
export function webUrl(input: unknown, base?: string): string | undefined {
  if (typeof input !== 'string' || input.length > 8000) return undefined;
  const text = input.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  const url = URL.parse(address, base);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}
