import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readRobots, readSitemapText, readSitemapXml } from '../../../crawler/decode/sitemap.ts';
import { isForeign, selectPages, sitemapRules } from '../../../crawler/decode/sitemap-rules.ts';
import { openBody, readWhole } from '../../../crawler/decode/structured-page.ts';
import { ConfigError, SourceBroken } from '../../../crawler/errors.ts';
import { SourceDefinition } from '../../../schema/index.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/schema-org/${name}`, import.meta.url));
async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}
async function* bytes(buffer: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < buffer.length; i += size) yield buffer.subarray(i, i + size);
}
const source = (options: Record<string, string | number> = {}, url = 'https://cursos.exemplo.example/sitemap.xml') =>
  SourceDefinition.parse({ id: 's1', title: 's', format: 'schema-org', url, publisher: 'p', licence: 'l', options });
const rules = (options: Record<string, string | number> = {}) => sitemapRules(source(options), source().url);

describe('reading', () => {
  test('XML: trimmed locations, lastmod, image:loc left alone, bare ampersand, relative URL dropped with its reason', async () => {
    const reading = await readSitemapXml(pieces(fixture('sitemap.xml').toString()));
    expect(reading.entries.slice(0, 2)).toEqual([
      { url: 'https://cursos.exemplo.example/curso/1', role: 'page', modified: '2026-02-03T04:05:06+00:00' },
      { url: 'https://cursos.exemplo.example/curso/2?a=1&b=2', role: 'page' },
    ]);
    expect(reading.entries).toHaveLength(5);
    expect(reading.dropped).toEqual([{ found: '/relativo', reason: 'no absolute http(s) URL' }]);
    expect(reading.incomplete).toBeUndefined();
  });
  test('an index gives sitemaps', async () => {
    const xml =
      '<sm:sitemapindex xmlns:sm="x"><sm:sitemap><sm:loc>https://a.example/1.xml.gz</sm:loc></sm:sitemap></sm:sitemapindex>';
    expect((await readSitemapXml(pieces(xml))).entries).toEqual([
      { url: 'https://a.example/1.xml.gz', role: 'sitemap' },
    ]);
  });
  test('an empty urlset is whole', async () => {
    expect((await readSitemapXml(pieces('<urlset></urlset>'))).incomplete).toBeUndefined();
    expect((await readSitemapXml(pieces('<urlset/>'))).incomplete).toBeUndefined();
  });
  test('truncated: what was there is kept, and said to be incomplete', async () => {
    const reading = await readSitemapXml(pieces(fixture('sitemap.xml').toString().slice(0, 520)));
    expect(reading.entries.length).toBeGreaterThan(0);
    expect(reading.incomplete).toMatch(/ends before/);
  });
  test('entities are not expanded beyond the predefined ones', async () => {
    const xml =
      '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>https://a.example/&b;</loc></url></urlset>';
    const { entries } = await readSitemapXml(pieces(xml));
    expect(entries.map(({ url }) => url)).toEqual(['https://a.example/&b;']);
  });
  test('more than 50,000 entries are incomplete', async () => {
    const xml = `<urlset>${Array.from({ length: 50_001 }, (_, i) => `<url><loc>https://a.example/${i}</loc></url>`).join('')}</urlset>`;
    const reading = await readSitemapXml(pieces(xml, 65_536));
    expect(reading.entries).toHaveLength(50_000);
    expect(reading.incomplete).toMatch(/50000/);
  });
  test('text', async () => {
    const reading = await readSitemapText(pieces('https://a.example/1\r\n\r\nhttps://a.example/2#x\nnonsense'));
    expect(reading.entries.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(reading.dropped).toHaveLength(1);
  });
  test('robots.txt: Sitemap lines of any group, relative ones resolved', async () => {
    const reading = await readRobots(
      pieces(fixture('robots.txt').toString()),
      'https://cursos.exemplo.example/robots.txt',
    );
    expect(reading.entries).toEqual([
      { url: 'https://cursos.exemplo.example/sitemap_index.xml', role: 'sitemap' },
      { url: 'https://cursos.exemplo.example/news.xml', role: 'sitemap' },
    ]);
  });
});

describe('opening a body', () => {
  const kind = async (text: string) => (await openBody(bytes(Buffer.from(text)), { where: 'x' })).kind;
  test.each([
    ['\ufeff<?xml version="1.0"?><urlset>', 'sitemap'],
    ['<?xml version="1.0"?><!-- x --><sitemapindex>', 'sitemap'],
    ['<?xml version="1.0"?><rss version="2.0">', 'feed'],
    ['<!doctype html><html><pre>&lt;urlset></pre>', 'html'],
    ['  [{"a":1}]', 'json'],
    ['{% extends "base.html" %}<div>x</div>', 'html'],
    ['https://a.example/\nhttps://b.example/', 'text-sitemap'],
    ['# c\nUser-agent: *\nDisallow:', 'robots'],
    ['%PDF-1.7', 'other'],
    [' \n', 'empty'],
  ])('%s', async (text, expected) => {
    expect(await kind(text)).toBe(expected);
  });
  test('gzip by its first bytes', async () => {
    const opened = await openBody(bytes(gzipSync(fixture('sitemap.xml')), 10), { where: 'x' });
    expect(opened.kind).toBe('sitemap');
    expect((await readSitemapXml(opened.text)).entries).toHaveLength(5);
  });
  test('a gzip bomb and a broken gzip file break the source', async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024, 'https://a.example/1\n'));
    const read = async (buffer: Buffer) =>
      readWhole((await openBody(bytes(buffer, 65_536), { where: 'x' })).text, 1e9, 'x');
    await expect(read(bomb)).rejects.toThrow(/more than 50 MB/);
    await expect(read(gzipSync('<urlset></urlset>').subarray(0, 25))).rejects.toThrow(SourceBroken);
  });
  test('charset from <meta> when the header has none', async () => {
    const html = Buffer.from('<html><meta charset="windows-1252"><title>Z\xfcrich \x80</title>', 'latin1');
    expect((await openBody(bytes(html), { where: 'x' })).head).toContain('Zürich €');
  });
});

