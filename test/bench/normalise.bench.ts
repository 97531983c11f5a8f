// How many raw records a second each format reads into elements, on its fixtures and, where they are, the real feeds.
//   node test/bench/normalise.bench.ts [--against <another checkout>]
// A yardstick runs beside it: making text of the same raw records, and of what they come to, and reading it again (JSON). A format may
// cost so many times that.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Format, isFault, type RawRecord } from '../../crawler/format.ts';
import { detectFormat, loadFormats } from '../../crawler/registry.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { suiteOf, suiteSource } from '../contract/format-suite.ts';
import { bytesOf, chunks, gathered } from '../contract/read-feed.ts';
import { FIXTURES, fixtureFiles } from '../support/fixture-files.ts';

/** Most times the yardstick, all formats alike. */
const DEAREST = 15;
/** Of the records a second of the other checkout. */
const FLOOR_AGAINST = 0.9;
const ROUNDS = 12;
/** A round takes at least so long, in milliseconds. */
const LONG_ENOUGH = 40;
const FEEDS = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));
const FOLDERS = ['ooapi', 'ctdl', 'schemaorg', 'xcri', 'csv'];

interface Body {
  name: string;
  bytes: Uint8Array;
}

interface ToRead {
  identifier: string;
  raw: unknown;
  parts: unknown[];
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => resolve(directory, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size < 20_000_000)
    .sort();
}

const formats = await loadFormats();
const bodies = new Map<string, Body[]>();
for (const name of formats.keys()) {
  bodies.set(name, [{ name: 'several', bytes: bytesOf((await suiteOf(name)).several.body) }]);
  for (const file of fixtureFiles(name))
    bodies.get(name)?.push({ name: file, bytes: new Uint8Array(readFileSync(new URL(`${name}/${file}`, FIXTURES))) });
}
for (const folder of FOLDERS)
  for (const file of existsSync(FEEDS) ? filesBelow(resolve(FEEDS, folder)) : []) {
    const bytes = new Uint8Array(readFileSync(file));
    const name = file.split('/').at(-1) as string;
    const text = new TextDecoder().decode(bytes.subarray(0, 65_536)).replace(/^\uFEFF/, '');
    const format = detectFormat(formats, { text, name });
    if (format) bodies.get(format.name)?.push({ name, bytes });
  }

/** The raw records of all bodies, as they come out of the store. */
async function rawOf(format: Format, source: SourceDefinition): Promise<ToRead[]> {
  const out: ToRead[] = [];
  for (const { name, bytes } of bodies.get(format.name) ?? []) {
    const page = { url: `https://bench.example/${name}`, source, envelope: {} };
    const records: RawRecord[] = [];
    try {
      for await (const item of format.records(chunks(bytes), page)) if (!isFault(item)) records.push(item);
    } catch {
      continue; // a fixture that its reader gives up
    }
    for (const [identifier, { raw, parts }] of gathered(records))
      if (raw !== undefined) out.push({ identifier, raw, parts });
  }
  return out;
}

/** Milliseconds of the fastest of so many runs: what else the machine does makes a run slower, never faster. */
function fastest(run: () => void, times: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    run();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

const at = process.argv.indexOf('--against');
const other = at > 0 ? resolve(process.argv[at + 1] as string) : undefined;
const before: ReadonlyMap<string, Format> | undefined =
  other && (await (await import(pathToFileURL(`${other}/crawler/registry.ts`).href)).loadFormats());

let missed = 0;
const table: Record<string, string | number>[] = [];
for (const format of formats.values()) {
  const source = suiteSource(format.name, 'https://bench.example/');
  const reading = async (one: Format) => {
    const records = await rawOf(one, source);
    const run = () => {
      for (const { identifier, raw, parts } of records) one.normalise(raw, source, identifier, parts);
    };
    return { records, run };
  };
  const now = await reading(format);
  const elder = before?.get(format.name);
  const then = elder && (await reading(elder));
  const both = now.records.map(({ identifier, raw, parts }) => [
    raw,
    parts,
    format.normalise(raw, source, identifier, parts),
  ]);
  const json = () => {
    for (const one of both) JSON.parse(JSON.stringify(one));
  };
  const runs = [now.run, json, ...(then ? [then.run] : [])];
  const times = runs.map((run) => {
    run();
    return Math.max(1, Math.ceil(LONG_ENOUGH / fastest(run, 1)));
  });
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  // In turns, so that a busy machine is busy for all of them.
  for (let round = 0; round < ROUNDS; round++)
    for (const [n, run] of runs.entries()) best[n] = Math.min(best[n] as number, fastest(run, times[n] as number));
  const [ours = 0, yardstick = 1, theirs] = best;
  const size = now.records.reduce((sum, { raw, parts }) => sum + JSON.stringify([raw, parts]).length, 0);
  const dearness = ours / yardstick;
  if (dearness > DEAREST) missed++;
  const ratio = theirs === undefined ? undefined : theirs / (then?.records.length ?? 1) / (ours / now.records.length);
  if (ratio !== undefined && ratio < FLOOR_AGAINST) missed++;
  table.push({
    format: format.name,
    records: now.records.length,
    ms: ours.toFixed(1),
    'records/s': Math.round((now.records.length / ours) * 1000),
    'kB/record': (size / now.records.length / 1000).toFixed(1),
    'MB/s': (size / ours / 1000).toFixed(1),
    [`× JSON (≤ ${DEAREST})`]: dearness.toFixed(1),
    ...(ratio === undefined
      ? {}
      : { [`× before (≥ ${FLOOR_AGAINST})`]: ratio.toFixed(2), 'ms before': theirs?.toFixed(1) ?? '' }),
  });
}
console.table(table);
if (missed) console.log(`${missed} of the floors missed`);
process.exitCode = missed ? 1 : 0;
