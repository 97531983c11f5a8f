const secretName = /key|token|secret|pass|pwd|auth|sig|session|credential|code/i;

/** A URL fit for messages and logs: no userinfo, no fragment, no values of query parameters that sound like secrets, not endless. */
export function redactUrl(raw: string | URL): string {
  const url = URL.parse(String(raw));
  if (!url) {
    const visible = String(raw)
      .replace(/[?#].*$/s, '')
      .replace(/\/\/[^/]*@/, '//')
      .replace(/[^\x21-\x7e]/g, ' ');
    return visible.slice(0, 200);
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  for (const name of new Set(url.searchParams.keys())) {
    if (secretName.test(name)) url.searchParams.set(name, 'REDACTED');
  }
  return url.href.length > 300 ? `${url.href.slice(0, 297)}...` : url.href;
}
