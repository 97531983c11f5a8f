import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  type AlignmentValue,
  type CodesAndText,
  type CredentialDraft,
  completeCredential,
  derived,
  type Element,
  type FieldValue,
  found,
  type LangString,
  type LearningOutcome,
  type LevelValue,
  mintCredentialId,
  mintProviderId,
  notStated,
  type Opportunity,
  type Price,
  type Provider,
  type ProviderReference,
  providerIdentifierFromName,
  type Relation,
  type SourceDefinition,
  stated,
  statedIf,
  type Vocabulary,
  type WorkloadValue,
} from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { languageTag } from '../../schema/parse/language.ts';
import { decimal } from '../../schema/parse/number.ts';
import { currencyCode, parsePrices } from '../../schema/parse/price.ts';
import { isFiller, langStrings, plainText, splitOutcomes } from '../../schema/parse/text.ts';
import { webUrl } from '../../schema/parse/url.ts';
import {
  assessmentTypes,
  credentialKinds,
  iscedF,
  modesOfLearning,
  qfEheaCycle,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
} from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { csvRows, delimiterOf } from '../decode/csv-rows.ts';
import { decodeText } from '../decode/text.ts';
import type { Format, Normalised, Page, RawRecord, RecordFault, Sample } from '../format.ts';
import { assessmentStrings } from '../normalise/assessment-text.ts';
import { COLUMNS, headerKey, type Recognised, recognise } from '../normalise/csv-columns.ts';
import { createNotes, type Notes } from '../normalise/notes.ts';

/**
 * CSV: the catalogue's own template, and tables of others whose headers mean the same.
 *
 * The columns, what belongs into them and the headers under which they are recognised stand in
 * `crawler/normalise/csv-columns.ts`; `examples/template.csv` has them all. Needed: `identifier` and `title`. A table without
 * any identifier column is taken by its `url`, else by provider and title.
 *
 * - UTF-8 (with or without byte order mark), UTF-16 or Windows-1252; comma, semicolon, tab or bar; Excel's `sep=;`.
 * - Texts in further languages stand in columns with a suffix: `title:de`, `description_fr`.
 * - Lists are separated by `|` or new lines; decimals may have a comma; dates are `YYYY-MM-DD` or `D.M.YYYY`. With slashes the day
 *   comes first unless the source says `"options": {"dates": "mdy"}`.
 * - Rows with the same identifier are one credential; each row that has a date, place, price or another column of a
 *   run is one opportunity of it. What is said of the credential itself is taken from the first of them.
 * - A row with `disabled` = yes is taken as not there. Unknown columns stay in the raw record and are named once; columns about
 *   persons (names, e-mail, telephone) are not kept at all.
 * - A row with more filled cells than there are columns is rejected: a separator in a text was not quoted, so that no cell can be trusted.
 */
export const csv: Format = {
  name: 'csv',
  title: 'CSV (template of this catalogue, tables with the same columns)',
  specification: 'https://www.rfc-editor.org/rfc/rfc4180',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  version: 1,
  detect,
  records,
  normalise,
};

type Row = Record<string, unknown>;

const HEADER_WITHIN = 15; // rows of titles and notes that may stand above the header
const ROW_OF_NAMES = 2;

function detect({ text, mediaType, name }: Sample): number {
  const start = text.trimStart();
  if (/^[{[<]|^%PDF|^PK/.test(start)) return 0;
  const named = /\.(csv|tsv)$/i.test(name ?? '') || /^text\/(csv|tab-)/.test(mediaType ?? '');
  const delimiter = delimiterOf(text);
  for (const line of start
    .replace(/^sep=.\r?\n/i, '')
    .split(/\r?\n/)
    .slice(0, HEADER_WITHIN)) {
    const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"|"$/g, ''));
    const names = new Set(cells.flatMap((cell) => nameOf(recognise(cell)) ?? []));
    if (cells.length > 1 && names.has('title') && names.size >= ROW_OF_NAMES)
      return names.has('identifier') || named ? 0.9 : 0.7;
  }
  return named ? 0.5 : 0;
}

const nameOf = (meaning: Recognised | 'personal' | undefined): string | undefined =>
  meaning && meaning !== 'personal' ? meaning.column.name : undefined;

// ---------------------------------------------------------------------------------------------------- reading

