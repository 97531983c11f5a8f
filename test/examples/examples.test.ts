import { beforeAll, describe, expect, test } from 'vitest';
import { detectFormat, loadFormats } from '../../crawler/registry.ts';
import { exampleProviders } from '../../examples/providers/index.ts';
import { answerTo, createExampleServer } from '../../examples/server.ts';
import { exampleSources } from '../../examples/sources.ts';
import type { Credential, Problem } from '../../schema/index.ts';
import { type Reading, readSource } from './harvest-examples.ts';

const ORIGIN = 'http://127.0.0.1:9';
const sources = exampleSources(ORIGIN);
const formats = await loadFormats();
const readings = new Map<string, Reading>();
/** Three records have an impossible value and are marked as drafts in their titles; none of them may come in. */
const DRAFT = /\((conceptrecord|borrador|szkic wpisu)\)/;
let credentials: Credential[] = [];
let problems: Problem[] = [];

const reading = (id: string): Reading => readings.get(id) as Reading;
const credential = (part: string): Credential =>
  credentials.find((c) => c.url?.endsWith(`/${part}`)) ??
  expect.fail(`no example credential has a url ending /${part}`);

beforeAll(async () => {
  for (const source of sources) {
    const format = formats.get(source.format);
    if (!format) throw new Error(`source ${source.id} names the format "${source.format}", which is not there`);
    readings.set(source.id, await readSource(format, source));
  }
  const all = [...readings.values()].flatMap((r) => r.normalised.map((n) => n.result));
  credentials = all.flatMap((result) => ('credential' in result && result.credential ? [result.credential] : []));
  problems = [...all, ...readings.values()].flatMap((result) => result.problems);
});

describe('the example sources', () => {
  test('are twelve over five formats, all labelled as examples and bound to this machine', () => {
    expect(sources).toHaveLength(12);
    expect(new Set(sources.map((s) => s.format))).toEqual(new Set(['ooapi', 'ctdl', 'xcri-cap', 'schema-org', 'csv']));
    for (const source of sources) {
      expect(source.title).toMatch(/^Example: /);
      expect(source).toMatchObject({ example: true, allowLoopback: true });
      expect(source.url.startsWith(`${ORIGIN}/providers/`), source.url).toBe(true);
    }
  });

  test('each is detected as its own format', () => {
    for (const source of sources) {
      const { sample } = reading(source.id);
      expect(detectFormat(formats, sample)?.name, source.id).toBe(source.format);
    }
  });

  test('each gives the records it expects', () => {
    const counts = Object.fromEntries(sources.map((s) => [s.id, credentials.filter((c) => c.source === s.id).length]));
    expect(counts).toEqual(Object.fromEntries(sources.map((s) => [s.id, s.expected])));
  });
});

