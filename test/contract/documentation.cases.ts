import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { staleDocumentation } from '../../commands/format-docs.ts';
import type { Format } from '../../crawler/format.ts';
import { ELEMENTS, type ElementName, type SourceDefinition } from '../../schema/index.ts';
import { FIXTURES } from '../support/fixture-files.ts';
import { type Feed, type FormatSuite, suiteSource } from './format-suite.ts';
import { normalisedOf, readFeed } from './read-feed.ts';
import { STATEMENTS, saidBy } from './statements.cases.ts';

const ROOT = new URL('../../', import.meta.url);
const WRITE = 'run `node commands/format-docs.ts --write`';
/** What the runs say is said by the source; what is true by the definition of the source is not. */
const OF_RUNS = 'union-of-opportunities';
const OF_SOURCE = 'source-default';

export interface Documented {
  format: Format;
  suite: FormatSuite;
  formats: ReadonlyMap<string, Format>;
}

/** No page is out of date, nor that of a format which is gone, nor the table of the README. */
export function allDocumentationCase(formats: ReadonlyMap<string, Format>): void {
  test('the documentation of the formats is what they say, and no more', () => {
    expect(staleDocumentation(formats), WRITE).toEqual([]);
  });
}

/** The proofs that what a format says of itself is so, and is written where people look. */
export function documentationCases({ format, suite, formats }: Documented): void {
  const { documentation } = format;

  describe('documentation', () => {
    test('the elements it names are those that its fixtures and the table of statements give, and no others', async () => {
      const found = await whatComesOut(format, suite);
      expect(sorted(documentation.elements), 'elements: stated, or said by the runs').toEqual(sorted(found.stated));
      const derived = [...found.derived].filter((name) => !found.stated.has(name));
      expect(sorted(documentation.derived), 'derived: by a rule, and never stated').toEqual(sorted(derived));
    });

    test('the options it names are those that it asks its source for', async () => {
      expect(sorted(Object.keys(documentation.options))).toEqual(sorted(await optionsAsked(format, suite)));
    });

    test('each member it lists is one that it reads, and has a meaning where others of its list do', () => {
      const listed = documentation.members.flatMap(({ read }) => read);
      expect(listed.length).toBeGreaterThan(10);
      expect(listed.filter((name) => !format.reads?.(name.replace(/^@(?:[^:]*:)?/, '')))).toEqual([]);
      expect(documentation.members.every(({ meaning, read }) => !meaning || read.every((name) => meaning[name]))).toBe(
        true,
      );
    });

    test('says its quirks in sentences', () => {
      expect(documentation.reads).toMatch(/^\S.{10,119}$/);
      expect(documentation.quirks.length).toBeGreaterThan(0);
      expect(documentation.quirks.filter((quirk) => !/^\S.{20,}\.$/.test(quirk))).toEqual([]);
    });

    test('its page and the table of the README name it, and are what it says', () => {
      const page = `docs/formats/${format.name}.md`;
      expect(staleDocumentation(formats), WRITE).not.toContain(page);
      const text = readFileSync(new URL(page, ROOT), 'utf8');
      expect(text).toContain(`\`${format.name}\``);
      expect(text).toContain(format.specification);
      const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
      expect(readme).toMatch(
        new RegExp(`^\\| \\[\`${format.name}\`\\]\\(docs/formats/${format.name}\\.md\\) \\| .{10,} \\|$`, 'm'),
      );
    });
  });
}

const sorted = (names: Iterable<string>): string[] => [...names].sort();

interface Evidence {
  feed: Feed;
  role?: string | undefined;
  language?: string;
}

/** Everything that is known of the format: its fixtures, and the statements that it has a place for. */
const evidenceOf = (format: Format, suite: FormatSuite): Evidence[] => [
  ...Object.entries(suite.fixtures).map(([name, { file = name, role, ...rest }]) => ({
    feed: { ...rest, body: new Uint8Array(readFileSync(new URL(`${format.name}/${file}`, FIXTURES))) },
    role,
  })),
  { feed: suite.several },
  ...STATEMENTS.flatMap((statement) => {
    const feed = suite.say(saidBy(statement, suite.self));
    return feed ? [{ feed, language: statement.language }] : [];
  }),
];

/** Elements by how they come out. */
async function whatComesOut(format: Format, suite: FormatSuite) {
  const stated = new Set<ElementName>();
  const derived = new Set<ElementName>();
  for (const { feed, role, language } of evidenceOf(format, suite)) {
    const source = suiteSource(format.name, feed.url, language);
    const { records } = await readFeed(format, feed, { source, ...(role ? { role } : {}) });
    for (const result of normalisedOf(format, source, records).values()) {
      if ('rejection' in result || !result.credential) continue;
      for (const name of ELEMENTS) {
        const { state, origin } = result.credential[name];
        if (origin?.rule === OF_SOURCE) continue;
        if (state === 'stated' || origin?.rule === OF_RUNS) stated.add(name);
        else if (state === 'derived') derived.add(name);
      }
    }
  }
  return { stated, derived };
}

/** The options of the source that are asked for while the fixtures are read. */
async function optionsAsked(format: Format, suite: FormatSuite): Promise<Set<string>> {
  const asked = new Set<string>();
  for (const { feed, role } of evidenceOf(format, suite)) {
    const options = new Proxy<SourceDefinition['options']>(
      {},
      {
        get(_, name) {
          if (typeof name === 'string') asked.add(name);
          return undefined;
        },
      },
    );
    const source = { ...suiteSource(format.name, feed.url), options };
    const { records } = await readFeed(format, feed, { source, ...(role ? { role } : {}) });
    for (const { raw, identifier } of records) format.normalise(raw, source, identifier, []);
  }
  return asked;
}
