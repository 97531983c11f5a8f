import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Format, Normalised } from '../../crawler/format.ts';
import { normaliseRecord } from '../../crawler/harvest/normalise-record.ts';
import { type Credential, ELEMENTS, type Element, type SourceDefinition } from '../../schema/index.ts';
import type { Canaries } from '../crawler/persons/canaries.ts';
import type { InfestedFeed } from '../crawler/persons/infested-feeds.ts';
import { FIXTURES, fixtureFiles } from '../support/fixture-files.ts';
import { type Fact, factsOf, isFact } from './facts.ts';
import { type Feed, type FormatSuite, suiteSource } from './format-suite.ts';
import { fold, heard, parentPath, RESOLVERS } from './raw-paths.ts';
import { bytesOf, gathered, normalisedOf, type Reading, readFeed } from './read-feed.ts';

/** What a person reads in a fixture, beside it as `<name>.expected.json`. */
interface Expectation {
  /** Every record that a reader of the fixture would count, by identifier. */
  records?: Record<
    string,
    {
      /** Facts by name (`facts.ts`), those that matter; null: nothing of the kind. */
      facts?: Record<string, Fact | null>;
      /** States of elements: what is stated, derived, not stated. */
      states?: Record<string, string>;
      /** All rules that its problems are told by, without those that only say what is not read (`not-mapped`, `personal-data`). */
      rules?: string[];
      /** The rule by which it is not taken in. */
      rejected?: string;
      /** It describes a body: the name of the provider. */
      provider?: string;
      /** Its runs in order, as far as they matter. */
      runs?: Record<string, unknown>[];
    }
  >;
  faults?: { identifier?: string | null; rule: string; incomplete?: boolean }[];
  /** What it says is gone; of a part only its own name is known (`#run`). */
  gone?: string[];
  /** The pages that are then asked for. */
  next?: { url: string; role?: string; modified?: string }[];
  /** The reader gives the page up. */
  broken?: true;
}

export interface FormatCases {
  format: Format;
  suite: FormatSuite;
  formats: ReadonlyMap<string, Format>;
  /** Feeds of this format in which every place names a person. */
  infested: { canaries: Canaries; feeds: readonly InfestedFeed[] };
}

const CUTS = 20;
const QUIET = new Set(['not-mapped', 'personal-data']);
const UNKNOWN = 'zzUnknown12';

