import words from './member-names.json' with { type: 'json' };

/** A text without e-mail addresses and telephone numbers, and how many of each went. */
export interface Masked {
  text: string;
  emails: number;
  telephones: number;
}

export const EMAIL_REMOVED = '[e-mail removed]';
const TELEPHONE = '[telephone removed]';

/** Only a text that has one of these can hold an address or a number: all others are left alone at once, most of them by this. */
const WORTH_A_LOOK = /[@＠﹫%&([{<:\d-]/;
/** A day or a moment (ISO 8601). */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)?$/;
const MAY_HOLD_EMAIL = /[@＠﹫]|%40|&[ac#]|[([{<]\s?(?:at|ät|ar|ch)|email-protection|mailto/i;
const MAY_HOLD_NUMBER =
  /\d[^A-Za-z\d\n]{0,3}\d[^A-Za-z\d\n]{0,3}\d[^A-Za-z\d\n]{0,3}\d[^A-Za-z\d\n]{0,3}\d|tel(?::|%3A)/i;

/** False of most texts: nothing of them need be masked. */
export const mayHoldContact = (text: string): boolean =>
  text.length > 4 &&
  WORTH_A_LOOK.test(text) &&
  !ISO_DATE.test(text) &&
  (MAY_HOLD_EMAIL.test(text) || MAY_HOLD_NUMBER.test(text));

/**
 * Masks e-mail addresses, also where they are written `%40`, `&#64;` or `(at)`, and telephone numbers in any text, markup or
 * address. Telephone numbers are those of ITU-T E.164 and E.123 (`+49 30 …`, `0049 30 …`, `(030) …`), the American form, and what
 * a word for telephone stands before. Dates, ISBN, amounts, registration numbers and UUIDs are none.
 */
export function maskContacts(given: string): Masked {
  let emails = 0;
  let telephones = 0;
  if (!mayHoldContact(given)) return { text: given, emails, telephones };
  const perhapsEmail = MAY_HOLD_EMAIL.test(given);
  const perhapsNumber = MAY_HOLD_NUMBER.test(given);
  const isAddress = /^\s*[a-z][a-z0-9+.-]*:\/\/\S+\s*$/i.test(given);
  const emailGone = () => {
    emails++;
    return isAddress ? 'e-mail-removed' : EMAIL_REMOVED;
  };
  const telephoneGone = () => {
    telephones++;
    return isAddress ? 'telephone-removed' : TELEPHONE;
  };
  let text = given;
  if (perhapsEmail || /<a\s|&lt;a\s|\]\(/.test(text)) text = text.replace(MAIL_LINK, emailGone);
  if (perhapsEmail) {
    text = text
      .replace(MAIL_ADDRESS, emailGone)
      .replace(PROTECTED, emailGone)
      .replace(USER_INFO, (_, scheme: string) => {
        emails++;
        return scheme;
      });
    text = withoutEmails(text, emailGone);
  }
  if (perhapsNumber) {
    text = text.replace(TELEPHONE_ADDRESS, telephoneGone).replace(ENCODED_TELEPHONE, telephoneGone);
    text = withoutTelephones(text, telephoneGone);
  }
  return { text, emails, telephones };
}

/** Whether an address could not be asked for, or kept, without naming somebody. */
export const holdsEmail = (url: string): boolean => maskContacts(url).emails > 0;

/** An address that is somebody's: the words that link to it are as likely her name. */
export const isContactAddress = (href: unknown): boolean =>
  typeof href === 'string' && /^\s*(?:mailto|tel|callto|sms)(?::|%3A)/i.test(href);

/** With what is linked, also where the tag lacks its end. */
const MAIL_LINK =
  /(?:<|&lt;)a\s(?:[^<>&]|&(?!lt;|gt;)){0,500}?(?:mailto|tel)(?::|%3A)(?:[^<>&]|&(?!lt;|gt;)){0,500}(?:(?:>|&gt;)[^<&]{0,200}(?:(?:<|&lt;)\/a\s?(?:>|&gt;))?|(?:<|&lt;)\/a\s?(?:>|&gt;))|\[[^[\]\n]{0,200}\]\(\s?(?:mailto|tel):[^)\s]{1,500}\)/gi;
const MAIL_ADDRESS = /\bmailto(?::|%3A)[^\s"'<>]{1,500}/gi;
const PROTECTED = /(?:\/cdn-cgi\/l\/email-protection#|data-cfemail=["'])[0-9a-f]{6,400}/gi;
/** RFC 3986, section 3.2.1. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/?#@<>"']{1,200}@(?=[^\s/?#@]{1,255})/gi;
const TELEPHONE_ADDRESS =
  /\b(?:tel|callto|sms|fax|skype|whatsapp)(?::|%3A)\/{0,2}[+%\d(][\d+()%.\s-]{2,40}\d|\bwa\.me\/\+?\d{6,18}/gi;
const ENCODED_TELEPHONE = /%2B\d(?:(?:%20|[\s.-])?\d){6,14}(?!\d)/gi;

// ------------------------------------------------------------------------------------------------ e-mail addresses

const AT =
  /@|＠|﹫|%40|&(?:amp;){0,5}#(?:0{0,5}64|x0{0,5}40);|&(?:amp;){0,5}commat;|\s?[([{<]\s?(?:at|ät|arroba|arobase|chiocciola)\s?[)\]}>]\s?/giu;
/** What is not seen between the parts of an address: soft hyphens, joiners, bare tags. */
const UNSEEN_BEFORE = /(?:[\u00ad\u200b-\u200d\u2060\ufeff]|<\/?[a-z]{1,6}>){1,4}$/i;
const UNSEEN_AFTER = /^(?:[\u00ad\u200b-\u200d\u2060\ufeff]|<\/?[a-z]{1,6}>){1,4}/i;
/** RFC 5322 atoms, and letters of any script (RFC 6531). */
const LOCAL = /[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]/u;
const LONGEST_LOCAL = 64;
const DOMAIN =
  /^(?:[\p{L}\p{M}\p{N}-]{1,63}(?:\s?[([{]\s?(?:dot|punkt|punto|point|ponto)\s?[)\]}]\s?|\.)){1,8}(?:xn--[\p{N}a-z-]{2,59}|\p{L}[\p{L}\p{M}]{1,62})/iu;
/** `logo@2x.png` is a picture. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|pdf|html?|css|js|json|xml)$/i;
/** `Anna Smith <anna@…>`: RFC 5322, section 3.4. */
const NAMED =
  /(?:"[^"<>\n]{1,80}"|(?:\p{Lu}[\p{L}\p{M}.'’-]{0,40}[ \u00a0]{1,2}){0,4}\p{Lu}[\p{L}\p{M}.'’-]{0,40})[ \u00a0]{0,2}(?:<|&lt;)$/u;

function withoutEmails(text: string, gone: () => string): string {
  let out = '';
  let from = 0;
  AT.lastIndex = 0;
  for (let at = AT.exec(text); at; at = AT.exec(text)) {
    const sign = at.index - (UNSEEN_BEFORE.exec(text.slice(Math.max(from, at.index - 36), at.index))?.[0].length ?? 0);
    let start = sign;
    const least = Math.max(from, start - LONGEST_LOCAL);
    while (start > least && LOCAL.test(text[start - 1] as string)) start--;
    const quoted = text[sign - 1] === '"' ? text.lastIndexOf('"', sign - 2) : -1;
    if (quoted >= least) start = quoted;
    // In an address what stands before the last `=`, `/` or `?` is no part of it.
    const local = text.slice(start, sign);
    const cut =
      Math.max(
        ...['=', '?', '&', '/', '#', '|'].map((char) => local.lastIndexOf(char)),
        local.startsWith("'") ? 0 : -1,
      ) + 1;
    if (cut < local.length && quoted < least) start += cut;
    const after = text.slice(at.index + at[0].length, at.index + at[0].length + 300);
    const unseen = UNSEEN_AFTER.exec(after)?.[0].length ?? 0;
    const domain = DOMAIN.exec(after.slice(unseen))?.[0];
    if (start === sign || domain === undefined || FILE.test(domain)) continue;
    let end = at.index + at[0].length + unseen + domain.length;
    const named = NAMED.exec(text.slice(Math.max(from, start - 160), start));
    if (named) {
      start -= named[0].length;
      end += /^(?:>|&gt;)/.exec(text.slice(end, end + 4))?.[0].length ?? 0;
    }
    out += text.slice(from, start) + gone();
    from = end;
    AT.lastIndex = end;
  }
  return from ? out + text.slice(from) : text;
}

// ------------------------------------------------------------------------------------------------ telephone numbers

/** Six to twenty digits with little between them. */
const CANDIDATE = /(?:\+|\(\+?)?\d(?:[ \u00a0\u202f\t()./‐-–-]{0,3}\d){4,19}/g;
const DATE =
  /\b(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])(?:[-./]|\b)|(?:^|\D)\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?:\D|$)|(?:^|\D)(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d(?:\D|$)|^[0-3]?\d[-./](?:0?[1-9]|1[0-2])[-./]\d\d(?:\s|\s?[-–])/;
/** Said before the number: it counts something else. */
const OTHER_NUMBER = /[$€£¥]\s?$|\b(?:ISBN|ISSN|ISMN|EAN|DOI|IBAN|VAT|SIRET|SIREN|KvK|UKPRN)\b[^\n]{0,20}$/i;
const REGISTER = /^0\d{3}\.\d{3}\.\d{3}$/; // a Belgian enterprise
const LABEL = new RegExp(
  `(?:^|[^\\p{L}])(?:${Object.values(words)
    .flatMap((language) => language.telephone.replaceAll('*', '\\p{L}{0,6}').split(', '))
    .concat('[tmp][:.]', 'tf', 'ph', '☎', '📞', '✆', '📱')
    .sort((a, b) => b.length - a.length)
    .join('|')})(?:[^\\p{L}\\p{N}\\n]{0,4}|[^\\p{L}\\p{N}]{0,3}(?:nr|no|number|nummer)[^\\p{L}\\p{N}]{0,3})$`,
  'iu',
);

function withoutTelephones(text: string, gone: () => string): string {
  return text.replace(CANDIDATE, (number, at: number) => {
    const before = text.slice(Math.max(0, at - 32), at);
    const after = text.slice(at + number.length, at + number.length + 2);
    return isTelephone(number, before, after, number.length < text.trim().length) ? gone() : number;
  });
}

function isTelephone(number: string, before: string, after: string, inText: boolean): boolean {
  const digits = number.replace(/\D/g, '');
  const within =
    /[\p{L}\p{N}_]$|[\p{L}\p{N}][-./:#]$/u.test(before) || /^(?:[\p{L}\p{N}_]|[-./:]\p{N}|[-_]\p{L})/u.test(after);
  if (/^\(?\+/.test(number))
    return digits.length >= 8 && digits.length <= 15 && digits[0] !== '0' && !/\d$/.test(before);
  if (within || DATE.test(number) || OTHER_NUMBER.test(before)) return false;
  if (digits.length <= 15 && LABEL.test(before)) return true;
  // What stands in an address without a label is a number of something else.
  if (/[=/&?]$/.test(before) || REGISTER.test(number)) return false;
  const parts = number.replace('(0)', '0').split(/\D+/).filter(Boolean);
  const grouped = parts.length > 1;
  const [first = ''] = parts;
  if (/^00[1-9]/.test(digits)) return digits.length >= 11 && digits.length <= 17 && (grouped || /^00[34]/.test(digits));
  if (
    /^\(?[2-9]\d\d\)?[ .-]?\d{3}[.-]\d{4}$/.test(number) ||
    /^1[-. ]\(?[2-9]\d\d\)?[-. ]\d{3}[-. ]\d{4}$/.test(number)
  )
    return true;
  if (!/^0[1-9]/.test(digits)) return false;
  const least = /^\(?0\d{1,5}(?:\)| ?\/)/.test(number) ? 8 : 9;
  if (digits.length > 12) return false;
  if (grouped) return digits.length >= least && first.length > 1 && !/^\d+\.\d+$/.test(number);
  return inText && digits.length >= 10;
}
