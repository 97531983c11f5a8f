import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Format, isFault, type Page } from '../../crawler/format.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { SourceDefinition } from '../../schema/index.ts';
import { fixtureFiles } from '../support/fixture-files.ts';
import { SPECIMENS } from './inborn-specimens.ts';

const root = new URL('../fixtures/', import.meta.url);
const formats = await loadFormats();
const sourceOf = (format: string) =>
  SourceDefinition.parse({
    id: 'no-markup',
    title: 't',
    format,
    url: 'https://feed.example/courses',
    publisher: 'p',
    licence: 'CC0-1.0',
  });

/** What stands in every text of a feed, one at a time. */
const MARKUP = ' <b>bold</b> Q&amp;A <script>alert(1)</script><img src=x onerror=alert(2)>';
/** A text that is nothing but markup is no text. */
const ONLY_MARKUP = '<script>alert(1)</script>';
const LEFT = /<\/?(?:b|script|img)\b|&amp;|onerror|alert/i;
/** What is kept to the letter: identifiers, addresses, places inside the raw record. */
const LETTERS = new Set([
  'id',
  'publicId',
  'identifier',
  'alternates',
  'url',
  'uri',
  'links',
  'path',
  'source',
  'target',
]);

interface Raw {
  identifier: string;
  main: unknown;
  parts: unknown[];
}

async function rawRecords(format: Format, text: string): Promise<Raw[]> {
  const source = sourceOf(format.name);
  const page: Page = { url: source.url, source, envelope: {} };
  const records = new Map<string, Raw>();
  async function* body() {
    yield new TextEncoder().encode(text);
  }
  try {
    for await (const entry of format.records(body(), page)) {
      if (isFault(entry)) continue;
      const record = records.get(entry.identifier) ?? { identifier: entry.identifier, main: undefined, parts: [] };
      records.set(entry.identifier, record);
      const raw = JSON.parse(JSON.stringify(entry.raw)) as unknown;
      if (entry.part) record.parts.push(raw);
      else record.main = raw;
    }
  } catch {
    // A fixture may break off.
  }
  return [...records.values()].filter(({ main }) => main !== undefined);
}

type Place = { holder: Record<string, unknown>; key: string; path: string; value: string };
function places(value: unknown, path = '', out: Place[] = []): Place[] {
  if (!value || typeof value !== 'object') return out;
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'string')
      out.push({ holder: value as Record<string, unknown>, key, path: `${path}/${key}`, value: member });
    else places(member, `${path}/${key}`, out);
  }
  return out;
}

function markupIn(value: unknown, path = '', out: string[] = []): string[] {
  if (typeof value === 'string') {
    if (LEFT.test(value)) out.push(`${path}: ${value.slice(0, 120)}`);
  } else if (value && typeof value === 'object')
    for (const [key, member] of Object.entries(value)) if (!LETTERS.has(key)) markupIn(member, `${path}/${key}`, out);
  return out;
}

const cases = [...formats.values()]
  .filter(({ leads }) => !leads)
  .flatMap((format) => [
    ...fixtureFiles(format.name)
      .filter((file) => !/robots|sitemap/.test(file))
      .map(
        (file) =>
          [`${format.name}: ${file}`, format, readFileSync(new URL(`${format.name}/${file}`, root), 'utf8')] as const,
      ),
    ...(SPECIMENS.get(format.name) ?? []).map(([file, text]) => [`${format.name}: ${file}`, format, text] as const),
  ]);

describe('markup in any text of a feed', () => {
  test.each(cases)('%s: reaches no text of a published record', async (_, format, text) => {
    const source = sourceOf(format.name);
    const found = new Set<string>();
    let tried = 0;
    for (const record of await rawRecords(format, text)) {
      for (const mutate of [(value: string) => value + MARKUP, () => MARKUP.trim(), () => ONLY_MARKUP]) {
        for (const { holder, key, path, value } of places({ main: record.main, parts: record.parts })) {
          // The address of a page is no text of the feed.
          if (path.startsWith('/main/page/')) continue;
          holder[key] = mutate(value);
          const result = normaliseRecord(format, source, record.identifier, record.main, record.parts);
          holder[key] = value;
          tried++;
          if ('rejection' in result) {
            if (/record-invalid|normaliser-failed/.test(result.rejection.rule))
              found.add(`${path} → ${JSON.stringify(result.rejection)}`);
            continue;
          }
          for (const where of markupIn([result.credential, result.providers])) found.add(`${path} → ${where}`);
        }
      }
    }
    expect([...found]).toEqual([]);
    if (text.length > 500 && !/broken|robots|search|collection|events-/.test(_)) expect(tried).toBeGreaterThan(0);
  });
});
