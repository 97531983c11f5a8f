import { describe, expect, test } from 'vitest';
import type { StoredSource } from '../../catalogue/catalogue.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { sourcesPage } from '../../gateway/pages/sources-page.ts';
import { createServerApp } from '../../gateway/server.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';
import { manyFiles, STATES, storedStates } from './many-sources.ts';

const files = STATES.map(([, , file]) => file);
const page = async (
  stored: readonly StoredSource[],
  {
    query,
    at = 1,
    all = files,
    demonstration = false,
  }: { query?: string; at?: number; all?: typeof files; demonstration?: boolean } = {},
) => String(await sourcesPage(stored, { query, page: at, languages: ['en'] }, { files: all, demonstration }));

/** The cell of a source, as text. */
const cell = (text: string, id: string, label: string): string => {
  const row = text.split('<tr>').find((part) => part.includes(`<code>${id}</code>`)) ?? '';
  const [, inside = ''] = new RegExp(`data-label="${label}"[^>]*>([\\s\\S]*?)</td>`).exec(row) ?? [];
  return inside
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

describe('/sources', () => {
  test.each(STATES)('a source that is %s is told so in plain words', async (id, _, __, words) => {
    const text = await page(storedStates());
    expect(cell(text, id, 'State')).toMatch(words);
    expect(text).not.toContain('<script');
  });

  test('facts of a source, of the store and of the files', async () => {
    const text = await page(storedStates());
    expect(cell(text, 'fine', 'Credentials')).toBe('1,234');
    expect(cell(text, 'fine', 'Fresh since')).toBe('2026-11-20 04:05');
    expect(cell(text, 'fine', 'Country')).toBe('Netherlands');
    expect(cell(text, 'new', 'Fresh since')).toBe('never');
    expect(text).toMatch(
      /<strong>10<\/strong> sources: 4 harvested by a schedule, 6 not; 3 read so far; 2 in trouble\./,
    );
    // What was never stored is there all the same; in a demonstration it is off.
    const fresh = await page([], { demonstration: true });
    expect(cell(fresh, 'fine', 'State')).toBe('never read off: not switched on');
    expect(fresh).toMatch(/<strong>10<\/strong> sources: 0 harvested/);
  });

  test('two thousand sources are paged through, a hundred a page', async () => {
    const all = manyFiles(2000);
    const first = await page([], { all });
    expect(first.match(/<tr>/g)).toHaveLength(101);
    expect(first).toContain('1 to 100 of 2,000');
    expect(first).toContain('<a rel="next" href="/sources?page=2">Next 100</a>');
    expect(first).not.toContain('rel="prev"');
    const last = await page([], { all, at: 20 });
    expect(last).toContain('1,901 to 2,000 of 2,000');
    expect(last).not.toContain('rel="next"');
    expect(await page([], { all, at: 999 })).toBe(last);
    expect(first.length).toBeLessThan(200_000);
    expect(first).toContain('<a href="https://university-0.example/" rel="nofollow noopener">');
    expect(first).toContain('legalcode.en" rel="nofollow noopener">CC BY-NC-SA 4.0</a>');
  });

  test('a source is found by its words; what was typed is never markup', async () => {
    const all = manyFiles(300);
    const found = await page([], { all, query: 'number estonia ooapi' });
    expect(found).toContain('1 to 100 of 240 that fit “number estonia ooapi”');
    expect(found).toContain('href="/sources?q=number+estonia+ooapi&amp;page=2"');
    const none = await page([], { all, query: '"><img src=x>' });
    expect(none).toMatch(/No source fits “&quot;&gt;&lt;img src=x&gt;”/);
  });

  test('it is served, from the front page on, and says when the store is away', async () => {
    const { catalogue, fail, close } = await createFixtureCatalogue();
    const gateway = await createGateway({ catalogue, report: () => {} });
    const app = createServerApp({
      gateway,
      catalogue,
      report: () => {},
      sourceFiles: { files: manyFiles(120), demonstration: true },
    });
    try {
      const get = (path: string) => app.request(path, { headers: { accept: 'text/html' } });
      expect(await (await get('/')).text()).toMatch(/<nav [^>]*><a href="\/sources">Sources<\/a>/);
      const answer = await get('/sources?page=2');
      expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([
        200,
        expect.stringContaining("default-src 'none'"),
      ]);
      const text = await answer.text();
      expect(text).toContain('101 to 122 of 122');
      expect(cell(text, 'example-north', 'State')).toBe('in order');
      expect((await get('/sources?page=x&q=%00')).status).toBe(200);
      expect((await app.request('/sources', { method: 'POST' })).status).toBe(405);
      fail('sources.list', Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
      expect((await get('/sources')).status).toBe(503);
    } finally {
      await gateway.close();
      await close();
    }
  });

  test('the front page of a catalogue with many sources shows the first and leads to the others', async () => {
    const { catalogue, close } = await createFixtureCatalogue();
    const many = manyFiles(40).map(({ definition }): StoredSource => ({ definition, records: 0, state: 'new' }));
    const sources = { ...catalogue.sources, list: async () => many };
    const gateway = await createGateway({ catalogue, report: () => {} });
    const app = createServerApp({ gateway, catalogue: { ...catalogue, sources }, report: () => {} });
    const text = await (await app.request('/', { headers: { accept: 'text/html' } })).text();
    expect(text).toMatch(/<a href="\/sources">All sources, and how they stand<\/a>; the first 25 of 40 are here/);
    expect(text.match(/<th scope="row">Micro-cred/g)).toHaveLength(25);
    await gateway.close();
    await close();
  });
});
