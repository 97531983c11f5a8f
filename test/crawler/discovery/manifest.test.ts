import { describe, expect, test } from 'vitest';
import { checkManifest, type Manifest } from '../../../crawler/discovery/manifest.ts';
import { sourceId, sourceOfEntry } from '../../../crawler/discovery/manifest-source.ts';
import { ooapiAddress } from '../../../crawler/discovery/ooapi-address.ts';
import { parseManifest } from '../../../crawler/discovery/parse-manifest.ts';
import { manifestUrls } from '../../../crawler/discovery/txt-record.ts';

const place = { owner: 'uni-weser.de', url: 'https://uni-weser.de/m.json', index: 0, allowLoopback: false };

function checked(value: unknown): Manifest {
  const manifest = checkManifest(value);
  if ('fault' in manifest) throw new Error(JSON.stringify(manifest.fault));
  return manifest;
}

function only(source: object) {
  const [entry] = checked({ sources: [source] }).entries;
  if (!entry) throw new Error('no entry');
  return entry;
}

function sourceFrom(source: object) {
  const entry = only({ type: 'ooapi', path: 'https://api.uni-weser.de/ooapi/v5/', ...source });
  if ('problems' in entry) return { kind: 'rejected' as const, problems: entry.problems };
  return sourceOfEntry(entry.entry, place);
}

function definitionFrom(source: object) {
  const made = sourceFrom(source);
  if (made.kind !== 'source') throw new Error(JSON.stringify(made.problems));
  return made.definition;
}