describe('choosing', () => {
  const entries = async () => (await readSitemapXml(pieces(fixture('sitemap.xml').toString()))).entries;
  test('same host with or without www., each once, others counted', async () => {
    const { requests, foreign } = selectPages(await entries(), rules());
    expect(requests.map(({ url }) => url)).toEqual([
      'https://cursos.exemplo.example/curso/1',
      'https://cursos.exemplo.example/curso/2?a=1&b=2',
      'https://www.cursos.exemplo.example/sobre',
    ]);
    expect(foreign).toEqual({ count: 1, first: 'https://outra.example/curso/9' });
  });
  test.each([
    ['http://cursos.exemplo.example/x', false],
    ['https://WWW.cursos.exemplo.example/x', false],
    ['https://cursos.exemplo.example:443/x', false],
    ['https://cursos.exemplo.example:8443/x', true],
    ['https://login.cursos.exemplo.example/x', true],
    ['https://outra.example/https://cursos.exemplo.example/', true],
    ['not an address', true],
  ])('a redirect to %s: foreign %s', (url, foreign) => {
    expect(isForeign(rules(), url)).toBe(foreign);
    expect(isForeign(rules({ hosts: '*' }), url)).toBe(false);
  });
  test('hosts, include, exclude, maxPages', async () => {
    const urls = async (options: Record<string, string | number>) =>
      selectPages(await entries(), rules(options)).requests.map(({ url }) => new URL(url).pathname);
    expect(await urls({ hosts: 'outra.example' })).toContain('/curso/9');
    expect(await urls({ include: '/curso/' })).toEqual(['/curso/1', '/curso/2']);
    expect(await urls({ include: '/curso/', exclude: '1$' })).toEqual(['/curso/2']);
    expect(selectPages(await entries(), rules({ maxPages: 1 }))).toMatchObject({ capped: 2 });
  });
  test('include does not keep sub-sitemaps away; sitemaps does', () => {
    const index = [{ url: 'https://cursos.exemplo.example/s.xml', role: 'sitemap' as const }];
    expect(selectPages(index, rules({ include: '/curso/' })).requests).toHaveLength(1);
    expect(selectPages(index, rules({ sitemaps: 'course-' })).requests).toHaveLength(0);
  });
  test.each(['(', '(a+)+$', '((x{2,})y)*', 'a'.repeat(501)])('the pattern %s is refused', (include) => {
    expect(() => rules({ include })).toThrow(ConfigError);
  });
  test('maxPages must be a whole number', () => {
    expect(() => rules({ maxPages: 0 })).toThrow(ConfigError);
    expect(rules({ include: '^https://[^/]+/(kurse|courses)/.+' }).include).toBeInstanceOf(RegExp);
  });
  test('an uploaded sitemap may name any host', () => {
    const upload = sitemapRules(source({}, '/tmp/sitemap.xml'), 'file:///tmp/sitemap.xml');
    expect(upload.anyHost).toBe(true);
  });
});
