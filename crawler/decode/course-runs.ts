import type { LangString, Opportunity } from '../../schema/index.ts';
import { isoDate } from '../../schema/parse/date.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { slug } from './course-identifiers.ts';
import { modes } from './course-modes.ts';
import { nodeUrl } from './course-nodes.ts';
import { place } from './course-place.ts';
import { readPrices } from './course-prices.ts';
import {
  each,
  fallbackLanguage,
  languageTags,
  problem,
  RESIDUE,
  type Reading,
  rawText,
  SCHEMA_PREFIX,
  say,
  texts,
} from './course-reading.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

export interface Run {
  opportunity: Opportunity;
  path: string;
}

/** The dated runs of a course; a lone run is its own, a programme with dates has one. */
export function readRuns(r: Reading, title: LangString[]): Run[] {
  const nodes: [LinkedNode, string][] = [];
  if (r.raw.type === 'CourseInstance') nodes.push([r.node, '/node']);
  (r.raw.runs ?? []).forEach((run, i) => {
    nodes.push([run, `/runs/${i}`]);
  });
  for (const key of ['hasCourseInstance', 'courseInstance']) {
    // A run's own runs are its lectures.
    if (r.raw.type === 'CourseInstance') break;
    for (const [value, path] of each(r.node, key)) if (isNode(value)) nodes.push([value, path]);
  }
  if (
    r.raw.type !== 'CourseInstance' &&
    ['startDate', 'endDate', 'applicationStartDate', 'applicationDeadline'].some((k) => r.node[k])
  ) {
    nodes.push([r.node, '/node']);
  }
  const used = new Set<string>();
  return nodes.flatMap(([node, path]) => {
    const opportunity = readRun(r, node, path, title);
    if (!opportunity) return [];
    const base = opportunity.id;
    for (let n = 2; used.has(opportunity.id); n++) opportunity.id = `${base}-${n}`;
    used.add(opportunity.id);
    return [{ opportunity, path }];
  });
}

function readRun(r: Reading, node: LinkedNode, path: string, title: LangString[]): Opportunity | undefined {
  if (Object.keys(node).every((key) => key === '@id' || key === '@type')) {
    if (node['@id'] && !node['@type']) {
      problem(r, path, 'reference-unresolved', node['@id'], 'describe the run where it is referred to', 'error');
      return undefined;
    }
  }
  const run: Opportunity = { id: '', path };
  const name = texts(r, node['name'], `${path}/name`);
  if (node !== r.node && name.length && name[0]?.value !== title[0]?.value) run.name = name;
  const where = place(r, node['location'], `${path}/location`);
  if (where.text) run.place = where.text;
  if (where.locality) run.locality = where.locality;
  if (where.region) run.region = where.region;
  if (where.country) run.country = where.country;
  dates(r, node, path, run);
  const { codes, pace, words } = modes(r, node, path);
  const time = texts(r, node['timeOfDay'], `${path}/timeOfDay`).map(({ value }) => value);
  if (codes.length) run.participation = codes;
  if (words.length) run.participationText = words.join(', ');
  if (pace.length || time.length) run.pace = [...pace, ...time].join(', ');
  effort(r, node, path, run);
  const languages = languageTags(r, node, path);
  if (languages.length) run.languages = languages;
  const prices = readPrices(r, node, path);
  if (prices.stated.length || prices.derived.length) run.prices = prices.stated.length ? prices.stated : prices.derived;
  const status = runStatus(node);
  if (status) run.status = status;
  const url = nodeUrl({ url: node['url'] }, r.raw.base) ?? offerUrl(r, node);
  if (url) run.url = url;
  const id = typeof node['@id'] === 'string' && !node['@id'].startsWith('_:') ? node['@id'] : undefined;
  const facts = [
    run.startDate ?? run.startText,
    run.place,
    ...(run.participation ?? []),
    run.pace,
    run.name?.[0]?.value,
  ];
  run.id = node !== r.node && id ? id : slug(facts.filter(Boolean).join(' ')) || 'run';
  return run;
}