async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
  const { options } = page.source;
  const charset = typeof options.charset === 'string' ? options.charset : page.charset;
  const fallback = typeof options.fallback === 'string' ? options.fallback : undefined;
  let repair: string | undefined;
  const texts = decodeText(body, {
    charset,
    fallback,
    onRepair: (what) => {
      repair = what;
    },
  });
  const seen = new Map<string, string>();
  let header: Header | undefined;
  let above = 0;
  let usual: number | undefined; // some tables end every row with a separator
  let first = true;
  for await (const row of csvRows(texts)) {
    const path = `line ${row.line}`;
    if ('what' in row) {
      const remedy = 'close the quotes of every cell and double the quotes inside a text';
      yield {
        incomplete: true,
        rejection: { identifier: null, path, rule: 'csv-syntax', found: found(row.what), remedy },
      };
      return;
    }
    if (!row.cells.some((cell) => cell.trim() !== '')) continue;
    if (!header) {
      header = readHeader(row.cells);
      above++;
      if (!header && above >= HEADER_WITHIN) break;
      continue;
    }
    usual ??= Math.max(header.names.length, row.cells.length);
    const surplus = row.cells.length > usual ? row.cells.slice(usual - 1) : beyond(header, row.cells);
    const raw = rawOf(header, row.cells);
    const identifier = identifierOf(raw, header);
    if (/^(?:yes|y|true|1|x|ja|oui|si|sí)$/i.test(cell(raw, header, 'disabled'))) continue;
    if (surplus.length) {
      const what = `${row.cells.length} cells, but ${header.names.length} columns: ${surplus.join(' | ')}`;
      yield refuse(
        identifier || null,
        path,
        'csv-column-count',
        what,
        'put texts that contain the separator into double quotes',
      );
      continue;
    }
    if (!identifier) {
      const what = cell(raw, header, 'title') || Object.values(raw).slice(0, 3).join(' | ');
      yield refuse(
        null,
        path,
        'missing-identifier',
        what,
        `fill the column "${header.of.get('identifier') ?? 'identifier'}" in ${path}`,
      );
      continue;
    }
    if (!cell(raw, header, 'title') && !header.titles.some((name) => raw[name]) && !seen.has(identifier)) {
      yield refuse(
        identifier,
        path,
        'missing-title',
        row.cells.slice(0, 5).join(' | '),
        `fill the title column in ${path}`,
      );
      continue;
    }
    const same = createHash('sha256').update(JSON.stringify(raw)).digest('base64url').slice(0, 16);
    const before = seen.get(identifier);
    if (before === undefined) {
      seen.set(identifier, same);
      if (first && header.unknown.length) raw['@unknown'] = header.unknown;
      if (first && repair) raw['@encoding'] = repair;
      first = false;
      yield { identifier, path, raw };
    } else if (header.runs.some((name) => raw[name])) {
      yield { identifier, part: partKey(raw, header, same), path, raw };
    } else if (before !== same) {
      const remedy = 'give each credential its own identifier, or fill the columns of a run (start_date, place, …)';
      yield refuse(null, path, 'csv-duplicate-identifier', `${identifier}: ${cell(raw, header, 'title')}`, remedy);
    }
  }
  if (!header) {
    const known = COLUMNS.slice(0, 3)
      .map((one) => one.name)
      .join(', ');
    yield {
      incomplete: true,
      rejection: {
        identifier: null,
        path: 'line 1',
        rule: 'csv-no-header',
        found: `none of the first ${HEADER_WITHIN} rows names a title column`,
        remedy: `begin with a row of column names (${known}, …): see examples/template.csv`,
      },
    };
  }
}

const beyond = (header: Header, cells: readonly string[]): string[] =>
  cells.slice(header.names.length).filter((text) => text.trim() !== '');

const refuse = (identifier: string | null, path: string, rule: string, what: unknown, remedy: string): RecordFault => ({
  rejection: { identifier, path, rule, found: found(what), remedy },
});

interface Header {
  /** One name a cell, unique; undefined for columns that are not kept. */
  names: (string | undefined)[];
  /** The header that stands for a column of the template. */
  of: Map<string, string>;
  titles: string[];
  runs: string[];
  unknown: string[];
}

/** The row of names, if it is one: it must name a title and one thing more. */
function readHeader(cells: readonly string[]): Header | undefined {
  const names: (string | undefined)[] = [];
  const used = new Set<string>();
  for (const given of cells) {
    const text = given.replace(/\s+/g, ' ').trim();
    if (text === '' || recognise(given) === 'personal') {
      names.push(undefined);
      continue;
    }
    let name = text;
    for (let n = 2; used.has(name); n++) name = `${text} (${n})`;
    used.add(name);
    names.push(name);
  }
  const kept = names.filter((name) => name !== undefined);
  const { of, every } = mapping(kept);
  if (!of.has('title') || of.size < ROW_OF_NAMES) return undefined;
  return {
    names,
    of,
    titles: every.filter(({ meaning }) => meaning.column.name === 'title').map(({ name }) => name),
    runs: every
      .filter(
        ({ meaning }) =>
          meaning.column.run &&
          !/^(?:duration|language_of_instruction|price|currency|has_fee|free)$/.test(meaning.column.name),
      )
      .map(({ name }) => name),
    // not known, or the second column for the same thing
    unknown: kept.filter((name) => ![...of.values()].includes(name)),
  };
}

