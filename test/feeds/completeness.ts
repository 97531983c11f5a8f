// What the real files of ../shared/feeds say, element by format: stated, derived, not stated. Writes docs/completeness.md.
//   node test/feeds/completeness.ts [--write] [--files]
import { writeFileSync } from 'node:fs';
import { isFault, type RawRecord } from '../../crawler/format.ts';
import { normaliseRecords } from '../../crawler/harvest/normalise-record.ts';
import { loadFormats } from '../../crawler/registry.ts';
import { ELEMENTS, type Element, STANDARD_ELEMENTS } from '../../schema/index.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { chunks, gathered } from '../contract/read-feed.ts';
import { realFeeds } from '../support/real-feeds.ts';

interface Tally {
  files: number;
  records: number;
  turnedAway: number;
  stated: Map<string, number>;
  derived: Map<string, number>;
}

const formats = await loadFormats();
const tallies = new Map<string, Tally>();
for (const { format, file, bytes } of realFeeds(formats)) {
  const tally = tallies.get(format.name) ?? {
    files: 0,
    records: 0,
    turnedAway: 0,
    stated: new Map(),
    derived: new Map(),
  };
  tallies.set(format.name, tally);
  const source = suiteSource(format.name, `https://feeds.example/${file}`);
  const items: RawRecord[] = [];
  let faults = 0;
  try {
    for await (const item of format.records(chunks(bytes), { url: source.url, source, envelope: {} }))
      if (isFault(item)) faults++;
      else if (!item.gone) items.push(item);
  } catch {
    faults++; // the page as a whole was given up
  }
  const whole = [...gathered(items)].flatMap(([identifier, { raw, parts }]) =>
    raw === undefined ? [] : [{ identifier, raw, parts }],
  );
  let records = 0;
  for (const result of normaliseRecords(format, source, whole)) {
    if ('rejection' in result) faults++;
    else if (result.credential) {
      records++;
      for (const name of ELEMENTS) {
        const { state } = result.credential[name] as Element<unknown>;
        if (state === 'stated' || state === 'derived') tally[state].set(name, (tally[state].get(name) ?? 0) + 1);
      }
    }
  }
  // A file without a record is of something else, or of bodies only.
  if (records) {
    tally.files++;
    tally.turnedAway += faults;
  }
  tally.records += records;
  if (process.argv.includes('--files'))
    console.log(`${format.name} ${file}: ${records} records, ${faults} turned away`);
}

const names = [...tallies]
  .filter(([, { records }]) => records > 0)
  .map(([name]) => name)
  .sort();
const share = (name: string, element: string): string => {
  const { records, stated, derived } = tallies.get(name) as Tally;
  const percent = (n = 0) => Math.round((n / records) * 100);
  const [a, b] = [percent(stated.get(element)), percent(derived.get(element))];
  return a || b ? `${a}${b ? ` + ${b}` : ''}` : '–';
};
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (elements: readonly string[]) =>
  [
    row(['element', ...names.map((name) => `\`${name}\``)]),
    row(['---', ...names.map(() => '---:')]),
    ...elements.map((element) => row([element, ...names.map((name) => share(name, element))])),
  ].join('\n');
const standard = new Set<string>(STANDARD_ELEMENTS);

const page = `# What feeds say

Written by \`node test/feeds/completeness.ts --write\` from the real and specimen files that we have of each format (they are not part of the project).
In percent of the records: stated, then what a published rule derives (\`75 + 10\`); – is: not stated in any. The rest is not stated. No source
default counts. Specimens say more than real feeds do: read a column with the number of its records.

${[row(['', ...names.map((name) => `\`${name}\``)]), row(['---', ...names.map(() => '---:')]), row(['files', ...names.map((name) => tallies.get(name)?.files ?? 0)]), row(['records', ...names.map((name) => tallies.get(name)?.records ?? 0)]), row(['turned away, with the reason', ...names.map((name) => tallies.get(name)?.turnedAway ?? 0)])].join('\n')}

## The sixteen elements of the European standard

${table(ELEMENTS.filter((name) => standard.has(name)))}

## Further elements

${table(ELEMENTS.filter((name) => !standard.has(name)))}
`;
if (process.argv.includes('--write')) writeFileSync(new URL('../../docs/completeness.md', import.meta.url), page);
else console.log(page);
