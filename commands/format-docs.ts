import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import type { Format } from '../crawler/format.ts';
import { loadFormats } from '../crawler/registry.ts';
import { markdownOf, readmeTable } from './format-page.ts';
import { vocabularyPage } from './vocabulary-page.ts';

const ROOT = new URL('../', import.meta.url);
const PAGES = 'docs/formats/';
const VOCABULARIES = 'docs/vocabularies.md';
const README = 'README.md';
/** The README's table stands between these. */
const BEGIN = '<!-- formats: written by `node commands/format-docs.ts --write` -->\n';
const END = '<!-- /formats -->';

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(new URL(file, ROOT), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined; // not there yet
  }
};

function readmeWith(table: string): string {
  const text = readText(README) ?? '';
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0)
    throw new Error(`README.md has no table of formats: it stands between ${BEGIN.trim()} and ${END.trim()}`);
  return `${text.slice(0, from + BEGIN.length)}${table}\n${text.slice(to)}`;
}

/** The files of documentation as they have to be, by their path; undefined: there is no such format any more. */
function documentationOf(formats: ReadonlyMap<string, Format>): Map<string, string | undefined> {
  const all = [...formats.values()];
  return new Map<string, string | undefined>([
    ...pagesThere().map((file) => [file, undefined] as const),
    ...all.map((format) => [`${PAGES}${format.name}.md`, markdownOf(format)] as const),
    [VOCABULARIES, vocabularyPage()],
    [README, readmeWith(readmeTable(all))],
  ]);
}

function pagesThere(): string[] {
  try {
    return readdirSync(new URL(PAGES, ROOT))
      .filter((file) => file.endsWith('.md'))
      .map((file) => PAGES + file);
  } catch {
    return [];
  }
}

/** The files of documentation that are not what the tables of formats and vocabularies say. */
export const staleDocumentation = (formats: ReadonlyMap<string, Format>): string[] =>
  [...documentationOf(formats)].flatMap(([file, text]) => (readText(file) === text ? [] : [file]));

if (import.meta.main) {
  const formats = await loadFormats();
  const stale = staleDocumentation(formats);
  if (argv.includes('--write')) {
    mkdirSync(new URL(PAGES, ROOT), { recursive: true });
    for (const [file, text] of documentationOf(formats)) {
      if (text === undefined) rmSync(new URL(file, ROOT));
      else if (stale.includes(file)) writeFileSync(new URL(file, ROOT), text);
    }
    stdout.write(`${stale.length ? `wrote ${stale.join(', ')}` : 'up to date'}\n`);
  } else if (stale.length) {
    stderr.write(`${stale.join(', ')}: not what the tables say: run \`node commands/format-docs.ts --write\`\n`);
    exit(1);
  }
}
