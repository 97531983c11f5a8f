import { VARIABLES } from '../../config.ts';

const WIDTH = 80;
const INDENT = 4;

/** What `serve --help` says of the environment: every variable with its meaning and default. */
export function environmentHelp(): string {
  const lines = VARIABLES.flatMap(({ name, meaning, byDefault }) => [
    `  ${name}`,
    ...wrapped(`${meaning} (default: ${byDefault})`),
  ]);
  return ['Environment (empty is the same as not set):', ...lines].join('\n');
}

/** The same as the table in the README. */
export function environmentTable(): string {
  const rows = VARIABLES.map(({ name, meaning, byDefault }) => `| \`${name}\` | ${meaning} | ${byDefault} |`);
  return ['| variable | meaning | default |', '|---|---|---|', ...rows].join('\n');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && INDENT + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((one) => `${' '.repeat(INDENT)}${one}`);
}
