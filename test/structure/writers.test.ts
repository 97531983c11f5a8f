import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const FOLDERS = ['schema/', 'catalogue/', 'crawler/', 'subgraphs/', 'gateway/', 'commands/', 'examples/'];

/** Who writes to a terminal or a log, each through `printable`. */
const WRITERS = new Set([
  'commands/log.ts', // the log: createLog escapes
  'commands/format-docs.ts', // for developers: whether the documentation of the formats is up to date
  'commands/ship-concepts.ts', // for developers: how large the concept file is
  'commands/output.ts', // results and progress of commands
  'commands/terminal/complain.ts', // errors that end a command
  'commands/terminal/guard-terminal.ts', // takes over what others write on console
  'catalogue/store/watchdog.ts', // the last words of a process that hangs, in a thread of its own: a path without controls
  'crawler/harvest/watchdog.ts', // the last words of a process that a format never lets go: an address as URLs are written
  'gateway/compose.ts', // for developers: whether the supergraph is up to date
  'schema/json-schema.ts', // for developers: whether the schemas are up to date
]);
const WRITES =
  /\bconsole\s*[.[]|\bstd(?:out|err)\b.{0,20}\bwrite\(|\b(?:writeSync|writeFileSync|write)\(\s*[12]\s*,|['"`]\/dev\/(?:tty|std)/;

test('nobody writes to stdout or stderr but the writers, which escape what a terminal would obey', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[cm]?[jt]s$/.test(file))
      .map((file) => `${folder}${file}`),
  );
  const writing = ['cli.ts', 'config.ts', ...files].filter((file) =>
    readFileSync(new URL(file, root), 'utf8')
      .split('\n')
      .some((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line) && WRITES.test(line)),
  );
  expect(writing.toSorted()).toEqual([...WRITERS].toSorted());
});
