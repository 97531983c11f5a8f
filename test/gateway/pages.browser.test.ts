import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen } from '../../commands/listen.ts';
import { createGateway, type Gateway } from '../../gateway/gateway.ts';
import { createServerApp } from '../../gateway/server.ts';
import { CHROMIUM, hasChromium, openBrowser, type TestBrowser } from './browser.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';

describe.skipIf(!hasChromium)(`pages in Chromium (skipped where ${CHROMIUM} is missing)`, () => {
  let gateway: Gateway;
  let server: Awaited<ReturnType<typeof listen>>;
  let origin = '';

  beforeAll(async () => {
    const { catalogue } = await createFixtureCatalogue();
    const report = ({ where, error }: { where: string; error: unknown }) => console.error(where, error);
    gateway = await createGateway({ catalogue, report });
    const app = createServerApp({ gateway, catalogue, report });
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
});
