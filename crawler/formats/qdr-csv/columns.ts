import { type Pattern, patternsIn, queryOf, waysIn } from '../../decode/linked/sparql-query.ts';

/**
 * What a column of an answer may hold, by the name that the property has in a record, with the names of variables and properties that
 * it goes by. What a name says is compared without case and separators.
 */
const NAMES = new Map(
  Object.entries({
    id: 'q s qualification qualificationuri subject spec specification lo learningopportunity',
    title: 'title dctitle qualificationtitle',
    description: 'description dcdescription',
    status: 'status',
    publisher: 'publisher publisheruri',
    publisherName: 'publishername publisherlegalname',
    publisherCountry: 'publishercountry publishercountrycode',
    language: 'language dclanguage',
    modified: 'modified dcmodified',
    isced: 'iscedfcode isced iscedf',
    eqf: 'eqflevel eqf',
    nqf: 'nqflevel nqf',
    outcomes: 'learningoutcomesummary learningoutcomes learningoutcome outcomes outcome',
    note: 'additionalnote note',
    awardingBody: 'awardingbody awardingbodyuri',
    awardingBodyName: 'awardingbodyname awardingbodylegalname legalname',
    awardingBodyCountry: 'awardingbodycountry awardingbodycountrycode',
    providedBy: 'providedby provider provideruri',
    providedByName: 'providedbyname providername providedbylegalname providerlegalname',
    providedByCountry: 'providedbycountry providercountry providedbycountrycode',
    point: 'point creditpoint creditpoints credits',
    framework: 'framework creditframework',
    volume: 'volumeoflearning volume',
    maximumDuration: 'maximumduration',
    homepage: 'homepage contenturl',
    type: 'dctype qualificationtype type',
    entryRequirement: 'entryrequirement entryrequirements',
    mode: 'mode',
    property: 'property predicate p',
    value: 'value object v o',
    tag: 'lang langtag languagetag xmllang',
  }).flatMap(([property, names]) => names.split(' ').map((name) => [name, property] as const)),
);

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The name of a property by its address or a prefixed name: the last part. */
const localName = (property: string): string => property.split(/[/#:]/).at(-1) ?? property;

/** The property that a name of a variable, or the address of a property, says. */
export const propertyOf = (name: string): string | undefined =>
  NAMES.get(folded(name)) ?? NAMES.get(folded(localName(name)));

/** What stands at the end of the way to a text or an address, and says nothing more. */
const ENDS = /^(?:noteliteral|contenturl|notation|preflabel)$/i;

/** The property at the end of a way of the query: "awardingOpportunity/awardingBody/legalName" is the name of who awards. */
function propertyAt(way: readonly string[]): string | undefined {
  const steps = way.filter((step, n) => n === 0 || !ENDS.test(step));
  const body = steps
    .map(propertyOf)
    .findLast((one) => one !== undefined && /^(?:awardingBody|publisher|providedBy)$/.test(one));
  const last = steps.at(-1) ?? '';
  if (last === '@type') return undefined; // its class, which is no kind of qualification
  if (body && /^legalname$/i.test(last)) return `${body}Name`;
  if (body && /^countrycode$/i.test(last)) return `${body}Country`;
  return propertyOf(last);
}

/** A column: what it holds, or the language of the texts of another one (of all others that have no such column). */
export interface Column {
  property: string | undefined;
  /** The property whose texts are in the language that stands here; '' for all. */
  languageOf?: string;
}

/** What the columns of an answer hold. */
export interface Answer {
  columns: readonly Column[];
  /** The column of the addresses that the rows are about. */
  subject: number;
  /** One row says one property, which it names. */
  long: boolean;
  /** What the query says of all that it finds: `?q elm:EQFLevel <…/5>`. */
  constants: readonly (readonly [property: string, value: string])[];
}

/** "titleLang", "lang_title", "title@": the language of the title. */
const LANGUAGE_OF = /^(?:(.+?)[_ ]?lang(?:uage)?(?:tag)?|lang(?:uage)?[_ ]?(.+))$/i;

/**
 * What the columns hold: as the query says that stands in the address of the answer, else as they are called. Undefined where no
 * column holds the addresses of qualifications.
 */
export function answerIn(header: readonly string[], address: string): Answer | undefined {
  const patterns = patternsIn(queryOf(address));
  const ways = waysIn(patterns, localName);
  const about = patterns[0]?.subject.replace(/^[?$]/, '').toLowerCase();
  const names = header.map((name) => name.trim().replace(/^[?$]/, ''));
  const long = names.some((name) => propertyOf(name) === 'property') && !ways.size;
  const columns = names.map((name): Column => {
    const way = ways.get(name);
    if (way) return { property: propertyAt(way) };
    const property = propertyOf(name);
    if (property === 'tag' || (long && property === 'language')) return { property: undefined, languageOf: '' };
    if (property !== undefined) return { property };
    const [, before, after] = LANGUAGE_OF.exec(name) ?? [];
    const of = propertyOf(before ?? after ?? '');
    return of === undefined ? { property: undefined } : { property: undefined, languageOf: of };
  });
  const named = about === undefined ? -1 : names.findIndex((name) => name.toLowerCase() === about);
  const subject = named >= 0 ? named : columns.findIndex(({ property }) => property === 'id');
  if (subject < 0) return undefined;
  const held = columns.filter(({ property }, n) => n !== subject && property !== undefined && property !== 'value');
  if (!held.length && !long) return undefined;
  return { columns, subject, long, constants: constantsIn(patterns, names[subject] ?? '') };
}

function constantsIn(patterns: readonly Pattern[], about: string): [string, string][] {
  return patterns.flatMap(({ subject, way, object }): [string, string][] => {
    if (subject.slice(1) !== about || /^[?$]/.test(object)) return [];
    const property = propertyAt(way.map(localName));
    return property === undefined ? [] : [[property, object.replace(/^[<"]|[>"]$/g, '')]];
  });
}
