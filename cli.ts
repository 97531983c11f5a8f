#!/usr/bin/env node
import { inspect } from 'node:util';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { keepHeapFlat } from './commands/flat-heap.ts';
import { addOperatorCommands } from './commands/operator-commands.ts';
import { sealPrototypes } from './commands/seal-prototypes.ts';
import { addSourcesCommand } from './commands/sources-command.ts';
import { environmentHelp } from './commands/start/environment-help.ts';
import { lasting, PARTS } from './commands/start/lasting.ts';
import { strangeVariables } from './commands/start/strange-variables.ts';
import type { Life } from './commands/start/until-ended.ts';
import { complain, complainInDetail } from './commands/terminal/complain.ts';
import { guardTerminal } from './commands/terminal/guard-terminal.ts';
import { printable } from './commands/terminal/printable.ts';
import { addVocabularyCommand } from './commands/vocabulary-command.ts';
import { type Config, readConfig } from './config.ts';
import packageJson from './package.json' with { type: 'json' };

keepHeapFlat();
sealPrototypes();
guardTerminal();

// A reader that has seen enough (| head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const cli = new Command('credatlas')
  .description('An open, federated catalogue of micro-credentials: harvest feeds, serve a GraphQL graph.')
  .version(packageJson.version)
  // What was typed stands in an error; a suggestion has a line of its own.
  .configureOutput({
    outputError: (text, write) =>
      write(
        `${text
          .trimEnd()
          .split(/\n(?=\(Did you mean )/)
          .map(printable)
          .join('\n')}\n`,
      ),
  })
  .showHelpAfterError('(credatlas --help shows how)')
  .exitOverride();

const json = new Option('--json', 'machine-readable output, one JSON value a line').default(false);

const environment = () => `\n${environmentHelp()}`;

const positiveInteger = (text: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('give a number from 1 to 999');
  return Number(text);
};

/** Runs a command that ends by itself. A signal ends it at once, but in order: what it holds is given back. */
const run =
  <A extends unknown[]>(command: (config: Config, ...args: A) => Promise<number>) =>
  (...args: A) => {
    for (const [signal, code] of [
      ['SIGHUP', 129],
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      process.once(signal, () => process.exit(code));
    return withSettings(command)(...args);
  };

/** Runs a command with the settings of the environment; its answer is the exit code. */
const withSettings =
  <A extends unknown[]>(command: (config: Config, ...args: A) => Promise<number>) =>
  async (...args: A) => {
    for (const hint of strangeVariables(process.env)) complain(hint);
    const config = readConfig(process.env, { terminal: process.stderr.isTTY });
    const { configureLog, secretsOf } = await import('./commands/log.ts');
    configureLog({ level: config.logLevel, format: config.logFormat, secrets: secretsOf(config) });
    process.exitCode = await command(config, ...args);
  };

/** Runs a command that lasts; what still hangs when it has ended does not keep the process. */
const runLasting = (parts: keyof typeof PARTS, work: (config: Config, life: Life) => Promise<void>) =>
  withSettings((config) => lasting(config, PARTS[parts], (life) => work(config, life)))().finally(() => {
    leave = true;
  });
let leave = false;

cli
  .command('serve', { isDefault: false })
  .description('serve the catalogue on PORT, with a crawler in the same process')
  .option('--no-crawler', 'only serve: harvesting is done by "credatlas worker" processes')
  .addHelpText('after', environment)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas serve\n  DATABASE_URL=postgres://… REDIS_URL=redis://… MEILI_URL=http://… credatlas serve --no-crawler',
  )
  .action(async (options: { crawler: boolean }) => {
    await runLasting(options.crawler ? 'serve' : 'serve --no-crawler', async (config, life) => {
      const { serve } = await import('./commands/serve.ts');
      await serve(config, options, life);
    });
  });

cli
  .command('worker')
  .description('harvest what is scheduled; any number of workers share one DATABASE_URL and REDIS_URL')
  .addHelpText('after', environment)
  .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… REDIS_URL=redis://… credatlas worker')
  .action(async () => {
    await runLasting('worker', async (config, life) => {
      const { work } = await import('./commands/worker.ts');
      await work(config, life);
    });
  });

cli
  .command('subgraph')
  .argument('<name>', 'search, credential, provider or source')
  .description('serve one subgraph as a service of its own on PORT')
  .addHelpText('after', environment)
  .addHelpText('after', '\nExample:\n  PORT=4001 DATABASE_URL=postgres://… credatlas subgraph credential')
  .action(async (name: string) => {
    await runLasting('subgraph', async (config, life) => {
      const { serveSubgraph } = await import('./commands/subgraph.ts');
      await serveSubgraph(config, name, life);
    });
  });

cli
  .command('harvest')
  .argument('<file|url|source id>', 'what to harvest')
  .description('take a feed into the catalogue and make it searchable')
  .option('--format <name>', 'format of the feed; detected when left out')
  .option('--source <id>', 'id of the source the records belong to')
  .option('--replace', 'the source of that id may come to read another address or format than it does', false)
  .option('--dry-run', 'compare with the catalogue and report; store nothing', false)
  .option('--allow-loopback', 'the feed may be on this machine (127.0.0.0/8, ::1)', false)
  .addOption(json)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas harvest courses.csv\n  credatlas harvest https://api.example.org/ooapi/v5/courses --format ooapi --source example-university\n  credatlas harvest feed.xml --dry-run --json\n\nExit codes: 0 all in, 1 something rejected, incomplete or held, 2 unusable input or wrong call.',
  )
  .action(
    async (
      input: string,
      options: {
        format?: string;
        source?: string;
        replace: boolean;
        dryRun: boolean;
        allowLoopback: boolean;
        json: boolean;
      },
    ) => {
      const { harvestCommand } = await import('./commands/harvest.ts');
      await run(harvestCommand)({ input, ...options });
    },
  );

