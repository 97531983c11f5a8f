import type { Config } from '../../config.ts';
import { redactUrl } from '../../crawler/fetch/redact-url.ts';

export const REDACTED = 'REDACTED';

/** Longer lines are nobody's help. */
const LONGEST = 8_000;
/** Shorter ones would be found in ordinary words. */
const SHORTEST_SECRET = 6;

/**
 * A text without what must not stand in a log: passwords in addresses, secrets in their queries, the secrets of this process
 * wherever they come up, keys and tokens by their looks. A text that is too long is cut.
 */
export function redactText(text: string, secrets: readonly string[] = []): string {
  let clean = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) clean = clean.replaceAll(secret, REDACTED);
  }
  return (
    clean
      .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g, REDACTED)
      // A password may hold anything but a space; of http(s) the authority ends at the first slash.
      .replace(/\b(https?:\/\/)[^\s/?#"'<>]*@/gi, '$1')
      .replace(/\b((?!https?:)[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>]*@/gi, '$1')
      .replace(/\bhttps?:\/\/[^\s"'<>?]{1,2000}\?[^\s"'<>]{1,4000}/gi, (url) => redactUrl(url))
      .replace(/\b(Bearer|Basic)\s{1,3}(?=\S{0,200}[A-Z0-9=])[A-Za-z0-9._~+/=-]{6,}/g, `$1 ${REDACTED}`)
      .replace(/\bwhsec_[A-Za-z0-9+/=_-]+/g, `whsec_${REDACTED}`)
      // JSON inside JSON has its quotes escaped, maybe more than once.
      .replace(/\b(authorization\\{0,7}["']?:\s{0,3}\\{0,7}["']?)(?!Bearer|Basic)[^\s"'\\,;]{3,}/gi, `$1${REDACTED}`)
      .replace(/("(?:pass(?:word|wd)?|pwd|secret|token|api_?key)\\{0,7}":\s{0,3}\\{0,7}")[^"\\]{3,}/gi, `$1${REDACTED}`)
      .replace(/\b((?:pass(?:word|wd)?|pwd|secret|token|api[_-]?key)=["']?)[^\s"',;&]{3,}/gi, `$1${REDACTED}`)
  );
}

/** Names of facts that are secrets, on the first and second level (pino's own redaction). */
export const SECRET_FACTS = [
  'authorization',
  'cookie',
  'password',
  'passwd',
  'secret',
  'token',
  'apiKey',
  'smtpUrl',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Everything in the settings that must never be read in a log. */
export function secretsOf(config: Config): string[] {
  const { databaseUrl, redisUrl, meiliUrl, meiliApiKey, webhook, mail, boardPassword } = config;
  const urls = [databaseUrl, redisUrl, meiliUrl, webhook?.url, mail?.smtpUrl, ...Object.values(config.subgraphUrls)];
  const passwords = urls.flatMap((url) => {
    const { password = '' } = URL.parse(url ?? '') ?? {};
    return [password, decoded(password)];
  });
  const hook = URL.parse(webhook?.url ?? '');
  // The path of a webhook is often its key.
  const hookPath = hook && hook.pathname.length > 16 ? hook.pathname : '';
  const all = [
    ...passwords,
    meiliApiKey,
    webhook?.secret,
    ...(webhook?.secret?.split(/\s+/) ?? []),
    hookPath,
    boardPassword,
  ];
  const long = all.filter((one): one is string => one !== undefined && one.length >= SHORTEST_SECRET);
  return [...new Set(long)].sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