/** The proofs that every format must pass. */
export function formatCases({ format, suite, formats, infested }: FormatCases): void {
  const fixtures = Object.entries(suite.fixtures).map(([name, { file = name, role, ...rest }]) => ({
    name,
    role,
    feed: { ...rest, body: new Uint8Array(readFileSync(new URL(`${format.name}/${file}`, FIXTURES))) } satisfies Feed,
  }));
  const several = { name: 'several', role: undefined, feed: suite.several };
  const all = [...fixtures, several];
  const source = (feed: Feed): SourceDefinition => suiteSource(format.name, feed.url);
  const read = (feed: Feed, more: { size?: number; role?: string } = {}) =>
    readFeed(format, feed, { source: source(feed), ...more });

  describe('expected records, beside each fixture', () => {
    test('every fixture is said how it is read', () => {
      const said = new Set(Object.entries(suite.fixtures).map(([name, { file = name }]) => file));
      expect(fixtureFiles(format.name).filter((file) => !said.has(file))).toEqual([]);
    });

    describe.each(fixtures)('$name', ({ name, feed, role }) => {
      const file = new URL(`${format.name}/${name}.expected.json`, FIXTURES);
      if (!existsSync(file)) {
        test('has expectations', () => expect.fail(`write ${file.pathname}: what a person reads in the fixture`));
        return;
      }
      const expected = JSON.parse(readFileSync(file, 'utf8')) as Expectation;

      test('the page: records, faults, further pages', async () => {
        const { records, faults, gone, next, broken } = await read(feed, { role });
        expect(gone).toEqual(expected.gone ?? []);
        expect(Boolean(broken), String(broken)).toBe(expected.broken ?? false);
        expect([...new Set(records.map(({ identifier }) => identifier))].sort()).toEqual(
          Object.keys(expected.records ?? {}).sort(),
        );
        expect(
          faults
            .map(
              ({ rejection, incomplete }) =>
                `${rejection.rule} ${rejection.identifier}${incomplete ? ' incomplete' : ''}`,
            )
            .sort(),
        ).toEqual(
          (expected.faults ?? [])
            .map(({ rule, identifier = null, incomplete }) => `${rule} ${identifier}${incomplete ? ' incomplete' : ''}`)
            .sort(),
        );
        expect(next).toEqual(expected.next ?? []);
      });

      test.each(Object.entries(expected.records ?? {}))('%s', async (identifier, wanted) => {
        const { records } = await read(feed, { role });
        const found = normalisedOf(format, source(feed), records).get(identifier);
        if (!found) throw new Error('the record is not there');
        const out = 'rejection' in found ? [`rejected: ${found.rejection.rule}`] : [];
        if (wanted.rejected) expect(out).toEqual([`rejected: ${wanted.rejected}`]);
        else expect(out).toEqual([]);
        if (wanted.rules)
          expect(
            [...new Set(found.problems.map(({ rule }) => rule))].filter((rule) => !QUIET.has(rule)).sort(),
          ).toEqual([...wanted.rules].sort());
        if ('rejection' in found) return;
        if (wanted.provider) {
          expect(found.credential).toBeUndefined();
          expect(found.providers.flatMap(({ name }) => name?.map(({ value }) => value))).toContain(wanted.provider);
          return;
        }
        const record = found.credential as Credential;
        const facts = factsOf(record);
        const wrong = Object.entries(wanted.facts ?? {}).flatMap(([name, value]) =>
          isFact(name, facts[name], value as never)
            ? []
            : [`${name}: ${JSON.stringify(facts[name])}, wanted ${JSON.stringify(value)}`],
        );
        for (const [name, state] of Object.entries(wanted.states ?? {})) {
          const is = (record[name as keyof Credential] as Element<unknown>).state;
          if (is !== state) wrong.push(`${name}: ${is}, wanted ${state}`);
        }
        expect(wrong).toEqual([]);
        if (wanted.runs) {
          expect(record.opportunities.length).toBe(wanted.runs.length);
          expect(record.opportunities).toMatchObject(wanted.runs);
        }
      });
    });
  });

  describe('the same input gives the same output', () => {
    test.each(all)('$name: twice, and in pieces of 1 byte, 7 bytes and 64 KiB', async ({ feed, role }) => {
      const outcomes: string[] = [];
      for (const size of [65_536, 65_536, 7, 1]) {
        const reading = await read(feed, { size, role });
        const results = [...normalisedOf(format, source(feed), reading.records)];
        outcomes.push(JSON.stringify([reading.records, reading.faults, reading.next, String(reading.broken), results]));
      }
      expect(new Set(outcomes).size).toBe(1);
    });
  });

  describe(`cut at ${CUTS} places`, () => {
    const cuts = Array.from({ length: CUTS }, (_, n) => (n + 0.5) / CUTS);
    const told = (reading: Reading): boolean =>
      format.openEnded === true || reading.broken !== undefined || reading.faults.some(({ incomplete }) => incomplete);
    const cut = (feed: Feed, share: number): Feed => {
      const body = bytesOf(feed.body);
      return { ...feed, body: body.slice(0, Math.floor(body.length * share)) };
    };

    test.each(all)('$name: told as incomplete', async ({ feed, role }) => {
      const untold: number[] = [];
      for (const share of cuts) if (!told(await read(cut(feed, share), { role }))) untold.push(share);
      expect(untold).toEqual([]);
    });

    test('the records before the cut are given, unchanged', async () => {
      const whole = await read(several.feed);
      expect(whole.broken).toBeUndefined();
      expect(whole.faults).toEqual([]);
      const kept = normalisedOf(format, source(several.feed), whole.records);
      const main = [...kept].flatMap(([identifier, result]) =>
        'credential' in result && result.credential
          ? [{ identifier, title: result.credential.title.value?.[0]?.value ?? '', record: result.credential }]
          : [],
      );
      expect(main.length).toBeGreaterThanOrEqual(3);
      for (const share of cuts) {
        const piece = cut(several.feed, share);
        const text = new TextDecoder().decode(piece.body as Uint8Array);
        // A record is whole when the next one has begun to say its title.
        const begun = main.filter(({ title }) => text.includes(title)).length;
        const given = normalisedOf(format, source(several.feed), (await read(piece)).records);
        for (const { identifier, record } of main.slice(0, Math.max(0, begun - 1)))
          expect(credentialOf(given.get(identifier)), `${identifier}, cut at ${share}`).toEqual(record);
      }
    });
  });

  describe('one bad record does not cost the others', () => {
    test.each(suite.broken)('$how', async ({ feed, costs }) => {
      const whole = normalisedOf(format, source(several.feed), (await read(several.feed)).records);
      const reading = await read(feed);
      expect(reading.broken).toBeUndefined();
      const results = normalisedOf(format, source(feed), reading.records);
      const kept = [...whole].filter(([identifier]) => !costs.includes(identifier));
      expect(kept.length).toBeGreaterThanOrEqual(2);
      for (const [identifier, result] of kept)
        expect(credentialOf(results.get(identifier)), identifier).toEqual(credentialOf(result));
      // The bad one is not given, or it was mended; in either case that is told.
      for (const identifier of costs) {
        const result = results.get(identifier);
        const mended = result?.problems.some(({ severity }) => severity !== 'info') ?? false;
        expect(credentialOf(result) === undefined || mended, identifier).toBe(true);
      }
      const bad = [...results.values()].filter((result) => 'rejection' in result || result.problems.length > 0);
      expect(reading.faults.length + bad.length).toBeGreaterThan(0);
    });
  });

  describe('no person', () => {
    test('is in raw or record, report or request, whatever stands where', async () => {
      expect(infested.feeds.length).toBeGreaterThan(0);
      const found: string[] = [];
      let records = 0;
      for (const { body, path, mediaType } of infested.feeds) {
        const feed: Feed = { body, url: `https://pages.example${path}`, mediaType };
        const reading = await read(feed);
        const results = [...normalisedOf(format, source(feed), reading.records)];
        records += reading.records.length;
        found.push(...infested.canaries.found(JSON.stringify([reading, String(reading.broken), results])));
      }
      expect(records).toBeGreaterThan(10);
      expect(found.slice(0, 10)).toEqual([]);
    }, 120_000);
  });

  describe('raw records', () => {
    test.each(all)('$name: survive JSON', async ({ feed, role }) => {
      for (const { raw } of (await read(feed, { role })).records) {
        const wrong = notJson(raw);
        expect(wrong).toEqual([]);
        expect(JSON.parse(JSON.stringify(raw))).toEqual(raw);
      }
    });

    test.each(all)(
      '$name: are read by every path of the record, and say there what the record says',
      async ({ feed, role }) => {
        const { records } = await read(feed, { role });
        const wrong: string[] = [];
        for (const [identifier, { raw, parts }] of gathered(records)) {
          if (raw === undefined) continue;
          const result = normaliseRecord(format, source(feed), identifier, raw, parts);
          wrong.push(...lostPaths(suite, result, raw, parts).map((what) => `${identifier} ${what}`));
        }
        expect(wrong).toEqual([]);
      },
    );

    test.each(all)(
      '$name: every member is read, known or told',
      async ({ feed, role }) => {
        const untold = await untoldMembers(format, suite, source(feed), feed, role);
        expect(untold.lost, `${untold.lost.length} of ${untold.tried} places`).toEqual([]);
      },
      60_000,
    );
  });

  describe('detect', () => {
    const sampleOf = (feed: Feed) => ({
      text: new TextDecoder().decode(bytesOf(feed.body).slice(0, 65_536)).replace(/^\uFEFF/, ''),
      mediaType: feed.mediaType.split(';')[0] as string,
      name: new URL(feed.url).pathname.split('/').at(-1) as string,
    });

    test.each(all)('claims $name before all others', ({ feed }) => {
      const claims = [...formats.values()].map((one) => [one.detect(sampleOf(feed)), one.name] as const);
      const best = Math.max(...claims.map(([sure]) => sure));
      expect(claims.filter(([sure]) => sure === best).map(([, name]) => name)).toEqual([format.name]);
      expect(best).toBeGreaterThanOrEqual(0.4);
      // By its text alone as well: an upload may have any name.
      expect(format.detect({ text: sampleOf(feed).text })).toBeGreaterThan(0.2);
      for (const [sure, name] of claims) if (name !== format.name) expect(sure, name).toBeLessThanOrEqual(0.4);
    });

    test('never throws, on 1,000 random and hostile samples', () => {
      const random = generator(42);
      const texts = all.map(({ feed }) => sampleOf(feed).text);
      for (let n = 0; n < 1000; n++) {
        const sure = format.detect(hostileSample(n, random, texts));
        expect(sure >= 0 && sure <= 1, `${n}: ${sure}`).toBe(true);
      }
    });
  });

  describe('normalise is pure and total', () => {
    const own = suiteSource(format.name, 'https://marsh.example/');

    test.each(GARBAGE)('garbage as raw: %s', (_, garbage) => {
      for (const [raw, parts] of [
        [garbage(), []],
        [garbage(), [garbage()]],
        [undefined, [garbage()]],
      ] as const) {
        const result = format.normalise(raw, own, 'x', parts);
        expect(Array.isArray(result.problems)).toBe(true);
        if (!('rejection' in result)) expect(Array.isArray(result.providers)).toBe(true);
      }
    });

    test.each([
      ['shallow', GARBAGE.filter(([what]) => !/deep/.test(what))],
      ['deep', GARBAGE.filter(([what]) => /deep/.test(what))],
    ] as const)(
      'garbage at every place of a record, %s',
      async (_, kinds) => {
        const fallen = new Set<string>();
        for (const { feed, role } of all) {
          for (const [identifier, { raw, parts }] of gathered((await read(feed, { role })).records)) {
            const places = placesIn(raw);
            // A large record is tried at some of its places.
            const step = Math.max(1, Math.floor(places.length / 60));
            for (let n = 0; n < places.length; n += step) {
              const place = places[n] as string[];
              const [what, garbage] = kinds[n % kinds.length] as (typeof GARBAGE)[number];
              const result = normaliseRecord(format, source(feed), identifier, withAt(raw, place, garbage()), parts);
              if ('rejection' in result && /^(?:normaliser-failed|record-invalid)$/.test(result.rejection.rule))
                fallen.add(`${what} at ${place.join('/')}: ${result.rejection.rule} ${result.rejection.found}`);
            }
          }
        }
        expect([...fallen].slice(0, 20), `${fallen.size} places`).toEqual([]);
      },
      60_000,
    );

    test('frozen raw records are read as others, and twice alike', async () => {
      for (const { feed, role } of all) {
        for (const [identifier, { raw, parts }] of gathered((await read(feed, { role })).records)) {
          const before = JSON.stringify(
            format.normalise(structuredClone(raw), source(feed), identifier, structuredClone(parts)),
          );
          expect(JSON.stringify(format.normalise(frozen(raw), source(feed), identifier, parts.map(frozen)))).toBe(
            before,
          );
        }
      }
    });
  });
}