function dates(r: Reading, node: LinkedNode, path: string, run: Opportunity): void {
  const schedules = list(node['courseSchedule'] ?? node['eventSchedule']).filter(isNode);
  const read = (key: string, target: LinkedNode, at: string): string | undefined => {
    for (const [value, place] of each(target, key, at)) {
      const text = rawText(value).trim();
      if (!text) continue;
      const date = isoDate(text);
      if (date) return date;
      if (key === 'startDate' && !/\d/.test(text) && !RESIDUE.test(text) && !isFiller(text)) {
        run.startText = plainText(text).slice(0, 200);
      } else if (!isFiller(text)) {
        problem(r, place, 'date-invalid', text, 'give a real calendar date, YYYY-MM-DD', 'error');
      }
    }
    return undefined;
  };
  const start = read('startDate', node, path);
  const end = read('endDate', node, path);
  const [schedule] = schedules;
  const schedulePath = `${path}/${node['courseSchedule'] ? 'courseSchedule' : 'eventSchedule'}`;
  const from = start ?? (schedule && schedules.length === 1 ? read('startDate', schedule, schedulePath) : undefined);
  const until = end ?? (schedule && schedules.length === 1 ? read('endDate', schedule, schedulePath) : undefined);
  if (from) run.startDate = from;
  if (until && from && until < from) {
    problem(
      r,
      `${path}/endDate`,
      'end-before-start',
      `${from} – ${until}`,
      'mend the dates: the end was dropped',
      'error',
    );
  } else if (until) run.endDate = until;
  const opens = read('applicationStartDate', node, path);
  const closes = read('applicationDeadline', node, path);
  if (opens) run.applicationStart = opens;
  if (closes) run.applicationDeadline = closes;
  const rhythm = schedules
    .map((s) => [
      s['duration'],
      s['repeatFrequency'],
      s['repeatCount'] === undefined ? undefined : `× ${rawText(s['repeatCount'])}`,
      ...list(s['byDay']),
    ])
    .map((parts) =>
      parts
        .map((part) => rawText(part).replace(SCHEMA_PREFIX, ''))
        .filter(Boolean)
        .join(' '),
    )
    .filter(Boolean);
  // The length of one meeting, times meetings: words about time, never effort worked out from it.
  if (rhythm.length) run.durationText = rhythm.join('; ').slice(0, 500);
}

function effort(r: Reading, node: LinkedNode, path: string, run: Opportunity): void {
  if (node !== r.node || r.raw.type === 'CourseInstance') {
    for (const [value, place] of each(node, 'courseWorkload', path)) {
      const read = parseDuration(rawText(value).trim());
      if (read?.hours !== undefined && run.hours === undefined) run.hours = read.hours;
      else if (read?.duration && !run.duration) {
        run.duration = read.duration;
        problem(r, place, 'workload-is-duration', value, 'courseWorkload is effort: give hours (PT50H)', 'warning');
      } else if (read?.text) {
        say(r, 'courseWorkload', [{ language: fallbackLanguage(r) ?? 'und', value: read.text }]);
        problem(r, place, 'workload-not-iso', value, 'give an ISO 8601 duration of hours (PT50H)', 'info');
      }
    }
  }
  for (const key of ['duration', 'timeRequired']) {
    if (node === r.node && key === 'timeRequired') continue;
    if (node === r.node && r.raw.type !== 'CourseInstance') continue;
    for (const [value] of each(node, key, path)) {
      const read = parseDuration(rawText(value).trim());
      if (read?.duration) run.duration ??= read.duration;
      else if (read?.hours !== undefined && key === 'timeRequired') run.hours ??= read.hours;
      else if (read) run.durationText ??= plainText(rawText(value));
    }
  }
}

function runStatus(node: LinkedNode): Opportunity['status'] {
  const event = list(node['eventStatus'])
    .map((v) => rawText(isNode(v) ? v['@id'] : v))
    .join(' ');
  if (/cancell?ed/i.test(event)) return 'cancelled';
  const stock = list(node['offers'])
    .filter(isNode)
    .map((offer) => rawText(isNode(offer['availability']) ? offer['availability']['@id'] : offer['availability']));
  if (stock.length && stock.every((text) => /soldout|outofstock/i.test(text))) return 'full';
  if (stock.length && stock.every((text) => /discontinued/i.test(text))) return 'closed';
  return /scheduled/i.test(event) ? 'scheduled' : undefined;
}

const offerUrl = (r: Reading, node: LinkedNode): string | undefined =>
  list(node['offers'])
    .filter(isNode)
    .map((offer) => nodeUrl({ url: offer['url'] }, r.raw.base))
    .find(Boolean);

/** The raw nodes of the runs, with their pointers. */
export function* runNodes(r: Reading, runs: Run[]): Generator<[LinkedNode, string]> {
  for (const { path } of runs) {
    let value: unknown = r.raw;
    for (const step of path.split('/').slice(1)) value = (value as Record<string, unknown> | undefined)?.[step];
    if (isNode(value)) yield [value, path];
  }
}
