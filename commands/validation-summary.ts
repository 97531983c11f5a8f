import { type Credential, ELEMENTS, type Problem, type Rejection, type Severity } from '../schema/index.ts';
import { printable } from './terminal/printable.ts';
import { wrap } from './terminal/wrap.ts';

/** The last line of `validate --json`. */
export interface Summary {
  format: string;
  records: number;
  accepted: number;
  rejected: number;
  problems: number;
  /** For each element: how many records have it in each state. */
  elements: Record<string, Record<string, number>>;
  complete: boolean;
  reason?: string;
}

/** What was found by one rule: how often, and the first of them. */
interface Found extends Omit<Problem, 'severity'> {
  severity: Severity | 'rejected';
  identifier: string | null;
  times: number;
}

const WEIGHT: readonly Found['severity'][] = ['rejected', 'error', 'warning', 'info'];

/** Counts what a feed comes to, record by record. What it holds grows with the rules that there are, not with the feed. */
export function createTally(format: string) {
  const summary: Summary = { format, records: 0, accepted: 0, rejected: 0, problems: 0, elements: {}, complete: true };
  const findings = new Map<string, Found>();
  const note = (identifier: string | null, severity: Found['severity'], one: Omit<Problem, 'severity'>) => {
    const key = `${severity} ${one.rule}`;
    const before = findings.get(key);
    if (before) before.times++;
    else findings.set(key, { ...one, identifier, severity, times: 1 });
  };
  return {
    summary,
    reject(rejection: Rejection) {
      summary.records++;
      summary.rejected++;
      note(rejection.identifier, 'rejected', rejection);
    },
    accept(identifier: string, record: Credential | undefined, problems: readonly Problem[]) {
      summary.records++;
      summary.accepted++;
      summary.problems += problems.length;
      for (const problem of problems) note(identifier, problem.severity, problem);
      if (!record) return;
      for (const name of ELEMENTS) {
        const states = summary.elements[name] ?? {};
        summary.elements[name] = states;
        const { state } = record[name];
        states[state] = (states[state] ?? 0) + 1;
      }
    },
    cutShort(reason: string) {
      Object.assign(summary, { complete: false, reason });
    },
    /** By weight: rejected records first, then what was dropped, repaired, worth knowing. */
    findings: (): Found[] =>
      [...findings.values()].sort(
        (a, b) => WEIGHT.indexOf(a.severity) - WEIGHT.indexOf(b.severity) || b.times - a.times,
      ),
  };
}

export type Tally = ReturnType<typeof createTally>;

/** What came of a feed, in so many lines where that is possible: what does not fit is named, with how often. */
export function summaryLines(
  { summary, findings }: Tally,
  { width, height }: { width: number; height: number },
): string[] {
  const { format, records, accepted, rejected, problems, complete, reason } = summary;
  const lines = wrap(
    `${records} records (${format}): ${accepted} accepted, ${rejected} rejected, ${problems} problems`,
    width,
  );
  if (!complete) lines.push(...wrap(printable(`the feed was not read to its end: ${reason}`), width));
  if (accepted) lines.push(...elementLines(summary, width));
  const all = findings();
  const block = (of: readonly Found[]) => of.flatMap((one) => wrap(printable(findingLine(one)), width));
  const further = (of: readonly Found[]) => {
    const rules = of.map(({ times, rule }) => `${times} × ${rule}`).join(', ');
    return rules ? wrap(printable(`further, told by --all: ${rules}`), width) : [];
  };
  const withFirst = (n: number) => [...lines, ...block(all.slice(0, n)), ...further(all.slice(n))];
  let shown = Math.min(all.length, height);
  // A line is for the prompt.
  while (shown > 1 && withFirst(shown).length >= height) shown--;
  return withFirst(shown);
}

const findingLine = ({ severity, times, rule, identifier, path, found, remedy }: Found): string => {
  const value = found.length > 60 ? `${found.slice(0, 59).toWellFormed()}…` : found;
  const place = `${identifier ?? '(no record)'} at ${path || '/'}`;
  return `${severity} ${times} × ${rule}: ${place}, found "${value}". ${remedy}`;
};

const HEADINGS = ['records that say', 'stated', 'derived', 'not'];
const GAPS = [2, 1];

/** How many records say each element: two columns of elements where they fit beside each other. */
function elementLines({ elements }: Summary, width: number): string[] {
  const rows = ELEMENTS.flatMap((name) => {
    const { stated = 0, derived = 0, 'not-stated': not = 0, 'not-applicable': none = 0 } = elements[name] ?? {};
    // What only an issued credential has is no matter of a catalogue.
    return stated + derived + not + none ? [[name, ...[stated + none, derived, not].map(String)]] : [];
  });
  const half = Math.ceil(rows.length / 2);
  const [whole, left, right] = [rows, rows.slice(0, half), rows.slice(half)].map(columnOf) as [
    string[],
    string[],
    string[],
  ];
  const gap = GAPS.find((wide) => (left[0] ?? '').length + wide + (right[0] ?? '').length <= width);
  if (gap === undefined) return whole.flatMap((line) => wrap(line, width));
  return left.map((line, at) => `${line}${' '.repeat(gap)}${right[at] ?? ''}`.trimEnd());
}

function columnOf(rows: readonly string[][]): string[] {
  const all = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  return all.map((row) =>
    row.map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join(' '),
  );
}