const credentialOf = (result: Normalised | undefined): Credential | undefined =>
  result && 'credential' in result ? result.credential : undefined;

/** What JSON would lose. */
function notJson(value: unknown, path = ''): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} ${value}`];
  if (typeof value !== 'object') return [`${path} ${typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => notJson(inner, `${path}/${name}`));
}

// ------------------------------------------------------------------------------------------------------------ paths

/** Paths of a result that lead nowhere, or to something that does not say the value. */
function lostPaths(suite: FormatSuite, result: Normalised, raw: unknown, parts: readonly unknown[]): string[] {
  const resolve = RESOLVERS[suite.paths];
  const out: string[] = [];
  const check = (what: string, path: string, value?: unknown): void => {
    const there = resolve(raw, parts, path);
    if (there === undefined) out.push(`${what} → "${path}": nothing is there`);
    // A flag says what its member is called; in a table it is a word.
    else if (value !== undefined && !says(isYes(there) ? fold(path) : saidAt(there, raw), value))
      out.push(`${what} → "${path}": does not say ${JSON.stringify(value)?.slice(0, 120)}`);
  };
  for (const { rule, path } of result.problems) {
    // What is missing has no place: its parent has one.
    if (resolve(raw, parts, path) === undefined && resolve(raw, parts, parentPath(path)) === undefined)
      out.push(`problem ${rule} → "${path}": nothing is there`);
  }
  if ('rejection' in result || !result.credential) return out;
  const { credential } = result;
  for (const name of ELEMENTS) {
    const element = credential[name] as Element<unknown>;
    if (element.origin && element.origin.rule !== 'source-default')
      check(name, element.origin.path, element.state === 'stated' ? element.value : undefined);
    if (element.derived) check(`${name} (derived)`, element.derived.origin.path);
  }
  for (const { type, origin } of credential.relations) check(`relation ${type}`, origin.path);
  for (const { id, path, startDate, endDate, place } of credential.opportunities) {
    check(`run ${id}`, path);
    const there = resolve(raw, parts, path);
    for (const [name, value] of Object.entries({ startDate, endDate }))
      if (value && there !== undefined && !saysDate(there, value))
        out.push(`run ${id} → "${path}": does not say ${name} ${value}`);
    if (place && there !== undefined && !place.split(', ').some((word) => heard(there).includes(fold(word))))
      out.push(`run ${id} → "${path}": does not say "${place}"`);
  }
  return out;
}

