import { readdirSync } from 'node:fs';

/** The folder with a folder of fixtures for each format. */
export const FIXTURES = new URL('../fixtures/', import.meta.url);

/** Feeds in a format's folder of fixtures: not what is expected of them (`….expected.json`), nor what the suite knows of the format (`suite.ts`). */
export const fixtureFiles = (format: string): string[] =>
  readdirSync(new URL(`${format}/`, FIXTURES)).filter(
    (file) => !file.startsWith('.') && file !== 'suite.ts' && !file.endsWith('.expected.json'),
  );