describe('the file', () => {
  test('JSON and YAML come to the same', () => {
    const json = '{"meta":{"schac":"weser.de"},"sources":[{"type":"ooapi","path":"https://a.example/","version":"5"}]}';
    const yaml = 'meta:\n  schac: weser.de\nsources:\n  - type: ooapi\n    path: https://a.example/\n    version: 5\n';
    const read = (text: string) => {
      const parsed = parseManifest(text);
      if ('fault' in parsed) throw new Error(parsed.fault);
      return checked(parsed.value);
    };
    expect(read(yaml)).toEqual(read(json));
    expect(read(`\uFEFF${json}`)).toEqual(read(json));
  });

  test.each([
    ['', 'empty'],
    ['<!doctype html><p>Not found</p>', 'web page'],
    ['{"sources": [', 'not JSON'],
    ['sources:\n\t- type: x', 'not YAML'],
    ['a: 1\na: 2', 'not YAML'],
    ['a: 1\n---\nb: 2', 'not YAML'],
    ['['.repeat(100_000), 'not JSON'],
    [`${'- '.repeat(30_000)}x`, 'not YAML'],
    [`# ${'x'.repeat(70_000)}`, 'more than 65536'],
  ])('unreadable: %.30j', (text, reason) => {
    expect(parseManifest(text)).toEqual({ fault: expect.stringContaining(reason) });
  });

  test('an alias bomb is refused before it is built', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const began = performance.now();
    expect(parseManifest([...lines, 'sources: *a11'].join('\n'))).toEqual({ fault: expect.stringMatching(/alias/i) });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test.each(['&a ', '"', '*a ', '- &a a\n- *a\n', 'a: \n', '- - ['])(
    'hostile YAML costs no time worth speaking of: %j',
    (piece) => {
      const began = performance.now();
      parseManifest(piece.repeat(Math.floor(65_000 / piece.length)));
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );

  test.each([null, 'text', 42, [], { sources: {} }, { sources: [] }, { meta: {} }])('no manifest: %j', (value) => {
    expect(checkManifest(value)).toEqual({
      fault: expect.objectContaining({ rule: 'manifest-invalid', remedy: expect.any(String) }),
    });
  });

  test('a prototype is not polluted by it', () => {
    checkManifest(JSON.parse('{"__proto__":{"polluted":1},"sources":[{"__proto__":{"polluted":1},"type":"x"}]}'));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('its sources', () => {
  test.each([
    [{ path: undefined }, 'sources[0].path'],
    [{ path: 'ftp://x.example/' }, 'sources[0].path'],
    [{ type: null }, 'sources[0].type'],
    [{ auth: {} }, 'sources[0].auth'],
    [{ auth: { type: 'basic' } }, 'sources[0].auth'],
    [{ auth: { type: 'oauth2.0' } }, 'sources[0].auth.token_endpoint'],
    [{ auth: { type: 'httpheader', value: 'YWJj' } }, 'sources[0].auth.field'],
    [{ auth: { type: 'httpheader', field: 'X-Key', value: 'my secret!' } }, 'sources[0].auth.value'],
    [{ refresh: -1 }, 'sources[0].refresh'],
    [{ refresh: 'often' }, 'sources[0].refresh'],
    [{ headers: { 'bad name': 'x' } }, 'sources[0].headers'],
    [{ headers: ['x'] }, 'sources[0].headers'],
    [{ pageSize: 2.5 }, 'sources[0].pageSize'],
  ])('%j is told by its field', (wrong, path) => {
    const entry = only({ type: 'ooapi', path: 'https://a.example/', ...wrong });
    const problems = 'problems' in entry ? entry.problems : [];
    expect(problems.map((p) => p.path).some((p) => p.startsWith(path))).toBe(true);
    expect(problems.every((p) => p.remedy.length > 10)).toBe(true);
    expect(JSON.stringify(problems)).not.toContain('my secret');
  });

  test.each([
    [{ path: 'http://169.254.169.254/latest/' }, 'sources[0].path'],
    [{ path: 'http://127.0.0.1:8080/' }, 'sources[0].path'],
    [{ path: 'http://2130706433/' }, 'sources[0].path'],
    [{ path: 'https://a.example:22/' }, 'sources[0].path'],
    [{ auth: { type: 'oauth2.0', token_endpoint: 'http://10.0.0.1/token' } }, 'sources[0].auth.token_endpoint'],
    [{ headers: { Host: 'other.example' } }, 'sources[0].headers.Host'],
    [{ auth: { type: 'httpheader', field: 'Content-Length', value: 'YWJj' } }, 'sources[0].auth.field'],
  ])('%j is refused at once', (wrong, path) => {
    const made = sourceFrom(wrong);
    expect(made.kind).toBe('rejected');
    expect(made.problems[0]).toMatchObject({ path, rule: 'manifest-refused' });
  });

  test('one that is wrong does not take the others with it', () => {
    const { entries } = checked({
      sources: [
        { type: 'ooapi' },
        'x',
        { type: 'ooapi', path: 'https://a.example/', id: 7 },
        { type: 'elm', path: 'https://a.example/f.ttl' },
      ],
    });
    expect(entries.map((entry) => 'entry' in entry)).toEqual([false, false, true, true]);
  });

  test('an id used twice counts once', () => {
    const source = { type: 'ooapi', path: 'https://a.example/', id: 'x' };
    const { entries } = checked({ sources: [source, { ...source, path: 'https://b.example/' }] });
    expect(entries.map((entry) => 'entry' in entry)).toEqual([true, false]);
  });

  test('an OCCAPI is read at the path of its institution', () => {
    const path = 'https://occapi.uni-weser.de/occapi/v2/hei/uni-weser.de';
    expect(
      sourceFrom({ type: 'occapi', path, version: '2', pageSize: 7, queryParameters: { key: 'a b' } }),
    ).toMatchObject({
      kind: 'source',
      definition: { format: 'occapi', url: `${path}?key=a+b`, options: {} },
      problems: [],
    });
  });

  test('an Edu-API is read from its list of courses', () => {
    const source = { type: 'edu-api', path: 'https://api.uni-weser.de/edu-api/v1/', version: '1.0' };
    const url = 'https://api.uni-weser.de/edu-api/v1/courseTemplates';
    expect(sourceFrom(source)).toMatchObject({
      definition: { format: 'edu-api', url: `${url}?limit=500` },
      problems: [],
    });
    expect(sourceFrom({ ...source, pageSize: 70 })).toMatchObject({
      definition: { url: `${url}?limit=70` },
      problems: [],
    });
  });

  test.each(['elm', 'rss'])('%s is kept and said not to be read yet', (type) => {
    expect(sourceFrom({ type })).toMatchObject({
      kind: 'unsupported',
      problems: [{ rule: 'manifest-type-not-read', severity: 'info' }],
    });
  });
});

describe('the source of an entry', () => {
  test('carries everything the entry says', () => {
    const definition = definitionFrom({
      id: 'courses',
      name: 'Courses of Weser University',
      version: '5',
      refresh: 48,
      pageSize: 100,
      headers: { 'X-Client': 'credatlas' },
      queryParameters: { consumer: 'eduxchange', level: ['a', 'b'] },
      auth: { type: 'httpsig', alg: 'ed25519' },
    });
    expect(definition).toMatchObject({
      title: 'Courses of Weser University',
      publisher: 'uni-weser.de',
      licence: 'not stated',
      format: 'ooapi',
      url: 'https://api.uni-weser.de/ooapi/v5/courses?consumer=eduxchange&level=a&level=b&pageSize=100',
      headers: { 'X-Client': 'credatlas' },
      auth: { type: 'httpsig', alg: 'ed25519' },
      manifest: { domain: 'uni-weser.de', url: 'https://uni-weser.de/m.json', entry: 'courses' },
      allowLoopback: false,
    });
    expect(definition.schedule).toMatch(/ 1,3,5$/);
  });

  test('keeps its id when all but its name in the manifest changes', () => {
    const first = definitionFrom({ id: 'courses' }).id;
    expect(definitionFrom({ id: 'courses', path: 'https://new.example/v6', name: 'Other' }).id).toBe(first);
    expect(definitionFrom({ id: 'Courses' }).id).not.toBe(first);
    expect(definitionFrom({}).id).not.toBe(first);
  });

  test('ids are source ids whatever they are made from, and never meet', () => {
    const owners = ['a.de', 'xn--hochschule-mnchen-m6b.de', `${'long-'.repeat(20)}name.example`, 'a-b.de', 'a.b.de'];
    const keys = [
      '',
      'Кафедра',
      '-',
      'x'.repeat(400),
      'ooapi https://a.example/v5',
      'ooapi https://a.example/v6',
      'a b',
      'a-b',
    ];
    const ids = owners.flatMap((owner) => keys.map((key) => sourceId(owner, key)));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]{1,62}$/);
  });

  test('a page size the standard does not know becomes the next smaller one, and that is said', () => {
    const made = sourceFrom({ pageSize: 60 });
    expect(made).toMatchObject({ kind: 'source', problems: [{ path: 'sources[0].pageSize', found: '60' }] });
    expect(definitionFrom({ pageSize: 60 }).url).toContain('pageSize=50');
    expect(definitionFrom({}).url).toContain('pageSize=250');
  });

  test('version 6 is asked for by media type, unless the manifest says otherwise', () => {
    expect(definitionFrom({ version: '6.1' }).headers.accept).toContain('version=6.1');
    expect(definitionFrom({ version: '5' }).headers).toEqual({});
    expect(definitionFrom({ version: '6', headers: { Accept: 'x/y' } }).headers).toEqual({ Accept: 'x/y' });
  });

  test.each([
    ['https://a.example/ooapi', 'https://a.example/ooapi/courses?pageSize=250'],
    ['https://a.example', 'https://a.example/courses?pageSize=250'],
    ['https://a.example/v5/programs/', 'https://a.example/v5/programs/?pageSize=250'],
    ['https://a.example/v5/?tenant=x#top', 'https://a.example/v5/courses?tenant=x&pageSize=250'],
  ])('root %s is read at %s', (root, url) => expect(ooapiAddress(root)).toBe(url));

  test('credentials that are to be agreed are asked for, and secrets never told', () => {
    const made = sourceFrom({ auth: { type: 'httpheader' } });
    expect(made).toMatchObject({ kind: 'source', problems: [{ rule: 'manifest-credentials-missing' }] });
  });
});

describe('TXT records', () => {
  test.each([
    [[['v=qldiscover1; m=https://a.example/m.json']], ['https://a.example/m.json']],
    [[['v=qldiscover1; m=https://a.exa', 'mple/m.json']], ['https://a.example/m.json']],
    [[['v=spf1 -all'], ['V=QLDISCOVER1;m=https://a.example/m.json;']], ['https://a.example/m.json']],
    [[['v=qldiscover2; m=https://a.example/']], []],
    [[['v=qldiscover1; m=']], []],
    [[['x v=qldiscover1; m=https://a.example/']], []],
    [
      [['v=qldiscover1; m=https://b.example/'], ['v=qldiscover1; m=https://a.example/']],
      ['https://a.example/', 'https://b.example/'],
    ],
  ])('%j', (records, urls) => expect(manifestUrls(records)).toEqual(urls));
});
