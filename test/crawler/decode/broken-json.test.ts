import { describe, expect, test } from 'vitest';
import { addressIn, parseJsonLd } from '../../../crawler/decode/linked/broken-json.ts';
import { isFault, type Page } from '../../../crawler/format.ts';
import { schemaOrg } from '../../../crawler/formats/schema-org/index.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const URL = 'https://x.example/courses.jsonld';
const source = SourceDefinition.parse({
  id: 'src',
  title: 's',
  format: 'schema-org',
  publisher: 'p',
  licence: 'l',
  url: URL,
});
const node = (n: number, more: object = {}) => ({
  '@type': 'Course',
  url: `https://x.example/${n}`,
  name: `Course ${n}`,
  hasCourseInstance: [1, 2, 3].map((run) => ({
    '@type': 'CourseInstance',
    name: `Run ${n}.${run}`,
    startDate: '2027',
  })),
  ...more,
});
const NODES = [1, 2, 3, 4, 5].map((n) => node(n));
const context = { '@context': 'https://schema.org' };
const shapes: [string, string, string][] = [0, 1].flatMap((indent) => {
  const text = (value: unknown) => JSON.stringify(value, undefined, indent || undefined);
  const how = indent ? ', indented' : '';
  return [
    [`a list${how}`, text(NODES.map((one) => ({ ...context, ...one }))), ''],
    [`a list, types first${how}`, text(NODES.map((one) => ({ ...one, ...context }))), ''],
    [`@graph${how}`, text({ ...context, '@graph': NODES }), '/@graph'],
    [`@graph before the context${how}`, text({ '@graph': NODES, ...context }), '/@graph'],
    [`a list of links${how}`, text({ ...context, '@type': 'ItemList', itemListElement: NODES }), '/itemListElement'],
  ] as [string, string, string][];
});
const lines = NODES.map((one) => JSON.stringify({ ...context, ...one })).join('\n');

async function read(body: string, url = URL) {
  const page: Page = { url, source, envelope: {} };
  async function* bytes() {
    yield Buffer.from(body);
  }
  const records: string[] = [];
  const faults: [string | null, string, string, boolean][] = [];
  for await (const item of schemaOrg.records(bytes(), page)) {
    if (isFault(item)) {
      const { identifier, path, rule } = item.rejection;
      faults.push([identifier, path, rule, item.incomplete === true]);
    } else records.push(`${item.path} ${item.identifier.slice(-1)}`);
  }
  return { records, faults };
}
const at = (path: string, ...numbers: number[]) => numbers.map((n) => `${path}/${n - 1} ${n}`);
const THIRD = 'https://x.example/3';

describe.each(shapes)('%s', (_, text, path) => {
  test('a comma too few: the record is named, all others come, nothing else is lost', async () => {
    const body = text.replace(/("Course 3"),/, '$1');
    expect(await read(body)).toEqual({
      records: at(path, 1, 2, 4, 5),
      faults: [[THIRD, `${path}/2`, 'json-syntax', false]],
    });
  });
  test.each([
    ['a quote too few', /"Course 3"/, '"Course 3'],
    ['a quote too many', /"Course 3"/, '"Course "3"'],
    ['a brace too few', /("Run 3\.3",\s*"startDate":\s*"2027"\s*)\}/, '$1'],
    ['a bracket too few', /("Run 3\.3",\s*"startDate":\s*"2027"\s*\}\s*)\]/, '$1'],
    ['a quote too few inside', /"Run 3\.3"/, '"Run 3.3'],
    ['a quote too few inside, twice', /"Run 3\.1"([\s\S]*)"Run 3\.3"/, '"Run 3.1$1"Run 3.3'],
    ['no JSON at all', /"Course 3"/, 'Course(3)'],
  ])('%s: all others come, and it is told that more may be missing', async (_, sound, broken) => {
    expect(text).toMatch(sound);
    const { records, faults } = await read(text.replace(sound, broken));
    expect(records).toEqual(at(path, 1, 2, 4, 5));
    expect(faults.map(([, , rule]) => rule)).toEqual(['json-syntax']);
    expect(faults[0]?.[3]).toBe(true);
  });
  test('two broken ones', async () => {
    const body = text.replace('"Course 2"', '"Course 2').replace('"Course 4"', '"Course 4');
    expect((await read(body)).records).toEqual(at(path, 1, 3, 5));
  });
  test('the last one', async () => {
    const { records, faults } = await read(text.replace('"Course 5"', '"Course 5'));
    expect(records).toEqual(at(path, 1, 2, 3, 4));
    expect(faults.map(([, , , incomplete]) => incomplete)).toContain(true);
  });
  test('a comma too few between two of them, and one too many', async () => {
    const place = /\}\s*\]\s*[,}][^{]*(?=\{[^{]*Course 3)/;
    expect(text).toMatch(place);
    const { records, faults } = await read(text.replace(place, (found) => found.replace(/,(?=[^,]*$)/, '')));
    expect({ records, faults }).toEqual({ records: at(path, 1, 2, 3, 4, 5), faults: [] });
  });
  test('cut: the whole ones come, and it is told', async () => {
    const { records, faults } = await read(text.slice(0, text.indexOf('Run 4.2')));
    expect(records).toEqual(at(path, 1, 2, 3));
    expect(faults.some(([, , , incomplete]) => incomplete)).toBe(true);
  });
});

