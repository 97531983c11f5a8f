import { own, type Rejection, type Severity } from '../../schema/index.ts';
import { quoted } from '../persons/quoted.ts';

/** What a rule means wherever it is reported, and the usual remedy. */
export interface Rule {
  /** `error`: the value (or the record) was dropped; `warning`: repaired or doubtful; `info`: worth knowing. */
  severity: Severity;
  meaning: string;
  /** One sentence; a format that can say it more exactly for one place does. */
  remedy: string;
  /** The record is not taken in: its last good version stays in the catalogue. */
  rejects?: true;
}

const error = (meaning: string, remedy: string): Rule => ({ severity: 'error', meaning, remedy });
const warning = (meaning: string, remedy: string): Rule => ({ severity: 'warning', meaning, remedy });
const info = (meaning: string, remedy: string): Rule => ({ severity: 'info', meaning, remedy });
const rejects = (meaning: string, remedy: string): Rule => ({ severity: 'error', meaning, remedy, rejects: true });

/** Every rule that a decoder or format reports by. Ids are public: add to them, rename none. */
export const RULES = {
  // the record as a whole
  'not-a-record': rejects('what stands here is no record', 'let every record be an object of its own'),
  'missing-identifier': rejects('the record has no identifier', 'give it an identifier that stays the same'),
  'identifier-made': warning(
    'no identifier is given: the address of the page stands for it',
    'give the records identifiers: a changed address would make a new record',
  ),
  'missing-title': rejects('the record has no title', 'give it a title in at least one language'),
  'title-too-long': rejects('the title is no title', 'a title has at most 10,000 characters'),
  'template-residue': error('a placeholder of a template was published unfilled', 'fill the template in'),
  'missing-name': rejects('an organisation has no name', 'give the organisation a name'),
  'missing-type': error('it is not said what the thing is', 'give it a type (Course, CourseInstance, …)'),
  'other-resource': error('a thing that is no part of a catalogue', 'point the source to courses, programmes or runs'),
  'issued-to-a-person': error(
    'a credential that was issued to somebody: it is about a person',
    'point the source to definitions (BadgeClass, Achievement)',
  ),
  'private-record': error('for members of its institution only', 'nothing to do: private records are never taken'),
  'run-without-credential': error('a run does not say of what', 'let the run name its course or programme'),
  'duplicate-identifier': error('a second record with the same identifier', 'give each record its own identifier'),
  'identifier-used-twice': warning('several things share an identifier', 'give each an identifier of its own'),
  'run-identifier-used-twice': warning('several runs share an identifier', 'give each run an identifier of its own'),
  'name-not-unique': warning('things of one name and no address are told apart by order', 'give each a url'),
  'ctid-malformed': warning('the CTID is none', 'a CTID is "ce-" and a UUID'),
  'record-invalid': rejects('the format made a record that the model refuses', 'report this fault of Credatlas'),
  'record-too-large': rejects('the record is beyond reason', 'shorten its texts and lists'),
  'reader-failed': error('the format fell over the page', 'report this fault of Credatlas with the page'),
  'normaliser-failed': rejects('the format fell over the record', 'report this fault of Credatlas with the record'),
  quarantined: rejects(
    'the crawler ended whenever it read the record',
    'report this fault of Credatlas with the record',
  ),
  purged: info('an operator has erased this record for good', 'nothing to do: it is not taken in again'),
  'list-too-long': error('a list beyond reason was cut', 'shorten the list'),
  'unsafe-text': warning(
    'control characters or markup that runs were left out',
    'leave NUL, direction controls and scripts out of texts',
  ),
  'text-too-long': error('a text beyond reason was cut', 'shorten the text'),
  'more-problems': info('there were more problems than are kept', 'mend those above first'),

  // dates
  'impossible-date': rejects('written like a date, but no calendar has it', 'give a calendar date, YYYY-MM-DD'),
  'placeholder-date': error('a date that stands for none', 'leave the date out when there is none'),
  'not-a-date': error('words where a date belongs', 'give a calendar date, YYYY-MM-DD'),
  'ambiguous-date': warning('day and month cannot be told apart', 'write YYYY-MM-DD'),
  'serial-day': error(
    "a spreadsheet's serial day: which calendar it counts in is not said",
    'format the cells as dates before the table is exported, best YYYY-MM-DD',
  ),
  'day-depends-on-zone': warning(
    'an instant without the time zone of the place',
    'give a date, or name the time zone of the source',
  ),
  'ends-before-start': warning('the end lies before the start', 'check the two dates'),
  'deadline-after-start': info('the deadline lies after the start', 'check both dates'),

  // numbers, workload, level
  'negative-number': rejects('credits, hours or a price below zero', 'give a number that is 0 or more'),
  'not-a-number': error('words where a number belongs', 'give a number that is 0 or more'),
  'implausible-number': error('no study has that many', 'check the number and its unit'),
  'zero-credits': warning('0 credits are stated', 'leave the value out when there are no credits'),
  'number-without-unit': error('a number of nothing', 'say what is counted: ECTS, hours, …'),
  'credits-without-amount': warning('credits without their number', 'give the number of credits'),
  'credits-without-unit': warning('credits of no scheme', 'name the credit scheme; say "ECTS" if they are ECTS'),
  'not-a-duration': error('no duration can be read', 'give an ISO 8601 duration (P10W, PT50H)'),
  'duration-in-words': info('the duration is kept in words', 'give an ISO 8601 duration (P10W, PT50H)'),
  'mixed-duration': warning('calendar time and effort in one', 'give calendar time (P10W) or effort (PT50H)'),
  'doubtful-duration': warning('the unit of the duration is doubtful', 'P…M is months; minutes are written PT…M'),
  'workload-is-duration': warning('calendar time where effort belongs', 'give hours of effort (PT50H)'),
  'specification-example': error(
    'the example of a specification, published unchanged',
    'give the real value, or leave it out',
  ),
  'not-an-eqf-level': error('no level of the EQF', 'an EQF level is a whole number from 1 to 8'),

  // codes
  'unknown-code': warning('no word of the vocabulary: kept as text', 'use a word of the vocabulary'),
  'unusable-code': error('no word of the vocabulary, and no text either', 'use a word of the vocabulary'),
  'unknown-language': error('no language', 'give a language tag (BCP 47, ISO 639)'),
  'unknown-country': error('no country', 'give an ISO 3166-1 alpha-2 code'),
  'unknown-currency': error('no currency', 'give an ISO 4217 code'),

  // texts and addresses
  'not-a-text': error('a number or flag where a text belongs', 'give a text with its language'),
  'same-text-in-two-languages': warning('one language tag must be wrong', 'tag each text with its own language'),
  'lead-in-only': warning('a lead-in without outcomes', 'state the outcomes after the lead-in'),
  'no-outcome-in-outcomes': warning('no outcome was found', 'state what a learner will know or be able to do'),
  'outcomes-not-expanded': info('outcomes by identifier only', 'let the answer hold the texts of the outcomes'),
  'not-a-url': error('no web address', 'give an absolute http or https address'),
  'relative-link': info(
    'a relative address in a file, which has no site',
    'write absolute addresses, or harvest by URL',
  ),
  'escaped-address': warning('an address with HTML escapes in it', 'write & in addresses outside of HTML'),
  'placeholder-url': error('the address is cut off', 'give the whole address'),
  'url-is-front-page': warning('the front page of the site', "give the course's own address"),
  'stray-quotes': warning('quotation marks around a value', 'write the value without quotation marks'),

  // bodies, prices, kinds, relations
  'note-in-name': info('a note stands behind the name of a body: it is no part of it', 'give the name alone'),
  'unnamed-organisation': error('a body without name and identifier', 'give the organisation a name and a url'),
  'unresolved-reference': error('a reference leads nowhere', 'send what is referred to together with the record'),
  'undescribed-reference': warning('a body is only referred to', 'describe the body where it is referred to'),
  'provider-url-is-page': error("the course's page is no body's", "give the provider's own address"),
  'same-as-is-page': error('sameAs is the page itself', 'let sameAs identify the organisation'),
  'same-as-is-deep-page': warning('a deep page identifies no body', 'give a front page or an entry of a register'),
  'price-contradicts-category': error('price 0 in a paid category', 'give the price, or the category "Free"'),
  'price-of-a-part': info('a price of a part or of a period: kept in words', 'give the price of the whole as well'),
  'currency-without-amount': warning('a currency without an amount', 'give the amount, or leave the price out'),
  'online-place': info('a place that says "online"', 'say with the mode of delivery that it is online'),
  'relation-to-itself': warning('the record is related to itself', 'let relations lead to other records'),
  'free-and-priced': warning('one offer is free, another is not', 'say for whom each of them is'),
  'credential-is-title': info('what is awarded is named like the course', 'say what is awarded (certificate, …)'),
  'not-active': info('no longer awarded', 'take the record out of the feed when it is no longer awarded'),
  contradiction: warning('two statements exclude each other', 'say the same in both places'),
  'property-not-of-type': warning('a property that the type has not', 'use a property of the type'),
  'not-released': info('its register has not released it', 'nothing to do: it comes in when it is released'),
  'offer-as-qualification': info(
    'a register lists offers of courses as qualifications',
    'nothing to do: harvest the offers from where they come from',
  ),
  'default-field': info(
    'a field that a register puts where none is known',
    'give the field of the learning (ISCED-F 2013)',
  ),
  'cut-title': info('as long as a column: the title may be cut off', 'give the whole title'),
  'title-as-outcome': warning(
    'the title stands where an outcome belongs',
    'state what a learner will know or be able to do',
  ),
  'not-mapped': info('kept in the raw record only', 'nothing to do, unless it means a field of the catalogue'),
  'personal-data': info('data of persons are not kept', 'name the organisation instead'),

  // files and pages
  'json-syntax': error('no JSON', 'write the feed with a JSON library'),
  'json-truncated': error('the JSON ends too early', 'send the body whole'),
  'json-too-deep': error('nested beyond reason', 'nest less deeply'),
  'json-too-large': error('one record beyond reason', 'shorten the record'),
  'json-no-records': error('JSON without records', 'check the address'),
  'not-json': error('something else than JSON', 'check the address and the Accept header'),
  'vocabulary-respelled': warning(
    "the vocabulary's address is not written as it is",
    'write "@context": "https://schema.org"',
  ),
  'unknown-vocabulary': error(
    'a record in a vocabulary that is not known',
    'write "@context": "https://schema.org", or give the type its whole address',
  ),
  'json-repaired': warning('JSON that had to be repaired', 'write the feed with a JSON library'),
  'xml-not-well-formed': error('no well-formed XML', 'write the feed with an XML library'),
  'xml-repaired': warning('XML that had to be repaired', 'declare the entity or prefix, or write the character itself'),
  'xml-entity-declaration': error('declares entities', 'write the characters themselves'),
  'xml-too-deep': error('nested beyond reason', 'nest less deeply'),
  'xml-too-large': error('an element beyond reason', 'shorten it'),
  'xml-record-too-large': error('one record beyond reason', 'shorten the record'),
  'xml-forbidden-character': warning('characters that XML forbids', 'leave control characters out'),
  'xml-truncated': error('the XML ends too early', 'send the body whole'),
  'wrong-encoding': warning('other bytes than declared', 'declare the encoding that is used, best UTF-8'),
  'csv-syntax': error('no table', 'close the quotes of every cell'),
  'csv-no-header': error('no row of column names', 'begin with a row of column names'),
  'csv-column-count': error('more cells than columns', 'quote texts that contain the separator'),
  'envelope-without-resource': error('an empty envelope', 'send decoded_resource, or resource as a JWT'),
  'not-a-ctdl-document': error('JSON, but no CTDL', 'give the address of CTDL JSON-LD or of registry envelopes'),
  'turtle-syntax': error('no Turtle', 'write the catalogue with an RDF library'),
  'no-elm-record': error(
    'nothing of the European Learning Model',
    'check the address, and the namespace of the classes',
  ),
  'dataset-without-feed': warning(
    'a data set of the catalogue that leads to no feed',
    'give its distribution a dcat:downloadURL and the media type of a feed',
  ),
  'credential-without-specification': error(
    'a credential that does not say what was achieved, only that somebody did',
    'let each achievement name its specification (specifiedBy)',
  ),
  'graph-too-large': error('references across its parts are not followed', 'split the graph'),
  'too-many-nodes': warning('a page beyond reason', 'describe each course on a page of its own'),
  'page-too-complex': error('a page beyond reason', 'close elements and do not nest marked-up items'),
  paging: error('paging leads nowhere', 'answer with the page asked for; let the last page say that it is the last'),
  'sitemap-entry': error('no address of a page', 'give an absolute http(s) URL of at most 2,048 characters'),
  'sitemap-foreign-host': error('pages of other hosts', 'name the hosts in the source option "hosts"'),
  'sitemap-too-many-pages': error('more pages than allowed', 'narrow "include" or raise "maxPages"'),
  'list-of-links': error('a list of addresses is no catalogue by itself', 'harvest the site by URL'),
  'page-gone': warning('the sitemap names a page that is not there', 'take the address out of the sitemap'),
  'page-silent': warning('a page without the course it had', 'show the course there; answer 404 or 410 if it is gone'),
  'sitemap-incomplete': error('the sitemap ends too early', 'publish the whole sitemap'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** The rule of that id; undefined for ids of formats that bring their own. */
export const ruleOf = (id: string): Rule | undefined => own<Rule>(RULES, id);

/** Why a record is not taken in. */
export const rejection = (
  identifier: string | null,
  path: string,
  rule: RuleId,
  value: unknown,
  remedy: string = RULES[rule].remedy,
): Rejection => ({ identifier, path, rule, found: quoted(value, rule), remedy });

/** A piece of a page that gives no record. `incomplete`: more may be missing than this piece. */
export const fault = (
  identifier: string | null,
  path: string,
  rule: RuleId,
  value: unknown,
  remedy?: string,
  incomplete = false,
): { rejection: Rejection; incomplete?: true } => ({
  rejection: rejection(identifier, path, rule, value, remedy),
  ...(incomplete ? { incomplete: true as const } : {}),
});
