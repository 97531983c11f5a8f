import type { Config } from '../config.ts';
import type { Format } from '../crawler/format.ts';
import { formatNamed, loadFormats } from '../crawler/registry.ts';
import { EXIT } from './exit-codes.ts';
import { dataOf, linesOf } from './format-page.ts';
import { createOutput } from './output.ts';
import { type Column, table } from './terminal/table.ts';

/** `credatlas formats [name]`: which formats there are; of one, what it reads, cannot carry, and its quirks. */
export async function formatsCommand(_: Config, { name, json }: { name?: string; json: boolean }): Promise<number> {
  const output = createOutput({ json });
  const formats = await loadFormats();
  const shown = name === undefined ? [...formats.values()] : [formatNamed(formats, name)];
  for (const format of shown) output.emit(dataOf(format));
  const lines = name === undefined ? table(COLUMNS, shown, output.width) : shown.flatMap(linesOf);
  for (const line of lines) output.say(line);
  return EXIT.allIn;
}

const COLUMNS: Column<Format>[] = [
  { title: 'name', of: ({ name }) => name },
  { title: 'title', of: ({ title }) => title, least: 20 },
  { title: 'what it reads', of: ({ documentation }) => documentation.reads, least: 20 },
];