cli
  .command('validate')
  .argument('<file|url>', 'what to look at')
  .description('report what the catalogue would make of a feed: a summary, or each record with --all or --json')
  .option('--format <name>', 'format of the feed; detected when left out')
  .option('--all', 'tell of each record, element by element', false)
  .option('--allow-loopback', 'the feed may be on this machine (127.0.0.0/8, ::1)', false)
  .addOption(json)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas validate courses.csv\n  credatlas validate courses.csv --all | less\n  credatlas validate feed.xml --format xcri-cap --json | tail -1',
  )
  .action(async (input: string, options: { format?: string; allowLoopback: boolean; all: boolean; json: boolean }) => {
    const { validateCommand } = await import('./commands/validate.ts');
    await run(validateCommand)({ input, ...options });
  });

cli
  .command('discover')
  .argument('<domain|file of domains>', 'domain or website of an institution, or a file with one a line')
  .description('look for QualityLink manifests, and bring the sources they name up to date')
  .option('--dry-run', 'tell what would appear, change or vanish; store nothing', false)
  .option('--at-once <n>', 'domains asked at once', positiveInteger, 8)
  .option('--allow-loopback', 'manifests and sources may be on this machine (127.0.0.0/8, ::1)', false)
  .addOption(json)
  .addHelpText(
    'after',
    '\nA line is a domain, a website, or a SCHAC code and a website; # starts a comment.\n\nExamples:\n  credatlas discover example.ac.at --dry-run\n  credatlas discover institutions.txt --json | tail -1\n\nExit codes: 0 all in, 1 something rejected, vanished or unclear, or no manifest at all, 2 unusable input or wrong call.',
  )
  .action(
    async (input: string, options: { dryRun: boolean; atOnce: number; allowLoopback: boolean; json: boolean }) => {
      const { discoverCommand } = await import('./commands/discover.ts');
      await run(discoverCommand)({ input, ...options });
    },
  );

cli
  .command('status')
  .argument('[source]', 'id of a source, for its runs and problems')
  .description('show how sources stand, their runs, counters and problems, and what waits')
  .addOption(json)
  .addHelpText('after', '\nExamples:\n  credatlas status\n  credatlas status example-nl-meuse')
  .action(async (source: string | undefined, options: { json: boolean }) => {
    const { statusCommand } = await import('./commands/status.ts');
    await run(statusCommand)({ source, ...options });
  });

cli
  .command('formats')
  .argument('[name]', 'a format: what it reads, what it cannot carry, its known quirks, its specification')
  .description('list the formats of feeds that can be read')
  .addOption(json)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas formats\n  credatlas formats xcri-cap | less\n  credatlas formats csv --json',
  )
  .action(async (name: string | undefined, options: { json: boolean }) => {
    const { formatsCommand } = await import('./commands/formats.ts');
    await run(formatsCommand)({ ...(name === undefined ? {} : { name }), ...options });
  });

addSourcesCommand(cli, { run, json });
addVocabularyCommand(cli, { run, json });
addOperatorCommands(cli, { run, json });

try {
  await cli.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has told already; help and version are no failures.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    const { formatError } = await import('./crawler/errors.ts');
    // Several settings may be wrong at once; each has a line.
    const { reasons = [error] } = error as { reasons?: readonly unknown[] };
    for (const reason of reasons) {
      complain(formatError(reason).replace(/\s+/g, ' '));
    }
    if (process.env.CREDATLAS_DEBUG) complainInDetail(inspect(error));
    process.exitCode = 2;
    leave = true;
  }
}
// Connections that were under way when a command failed may hang for long. The pause lets output go out.
if (leave) setTimeout(() => process.exit(), 100);