interface Mapping {
  of: Map<string, string>;
  every: { name: string; meaning: Recognised }[];
}

/** Which header stands for which column: the best synonym wins; language columns stand beside. */
function mapping(headers: readonly string[]): Mapping {
  const every = headers.flatMap((name) => {
    const meaning = recognise(name);
    return meaning && meaning !== 'personal' ? [{ name, meaning }] : [];
  });
  const of = new Map<string, string>();
  for (const { name, meaning } of [...every].sort((a, b) => a.meaning.rank - b.meaning.rank)) {
    const key = meaning.language ? `${meaning.column.name}:${meaning.language}` : meaning.column.name;
    if (!of.has(key)) of.set(key, name);
  }
  const title = [...of.keys()].find((key) => key.startsWith('title:'));
  if (!of.has('title') && title) of.set('title', of.get(title) as string);
  return { of, every };
}

function rawOf(header: Header, cells: readonly string[]): Row {
  const raw: Row = {};
  for (const [n, name] of header.names.entries()) {
    const text = (cells[n] ?? '').replaceAll('\u0000', '').toWellFormed().trim();
    if (name !== undefined && name !== '__proto__' && text !== '') raw[name] = text;
  }
  return raw;
}

const cell = (raw: Row, header: Pick<Header, 'of'>, column: string): string => {
  const name = header.of.get(column);
  const value = name === undefined ? undefined : raw[name];
  return typeof value === 'string' && !isFiller(value) ? value : '';
};

function identifierOf(raw: Row, header: Header): string {
  if (header.of.has('identifier')) return cell(raw, header, 'identifier');
  if (header.of.has('url')) return cell(raw, header, 'url');
  const title = cell(raw, header, 'title');
  return title && `title:${headerKey(cell(raw, header, 'provider'))}|${headerKey(title)}`;
}

/** A key that stays when rows are sorted anew: the run's own identifier, else its facts. */
function partKey(raw: Row, header: Header, hash: string): string {
  const own = cell(raw, header, 'opportunity_id');
  if (own) return `run:${own}`;
  const facts = ['start_date', 'end_date', 'place', 'opportunity_url'].map((name) => cell(raw, header, name));
  return facts.some(Boolean) ? `run:${facts.join('|')}|${hash.slice(0, 6)}` : `row:${hash}`;
}

// ---------------------------------------------------------------------------------------------------- meaning

interface Context {
  raw: Row;
  of: Map<string, string>;
  every: Mapping['every'];
  source: SourceDefinition;
  notes: Notes;
  language: string | undefined;
}

const mappings = new Map<string, Mapping>();

function contextOf(raw: Row, source: SourceDefinition, notes: Notes): Context {
  const headers = Object.keys(raw).filter((name) => !name.startsWith('@'));
  const key = headers.join('\n');
  let known = mappings.get(key);
  if (!known) {
    if (mappings.size > 500) mappings.clear();
    known = mapping(headers);
    mappings.set(key, known);
  }
  const context = { raw, ...known, source, notes, language: source.defaults.language };
  const said = get(context, 'language');
  return { ...context, language: (said && languageTag(said)) || context.language };
}

const get = (c: Pick<Context, 'raw' | 'of'>, column: string): string => cell(c.raw, c, column);
const at = (c: Context, column: string): string => c.of.get(column) ?? column;

