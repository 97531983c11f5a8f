import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../../commands/listen.ts';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createServerApp } from '../../gateway/server.ts';
import { CHROMIUM, hasChromium, openBrowser, type TestBrowser } from './browser.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';
import { manyFiles, storedStates } from './many-sources.ts';

describe.skipIf(!hasChromium)(`pages in Chromium (skipped where ${CHROMIUM} is missing)`, () => {
  let gateway: Gateway;
  let server: Awaited<ReturnType<typeof listen>>;
  let origin = '';

  beforeAll(async () => {
    const { catalogue } = await createFixtureCatalogue();
    const report = ({ where, error }: { where: string; error: unknown }) => console.error(where, error);
    gateway = await createGateway({ catalogue, report });
    const own = await catalogue.sources.list();
    const sources = { ...catalogue.sources, list: async () => [...storedStates(), ...own] };
    const sourceFiles = { files: manyFiles(120), demonstration: false };
    const app = createServerApp({ gateway, catalogue: { ...catalogue, sources }, report, sourceFiles });
    server = await listen(app, { port: 0, host: '127.0.0.1' });
    origin = server.url;
  });
  afterAll(async () => {
    await server.stop();
    await gateway.close();
  });

  const elsewhere = (browser: TestBrowser): string[] =>
    browser.requested.filter((url) => !url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url));

  test('the search box works without JavaScript and its hits are links', async () => {
    const browser = await openBrowser({ javaScriptEnabled: false });
    try {
      const page = await browser.context.newPage();
      await page.goto(origin);
      await page.getByLabel('Search the catalogue').fill('data');
      await page.getByRole('button', { name: 'Search' }).click();
      const hits = page.getByRole('region', { name: 'Search results' }).getByRole('link');
      expect(await hits.count()).toBe(8);
      const title = await hits.first().textContent();
      await hits.first().click();
      expect(page.url()).toMatch(/\/credentials\/crd_[0-9a-z]{20}$/);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
      expect(elsewhere(browser)).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('GraphiQL loads from here alone and runs the first example query', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${origin}/graphql`);
      await page.getByRole('tab', { name: 'FirstSearch' }).waitFor();
      for (const name of ['Filters', 'Origins', 'Languages', 'Sources']) {
        expect(await page.getByRole('tab', { name }).count()).toBe(1);
      }
      const answered = page.waitForResponse(
        (response) => response.request().postData()?.includes('"operationName":"FirstSearch"') ?? false,
      );
      await page.locator('.graphiql-execute-button').click();
      const answer = (await (await answered).json()) as { data: { search: { totalCount: number } } };
      expect(answer.data.search.totalCount).toBe(8);
      await page.locator('.result-window').getByText('"totalCount"').waitFor();
      expect(complaints).toEqual([]);
      expect(elsewhere(browser)).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('the sources fit every screen, can be read in light and dark, and are found without JavaScript', async () => {
    const browser = await openBrowser({ javaScriptEnabled: false });
    try {
      const page = await browser.context.newPage();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [360, 768, 1280, 1920]) {
          await page.setViewportSize({ width, height: 900 });
          for (const path of ['/sources', '/sources?page=2']) {
            await page.goto(origin + path);
            const { wide, faint } = await page.evaluate<{ wide: string[]; faint: string[] }>(WHAT_IS_WRONG);
            expect({ path, width, wide }).toEqual({ path, width, wide: [] });
            expect({ path, colorScheme, faint }).toEqual({ path, colorScheme, faint: [] });
          }
        }
      }
      await page.goto(origin);
      await page.getByRole('link', { name: 'Sources', exact: true }).click();
      await page.getByRole('link', { name: 'Next 100' }).click();
      expect(await page.getByRole('row').count()).toBe(33);
      await page.getByRole('searchbox').fill('register held');
      await page.getByRole('button', { name: 'Find' }).click();
      expect(await page.getByRole('row').nth(1).textContent()).toMatch(/Register held[\s\S]*waits for the operator/);
      expect(elsewhere(browser)).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});

/** Elements that stand out of the window, and texts with less contrast than 4.5 to 1 (WCAG 2.2, 1.4.3). */
const WHAT_IS_WRONG = `(() => {
  const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const backOf = (e) => {
    for (; e; e = e.parentElement) {
      const back = numbers(getComputedStyle(e).backgroundColor);
      if (back[3] !== 0) return back;
    }
    return [255, 255, 255];
  };
  const wide = [], faint = [];
  for (const e of document.body.querySelectorAll('*')) {
    const { right, left } = e.getBoundingClientRect();
    if (right > innerWidth + 1 && left >= 0) wide.push(e.outerHTML.slice(0, 80));
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(backOf(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(e.outerHTML.slice(0, 80));
  }
  return { wide, faint };
})()`;
