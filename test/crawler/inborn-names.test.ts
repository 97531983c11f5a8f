import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Format, Page } from '../../crawler/format.ts';
import { isFault } from '../../crawler/format.ts';
import { TEMPLATE } from '../../crawler/formats/csv/words.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { SourceDefinition } from '../../schema/index.ts';
import { fixtureFiles } from '../support/fixture-files.ts';
import {
  INBORN,
  jsonMutants,
  type Mutant,
  markupMutants,
  ordinary,
  setTrap,
  tableMutants,
} from '../support/inborn-names.ts';
import { random } from '../support/random-operation.ts';
import { SPECIMENS } from './inborn-specimens.ts';

const root = new URL('../fixtures/', import.meta.url);
const formats = await loadFormats();
const untouched = Object.getOwnPropertyNames(Object.prototype).sort();
const TRAP = 'inborntrap';
const trap = setTrap(TRAP);
afterAll(() => trap.remove());

/** How many changes of one fixture are run. */
const SAMPLE = Number(process.env.INBORN_SAMPLE ?? 40);

const sourceOf = (format: string) =>
  SourceDefinition.parse({
    id: 'inborn',
    title: 't',
    format,
    url: 'https://feed.example/courses',
    publisher: 'p',
    licence: 'CC0-1.0',
    defaults: { language: 'en' },
    lookups: { level: { A: '6' }, mode: { A: 'online' }, kind: { A: 'badge' }, target_group: { A: 'teachers' } },
  });