const isYes = (value: unknown): boolean => value === true || value === 'Yes';

/** Whether something raw says a value: a text or number of the value stands there. Values that are only codes or ids cannot be compared. */
function says(said: string, value: unknown): boolean {
  const texts: string[] = [];
  const codes: string[] = [];
  const walk = (at: unknown, name: string): void => {
    if (/^(?:id|language|url|links|uri|framework|scheme)$/.test(name)) return;
    const coded = /^(?:codes?|country|currency|kinds|duration|isced|eqf|cycle|validity)$/.test(name);
    if (typeof at === 'string' || typeof at === 'number') (coded ? codes : texts).push(String(at));
    else if (typeof at === 'object' && at !== null)
      for (const [key, inner] of Object.entries(at)) walk(inner, Array.isArray(at) ? name : key);
  };
  walk(value, Array.isArray(value) && typeof value[0] === 'string' ? 'codes' : '');
  if (texts.length === 0) return true;
  return [...texts, ...codes].some((text) => {
    if (said.includes(fold(text))) return true;
    const words = text
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .map(fold);
    const there = words.filter((word) => said.includes(word));
    return there.length * 2 >= words.length || there.some((word) => /^\d+$/.test(word));
  });
}

/** What stands at a place; of a reference what it refers to, when the record holds that (linked data). */
function saidAt(there: unknown, raw: unknown): string {
  const nodes = (raw as { nodes?: Record<string, unknown> } | null)?.nodes ?? {};
  const text = JSON.stringify(there)?.toLowerCase() ?? '';
  const referred = Object.entries(nodes).filter(([key]) => text.includes(`${key.toLowerCase()}"`));
  return heard([there, referred.map(([, node]) => node)]);
}

