import { derived, type Element, notStated, stated, type WorkloadValue, withDerived } from '../../schema/index.ts';
import { parseDuration } from '../../schema/parse/duration.ts';
import { decimal } from '../../schema/parse/number.ts';
import { isFiller, plainText } from '../../schema/parse/text.ts';
import { each, problem, type Reading, rawText } from './course-reading.ts';
import type { Run } from './course-runs.ts';
import { isNode, list } from './linked-data.ts';

/** Credits, hours and calendar duration, apart. The hours of runs are derived, when all agree. */
export function workload(r: Reading, runs: Run[]): Element<WorkloadValue> {
  const value: WorkloadValue = {};
  let path = '';
  const mark = (place: string) => {
    path ||= place;
  };
  for (const [credits, place] of each(r.node, 'numberOfCredits')) {
    if (readCredits(r, credits, place, value)) mark(place);
  }
  const hours: number[] = [];
  const keys: [string, boolean][] = [
    ['timeRequired', true],
    ['timeToComplete', true],
    ['duration', r.raw.type === 'CourseInstance'],
  ];
  if (r.raw.type !== 'CourseInstance') keys.unshift(['courseWorkload', false]);
  for (const [key, proper] of keys) {
    if (key === 'duration' && r.raw.type === 'CourseInstance') continue; // read with the run
    for (const [item, place] of each(r.node, key)) {
      const read = parseDuration(rawText(item).trim());
      if (!read) continue;
      if (!proper)
        problem(r, place, 'property-not-of-type', key, `use timeRequired; ${r.raw.type} has no ${key}`, 'warning');
      mark(place);
      if (read.hours !== undefined) hours.push(read.hours);
      else if (read.duration) value.duration ??= read.duration;
      else if (read.text) {
        value.durationText ??= read.text;
        problem(r, place, 'duration-not-iso', read.text, 'give an ISO 8601 duration (P10W, PT50H)', 'info');
      }
    }
  }
  if (hours.length) {
    value.hours = Math.min(...hours);
    if (Math.max(...hours) > value.hours) value.hoursMax = Math.max(...hours);
  }
  const element: Element<WorkloadValue> = path ? stated(value, path) : notStated();
  const [first] = runs;
  const every = first?.opportunity.hours;
  if (value.hours !== undefined || every === undefined || !first) return element;
  if (r.raw.type === 'CourseInstance' && runs.length === 1) {
    const whole = { ...value, hours: every };
    return stated(whole, path || '/node/courseWorkload');
  }
  if (!runs.every(({ opportunity }) => opportunity.hours === every)) return element;
  const rule = 'workload-of-every-run';
  const place = `${first.path}/courseWorkload`;
  return path ? withDerived(element, { hours: every }, place, rule) : derived({ hours: every }, place, rule);
}

/** Credits are ECTS only when the unit says so; any other number keeps the words for its scheme. */
function readCredits(r: Reading, input: unknown, path: string, into: WorkloadValue): boolean {
  const node = isNode(input) ? input : undefined;
  const text = node ? '' : plainText(rawText(input));
  const match = /^(\d+(?:[.,]\d+)?)\s*(?:[-–]\s*(\d+(?:[.,]\d+)?))?\s*(.*)$/.exec(text);
  const unit = node
    ? ['unitText', 'unitCode', 'name', 'alternateName', 'description', '@id', 'url']
        .flatMap((key) => list(node[key]).map(rawText))
        .filter(Boolean)
    : [match?.[3] ?? ''];
  const low = node ? decimal(rawText(node['value'] ?? node['minValue'])) : decimal(match?.[1] ?? text);
  const high = node ? decimal(rawText(node['maxValue'])) : decimal(match?.[2]);
  if (low === undefined) {
    if (node ? Object.keys(node).length : !isFiller(text)) {
      problem(r, path, 'credits-not-a-number', input, 'give a number, with unitText "ECTS" if it is ECTS', 'error');
    }
    return false;
  }
  if (low < 0) {
    problem(r, path, 'credits-negative', input, 'give a number of credits that is not negative', 'error');
    return false;
  }
  if (unit.some((word) => /\bECTS\b|european credit transfer/i.test(word))) {
    into.ects ??= low;
    if (high !== undefined && high > low) into.ectsMax ??= high;
    return true;
  }
  const scheme = unit.map((word) => plainText(word)).find((word) => word && !/^credits?( points?)?$/i.test(word));
  into.credits = [...(into.credits ?? []), { scheme: scheme?.slice(0, 100) ?? 'unspecified', value: low }];
  if (!scheme) problem(r, path, 'credits-without-scheme', input, 'say which credits: unitText "ECTS"', 'info');
  return true;
}
