import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseLenientJson } from '../../../crawler/decode/lenient-json.ts';
import { extractHtmlData } from '../../../crawler/decode/linked/html-data.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/schema-org/${name}`, import.meta.url), 'utf8');
const page = (body: string, url = 'https://host.example/dir/page') => extractHtmlData(body, url);

describe('the page itself', () => {
  test('language, base, canonical and title', () => {
    const data = page(
      '<html lang=fi><base href="/x/"><link rel="nofollow canonical" href="y#z"><title> A &amp; B </title></html>',
    );
    expect(data).toMatchObject({
      language: 'fi',
      base: 'https://host.example/x/',
      canonical: 'https://host.example/x/y#z',
      title: 'A & B',
    });
  });
  test('a list in content-language is no language of the page; a javascript: canonical is none', () => {
    const data = page('<meta http-equiv="Content-Language" content="fi, en"><link rel=canonical href="javascript:x">');
    expect(data.language).toBeUndefined();
    expect(data.canonical).toBeUndefined();
  });
});

describe('JSON-LD blocks', () => {
  test.each([
    ['comment wrapper', '<!-- {"a":1} -->', ['wrapper']],
    ['CDATA wrapper', '//<![CDATA[\n{"a":1}\n//]]>', ['wrapper']],
    ['trailing commas', '{"a":1,}', ['trailing-comma']],
    ['comments', '{/* x */"a":1 // y\n}', ['comment']],
    ['entities', '{&quot;a&quot;:1}', ['entities']],
  ])('%s', (_, text, repairs) => {
    expect(parseLenientJson(text)).toEqual({ values: [{ a: 1 }], repairs });
  });
  test('raw control characters and line breaks inside strings', () => {
    expect(parseLenientJson('{"a":"x\n\ty"}').values).toEqual([{ a: 'x\\n y'.replace('\\n', '\n') }]);
  });
  test('several values in a row', () => {
    expect(parseLenientJson('{"a":1}\n{"b":"},{"},[3]').values).toEqual([{ a: 1 }, { b: '},{' }, [3]]);
  });
  test('a truncated block is broken, not completed; what was whole before it is kept', () => {
    expect(parseLenientJson('{"a":1}{"b":2')).toMatchObject({
      values: [{ a: 1 }],
      error: 'the block ends in the middle of a value',
    });
    expect(parseLenientJson('{"a":1 2}').values).toEqual([]);
    expect(parseLenientJson('<html>').values).toEqual([]);
  });
  test('a broken block is named and the others still come', () => {
    const data = page(fixture('course-page.html'));
    expect(data.jsonLd.map(({ block, values, error }) => [block, values.length, error !== undefined])).toEqual([
      [1, 1, false],
      [2, 0, true],
    ]);
  });
  test('a block inside an HTML comment or another script type is none', () => {
    const data = page(
      '<!-- <script type="application/ld+json">{}</script> --><script type="text/x">{}</script><script type="Application/LD+JSON; charset=utf-8">[]</script>',
    );
    expect(data.jsonLd.map(({ values }) => values)).toEqual([[[]]]);
  });
  test('5 MB in one block', () => {
    const text = JSON.stringify({ name: 'x'.repeat(5_000_000) });
    expect(page(`<script type="application/ld+json">${text},</script>`).jsonLd[0]?.values).toHaveLength(1);
  });
});

describe('microdata', () => {
  test('values by element, itemref, several names, nested items, block text', () => {
    const [course] = page(fixture('microdata-page.html')).microdata;
    expect(course).toMatchObject({
      '@type': ['https://schema.org/Course'],
      name: 'Cozinha sazonal',
      url: 'https://cursos.exemplo.example/base/cozinha#topo',
      description: 'Primeira parte.\nSegunda parte.',
      teaches: '- Escolher produtos\n- Planear um menu',
      provider: { name: 'Instituto Ria', url: 'https://cursos.exemplo.example/' },
      hasCourseInstance: { startDate: '2026-09-14', offers: { price: '0', priceCurrency: 'EUR' } },
    });
    expect(course).not.toHaveProperty('sameAs'); // javascript:
  });
  test('text in another language is tagged', () => {
    const [, second] = page(fixture('microdata-page.html')).microdata;
    expect(second?.description).toEqual({ '@value': 'Networks for small teams', '@language': 'en' });
  });
  test('an item that refers to itself, and __proto__, do no harm', () => {
    const { microdata } = page(
      '<div id=a itemscope itemref=a itemtype=t><p itemprop="__proto__ name">x</p><div id=b itemprop=c itemscope itemref=b></div></div>',
    );
    expect(microdata).toEqual([{ '@type': ['t'], ['__proto__']: 'x', name: 'x', c: {} }]);
    expect(Object.getPrototypeOf(microdata[0])).toBe(null);
  });
  test('template content is inert', () => {
    expect(page('<template><div itemscope></div></template>').microdata).toEqual([]);
  });
});

