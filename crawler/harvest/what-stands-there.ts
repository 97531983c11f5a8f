import { redactUrl } from '../fetch/redact-url.ts';

const LOGIN_ADDRESS =
  /\/(?:log-?in|sign-?in|logon|anmeld\w*|connexion|inloggen|sso|cas|saml2?|oauth2?|idp|shibboleth)(?:[/.?;]|$)/i;
const CHALLENGE =
  /just a moment|cf-chl|challenge-platform|captcha|verif(?:y|ying) (?:that )?you are (?:a )?human|ddos protection|attention required/i;
const PASSWORD = /<input[^>]+type\s*=\s*["']?password/i;
const CONSENT = /<(?:title|h1)[^>]*>[^<]*(?:cookie|consent)/i;

/**
 * What a page shows instead of what it used to, in words fit for a report: its address after redirects and what kind of page it
 * looks like. Nothing of its text is quoted.
 */
export function whatStandsThere(url: string, head: Uint8Array): string {
  const text = Buffer.from(head).toString('latin1');
  const kind = CHALLENGE.test(text)
    ? 'a check for robots'
    : LOGIN_ADDRESS.test(URL.parse(url)?.pathname ?? '') || PASSWORD.test(text)
      ? 'a login page'
      : CONSENT.test(text)
        ? 'a wall of cookies'
        : text.trim() === ''
          ? 'nothing'
          : 'something without a course of its own';
  return `${redactUrl(url)} shows ${kind}`;
}
