import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type OpenCatalogue, openCatalogue } from '../../commands/open-catalogue.ts';
import { ConfigError } from '../../crawler/errors.ts';
import { temporaryFolder } from '../support/cli.ts';

let open: OpenCatalogue | undefined;
afterEach(() => open?.close());

test('a catalogue comes with the concepts that ship, once a process', async () => {
  const folder = temporaryFolder();
  open = await openCatalogue({ dataDir: folder.path });
  const first = open.catalogue.concepts?.();
  expect(first?.concepts.size).toBeGreaterThan(10_000);
  expect(open.catalogue.concepts?.()).toBe(first);
});

test('a broken concept file is a mistake in the configuration, told with its remedy', async () => {
  const folder = temporaryFolder();
  open = await openCatalogue({ dataDir: folder.path });
  await open.close();
  writeFileSync(join(folder.path, 'concepts.zst'), 'no concepts');
  open = await openCatalogue({ dataDir: folder.path });
  const broken = open.catalogue.concepts;
  expect(broken).toThrow(ConfigError);
  expect(broken).toThrow(/concepts\.zst: the concept file cannot be unpacked/);
  try {
    broken?.();
  } catch (error) {
    expect((error as ConfigError).remedy).toMatch(/vocabulary import/);
  }
});
