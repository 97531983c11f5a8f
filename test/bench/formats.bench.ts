// Each format with a feed of many megabytes, as a harvest reads it (records, then elements in batches), without the store: memory of the
// second half against the first, and records a second against those of ooapi on records of the same size.
//   node test/bench/formats.bench.ts [MB, 300] [format…]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { keepHeapFlat } from '../../commands/flat-heap.ts';
import { type Format, isFault, type RawRecord } from '../../crawler/format.ts';
import { normaliseRecords } from '../../crawler/harvest/normalise-record.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { suiteOf, suiteSource } from '../contract/format-suite.ts';
import { type LongFeed, longFeed } from './long-feed.ts';

const FLAT = 0.15;
const HALF_OF_OOAPI = 0.5;
const BATCH = 250;

interface Measured {
  records: number;
  faults: number;
  seconds: number;
  /** Bytes of a record. */
  size: number;
  /** RSS in bytes while it is read, and while records are given: of the first half, and of the second. */
  memory: Record<Doing, [number, number]>;
}

/** Some formats give nothing before the document has ended: then they do another work, which needs another memory. */
type Doing = 'read' | 'given';

/** Courses of OOAPI with so many words: what a record costs grows with what it says. */
const ooapiFeed = (words: number): LongFeed => ({
  url: 'https://bench.example/courses',
  mediaType: 'application/json',
  *pieces(bytes) {
    yield '{"pageSize":1,"pageNumber":1,"hasNextPage":false,"items":[';
    const description = 'water energy care data safety '.repeat(Math.ceil(words / 5)).trim();
    for (let n = 0, given = 0; given < bytes; n++) {
      const course = JSON.stringify({
        courseId: `c-${n}`,
        name: [{ language: 'en-GB', value: `Course ${n}` }],
        ...(words ? { description: [{ language: 'en-GB', value: description }] } : {}),
        studyLoad: { studyLoadUnit: 'ects', value: 3 },
        level: 'bachelor',
        teachingLanguage: 'eng',
        modeOfDelivery: ['online'],
      });
      given += course.length;
      yield `${n ? ',' : ''}${course}`;
    }
    yield ']}';
  },
});

/** What a warm process takes first: what the formats, the schemas and V8 need once is not counted. */
const WARMING_MB = 5;

/** In a process of its own: what others leave in memory is not counted. */
async function measure(name: string, megabytes: number, words?: number): Promise<Measured | undefined> {
  keepHeapFlat();
  const format = (await loadFormats()).get(name) as Format;
  const feed = words === undefined ? await longFeed(format, await suiteOf(name)) : ooapiFeed(words);
  if (!feed) return undefined;
  await through(format, feed, WARMING_MB);
  return through(format, feed, megabytes);
}

async function through(format: Format, feed: LongFeed, megabytes: number): Promise<Measured> {
  const source = suiteSource(format.name, feed.url);
  let given = 0;
  const samples: Record<Doing, number[]> = { read: [], given: [] };
  const sample = (doing: Doing) => samples[doing].push(process.memoryUsage.rss());
  async function* body() {
    let held = '';
    for (const piece of feed.pieces(megabytes * 1e6)) {
      held += piece;
      if (held.length < 65_536) continue;
      given += held.length;
      sample('read');
      yield Buffer.from(held);
      held = '';
      // As on a network: others get their turn.
      if (samples.read.length % 16 === 0) await new Promise((done) => setImmediate(done));
    }
    yield Buffer.from(held);
  }
  let records = 0;
  let faults = 0;
  let batch: RawRecord[] = [];
  const flush = () => {
    const results = normaliseRecords(
      format,
      source,
      batch.map(({ identifier, raw }) => ({ identifier, raw, parts: [] })),
    );
    faults += results.filter((result) => 'rejection' in result).length;
    sample('given');
    batch = [];
  };
  const page = { url: feed.url, source, envelope: {}, mediaType: feed.mediaType };
  const began = performance.now();
  for await (const item of format.records(body(), page)) {
    if (isFault(item)) faults++;
    else if (!item.part) {
      records++;
      batch.push(item);
      // For the store, and to tell whether it changed.
      createHash('sha256').update(JSON.stringify(item.raw)).digest('base64url');
      if (batch.length === BATCH) flush();
    }
  }
  flush();
  const ended = performance.now();
  const mean = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0) / Math.max(1, some.length);
  const halves = (all: readonly number[]): [number, number] => [
    mean(all.slice(0, all.length / 2)),
    mean(all.slice(all.length / 2)),
  ];
  return {
    records,
    faults,
    seconds: (ended - began) / 1000,
    size: given / records,
    memory: { read: halves(samples.read), given: halves(samples.given) },
  };
}

const [first, ...others] = process.argv.slice(2);
if (first === '--one') {
  const [name = '', mb, words] = others;
  console.log(JSON.stringify(await measure(name, Number(mb), words === undefined ? undefined : Number(words))));
  process.exit(0);
}
const megabytes = Number(first ?? 300);
const names = others.length
  ? others
  : [...(await loadFormats()).values()].flatMap(({ name, leads }) => (leads ? [] : [name]));
/** What a document that is read as a whole may have is less than what streams. */
const WHOLE_MB = 40;
const inProcess = (name: string, mb: number, ...words: number[]): Measured | undefined => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--one', name, String(mb), ...words.map(String)],
    {
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  );
  if (status !== 0 && mb > WHOLE_MB && /SourceBroken.*longer than/s.test(stderr)) return inProcess(name, WHOLE_MB);
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) ?? undefined;
};
const aRecord = ({ seconds, records }: Measured): number => seconds / records;
/**
 * Seconds that ooapi takes for a record of so many bytes, between its short and its long ones, and in line with them beyond. Measured anew
 * for each format, for others may be at work on the machine.
 */
function ofOoapi(size: number): number {
  const [short, long] = [0, 600].map((words) => inProcess('ooapi', Math.min(megabytes, 15), words) as Measured) as [
    Measured,
    Measured,
  ];
  const more = ((aRecord(long) - aRecord(short)) * (size - short.size)) / (long.size - short.size);
  return Math.max(aRecord(short) / 2, aRecord(short) + more);
}
let missed = 0;
const rows = names.map((name) => {
  const found = inProcess(name, megabytes);
  if (!found) {
    missed++;
    return { format: name, floors: 'MISSED: no long feed can be made of its short one' };
  }
  const { records, faults, seconds, size, memory } = found;
  const growth = Math.max(...Object.values(memory).map(([before, after]) => after / before - 1));
  const speed = ofOoapi(size) / (seconds / records);
  const held = growth < FLAT && speed >= HALF_OF_OOAPI && faults === 0;
  if (!held) missed++;
  console.log(`${name}: ${speed.toFixed(2)} × ooapi, memory grows by ${(growth * 100).toFixed(1)} %`);
  return {
    format: name,
    records,
    faults,
    'B/record': Math.round(size),
    'records/s': Math.round(records / seconds),
    'MB/s': ((records * size) / 1e6 / seconds).toFixed(1),
    'RSS MB, halves': Object.values(memory)
      .map(([before, after]) => `${(before / 1e6).toFixed(0)} → ${(after / 1e6).toFixed(0)}`)
      .join(', then '),
    'grows (< 15 %)': `${(growth * 100).toFixed(1)} %`,
    '× ooapi, like size (≥ 0.5)': speed.toFixed(2),
    floors: held ? 'held' : 'MISSED',
  };
});
console.log(`\neach format with ${megabytes} MB`);
console.table(rows);
process.exitCode = missed ? 1 : 0;
