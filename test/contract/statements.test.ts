import { describe, expect, test } from 'vitest';
import type { Format } from '../../crawler/format.ts';
import { loadFormats } from '../../crawler/registry.ts';
import type { Credential, Problem } from '../../schema/index.ts';
import { type Fact, factsOf, hasFact, isFact, keeps, tells } from './facts.ts';
import { type Feed, suiteOf, suiteSource } from './format-suite.ts';
import { toldByPlace } from './raw-paths.ts';
import { gathered, normalisedOf, readFeed } from './read-feed.ts';
import { STATEMENTS, type Statement, saidBy, type Want } from './statements.cases.ts';

const formats = await loadFormats();

interface Outcome {
  /** Whether a problem points to the place that says the words. */
  pointed(words: string): boolean;
  record?: Credential;
  problems: readonly Problem[];
  rejected?: string;
}

/** What a format makes of a statement; undefined: it has no place for it. */
async function outcomeOf(
  format: Format,
  statement: Statement,
): Promise<{ outcome: Outcome; words: string[] } | undefined> {
  const suite = await suiteOf(format.name);
  const said = saidBy(statement, suite.self);
  const feed: Feed | undefined = suite.say(said);
  if (!feed) return undefined;
  const source = suiteSource(format.name, feed.url, statement.language);
  const { records, faults, broken } = await readFeed(format, feed, { source });
  if (broken) throw broken;
  const results = [...normalisedOf(format, source, records).values()];
  const problems = results.flatMap(({ problems }) => problems);
  const rejection =
    results.flatMap((result) => ('rejection' in result ? [result.rejection] : []))[0] ?? faults[0]?.rejection;
  const record = results.flatMap((result) =>
    'credential' in result && result.credential ? [result.credential] : [],
  )[0];
  return {
    // A format with members of their own for the parts names the number.
    words: [said.words, ...(said.shape?.value === undefined ? [] : [String(said.shape.value)])],
    outcome: {
      pointed: (words) =>
        [...gathered(records).values()].some(({ raw, parts }) => toldByPlace(suite.paths, raw, parts, problems, words)),
      record,
      problems,
      ...(rejection ? { rejected: `${rejection.rule} ${rejection.found}` } : {}),
    },
  };
}

const SPECIAL = new Set(['says', 'told', 'noted', 'rejected']);
/** A failure that is one line: where in this file it is thrown says nothing. */
const complaint = (message: string): Error => Object.assign(new Error(message), { name: '', stack: message });
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** What is not as wanted, in words. */
function misses(
  { record, problems, rejected, pointed }: Outcome,
  words: readonly string[],
  want: Want,
  not: Want = {},
): string[] {
  if (want.rejected) return rejected ? [] : ['rejected: wanted, but the record came in'];
  if (!record) return [`a record: wanted, but it was rejected (${rejected ?? 'no record'})`];
  const facts = factsOf(record);
  const out: string[] = [];
  for (const [name, wanted] of Object.entries(want)) {
    if (SPECIAL.has(name)) continue;
    if (!(name in facts)) throw new Error(`there is no fact "${name}"`);
    if (!isFact(name, facts[name], wanted as Fact | null as never))
      out.push(`${name}: ${shown(facts[name])}, wanted ${shown(wanted ?? undefined)}`);
  }
  for (const [name, refused] of Object.entries(not)) {
    if (!(name in facts)) throw new Error(`there is no fact "${name}"`);
    if (hasFact(facts[name], refused as never))
      out.push(`${name}: ${shown(facts[name])}, must not be ${shown(refused)}`);
  }
  for (const said of want.says ?? []) if (!keeps(record, said)) out.push(`says ${shown(said)}: lost`);
  const heard = problems.map(({ rule, found }) => `${rule} ${found}`).join('; ');
  // That something does not apply is said without words: the element's state says it.
  const denied = record.assessment.state === 'not-applicable';
  if (want.told && !denied && !words.some((said) => tells(record, problems, said) || pointed(said)))
    out.push(`told: lost without a word (problems: ${heard || 'none'})`);
  if (want.noted && !problems.some(({ found }) => words.some((said) => found.includes(said))) && !words.some(pointed))
    out.push(`noted: no problem names it (${heard || 'none'})`);
  return out;
}

const wants = (statement: Statement, format: string): { must: readonly Want[]; mustNot?: Want } | undefined => {
  const exception = statement.except?.[format];
  if (exception && !exception.must && !exception.mustNot) return undefined;
  const must = exception?.must ?? statement.must;
  return {
    must: Array.isArray(must) ? must : [must as Want],
    mustNot: exception ? exception.mustNot : statement.mustNot,
  };
};

interface Case {
  format: Format;
  statement: Statement;
  name: string;
}

const cases: Case[] = [];
for (const statement of STATEMENTS)
  for (const format of formats.values()) {
    const suite = await suiteOf(format.name);
    if (!wants(statement, format.name) || !suite.say(saidBy(statement, suite.self))) continue;
    const parts = statement.shape ? ` ${JSON.stringify(statement.shape)}` : '';
    cases.push({
      format,
      statement,
      name: `${format.name} · ${statement.place} · ${JSON.stringify(statement.words)} (${statement.language})${parts}`,
    });
  }

describe('the same words come out the same, and right', () => {
  test.each(cases)('$name', async ({ format, statement }) => {
    const told = await outcomeOf(format, statement);
    if (!told) throw new Error('no place');
    const { must, mustNot } = wants(statement, format.name) as { must: readonly Want[]; mustNot?: Want };
    const failures = must.map((want) => misses(told.outcome, told.words, want, mustNot));
    const best = failures.sort((a, b) => a.length - b.length)[0] ?? [];
    if (best.length)
      throw complaint(`${format.name} | ${statement.place} | ${JSON.stringify(told.words[0])} | ${best.join(' | ')}`);
  });
});

describe('the table of statements', () => {
  test('has at least 150 rows in at least eight languages, over all elements that words are about', () => {
    expect(STATEMENTS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(STATEMENTS.map(({ language }) => language)).size).toBeGreaterThanOrEqual(8);
  });

  test('every row is said in at least one format, and most in several', async () => {
    const unsaid = STATEMENTS.filter((statement) => !cases.some((one) => one.statement === statement));
    expect(unsaid.map(({ place, words }) => `${place} ${words}`)).toEqual([]);
  });

  test('exceptions name a format that is there, and the clause of its specification', () => {
    for (const { except = {} } of STATEMENTS)
      for (const [format, { clause }] of Object.entries(except)) {
        expect(formats.has(format), format).toBe(true);
        expect(clause.length).toBeGreaterThan(20);
      }
  });
});

describe('where several readings are right, all formats choose the same', () => {
  test.each(STATEMENTS.filter(({ must }) => Array.isArray(must)))('$place · $words ($language)', async (statement) => {
    const chosen = new Map<string, number>();
    for (const { format } of cases.filter((one) => one.statement === statement)) {
      const told = await outcomeOf(format, statement);
      const must = statement.must as readonly Want[];
      if (told)
        chosen.set(
          format.name,
          must.findIndex((want) => misses(told.outcome, told.words, want).length === 0),
        );
    }
    expect([...new Set(chosen.values())].length, JSON.stringify([...chosen])).toBe(1);
  });
});