function saysDate(there: unknown, date: string): boolean {
  const [year = '', month = '', day = ''] = date.split('-');
  const said = heard(there);
  // Milliseconds since 1970, as Coursera writes them.
  const instants = Object.values(Object(there)).filter((one) => typeof one === 'number' && one > 1e11 && one < 1e14);
  return (
    instants.some((one) => new Date(one as number).toISOString().startsWith(date)) ||
    [year + month + day, day + month + year, month + day + year].some((digits) => said.includes(digits)) ||
    (said.includes(year) && said.includes(String(Number(day))))
  );
}

// ------------------------------------------------------------------------------------------------------------ members

/** Puts a member that nobody knows into every object of the raw record in turn: each must be told, by its place or its name. */
async function untoldMembers(
  format: Format,
  suite: FormatSuite,
  source: SourceDefinition,
  feed: Feed,
  role?: string,
): Promise<{ lost: string[]; tried: number }> {
  const lost: string[] = [];
  let tried = 0;
  if (suite.paths === 'column') {
    // Columns are of the table, not of the row.
    const { records } = await readFeed(format, withColumn(feed), { source, role });
    const results = [...normalisedOf(format, source, records).values()];
    // What is true of the table is told once.
    return { lost: results.some(told) ? [] : ['a column'], tried: results.length };
  }
  for (const [identifier, { raw, parts }] of gathered((await readFeed(format, feed, { source, role })).records)) {
    if (raw === undefined) continue;
    const whole = { raw, parts };
    const outer = namesTold(normaliseRecord(format, source, identifier, raw, parts));
    for (const place of placesIn(whole)) {
      const path = `/${place.join('/')}`;
      // What stands in a member that is told whole, or is only referred to from there, is told with it.
      if (insideTold(whole, place, outer)) continue;
      const own = path.replace(/^\/(?:raw|parts\/\d+)/, '');
      if (!/^\/(?:raw|parts\/)/.test(path) || !suite.inside.some((start) => start.test(own))) continue;
      // An attribute may be called "name", as elements have one.
      if (suite.paths === 'xml' && place.at(-1) === 'attributes') continue;
      const at = valueAt(whole, place);
      if (typeof at !== 'object' || at === null || Array.isArray(at) || isLanguageMap(at)) continue;
      for (const changed of unknownIn(suite, at as Record<string, unknown>)) {
        tried++;
        const { raw: one, parts: more } = withAt(whole, place, changed) as typeof whole;
        const result = normaliseRecord(format, source, identifier, one, more);
        if (!told(result) && !leftByTheDoor(format, [one, more], result))
          lost.push(
            `${identifier} ${path}${'attributes' in changed && JSON.stringify(changed.attributes).includes(UNKNOWN) ? ' (an attribute)' : ''}`,
          );
      }
    }
  }
  return { lost: [...new Set(lost)], tried };
}

