import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Format } from '../../crawler/format.ts';
import { loadFormats } from '../../crawler/registry.ts';
import {
  contactInAddress,
  contactTexts,
  createCanaries,
  MEMBER_NAMES,
  personValues,
  typedPersons,
} from '../crawler/persons/canaries.ts';
import { suiteSource } from './format-suite.ts';
import { normalisedOf, readFeed } from './read-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'credatlas-keeper-'));
afterAll(() => rmSync(folder, { recursive: true }));

const from = (path: string): string => new URL(`../../${path}`, import.meta.url).href;

/** A format that does all it can to keep the persons of its feed: in raw records, parts, faults, texts, runs, bodies and reports. */
const KEEPER = `
import { completeCredential, stated } from '${from('schema/index.ts')}';
import { SourceBroken } from '${from('crawler/errors.ts')}';

export const keeper = {
  name: 'keeper',
  title: 'A format that keeps persons',
  specification: 'https://example.org/keeper',
  mediaTypes: ['application/json'],
  version: 1,
  // It says that it reads everything, and takes it from the door if it can.
  reads: () => true,
  detect: () => 0,
  async *records(body, page) {
    const chunks = [];
    for await (const chunk of body) chunks.push(chunk);
    const { items, texts, addresses } = JSON.parse(Buffer.concat(chunks).toString());
    page.envelope.persons = addresses;
    for (const [n, raw] of items.entries()) {
      yield { identifier: 'r-' + n, path: '/items/' + n, raw };
      yield { identifier: 'r-' + n, part: 'p', path: '/items/' + n, raw: { again: raw } };
    }
    for (const text of texts)
      yield { rejection: { identifier: text, path: '/' + text, rule: 'not-a-record', found: text, remedy: 'ask ' + text } };
  },
  normalise(raw, source, identifier, parts) {
    // An address put together from pieces that are none.
    const built = raw?.left ? ' · ' + raw.left + '@' + raw.right : '';
    const said = ([...strings(raw), ...parts.flatMap(strings)].join(' · ').slice(0, 5000) || 'nothing') + built;
    const text = [{ language: 'en', value: said }];
    const credential = completeCredential({
      source: source.id,
      identifier,
      title: stated([{ language: 'en', value: 'A record ' + identifier }], '/title'),
      description: stated(text, '/description'),
      prerequisites: stated(text, '/prerequisites'),
      learningOutcomes: stated([{ text }], '/outcomes'),
      costs: stated([{ text: said }], '/costs'),
      opportunities: [{ id: 'run', path: '', place: said, startText: said }],
    });
    const problems = [{ path: '/' + said.slice(0, 200), rule: 'not-mapped', severity: 'info', found: said.slice(0, 200), remedy: said.slice(0, 200) }];
    return { credential, providers: [], problems };
  },
  next: (page) => page.envelope.persons.map((url) => ({ url })),
};

function strings(value) {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
`;

test('a format that tries to keep persons cannot', async () => {
  writeFileSync(join(folder, 'keeper.ts'), KEEPER);
  const formats = await loadFormats(pathToFileURL(`${folder}/`));
  const keeper = formats.get('keeper') as Format;
  const canaries = createCanaries();
  const items: unknown[] = [
    ...MEMBER_NAMES.map((name) => ({ title: 'Member', [name]: canaries.next(`member ${name}`).name })),
    ...MEMBER_NAMES.map((name) => ({
      title: 'Nested',
      deep: [{ [name]: personValues(canaries.next(`nested ${name}`)) }],
    })),
    ...typedPersons(canaries.next('by type')).map((person) => ({ title: 'Typed', zz: [person], deep: { zz: person } })),
    ...contactTexts(canaries.next('texts')).map((text) => ({
      title: 'Text',
      description: `About the course.${text.replace(/Berthild [A-Z]\w+/g, '')}`,
    })),
  ];
  const texts = contactTexts(canaries.next('reports')).map((text) => text.replace(/Berthild [A-Z]\w+/g, ''));
  const addresses = [0, 1].map((n) => `https://pages.example/?${contactInAddress(canaries.next(`address ${n}`), n)}`);
  const feed = {
    body: JSON.stringify({ items, texts, addresses }),
    url: 'https://pages.example/feed.json',
    mediaType: 'application/json',
  };
  const source = suiteSource('keeper', feed.url, 'en');
  const reading = await readFeed(keeper, feed, { source });
  expect(reading.broken).toBeUndefined();
  expect(reading.records.length).toBe(2 * items.length);
  const results = [...normalisedOf(keeper, source, reading.records)];
  expect(results.length).toBe(items.length);
  expect(canaries.found(JSON.stringify(reading)).slice(0, 10)).toEqual([]);
  expect(canaries.found(JSON.stringify(results)).slice(0, 10)).toEqual([]);
  // …nor by a raw record that was kept before there was a door.
  const stored = items.map((raw, n) => keeper.normalise(raw, source, `s-${n}`, [raw]));
  expect(canaries.found(JSON.stringify(stored)).slice(0, 10)).toEqual([]);
  // …nor put together from pieces of which none is an address.
  const built = keeper.normalise({ title: 'Pieces', left: 'berthild', right: 'vogel.example' }, source, 'e', []);
  expect(JSON.stringify(built)).toContain('Pieces');
  expect(JSON.stringify(built)).not.toContain('@vogel.example');
  // What is no person stays.
  expect(JSON.stringify(results)).toContain('About the course.');
});
