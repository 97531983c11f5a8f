import { describe } from 'vitest';
import { loadFormats } from '../../crawler/registry.ts';
import { createCanaries } from '../crawler/persons/canaries.ts';
import { infestedFeeds } from '../crawler/persons/infested-feeds.ts';
import { formatCases } from './format.cases.ts';
import { suiteOf } from './format-suite.ts';

const formats = await loadFormats();
const canaries = createCanaries();
const feeds = infestedFeeds(canaries);
const suites = new Map<string, Awaited<ReturnType<typeof suiteOf>>>();
for (const name of formats.keys()) suites.set(name, await suiteOf(name));

describe.each([...formats.values()])('format $name', (format) => {
  formatCases({
    format,
    suite: suites.get(format.name) as NonNullable<ReturnType<(typeof suites)['get']>>,
    formats,
    infested: { canaries, feeds: feeds.filter((feed) => feed.format === format.name) },
  });
});
