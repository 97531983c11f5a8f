import { isObject } from '../../../schema/index.ts';
import { registeredLanguage } from '../../../schema/parse/language.ts';
import { readTexts } from '../../elements/texts.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { tellUnread } from '../../record/shape.ts';
import { issuerFacts } from './bodies.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { cut, IDS, next, paging } from './records.ts';
import { SHAPE } from './shape.ts';
import { badgeSyntax, saidInExtension, typesOf } from './terms.ts';

const OF_BADGES =
  /w3id\.org\/openbadges|openbadges\.org\/v|purl\.imsglobal\.org\/spec\/(?:ob|clr)\/|dc\.imsglobal\.org\/draft\/clr|"obi"\s*:|w3id\.org\/badgr|extensions:\w+Extension"/;
const TYPES =
  /"@?type"\s*:\s*(?:\[[^\]]{0,300})?"(?:[\w:/.#-]{0,60}[#:/])?(?:BadgeClass|Achievement|Issuer|Profile|Assertion|OpenBadgeCredential|AchievementCredential|ClrCredential)"/;
const ROW = /"(?:typeBadgeClass|type_badge_class|isMicroCredentials|is_micro_credentials)"\s*:/;

/** Definitions of badges: Open Badges 2.0 and 3.0, CLR 2.0, and the catalogues of edubadges and Open Educational Badges. */
export const openBadges: Format = defineJsonFormat({
  name: 'open-badges',
  title: 'Open Badges 2.0 and 3.0, CLR 2.0; edubadges, Open Educational Badges',
  specification: 'https://www.imsglobal.org/spec/ob/v3p0/',
  mediaTypes: ['application/json', 'application/ld+json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start)) return 0;
    if (ROW.test(start) || (/"criteria_(?:text|url)"\s*:/.test(start) && /"(?:issuerName|slug)"\s*:/.test(start)))
      return 0.9;
    if (OF_BADGES.test(start)) return TYPES.test(start) ? 0.95 : 0.5;
    return 0;
  },
  lists: ['', '/@graph', '/results', '/achievements', '/badgeClasses', '/badgeclasses', '/badges', '/credential'],
  ids: IDS,
  syntax: badgeSyntax,
  envelope: paging.envelope,
  ended: paging.ended,
  cut,
  next,
  shape: SHAPE,
  partShape: SHAPE,
  prepare(reading) {
    const { main } = reading;
    const said = main.first('@language', 'inLanguage').said() ?? saidInExtension(main, 'Language')[0]?.said();
    const language = registeredLanguage(said);
    if (language) reading.language = language;
    return reading;
  },
  body({ main, bodies, identifier }) {
    const types = isObject(main.value) ? typesOf(main.value) : [];
    if (!types.some((type) => type === 'Issuer' || type === 'Profile') || !main.at('criteria').silent) return false;
    const facts = issuerFacts(main);
    if (!facts.name?.length) return { path: main.at('name').path, rule: 'missing-name' };
    bodies.add({ ...facts, identifier });
    tellUnread(main, SHAPE);
    return true;
  },
  named: ({ main }) => ({ spot: main.at('name'), texts: readTexts(main.at('name')) }),
  elements,
});