/** A function among what a feed came to is a member that was inherited, not data. */
function onlyData(value: unknown, path = ''): void {
  if (typeof value === 'function') throw new Error(`a function at ${path}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) onlyData(member, `${path}/${key}`);
}

/** What a body comes to: detected how surely, its records normalised as a harvest does, its faults. Ids are minted from texts. */
async function outcome(format: Format, text: string): Promise<string> {
  const source = sourceOf(format.name);
  const page: Page = { url: source.url, source, envelope: {} };
  const out: unknown[] = [format.detect({ text })];
  const records = new Map<string, { main?: unknown; parts: unknown[] }>();
  try {
    for await (const entry of format.records(bytes(text), page)) {
      if (isFault(entry)) out.push(entry);
      else {
        onlyData(entry);
        // The store keeps JSON.
        const raw = JSON.parse(JSON.stringify(entry.raw));
        const record = records.get(entry.identifier) ?? { parts: [] };
        records.set(entry.identifier, record);
        if (entry.part === undefined) record.main = raw;
        else record.parts.push(raw);
      }
    }
    out.push(format.next?.(page, records.size));
  } catch (error) {
    if (!(error as { remedy?: string }).remedy) throw error;
    out.push((error as Error).message);
  }
  for (const [identifier, { main, parts }] of records) {
    const result = normaliseRecord(format, source, identifier, main, parts);
    onlyData(result);
    if ('rejection' in result && /^(?:record-invalid|normaliser-failed)$/.test(result.rejection.rule))
      throw new Error(JSON.stringify(result.rejection));
    out.push(result);
  }
  return JSON.stringify(out).replace(/\b(?:crd|prv)_[0-9a-z]{20}\b|#[0-9a-z]{8}\b/g, 'id');
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** An outcome in which the one word stands for the other, in whatever case and without what Markdown takes off (`__x__`). */
function said(text: string, name: string, word: string): string {
  const [from, to] = [name.replaceAll('_', ''), word.replaceAll('_', '')];
  return text
    .replaceAll(from, to)
    .replaceAll(spaced(from), spaced(to))
    .replaceAll(from.toLowerCase(), to.toLowerCase())
    .replaceAll(from.toUpperCase(), to.toUpperCase());
}

const spaced = (name: string): string => name.replace(/([a-z])(?=[A-Z])/g, '$1 ');

/** Which change is made with which name: all of a specimen's with the names that are found in any case, else a sample. */
function jobs(all: readonly Mutant[], specimen: boolean, seed: number): [Mutant, string][] {
  const r = random(seed);
  const any = () => r.pick([...INBORN, TRAP]);
  const lower = ['constructor', TRAP];
  if (specimen && all.length < 500)
    return all.flatMap((mutant, n) => {
      const first = lower[n % 2] as string;
      return (r.chance(0.3) ? [first, any()] : [first]).map((name): [Mutant, string] => [mutant, name]);
    });
  const count = all.length === 0 ? 0 : specimen ? 4 * SAMPLE : SAMPLE;
  return Array.from({ length: count }, () => [r.pick(all), r.chance(0.5) ? r.pick(lower) : any()]);
}

/** Every column of the template with something in it. */
const wholeTable = [
  [...TEMPLATE.keys()].join(';'),
  ...[1, 2].map((n) => [...TEMPLATE.keys()].map((name) => (name === 'disabled' ? '' : `${name} ${n}`)).join(';')),
].join('\n');

function mutantsOf(file: string, text: string): Mutant[] {
  if (/\.(?:nd|l)?json(?:l|ld)?$|\.jsonl$/.test(file)) {
    const lines = text.split('\n');
    const whole = tryJson(text);
    if (whole !== undefined) return jsonMutants(whole, (value) => JSON.stringify(value));
    return lines.flatMap((line, n) => {
      const value = tryJson(line);
      return value === undefined ? [] : jsonMutants(value, (v) => lines.with(n, JSON.stringify(v)).join('\n'));
    });
  }
  if (/\.csv$/.test(file)) return tableMutants(text, ';');
  const blocks = [...text.matchAll(/<script[^>]*ld\+json[^>]*>([^<]*)<\/script>/dg)].flatMap(
    ({ 1: block, indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      const value = tryJson(block ?? '');
      return value === undefined
        ? []
        : jsonMutants(value, (v) => text.slice(0, start) + JSON.stringify(v) + text.slice(end));
    },
  );
  return [...markupMutants(text), ...blocks];
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of those that only lead to others there are no records. */
const reading = [...formats.values()].filter(({ leads }) => !leads);

describe.each(reading)('names that objects are born with, said in $name', (format) => {
  const folder = new URL(`${format.name}/`, root);
  const files = fixtureFiles(format.name)
    .filter((file) => !/^(?:robots|sitemap)/.test(file))
    .map((file): [string, string] => [file, readFileSync(new URL(file, folder), 'utf8')]);
  files.push(
    ...(format.name === 'csv' ? [['whole.csv', wholeTable] as [string, string]] : (SPECIMENS.get(format.name) ?? [])),
  );

  test.each(files)('%s: are words like all others', async (file, text) => {
    const wrong: string[] = [];
    for (const [mutant, name] of jobs(mutantsOf(file, text), /^(?:tables|whole)\./.test(file), text.length)) {
      const other = ordinary(name);
      try {
        // Of formats whose records are JSON objects, members with that one name are left out, and told.
        const dropped =
          name === '__proto__' &&
          mutant.without !== undefined &&
          /^(?:ooapi|ctdl|edu-api|ehis|elm|emil|konfo|lt-smpkr|moochub|occapi|ofqual|open-badges|openedx)$/.test(
            format.name,
          );
        const [given, wanted] = [
          await outcome(format, mutant.write(name)),
          await outcome(format, dropped ? (mutant.without as string) : mutant.write(other)),
        ];
        if (/\[native code\]/.test(given)) wrong.push(`${name} in ${mutant.what}: native code`);
        else if (dropped) {
          if (facts(given) !== facts(wanted))
            wrong.push(`${name} in ${mutant.what}: ${firstDifference(facts(given), facts(wanted))}`);
        } else if (said(given, name, other) !== said(wanted, name, other))
          wrong.push(`${name} in ${mutant.what}: ${firstDifference(said(given, name, other), wanted)}`);
      } catch (error) {
        wrong.push(`${name} in ${mutant.what}: ${(error as Error).stack?.slice(0, 400)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(trap.caught.splice(0)).toEqual([]);
    expect(
      Object.getOwnPropertyNames(Object.prototype)
        .filter((name) => name !== TRAP)
        .sort(),
    ).toEqual(untouched);
  });
});

/** Without the note that a member named `__proto__` was left out. */
const facts = (text: string): string =>
  text.replace(/\{"path":"[^"]*","rule":"json-repaired",[^}]*\},?/g, '').replaceAll(',]', ']');

function firstDifference(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return `${a.slice(Math.max(0, i - 120), i + 160)} ⟂ ${b.slice(i, i + 160)}`;
}
