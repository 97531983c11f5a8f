import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

/** Where Debian puts Chromium; without it the browser cases are skipped, and say so. */
export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

export interface TestBrowser {
  context: BrowserContext;
  /** Every URL that pages asked for. */
  requested: string[];
  close(): Promise<void>;
}

/** Headless Chromium with an empty profile that asks nobody but the pages under test. */
export async function openBrowser(
  options: { javaScriptEnabled?: boolean; locale?: string } = {},
): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'credatlas-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const requested: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  return {
    context,
    requested,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