test('JSON lines: a broken line is named; the last one may be cut', async () => {
  const { records, faults } = await read(lines.replace('"Course 3",', '"Course 3"'));
  expect(records).toHaveLength(4);
  expect(faults).toEqual([[THIRD, 'line 3', 'json-syntax', false]]);
  expect((await read(lines.slice(0, -5))).faults).toEqual([['https://x.example/5', 'line 5', 'json-syntax', true]]);
});

test('in a block of a page as well', async () => {
  const block = JSON.stringify({ ...context, '@graph': NODES }).replace('"Course 3",', '"Course 3"');
  const page = `<html><script type="application/ld+json">${block}</script></html>`;
  expect(await read(page, 'https://x.example/courses')).toEqual({
    records: at('/script[1]/@graph', 1, 2, 4, 5),
    faults: [[null, '/script[1]/@graph/2', 'json-syntax', true]],
  });
});

test.each([
  ['a list', JSON.stringify([node(1), 'm-3', 7, null, node(2)]), ['/1', '/2']],
  ['@graph', JSON.stringify({ ...context, '@graph': [node(1), 'm-3'] }), ['/@graph/1']],
  ['lines', `${JSON.stringify(node(1))}\n${JSON.stringify(node(2))}\n"m-3"`, ['line 3']],
])('a text or number among the nodes is told: %s', async (_, body, places) => {
  expect((await read(body)).faults).toEqual(places.map((place) => [null, place, 'not-a-record', false]));
});

test('what goes by the address of another record, a front page or half an address is not named by it', async () => {
  const broken = (url: string) =>
    JSON.stringify([node(1), node(2, { url }), node(4)]).replace('"Course 2",', '"Course 2"');
  const named = async (url: string) => (await read(broken(url))).faults[0]?.slice(0, 1)[0];
  expect(await named('https://x.example/2')).toBe('https://x.example/2');
  for (const url of ['https://x.example/1', 'https://x.example/', 'https://x.example/2#a']) {
    expect(await named(url)).toBe(null);
    expect((await read(broken(url))).faults[0]?.[3]).toBe(true);
  }
});

test.each([
  ['{"url":"https:\\/\\/x.example\\/1","name":"A" "b":1}', { url: 'https://x.example/1' }],
  ['{"provider":{"url":"https://x.example/p"},"name":"A" "b":1}', undefined],
  ['{"@type":"ListItem","item":{"url":"https://x.example/1" "b":1}}', { url: 'https://x.example/1' }],
  ['{"url":"https://x.example/1, "name":"A"}', undefined],
  ['{"name":"A, "url":"https://x.example/1"}', undefined],
  ['{"@id":"https://x.example/1","name":"A" "b":1}', { '@id': 'https://x.example/1' }],
  ['{"@id":"https://x.example/1","name":"A, "b":1}', undefined],
])('the address in %s', (text, address) => {
  expect(addressIn(text)).toEqual(address);
});

test.each([
  ['brackets', '[{"a":'.repeat(200_000)],
  ['items that break', `[${'{"a" x},'.repeat(200_000)}]`],
  ['items inside of one that breaks', `[{"a" x,"b":[${'{"a":1},'.repeat(200_000)}{}]},`],
  ['lists inside of one that breaks', `[{"a" x,"b":${',[{"a":1}'.repeat(200_000)}`],
  ['quotes', `[${'{"a":"'.repeat(200_000)}`],
  ['white space', `[{"a" x ${', '.repeat(200_000)}${' '.repeat(200_000)}`],
])('%s without end take no time', (_, text) => {
  const start = performance.now();
  parseJsonLd(text);
  expect(performance.now() - start).toBeLessThan(8000);
});