describe('the example records', () => {
  test('are a living catalogue: 339 records, 15 languages, 15 countries, no id twice', () => {
    expect(credentials).toHaveLength(339);
    expect(new Set(credentials.map((c) => c.id)).size).toBe(339);
    const languages = new Set(credentials.flatMap((c) => c.title.value?.map((t) => t.language.split('-')[0]) ?? []));
    expect([...languages].sort()).toEqual('bg de el en es et fi fr ga hr it nl pl pt sv'.split(' '));
    const countries = new Set(credentials.flatMap((c) => c.issuerCountry.value?.country ?? []));
    expect([...countries].sort()).toEqual('BG DE EE ES FI FR GB GR HR IE IT NL PL PT SE'.split(' '));
  });

  test('have titles of their own, within a language', () => {
    const titles = credentials.map((c) => `${c.title.value?.[0]?.language} ${c.title.value?.[0]?.value}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('stand on domains that cannot exist', () => {
    for (const { url } of credentials) if (url) expect(new URL(url).hostname).toMatch(/\.example$/);
    for (const o of credentials.flatMap((c) => c.opportunities)) {
      if (o.url) expect(new URL(o.url).hostname).toMatch(/\.example$/);
    }
  });

  test('show all states: stated, derived, not stated', () => {
    const states = new Set(credentials.flatMap((c) => [c.level.state, c.awardingBody.state, c.assessment.state]));
    expect([...states].sort()).toEqual(['derived', 'not-stated', 'stated']);
    expect(credentials.filter((c) => c.assessment.state === 'not-stated').length).toBeGreaterThan(50);
  });

  test('reach from 1 to 30 ECTS, with free and paid runs in every month of the plan', () => {
    const ects = credentials.flatMap((c) => c.workload.value?.ects ?? []);
    expect([Math.min(...ects), Math.max(...ects)]).toEqual([1, 30]);
    const runs = credentials.flatMap((c) => c.opportunities);
    const prices = runs.flatMap((o) => o.prices?.map((p) => p.amount) ?? []);
    expect(prices).toContain(0);
    expect(new Set(runs.flatMap((o) => o.startDate?.slice(0, 7) ?? [])).size).toBe(11);
  });

  test('make "starts in May" and "is in Lyon" two facts of one run', () => {
    const isMay = (date: string | undefined) => date?.startsWith('2027-05') === true;
    const together = credentials.filter((c) =>
      c.opportunities.some((o) => isMay(o.startDate) && o.locality === 'Lyon'),
    );
    const apart = credentials.filter(
      (c) =>
        !together.includes(c) &&
        c.opportunities.some((o) => isMay(o.startDate)) &&
        c.opportunities.some((o) => o.locality === 'Lyon'),
    );
    expect(together.length).toBeGreaterThanOrEqual(5);
    expect(apart.length).toBeGreaterThanOrEqual(3);
  });
});

describe('the planted quirks', () => {
  test('exactly the records without a title and the drafts are turned down', () => {
    const turnedDown = sources.flatMap((s) =>
      reading(s.id)
        .rejections.filter((r) => r.rule.endsWith('title'))
        .map((r) => `${s.id} ${r.rule}`),
    );
    expect([...readings.values()].flatMap((r) => r.rejections)).toHaveLength(turnedDown.length + 3);
    expect(turnedDown.sort()).toEqual([
      'example-atlantic missing-title',
      'example-ee-mikrokraad missing-title',
      'example-nl-meuse missing-title',
      'example-nordic missing-title',
      'example-pl-wisla missing-title',
    ]);
    for (const r of [...readings.values()].flatMap((one) => one.rejections)) expect(r.remedy).not.toBe('');
  });

  test('negative credits and impossible dates never get into the catalogue', () => {
    const reports = [
      ...problems.filter((p) => p.severity === 'error'),
      ...[...readings.values()].flatMap((r) => r.rejections),
    ].map((p) => p.found);
    for (const found of ['-5', '-4', '2027-13-45', '0000-00-00']) expect(reports, found).toContain(found);
    expect(credentials.filter((c) => DRAFT.test(c.title.value?.[0]?.value ?? ''))).toEqual([]);
    const rules = [...readings.values()].flatMap((r) => r.rejections.map((rejection) => rejection.rule));
    expect(rules.filter((rule) => rule !== 'missing-title').sort()).toEqual([
      'impossible-date',
      'negative-number',
      'negative-number',
    ]);
  });

  test('outcomes come out as plain text, one by one', () => {
    const texts = credentials.flatMap((c) => c.learningOutcomes.value ?? []).flatMap((o) => o.text.map((t) => t.value));
    expect(texts.filter((t) => /<|\r|&amp;|^[-•]/.test(t))).toEqual([]);
    for (const slug of ['ai-op-de-werkvloer', 'datageletterdheid-zorg', 'warmtepompen-ontwerp']) {
      expect(credential(slug).learningOutcomes.value, slug).toHaveLength(3);
    }
  });

  test('"undefined" is no level, calendar weeks are no hours, Scottish credits are no ECTS', () => {
    expect(credential('avg-praktijk').level.state).toBe('not-stated');
    expect(credential('ai-op-de-werkvloer').workload.value).toMatchObject({
      ects: 3,
      duration: expect.stringMatching(/^P\dW$/),
    });
    expect(credential('ai-op-de-werkvloer').workload.value?.hours).toBeUndefined();
    expect(credential('subsea-inspection').workload.value?.ects).toBeUndefined();
    expect(credential('subsea-inspection').workload.value?.credits).toContainEqual({
      scheme: 'SCQF',
      value: 15,
      level: '8',
    });
  });

  test('"niveau 2" in a title is no EQF level, "EN" no country, a well-known misspelling is read', () => {
    expect(credential('soudure-tig-inox').level.state).toBe('not-stated');
    expect(credential('archivo-familiar').issuerCountry).not.toMatchObject({ state: 'stated' });
    expect(credential('archivo-familiar').issuerCountry.value?.country).not.toBe('EN');
    expect(credential('browar-rzemieslniczy').assessment.value?.codes).toEqual([
      'oral-examination',
      'practical-assessment',
    ]);
  });

  test('a decimal comma is read, a Windows-1252 table too', () => {
    expect(credential('batteri-produktion').workload.value?.ects).toBe(7.5);
    expect(credential('ai-nauczyciel').workload.value?.hours).toBe(52.5);
    expect(credential('geriatria-auxiliar').title.value?.[0]?.value).toBe('Atención sociosanitaria a personas mayores');
  });

  test('stacking is declared and points at another example', () => {
    const [relation] = credential('proteccion-datos').relations;
    expect(relation).toMatchObject({ type: 'stacksInto', target: credential('ciberseguridad-pyme').id });
  });
});

describe('the example server', () => {
  test('says the same bytes on every start', async () => {
    const crawl = async () => {
      const { origin, close } = await createExampleServer();
      const bodies: string[] = [];
      for (const source of exampleSources(origin)) {
        const answer = await fetch(source.url);
        expect(answer.status, source.url).toBe(200);
        bodies.push((await answer.text()).replaceAll(origin, ''));
      }
      await close();
      return bodies;
    };
    expect(await crawl()).toEqual(await crawl());
  });

  test('knows validators, robots and what is not there', async () => {
    const { origin, close } = await createExampleServer();
    const url = `${origin}/providers/mikrokraad/catalog.jsonld`;
    const first = await fetch(url);
    expect(first.headers.get('content-type')).toBe('application/ld+json');
    const etag = first.headers.get('etag') ?? '';
    await first.text();
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    const since = first.headers.get('last-modified') ?? '';
    expect((await fetch(url, { headers: { 'if-modified-since': since } })).status).toBe(304);
    expect((await fetch(`${origin}/nowhere`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect(await (await fetch(`${origin}/robots.txt`)).text()).toContain('Allow: /');
    await close();
  });

  test('pages OOAPI with at most 50 records', () => {
    const ask = (query: string) =>
      JSON.parse(String(answerTo(new URL(`${ORIGIN}/providers/meuse/courses${query}`))?.body));
    expect(ask('?pageSize=250').items).toHaveLength(46);
    expect(ask('')).toMatchObject({ pageSize: 10, pageNumber: 1, hasNextPage: true, totalPages: 5 });
    expect(ask('?pageNumber=5')).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('serves only what a source reads', () => {
    const read = new Set(sources.map((s) => new URL(s.url).pathname.split('/')[2]));
    expect(exampleProviders.map((p) => p.name).filter((name) => !read.has(name))).toEqual([]);
  });
});