/** Records that are turned away before anything of them is read. */
const UNREAD = new Set(['not-a-record', 'missing-title', 'missing-name', 'template-residue', 'title-too-long']);

const told = (result: Normalised): boolean =>
  result.problems.some(({ rule, path, found }) => rule === 'not-mapped' && `${path} ${found}`.includes(UNKNOWN)) ||
  ('rejection' in result && UNREAD.has(result.rejection.rule));

/** Of a block of contact data only what is read stays: the rest is told as data of persons. */
const leftByTheDoor = (format: Format, raw: unknown[], { problems }: Normalised): boolean =>
  !JSON.stringify(raw.map((one) => format.clean?.(one))).includes(UNKNOWN) &&
  problems.some(({ rule }) => rule === 'personal-data');

const localName = (name: string): string => name.split(/[:#/]/).at(-1) ?? name;

/** The names of the members that are told as not read. */
const namesTold = ({ problems }: Normalised): Set<string> =>
  new Set(
    problems
      .filter(({ rule }) => rule === 'not-mapped')
      .flatMap(({ found }) => found.split(', ').map((way) => localName(way.split('/').at(-1) ?? way))),
  );

function insideTold(whole: { raw: unknown }, place: readonly string[], told: ReadonlySet<string>): boolean {
  const steps = place.map((step, n) => {
    const at = valueAt(whole, place.slice(0, n + 1));
    const element =
      typeof at === 'object' && at !== null && 'name' in at && place[n - 1] === 'children' ? at.name : undefined;
    return typeof element === 'string' ? element : localName(String(step));
  });
  if (steps.some((step) => told.has(step))) return true;
  const [, nodes, key] = place;
  if (nodes !== 'nodes') return false;
  const holds = (value: unknown): boolean =>
    JSON.stringify(value ?? null).includes(JSON.stringify(String(key)).slice(1, -1));
  const looked = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([name, member]) => (told.has(localName(name)) ? holds(member) : looked(member)));
  return looked(whole.raw);
}

function* unknownIn(suite: FormatSuite, at: Record<string, unknown>): Generator<Record<string, unknown>> {
  if (suite.paths !== 'xml') {
    yield { ...at, [UNKNOWN]: 'zz value of twelve' };
    return;
  }
  // Elements only; where attributes stand is no element.
  if (typeof at.name !== 'string') return;
  yield {
    ...at,
    children: [...((at.children as unknown[] | undefined) ?? []), { name: UNKNOWN, text: 'zz value of twelve' }],
  };
  yield { ...at, attributes: { ...(at.attributes as object | undefined), [UNKNOWN]: 'zz value of twelve' } };
}

const isLanguageMap = (value: object): boolean => {
  const names = Object.keys(value);
  if (names.includes('@value')) return true;
  return (
    names.length > 0 &&
    names.every((name) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(name) && !/^(?:id|url|type)$/.test(name))
  );
};

function withColumn(feed: Feed): Feed {
  const text = new TextDecoder().decode(bytesOf(feed.body));
  const delimiter = (text.split('\n')[0]?.match(/;/g)?.length ?? 0) > 2 ? ';' : ',';
  // Lines end outside quotes only.
  let quoted = false;
  let line = 0;
  let out = '';
  let header = -1;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (at < text.length && (text[at] !== '\n' || quoted)) continue;
    const row = text.slice(start, at).replace(/\r$/, '');
    if (header < 0 && /tit[eu]l|title|name/i.test(row)) header = line;
    const cell = header < 0 ? '' : line === header ? UNKNOWN : 'zz value of twelve';
    if (row !== '') out += `${row}${delimiter}${cell}\n`;
    line++;
    start = at + 1;
  }
  return { ...feed, body: out };
}