function normalise(
  input: unknown,
  source: SourceDefinition,
  identifier: string,
  parts: readonly unknown[],
): Normalised {
  const notes = createNotes();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const remedy = 'the first row of an identifier describes the credential: upload the table anew';
    return { rejection: { identifier, path: '', rule: 'csv-no-row', found: found(input), remedy }, problems: [] };
  }
  const raw = input as Row;
  const c = contextOf(raw, source, notes);
  if (Array.isArray(raw['@unknown'])) {
    notes.info(
      '',
      'csv-unknown-columns',
      raw['@unknown'].join(', '),
      'rename them to columns of examples/template.csv, or leave them: they are kept unread',
    );
  }
  if (raw['@encoding']) notes.doubtful('', 'csv-encoding', raw['@encoding'], 'save the table as UTF-8');
  const title = texts(c, 'title');
  if (!title.length) {
    return {
      rejection: {
        identifier,
        path: at(c, 'title'),
        rule: 'missing-title',
        found: found(raw),
        remedy: 'fill the title column',
      },
      problems: notes.problems,
    };
  }
  const long = title.find((text) => text.value.length > 10_000);
  if (long) {
    const what = found(`${long.value.length} characters: ${long.value.slice(0, 100)}`);
    const remedy = 'a title has at most 10,000 characters: check whether a quote was left open';
    return {
      rejection: { identifier, path: at(c, 'title'), rule: 'title-too-long', found: what, remedy },
      problems: notes.problems,
    };
  }
  const providers: Provider[] = [];
  const opportunities = [raw, ...parts].flatMap((row, n) => {
    if (typeof row !== 'object' || row === null) return [];
    const run = readRun(contextOf(row as Row, source, notes), n);
    return run ? [run] : [];
  });
  const draft: CredentialDraft = {
    source: source.id,
    identifier,
    alternates: [],
    url: address(c, 'url'),
    title: stated(title, at(c, 'title')),
    description: statedIf(texts(c, 'description'), at(c, 'description')),
    kind: readKind(c),
    ...readBodies(c, providers),
    learningOutcomes: readOutcomes(c),
    workload: readWorkload(c),
    level: readLevel(c),
    assessment: readAssessment(c),
    participation: coded(c, 'mode', modesOfLearning),
    qualityAssurance: readQuality(c),
    prerequisites: statedIf(texts(c, 'prerequisites'), at(c, 'prerequisites')),
    supervision: readSupervision(c),
    stackability: readStackability(c),
    furtherInformation: readFurther(c),
    languages: statedIf(languagesOf(c), at(c, 'language_of_instruction')),
    fields: readFields(c),
    skills: statedIf(alignments(c, 'skills'), at(c, 'skills')),
    occupations: statedIf(alignments(c, 'occupations'), at(c, 'occupations')),
    targetGroup: coded(c, 'target_group', targetGroups, true),
    purpose: statedIf(texts(c, 'purpose'), at(c, 'purpose')),
    costs: readCosts(c),
    funding: statedIf(texts(c, 'funding'), at(c, 'funding')),
    certificationFormat: statedIf(texts(c, 'certification_format'), at(c, 'certification_format')),
    conditionsToEarn: statedIf(texts(c, 'conditions_to_earn'), at(c, 'conditions_to_earn')),
    opportunities,
    relations: readRelations(c),
  };
  const scheme = texts(c, 'grade_scheme');
  if (scheme.length) draft.grade = stated({ scheme }, at(c, 'grade_scheme'));
  const modified = isoDate(get(c, 'modified'));
  if (modified) draft.sourceModified = modified;
  for (const [name, value] of Object.entries(draft)) if (value === undefined) delete (draft as Row)[name];
  return { credential: completeCredential(draft), providers, problems: notes.problems };
}

/** The texts of a column in all its languages: the column itself and those with a suffix. */
function texts(c: Context, column: string): LangString[] {
  const out: LangString[] = [];
  for (const { name, meaning } of c.every) {
    if (meaning.column.name !== column) continue;
    if (!meaning.language && name !== c.of.get(column)) continue;
    const read = column.startsWith('assessment') ? assessmentStrings : langStrings;
    for (const text of read(c.raw[name], meaning.language ?? c.language)) {
      if (
        !out.some(
          (other) => other.value === text.value && (other.language === text.language || text.language === 'und'),
        )
      )
        out.push(text);
    }
  }
  return out;
}

const list = (text: string): string[] =>
  text
    .split(/[|\n]/)
    .map((item) => plainText(item))
    .filter((item) => !isFiller(item));

