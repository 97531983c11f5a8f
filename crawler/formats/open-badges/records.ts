import { isObject } from '../../../schema/index.ts';
import { pagingInLink } from '../../decode/json-envelope.ts';
import { jsonNextPages } from '../../decode/json-next-pages.ts';
import type { Page, PageRequest, RawRecord, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { type Cut, identifierIn, type Json } from '../../record/json-feed.ts';
import { typesOf } from './terms.ts';

export const IDS = ['id', '@id', 'slug', 'entityId', 'entity_id'];
const DEFINITION = /^(?:BadgeClass|Achievement)$/i;
const BODY = /^(?:Issuer|Profile)$/i;
/** What is issued to somebody (OB 2.0 Assertion; OB 3.0, CLR 2.0 and the W3C's credentials), and the parts that name them. */
const ISSUED =
  /^(?:Assertion|\w*Credential|VerifiablePresentation|AchievementSubject|ClrSubject|IdentityObject|\w*Recipient\w*)$/;
const OTHERS = /^(?:Endorsement\w*|RevocationList|CryptographicKey|Evidence|Result|ResultDescription|Extension)$/;
const PRIVATE = ['isPrivate', 'is_private', 'private'];
const REMEDY = 'point the source to definitions of badges: BadgeClass, Achievement, or their issuers';

/** An array, a page with a `Link` field (Open Educational Badges, `?num=`), or one with `next` (edubadges, `/mobile/api/catalog`). */
export const paging = jsonNextPages(({ next, count }, page, items) => {
  const link = pagingInLink(page.link);
  const asked = URL.canParse(page.url) ? Number(new URL(page.url).searchParams.get('num')) : 0;
  const full = asked > 0 && items >= asked && link.hasNextPage !== false;
  return {
    next: next ?? (typeof link.nextPage === 'string' ? link.nextPage : undefined),
    path: '/next',
    total: count,
    ...(full ? { more: 'a full page names no next one' } : {}),
  };
});

/** What of an item is read: definitions and their issuers, never what was issued to somebody, nor what is private. */
export function cut(page: Page): Cut {
  const details: string[] = [];
  page.envelope.details = details;
  const wanted = page.source.options.details === true && page.role !== 'badge';

  function* item(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    const types = typesOf(raw);
    const defined = types.some((type) => DEFINITION.test(type)) || (!types.length && isListed(raw));
    if (types.some((type) => OTHERS.test(type))) return yield fault(null, path, 'other-resource', shown(types), REMEDY);
    if (!defined && (types.some((type) => ISSUED.test(type)) || namesRecipient(raw))) return yield* issued(raw, path);
    if (PRIVATE.some((name) => isYes(raw[name]))) return yield fault(null, path, 'private-record', shown(types));
    if (!defined && !types.some((type) => BODY.test(type)))
      return yield fault(null, path, 'other-resource', shown(types), REMEDY);
    const row = types.length ? undefined : identifierIn(raw, ['entityId', 'entity_id']);
    const identifier = row === undefined ? identifierIn(raw, IDS) : addressOf(row);
    if (identifier === undefined)
      return yield fault(null, path, 'missing-identifier', raw.name ?? shown(types), 'give id');
    if (row === undefined || !wanted || !/^https?:/.test(identifier)) return yield { identifier, path, raw };
    // The catalogue says what the badge class itself does not: its kind, whether it is archived.
    details.push(`${identifier}?expand=micro&expand=issuer&expand=awards`);
    yield { identifier, part: 'catalogue', path, raw };
  }

  /** A credential without anybody in it is a specification of one: its achievement is read, nothing else. */
  function* issued(raw: Json, path: string): Iterable<RawRecord | RecordFault> {
    const subject = raw.credentialSubject;
    const achievement = isObject(subject) ? subject.achievement : undefined;
    const identifier = isObject(achievement) ? identifierIn(achievement, IDS) : undefined;
    if (!isObject(subject) || !isObject(achievement) || identifier === undefined || !isNobody(subject))
      return yield fault(null, path, 'issued-to-a-person', shown(typesOf(raw)));
    const issuer = raw.issuer === undefined || 'issuer' in achievement ? {} : { issuer: raw.issuer };
    yield { identifier, path: `${path}/credentialSubject/achievement`, raw: { ...achievement, ...issuer } };
  }

  /** `GET /public/badges/{entityId}` gives the badge class of an entry (edubadges-server, `apps/public`). */
  const addressOf = (entity: string): string =>
    /^https?:/.test(page.url) ? new URL(`/public/badges/${encodeURIComponent(entity)}`, page.url).href : entity;

  return { item };
}

/** The badge classes of a catalogue, where the source asks for them. */
export const next = (page: Page): PageRequest[] => [
  ...paging.next(page),
  ...((page.envelope.details ?? []) as string[]).map((url) => ({ url, role: 'badge' })),
];

/** Never what it says: it may be about somebody. */
const shown = (types: readonly string[]): string => `an object of type ${types.join(', ') || 'unknown'}`;

const isYes = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true';

/** An entry of a catalogue has no type. */
const isListed = (raw: Json): boolean =>
  ['criteria', 'criteria_text', 'criteria_url', 'slug', 'entityId', 'entity_id', 'typeBadgeClass'].some(
    (name) => name in raw,
  );

/** OB 1.x assertions have no type, either. */
const namesRecipient = (raw: Json): boolean =>
  'recipient' in raw || 'credentialSubject' in raw || ('badge' in raw && ('issuedOn' in raw || 'uid' in raw));

/** A subject of which nothing is said but the achievement. */
const isNobody = (subject: Json): boolean =>
  Object.entries(subject).every(
    ([name, value]) => /^(?:@?type|achievement)$/.test(name) || value === null || value === '',
  );
