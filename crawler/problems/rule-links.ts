import { own } from '../../schema/index.ts';
import type { RuleId } from './rules.ts';

const ECTS_GUIDE =
  'https://op.europa.eu/en/publication-detail/-/publication/da7467e6-8450-11e5-b8b7-01aa75ed71a1/language-en';
const RECOMMENDATION = 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32022H0627(02)';
const DATE = 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6';
const DURATION = 'https://www.iso.org/iso-8601-date-and-time-format.html';
const EQF = 'https://europass.europa.eu/en/description-eight-eqf-levels';
const JSON_TEXT = 'https://www.rfc-editor.org/rfc/rfc8259';
const XML = 'https://www.w3.org/TR/xml/';
const CSV = 'https://www.rfc-editor.org/rfc/rfc4180';
const URL_STANDARD = 'https://url.spec.whatwg.org/';
const SAME_AS = 'https://schema.org/sameAs';
const SITEMAP = 'https://www.sitemaps.org/protocol.html';
const CTDL = 'https://credreg.net/ctdl/handbook';

/** The standard or guidance that a rule rests on. Rules that are our own reading have none. */
const LINKS: Partial<Record<RuleId, string>> = {
  'missing-title': RECOMMENDATION,
  'title-too-long': RECOMMENDATION,
  'lead-in-only': RECOMMENDATION,
  'no-outcome-in-outcomes': RECOMMENDATION,
  'ctid-malformed': CTDL,
  'not-a-ctdl-document': CTDL,
  'envelope-without-resource': CTDL,
  'impossible-date': DATE,
  'placeholder-date': DATE,
  'not-a-date': DATE,
  'ambiguous-date': DATE,
  'serial-day': DATE,
  'zero-credits': ECTS_GUIDE,
  'credits-without-unit': ECTS_GUIDE,
  'number-without-unit': ECTS_GUIDE,
  'implausible-number': ECTS_GUIDE,
  'workload-is-duration': ECTS_GUIDE,
  'not-a-duration': DURATION,
  'duration-in-words': DURATION,
  'mixed-duration': DURATION,
  'doubtful-duration': DURATION,
  'not-an-eqf-level': EQF,
  'unknown-language': 'https://www.rfc-editor.org/info/bcp47',
  'same-text-in-two-languages': 'https://www.rfc-editor.org/info/bcp47',
  'unknown-country': 'https://www.iso.org/iso-3166-country-codes.html',
  'unknown-currency': 'https://www.iso.org/iso-4217-currency-codes.html',
  'not-a-url': URL_STANDARD,
  'placeholder-url': URL_STANDARD,
  'same-as-is-page': SAME_AS,
  'same-as-is-deep-page': SAME_AS,
  'property-not-of-type': 'https://schema.org/docs/full.html',
  'personal-data': 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
  'json-syntax': JSON_TEXT,
  'json-truncated': JSON_TEXT,
  'json-repaired': JSON_TEXT,
  'not-json': JSON_TEXT,
  'xml-not-well-formed': XML,
  'xml-repaired': XML,
  'xml-truncated': XML,
  'xml-forbidden-character': 'https://www.w3.org/TR/xml/#charsets',
  'xml-entity-declaration':
    'https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html',
  'wrong-encoding': 'https://encoding.spec.whatwg.org/',
  'csv-syntax': CSV,
  'csv-no-header': CSV,
  'csv-column-count': CSV,
  'sitemap-entry': SITEMAP,
  'sitemap-incomplete': SITEMAP,
  'sitemap-foreign-host': `${SITEMAP}#location`,
};

/** Where the standard behind a rule says how it should be; undefined for rules that rest on none. */
export const ruleLink = (rule: string): string | undefined => own(LINKS, rule);
