import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { staleDocumentation } from '../../commands/format-docs.ts';
import type { Format } from '../../crawler/format.ts';
import { FIXTURES } from '../support/fixture-files.ts';
import { type Feed, type FormatSuite, suiteSource } from './format-suite.ts';
import { bytesOf, readFeed } from './read-feed.ts';

interface Expectation {
  faults?: { rule: string; incomplete?: true }[];
  next: { url: string; role?: string }[];
}

/** The proofs for a format that has no records of its own, only leads to feeds of others. */
export function leadingCases({
  format,
  suite,
  formats,
}: {
  format: Format;
  suite: FormatSuite;
  formats: ReadonlyMap<string, Format>;
}): void {
  const fixtures = Object.entries(suite.fixtures).map(([name, { file = name, role: _, ...rest }]) => ({
    name,
    feed: { ...rest, body: new Uint8Array(readFileSync(new URL(`${format.name}/${file}`, FIXTURES))) } satisfies Feed,
  }));
  const read = (feed: Feed, size?: number) =>
    readFeed(format, feed, { source: suiteSource(format.name, feed.url), ...(size ? { size } : {}) });

  test.each(fixtures)('$name leads where a person reads that it leads', async ({ name, feed }) => {
    const file = new URL(`${format.name}/${name}.expected.json`, FIXTURES);
    const expected = JSON.parse(readFileSync(file, 'utf8')) as Expectation;
    const { records, faults, next, broken } = await read(feed);
    expect(broken).toBeUndefined();
    expect(records).toEqual([]);
    expect(
      faults.map(({ rejection: { rule }, incomplete }) => ({ rule, ...(incomplete ? { incomplete } : {}) })),
    ).toEqual(expected.faults ?? []);
    expect(next).toEqual(expected.next);
  });

  test.each(fixtures)('$name: the same in pieces of 1 byte, 7 bytes and 64 KiB', async ({ feed }) => {
    const outcomes = new Set<string>();
    for (const size of [65_536, 7, 1]) outcomes.add(JSON.stringify(await read(feed, size)));
    expect(outcomes.size).toBe(1);
  });

  test.each(fixtures)(
    '$name, cut at twenty places, is told as incomplete, and leads nowhere else',
    async ({ feed }) => {
      const body = bytesOf(feed.body);
      const text = new TextDecoder().decode(body);
      const whole = (url: string): boolean => text.includes(`"${url}"`) || text.includes(`<${url}>`);
      for (let n = 0; n < 20; n++) {
        const piece = await read({ ...feed, body: body.slice(0, Math.floor((body.length * (n + 0.5)) / 20)) });
        const told = piece.broken !== undefined || piece.faults.some(({ incomplete }) => incomplete);
        expect(told || format.openEnded === true, `cut ${n}`).toBe(true);
        // Half an address is no address.
        expect(piece.next.filter(({ url }) => !whole(url))).toEqual([]);
      }
    },
  );

  describe('detect', () => {
    test.each(fixtures)('claims $name, and nobody else is as sure', ({ feed }) => {
      const text = new TextDecoder().decode(bytesOf(feed.body));
      const claims = [...formats.values()].map((one) => ({ name: one.name, sure: one.detect({ text }) }));
      const [first, second] = claims.sort((a, b) => b.sure - a.sure);
      expect(first?.name).toBe(format.name);
      expect(second?.sure).toBeLessThan(0.5);
    });
  });

  test.each([null, 1, 'x', [], {}, { '@format': 'constructor' }, { '@format': '__proto__' }])(
    'garbage as raw is turned away: %j',
    (raw) => {
      expect(format.normalise(raw, suiteSource(format.name, 'https://x.example/'), 'x', [raw])).toHaveProperty(
        'rejection',
      );
    },
  );

  test('its page and the table of the README name it', () => {
    expect(staleDocumentation(formats)).not.toContain(`docs/formats/${format.name}.md`);
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(
      `docs/formats/${format.name}.md`,
    );
    expect(format.documentation.quirks.filter((quirk) => !/^\S.{20,}\.$/.test(quirk))).toEqual([]);
  });
}
