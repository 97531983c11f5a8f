#!/usr/bin/env node
import { inspect } from 'node:util';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { keepHeapFlat } from './commands/flat-heap.ts';
import { sealPrototypes } from './commands/seal-prototypes.ts';
import { environmentHelp } from './commands/start/environment-help.ts';
import { lasting, PARTS } from './commands/start/lasting.ts';
import { strangeVariables } from './commands/start/strange-variables.ts';
import type { Life } from './commands/start/until-ended.ts';
import { complain, complainInDetail } from './commands/terminal/complain.ts';
import { guardTerminal } from './commands/terminal/guard-terminal.ts';
import { printable } from './commands/terminal/printable.ts';
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
      options: { format?: string; source?: string; dryRun: boolean; allowLoopback: boolean; json: boolean },
    ) => {
      const { harvestCommand } = await import('./commands/harvest.ts');
      await run(harvestCommand)({ input, ...options });
    },
  );

cli
  .command('validate')
  .argument('<file|url>', 'what to look at')
  .description('report, record by record and element by element, what the catalogue would make of a feed')
  .option('--format <name>', 'format of the feed; detected when left out')
  .option('--allow-loopback', 'the feed may be on this machine (127.0.0.0/8, ::1)', false)
  .addOption(json)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas validate courses.csv\n  credatlas validate feed.xml --format xcri-cap --json | tail -1',
  )
  .action(async (input: string, options: { format?: string; allowLoopback: boolean; json: boolean }) => {
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
  .command('sources')
  .description('list the sources, their terms and freshness')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas sources --json')
  .action(async (options: { json: boolean }) => {
    const { sourcesCommand } = await import('./commands/sources.ts');
    await run(sourcesCommand)(options);
  });

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
  .command('holds')
  .description('list the runs that wait for approval because too much would go')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas holds')
  .action(async (options: { json: boolean }) => {
    const { holdsCommand } = await import('./commands/holds.ts');
    await run(holdsCommand)(options);
  });

cli
  .command('approve')
  .argument('<run|source>', 'what is held')
  .description('let the records of a held run go, once; who, when and what is kept')
  .option('--by <name>', 'who approves; the user of this machine when left out')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas approve example-nl-meuse --by "night shift"')
  .action(async (held: string, options: { by?: string; json: boolean }) => {
    const { approveCommand } = await import('./commands/approve.ts');
    await run(approveCommand)({ held, ...options });
  });

cli
  .command('pause')
  .argument('<source|origin>', 'id of a source, or https://host for every source on it')
  .description('leave a source or host alone; a run under way stops before its next page')
  .option('--until <time>', 'date or date and time, UTC; until resumed when left out')
  .option('--reason <text>', 'why; readers of the graph see it')
  .addOption(json)
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas pause example-nl-meuse --reason "provider moves house"\n  credatlas pause https://feeds.example.org --until 2031-05-01',
  )
  .action(async (what: string, options: { until?: string; reason?: string; json: boolean }) => {
    const { pauseCommand } = await import('./commands/pause.ts');
    await run(pauseCommand)({ what, ...options });
  });

cli
  .command('resume')
  .argument('<source|origin>', 'what is paused')
  .description('end a pause')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas resume https://feeds.example.org')
  .action(async (what: string, options: { json: boolean }) => {
    const { resumeCommand } = await import('./commands/pause.ts');
    await run(resumeCommand)({ what, ...options });
  });

cli
  .command('replay')
  .argument('<source>', 'id of a source')
  .description('normalise all stored raw records of a source anew, without fetching')
  .addOption(json)
  .addHelpText(
    'after',
    '\nExample:\n  credatlas replay example-nl-meuse\n\nNothing is swept: what is missing or withdrawn stays so.',
  )
  .action(async (source: string, options: { json: boolean }) => {
    const { replayCommand } = await import('./commands/replay.ts');
    await run(replayCommand)({ source, ...options });
  });

cli
  .command('diff')
  .argument('<run>', 'what this run changed')
  .argument('[run]', 'a second run of the same source: what came of all runs after the older up to the newer')
  .description('show which records were created, updated, flagged missing, withdrawn or rejected')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas status example-nl-meuse\n  credatlas diff run_1 run_2')
  .action(async (one: string, other: string | undefined, options: { json: boolean }) => {
    const { diffCommand } = await import('./commands/diff.ts');
    await run(diffCommand)({ runs: other ? [one, other] : [one], ...options });
  });

cli
  .command('reindex')
  .description('build the search index anew, check its count, swap it in')
  .addOption(json)
  .addHelpText('after', '\nExample:\n  credatlas reindex')
  .action(async (options: { json: boolean }) => {
    const { reindexCommand } = await import('./commands/reindex.ts');
    await run(reindexCommand)(options);
  });

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