function address(c: Context, column: string): string | undefined {
  const said = get(c, column);
  const url = webUrl(said) ?? (/^[\w-]+(\.[\w-]+)+\//.test(said) ? webUrl(`https://${said}`) : undefined);
  if (said && !url) c.notes.dropped(at(c, column), 'url-invalid', said, 'give an absolute http(s) address');
  return url;
}

function readKind(c: Context): CredentialDraft['kind'] {
  const said = texts(c, 'kind');
  if (!said[0]) return notStated();
  const code = c.source.lookups.kind?.[get(c, 'kind')] ?? credentialKinds.parse(get(c, 'kind'));
  return stated({ ...(code ? { code } : {}), text: said }, at(c, 'kind'));
}

function readBodies(
  c: Context,
  providers: Provider[],
): Pick<CredentialDraft, 'offeredBy' | 'awardingBody' | 'issuerCountry'> {
  const { source, notes } = c;
  const saidCountry = get(c, 'country');
  const country = countryCode(saidCountry);
  if (saidCountry && !country)
    notes.dropped(at(c, 'country'), 'country-unknown', saidCountry, 'give an ISO 3166-1 alpha-2 code or the name');
  const region = get(c, 'region');
  const body = (name: string, id: string, url: string | undefined, more: Partial<Provider>): ProviderReference[] =>
    list(name).map((one) => {
      const identifier = id && list(name).length === 1 ? id : providerIdentifierFromName(one);
      const provider: Provider = {
        id: mintProviderId(source.id, identifier),
        source: source.id,
        identifier,
        alternates: [],
        identifiers: [],
        evidence: [],
        name: [{ language: c.language ?? 'und', value: one }],
        ...(url ? { url } : {}),
        ...more,
      };
      providers.push(provider);
      return { id: provider.id, name: provider.name, ...(url ? { url } : {}) };
    });
  const offering = body(get(c, 'provider'), get(c, 'provider_id'), address(c, 'provider_url'), {});
  const awarding = body(get(c, 'awarding_body'), '', address(c, 'awarding_body_url'), country ? { country } : {});
  const { defaults } = source;
  const awardingBody: Element<ProviderReference[]> = awarding.length
    ? stated(awarding, at(c, 'awarding_body'))
    : defaults.awardingBody
      ? derived(body(defaults.awardingBody, '', defaults.awardingBodyUrl, {}), '', 'source-default')
      : notStated();
  const nuts = /^[A-Z]{2}[0-9A-Z]{1,3}$/.test(region) ? { region } : {};
  const issuerCountry = country
    ? stated({ country, ...nuts }, at(c, 'country'))
    : defaults.country
      ? derived({ country: defaults.country }, '', 'source-default')
      : notStated<{ country: string }>();
  return { offeredBy: statedIf(offering, at(c, 'provider')), awardingBody, issuerCountry };
}

function readOutcomes(c: Context): Element<LearningOutcome[]> {
  const blobs = texts(c, 'learning_outcomes').map(({ language, value }) => {
    const given = value.includes('|') ? list(value.replaceAll('\n', '|')) : splitOutcomes(value);
    const byMarks =
      given.length === 1 && (value.match(/;\s/g)?.length ?? 0) > 1 ? list(value.replace(/;\s/g, '|')) : given;
    return { language, all: byMarks };
  });
  const [first] = blobs;
  if (!first) return notStated();
  const aligned = blobs.every((one) => one.all.length === first.all.length);
  const outcomes = aligned
    ? first.all.map((_, n) => ({ text: blobs.map(({ language, all }) => ({ language, value: all[n] as string })) }))
    : blobs.flatMap(({ language, all }) => all.map((value) => ({ text: [{ language, value }] })));
  return statedIf(outcomes, at(c, 'learning_outcomes'));
}

/** A quantity or a range of it, with its unit written behind or not: `3`, `2,5 ECTS`, `3-5`, `120 h`. */
function quantity(c: Context, column: string): { from: number; to?: number } | undefined {
  const said = get(c, column);
  if (!said) return undefined;
  const bare = said
    .replace(/^(?:ects|ca\.?|approx\.?|env\.?)\s*:?\s*/i, '')
    .replace(
      /\s*(?:ects|ec|credits?|credit points?|points?|punkte?|cp|lp|cfu|eap|op|hp|h|hrs?|hours?|std\.?|stunden|heures|horas|uren|ore)\.?(?:[\s-]*(?:ects|credits?|points?|punkte?))?\.?$/i,
      '',
    )
    .trim();
  const range = /^(\d+(?:[.,]\d+)?)\s*(?:-|–|to|bis|à|a|tot)\s*(\d+(?:[.,]\d+)?)$/.exec(bare);
  const from = decimal(range?.[1] ?? bare);
  const to = range ? decimal(range[2]) : undefined;
  if (from === undefined || from < 0 || (to !== undefined && to < from)) {
    c.notes.dropped(
      at(c, column),
      'workload-not-a-quantity',
      said,
      'give a number that is 0 or more, or a range such as 3-5',
    );
    return undefined;
  }
  if (column === 'ects' && from > 500) {
    c.notes.dropped(at(c, column), 'workload-implausible', said, 'no study has that many ECTS: are these hours?');
    return undefined;
  }
  return { from, ...(to !== undefined && to !== from ? { to } : {}) };
}

function readWorkload(c: Context): Element<WorkloadValue> {
  const value: WorkloadValue = {};
  const ects = quantity(c, 'ects');
  if (ects) Object.assign(value, { ects: ects.from }, ects.to === undefined ? {} : { ectsMax: ects.to });
  const hours = quantity(c, 'hours');
  const least = quantity(c, 'hours_min');
  const most = quantity(c, 'hours_max');
  if (hours) Object.assign(value, { hours: hours.from }, hours.to === undefined ? {} : { hoursMax: hours.to });
  if (least) value.hours = least.from;
  if (most && most.from !== (value.hours ?? -1)) value[value.hours === undefined ? 'hours' : 'hoursMax'] = most.from;
  for (const part of ['teaching_hours', 'self_study_hours']) {
    const some = quantity(c, part);
    if (some) value.credits = [...(value.credits ?? []), { scheme: part.replaceAll('_', ' '), value: some.from }];
  }
  const span = parseDuration(get(c, 'duration'));
  if (span?.duration) value.duration = span.duration;
  else if (span?.hours !== undefined && value.hours === undefined) value.hours = span.hours;
  else if (span) value.durationText = get(c, 'duration');
  const where = ['ects', 'hours', 'hours_min', 'hours_max', 'duration', 'teaching_hours', 'self_study_hours'].find(
    (name) => get(c, name),
  );
  return Object.keys(value).length ? stated(value, at(c, where ?? 'ects')) : notStated();
}

function readLevel(c: Context): Element<LevelValue> {
  const { source, notes } = c;
  const value: LevelValue = {};
  const eqf = get(c, 'eqf_level');
  if (eqf) {
    const level =
      /^(?:eqf|eqr|cec|mec|ekr|eqr-niveau|niv(?:eau)?|level|stufe|nivel|livello|taso|tase)?[\s:.-]*(?:level|niveau|nivel)?\s*([1-8])$/i.exec(
        eqf,
      )?.[1];
    if (level) value.eqf = Number(level);
    else notes.dropped(at(c, 'eqf_level'), 'eqf-invalid', eqf, 'give a number from 1 to 8');
  }
  const nqf = get(c, 'nqf_level');
  const country = countryCode(get(c, 'country')) ?? source.defaults.country;
  if (nqf) {
    const framework = get(c, 'nqf_framework');
    value.nqf = { level: nqf.slice(0, 200), ...(country ? { country } : {}), ...(framework ? { framework } : {}) };
  }
  const words = texts(c, 'level');
  if (words.length) value.text = words;
  if (!Object.keys(value).length) return notStated();
  const where = ['eqf_level', 'nqf_level', 'level'].find((name) => get(c, name)) ?? 'level';
  const element = stated(value, at(c, where));
  if (value.eqf !== undefined) return element;
  const add = (level: LevelValue, column: string, rule: string) => ({
    ...element,
    derived: { value: level, origin: { path: at(c, column), rule } },
  });
  const mapped = value.nqf && eqfFromNqf(value.nqf);
  if (mapped) return add({ eqf: mapped }, 'nqf_level', 'nqf-to-eqf');
  const looked = source.lookups.level?.[get(c, 'level')];
  if (looked && /^[1-8]$/.test(looked)) return add({ eqf: Number(looked) }, 'level', 'source-lookup');
  const cycle = qfEheaCycle.parse(get(c, 'level'));
  return cycle ? add({ cycle }, 'level', 'level-in-words-to-cycle') : element;
}

/** Codes of a vocabulary, and the words that have none. */
function coded(c: Context, column: string, vocabulary: Vocabulary, quiet = false): Element<CodesAndText> {
  const said = get(c, column);
  const all = texts(c, column);
  if (!all[0]) return notStated();
  const looked = c.source.lookups[column];
  const whole = looked?.[said] ?? vocabulary.parse(said);
  const pieces = whole
    ? []
    : said
        .split(/[|\n;,/]| (?:and|und|et|y|en|e) /)
        .map((one) => one.trim())
        .filter((one) => one && !isFiller(one));
  const codes = whole ? [whole] : pieces.flatMap((one) => looked?.[one] ?? vocabulary.parse(one) ?? []);
  const understood = whole !== undefined || codes.length === pieces.length;
  if (!understood && !quiet && said.length < 60) {
    c.notes.info(
      at(c, column),
      'word-without-code',
      said,
      `kept as text; words of the vocabulary "${vocabulary.name}" can be filtered by`,
    );
  }
  return stated(
    { codes: [...new Set(codes)], ...(understood && all.length === 1 ? {} : { text: all }) },
    at(c, column),
  );
}

function readAssessment(c: Context): Element<CodesAndText> {
  const type = coded(c, 'assessment_type', assessmentTypes);
  const text = [...(type.value?.text ?? []), ...texts(c, 'assessment')];
  if (
    /^(?:none|no assessment|keine prüfung|sans évaluation|sin evaluación|geen toets)$/i.test(
      get(c, 'assessment_type') || get(c, 'assessment'),
    )
  ) {
    return { state: 'not-applicable', origin: { path: at(c, 'assessment_type') } };
  }
  const codes = type.value?.codes ?? [];
  if (!codes.length && !text.length) return notStated();
  return stated({ codes, ...(text.length ? { text } : {}) }, at(c, type.value ? 'assessment_type' : 'assessment'));
}

function readQuality(c: Context): CredentialDraft['qualityAssurance'] {
  const text = texts(c, 'quality_assurance');
  const url = address(c, 'quality_assurance_url');
  if (!text.length && !url) return notStated();
  const kinds = list(get(c, 'quality_assurance')).flatMap((one) => qualityAssuranceKinds.parse(one) ?? []);
  const claim = { ...(text.length ? { text } : {}), ...(url ? { url } : {}) };
  return stated({ kinds: [...new Set(kinds)], claims: [claim] }, at(c, 'quality_assurance'));
}

function readSupervision(c: Context): CredentialDraft['supervision'] {
  const text = texts(c, 'supervision');
  if (!text.length) return notStated();
  const code = supervision.parse(get(c, 'supervision'));
  return stated({ ...(code ? { code } : {}), text }, at(c, 'supervision'));
}

function readStackability(c: Context): CredentialDraft['stackability'] {
  const text = texts(c, 'stackability');
  const said = headerKey(get(c, 'stackability'));
  if (!text.length) return notStated();
  const stacks = /^(?:stackable|yes|ja|oui|si|stapelbar|stapelbaar|apilable|cumulable|combinable)$/.test(said);
  const alone = /^(?:stand ?alone|standalone|stand alone micro credential|eigenstandig|autonome|independiente)$/.test(
    said,
  );
  const code = stacks ? ('stackable' as const) : alone ? ('stand-alone' as const) : undefined;
  return stated({ ...(code ? { code } : {}), text }, at(c, 'stackability'));
}

function readFurther(c: Context): CredentialDraft['furtherInformation'] {
  const text = texts(c, 'further_information');
  const validity = get(c, 'validity');
  if (!text.length && !validity) return notStated();
  return stated(
    {
      ...(text.length ? { text } : {}),
      links: [],
      ...(validity ? { validity: plainText(validity).slice(0, 500) } : {}),
    },
    at(c, text.length ? 'further_information' : 'validity'),
  );
}

function languagesOf(c: Context): string[] {
  const said = get(c, 'language_of_instruction');
  const pieces = languageTag(said) ? [said] : said.split(/[|\n;,/&+]| (?:and|und|et|y|en|e|or|oder|ou|of) /);
  const tags = pieces.flatMap((piece) => {
    const text = piece.trim();
    if (!text || isFiller(text)) return [];
    const tag = languageTag(text) ?? languageTag(text.split(/ - |\s*\(/)[0]);
    if (!tag)
      c.notes.dropped(
        at(c, 'language_of_instruction'),
        'language-unknown',
        text,
        'give a language code (ISO 639, BCP 47) or its name',
      );
    return tag ?? [];
  });
  return [...new Set(tags)];
}

function readFields(c: Context): Element<FieldValue[]> {
  const fields: FieldValue[] = [];
  for (const said of list(get(c, 'isced_f')).flatMap((one) =>
    /^[\d\s,;]+$/.test(one) ? one.split(/[\s,;]+/).filter(Boolean) : [one],
  )) {
    if (/^99(?:99?)?$/.test(said)) continue; // "field unknown"
    const digits = /^(\d{2,4})(?!\d)/.exec(said)?.[1];
    const code = digits && iscedF.get(digits) ? digits : iscedF.parse(said);
    if (code) fields.push({ isced: code });
    else {
      fields.push({ text: [{ language: c.language ?? 'und', value: said }] });
      c.notes.doubtful(at(c, 'isced_f'), 'field-not-isced-f', said, 'give an ISCED-F 2013 code of 2 to 4 digits');
    }
  }
  const where = fields.length ? 'isced_f' : 'subject';
  const subject = texts(c, 'subject');
  if (subject.length) fields.push({ text: subject });
  return statedIf(fields, at(c, where));
}

function alignments(c: Context, column: string): z.infer<typeof AlignmentValue>[] {
  return list(get(c, column)).map((one) => {
    const uri = /https?:\/\/[^\s()<>]+/.exec(one)?.[0];
    const label = one
      .replace(uri ?? '', '')
      .replace(/[()<>]/g, ' ')
      .trim();
    return {
      ...(label ? { text: [{ language: c.language ?? 'und', value: label }] } : {}),
      ...(uri ? { uri } : {}),
      ...(uri?.includes('data.europa.eu/esco/') ? { framework: 'ESCO' } : {}),
    };
  });
}

function pricesOf(c: Context): Price[] {
  const said = get(c, 'price');
  const currency =
    currencyCode(get(c, 'currency')) ??
    (/\b(?:eur|euro|ttc)\b/.test(headerKey(at(c, 'price'))) && said ? 'EUR' : undefined);
  if (get(c, 'currency') && !currency)
    c.notes.dropped(at(c, 'currency'), 'currency-unknown', get(c, 'currency'), 'give an ISO 4217 code');
  if (said) {
    const amount = decimal(said);
    if (amount !== undefined && amount < 0) {
      c.notes.dropped(at(c, 'price'), 'price-not-a-quantity', said, 'give a number that is 0 or more');
      return [];
    }
    return parsePrices(said).map((price) =>
      price.amount !== undefined && !price.currency && currency ? { ...price, currency } : price,
    );
  }
  const yes = (name: string) => /^(?:yes|y|true|1|ja|oui|si|sí)$/i.test(get(c, name));
  const no = (name: string) => /^(?:no|n|false|0|nein|non|nee)$/i.test(get(c, name));
  const audience = /external users/.test(headerKey(at(c, 'has_fee'))) ? { audience: 'external users' } : {};
  if (yes('free')) return [{ amount: 0 }];
  if (no('has_fee')) return [{ amount: 0, ...audience }];
  if (yes('has_fee')) return [{ text: 'fee', ...audience }];
  return [];
}

function readCosts(c: Context): Element<Price[]> {
  const where = ['price', 'free', 'has_fee'].find((name) => get(c, name)) ?? 'price';
  return statedIf(pricesOf({ ...c }), at(c, where));
}

function readRelations(c: Context): Relation[] {
  const types = { stacks_into: 'stacksInto', requires: 'requires', part_of: 'partOf' } as const;
  return Object.entries(types).flatMap(([column, type]) =>
    list(get(c, column)).map((one) => ({
      type,
      target: webUrl(one) ?? (/^urn:/i.test(one) ? one : mintCredentialId(c.source.id, one)),
      origin: { path: at(c, column) },
    })),
  );
}

/** The run that a row describes, if it has anything that only a run has. */
function readRun(c: Context, n: number): Opportunity | undefined {
  const day = (column: string) => readDate(c, column);
  const startDate = day('start_date');
  const saidStart = get(c, 'start_date');
  const place = plainText(get(c, 'place'));
  const saidCountry = get(c, 'place_country');
  const country = countryCode(saidCountry);
  if (saidCountry && !country)
    c.notes.dropped(
      at(c, 'place_country'),
      'country-unknown',
      saidCountry,
      'give an ISO 3166-1 alpha-2 code or the name',
    );
  const own: Partial<Opportunity> = {
    startDate: startDate.date,
    startText: startDate.text,
    endDate: day('end_date').date,
    applicationStart: day('application_start').date,
    applicationDeadline: day('application_deadline').date,
    place: place || undefined,
    country,
    pace: plainText(get(c, 'pace')) || undefined,
    url: address(c, 'opportunity_url'),
  };
  const id = get(c, 'opportunity_id');
  if (!id && Object.values(own).every((value) => value === undefined)) return undefined;
  if (own.startDate && own.endDate && own.endDate < own.startDate) {
    c.notes.doubtful(
      at(c, 'end_date'),
      'ends-before-it-starts',
      `${saidStart} to ${get(c, 'end_date')}`,
      'check the two dates',
    );
  }
  const silent = { ...c, notes: createNotes() }; // what is read here again was reported with the credential
  const span = parseDuration(get(c, 'duration'));
  const mode = coded(silent, 'mode', modesOfLearning).value;
  const languages = languagesOf(silent);
  const prices = pricesOf(n === 0 ? silent : c);
  const run: Opportunity = {
    id: id || [own.startDate ?? own.startText, own.place, own.url].filter(Boolean).join(' ') || `run ${n + 1}`,
    path: n === 0 ? '' : `/parts/${n - 1}`,
    ...own,
    ...(span?.duration ? { duration: span.duration } : span?.text ? { durationText: span.text } : {}),
    ...(mode?.codes.length ? { participation: mode.codes } : {}),
    ...(languages.length ? { languages } : {}),
    ...(prices.length ? { prices } : {}),
  };
  return Object.fromEntries(Object.entries(run).filter(([, value]) => value !== undefined)) as Opportunity;
}

/** `YYYY-MM-DD`, a time behind it or not, `D.M.YYYY`, `D/M/YYYY`; for a start also words ("any time"). */
function readDate(c: Context, column: string): { date?: string; text?: string } {
  const said = get(c, column);
  if (!said) return {};
  const iso = isoDate(said);
  if (iso) return { date: iso };
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T].*)?$/.exec(said);
  if (parts) {
    const [, a = '', mark, b = '', year = ''] = parts;
    const monthFirst = mark !== '.' && (c.source.options.dates === 'mdy' || Number(b) > 12);
    const [month, dayOfMonth] = monthFirst ? [a, b] : [b, a];
    const date = isoDate(`${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`);
    const clear = mark === '.' || c.source.options.dates !== undefined || Number(a) > 12 || Number(b) > 12 || a === b;
    if (date && !clear)
      c.notes.doubtful(at(c, column), 'date-ambiguous', said, 'write YYYY-MM-DD; read here as day, month, year');
    if (date) return { date };
  }
  if (column === 'start_date' && /\p{L}{3}/u.test(said) && said.length < 200) return { text: plainText(said) };
  c.notes.dropped(at(c, column), 'date-invalid', said, 'give a calendar date, YYYY-MM-DD');
  return {};
}