describe('RDFa', () => {
  const S = 'https://schema.org/';
  test('rel with typeof, property with content, typeof on body', () => {
    const nodes = page(fixture('rdfa-page.html'), 'https://dune.example/cours/hydro').rdfa;
    const course = nodes.find((node) => node['@id'] === 'https://dune.example/cours/hydro');
    expect(course).toMatchObject({
      '@type': `${S}Course`,
      [`${S}name`]: 'Hydrologie urbaine',
      [`${S}courseCode`]: 'HYD-02',
      [`${S}timeRequired`]: 'PT12H',
    });
    expect(course?.[`${S}hasCourseInstance`]).toHaveLength(2);
    expect(course).not.toHaveProperty(`${S}nofollow`);
  });
  test('chaining: rel on a wrapper, resources inside; prefixes; resource; rev', () => {
    const { rdfa } = page(`<div prefix="s: http://schema.org/" about="#c" typeof="s:Course">
      <div rel="s:provider"><p about="#p"><b property="s:name">P</b></p></div>
      <a property="s:url" href="/u">text</a><span property="s:sameAs" resource="schema:X"></span>
      <p rev="s:hasPart" resource="#whole"></p></div>`);
    const byId = Object.fromEntries(rdfa.map((node) => [node['@id'], node]));
    const course = byId['https://host.example/dir/page#c'];
    expect(course?.['http://schema.org/provider']).toEqual({ '@id': 'https://host.example/dir/page#p' });
    expect(byId['https://host.example/dir/page#p']?.['http://schema.org/name']).toBe('P');
    expect(course?.['http://schema.org/url']).toBe('https://host.example/u');
    expect(course?.['http://schema.org/sameAs']).toBe('http://schema.org/X');
    expect(byId['https://host.example/dir/page#whole']?.['http://schema.org/hasPart']).toEqual({
      '@id': 'https://host.example/dir/page#c',
    });
  });
  test('without vocab a bare term means nothing', () => {
    expect(page('<div typeof="Course"><p property="name">x</p></div>').rdfa).toEqual([]);
  });
});

describe('pages that cost', () => {
  const ld = '<script type="application/ld+json">{"@type":"Course"}</script>';
  test.each([
    ['100,000 nested elements', `${'<div>'.repeat(100_000)}x${ld}`],
    ['unclosed tags', `${'<p><b><i><td>'.repeat(20_000)}${ld}`],
    ['10 MB of text', `<p itemscope><b itemprop=a>${'word '.repeat(2_000_000)}</b></p>${ld}`],
    ['10,000 properties', `<div itemscope>${'<b itemprop=a>x</b>'.repeat(10_000)}</div>${ld}`],
    [
      '10,000 nested properties',
      `<div itemscope>${'<b itemprop=a>xyz'.repeat(10_000)}${'</b>'.repeat(10_000)}</div>${ld}`,
    ],
    ['10,000 nested items', `${'<div itemscope itemprop=a>'.repeat(10_000)}${ld}`],
    ['nested RDFa', `<div vocab="https://schema.org/">${'<b property=name typeof=Course>'.repeat(10_000)}</div>${ld}`],
    ['an unclosed tag of 1 MB', `${ld}<a href="${'x'.repeat(1_000_000)}`],
  ])('%s', (_, html) => {
    const started = performance.now();
    expect(page(html).jsonLd.length).toBe(1);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