/** The places of everything in a value, as lists of names. */
function placesIn(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...place]];
  return [[...place], ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...place, name]))];
}

const valueAt = (value: unknown, place: readonly string[]): unknown =>
  place.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], value);

/** A copy with something else at a place. */
function withAt(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, unknown>) };
  (copy as Record<string, unknown>)[name] = withAt((value as Record<string, unknown>)[name], rest, other);
  return copy;
}

// ------------------------------------------------------------------------------------------------------------ garbage

const deep = (open: (inner: unknown) => unknown): unknown => {
  let value: unknown = 'deep';
  for (let n = 0; n < 10_000; n++) value = open(value);
  return value;
};

const GARBAGE: readonly (readonly [string, () => unknown])[] = [
  ['null', () => null],
  ['undefined', () => undefined],
  ['3', () => 3],
  ['NaN', () => Number.NaN],
  ['true', () => true],
  ['an empty text', () => ''],
  ['a text', () => 'garbage'],
  ['a long text', () => 'x'.repeat(200_000)],
  ['half a character', () => '\ud800'],
  ['[]', () => []],
  ['{}', () => ({})],
  ['[[[]]]', () => [[[]]]],
  ['[null, 3, {}]', () => [null, 3, {}]],
  ['lists 10,000 deep', () => deep((inner) => [inner])],
  ['objects 10,000 deep', () => deep((inner) => ({ name: 'x', children: [inner] }))],
  [
    'names of prototypes',
    () => JSON.parse('{"constructor":1,"__proto__":{"name":"x"},"toString":"y","hasOwnProperty":null,"valueOf":{}}'),
  ],
  ['an object without prototype', () => Object.assign(Object.create(null), { name: 'x', title: 'y' })],
];

function frozen<V>(value: V): V {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}

/** Numbers from 0 to 1, the same every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Samples that are no feed, or half a one: noise, pieces of feeds glued together, things that open and never close. */
function hostileSample(
  n: number,
  random: () => number,
  texts: readonly string[],
): { text: string; mediaType?: string; name?: string } {
  const any = <V>(list: readonly V[]): V => list[Math.floor(random() * list.length)] as V;
  const noise = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 0xffff))).join('');
  const piece = () => {
    const text = any(texts);
    const at = Math.floor(random() * text.length);
    return text.slice(at, at + Math.floor(random() * 2000));
  };
  const kinds = [
    () => noise(Math.floor(random() * 500)),
    () => piece() + noise(20) + piece(),
    () =>
      any([
        '[',
        '{',
        '{"a":',
        '<',
        '<a>',
        '<![CDATA[',
        '"',
        '{"@context":[',
        '<!--',
        '((',
        ';',
        '\n',
        '\0',
        '\ud800',
      ]).repeat(Math.floor(random() * 20_000)),
    () => any(['', ' ', '\uFEFF', 'null', 'true', '0', '-', 'undefined', '{}', '[]', '<>', '<?xml', '<!doctype']),
    () => any(texts).replaceAll(any(['"', '<', ',', ':', '>', '\n']), any(['', '"', '\0', ' '])),
  ];
  return {
    text: (kinds[n % kinds.length] as () => string)().slice(0, 65_536),
    ...(n % 3 ? {} : { mediaType: any(['text/html', 'application/json', 'text/csv', 'x/y', '', noise(5)]) }),
    ...(n % 4 ? {} : { name: any(['a.csv', 'a.xml', '', '__proto__', '../..', noise(5)]) }),
  };
}
