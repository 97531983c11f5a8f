import { describe } from 'vitest';
import { loadFormats } from '../../crawler/registry.ts';
import { createCanaries } from '../crawler/persons/canaries.ts';
import { infestedFeeds } from '../crawler/persons/infested-feeds.ts';
import { allDocumentationCase, documentationCases } from './documentation.cases.ts';
import { formatCases } from './format.cases.ts';
import { suiteOf } from './format-suite.ts';
import { leadingCases } from './leading.cases.ts';

const formats = await loadFormats();
const canaries = createCanaries();
const feeds = infestedFeeds(canaries);
const suites = new Map<string, Awaited<ReturnType<typeof suiteOf>>>();
for (const name of formats.keys()) suites.set(name, await suiteOf(name));

allDocumentationCase(formats);

describe.each([...formats.values()])('format $name', (format) => {
  const suite = suites.get(format.name) as NonNullable<ReturnType<(typeof suites)['get']>>;
  if (format.leads) {
    leadingCases({ format, suite, formats });
    return;
  }
  documentationCases({ format, suite, formats });
  formatCases({
    format,
    suite,
    formats,
    infested: { canaries, feeds: feeds.filter((feed) => feed.format === format.name) },
  });
});
