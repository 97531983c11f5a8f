#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { type Config, readConfig } from './config.ts';
import packageJson from './package.json' with { type: 'json' };

// A reader that has seen enough (| head) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const cli = new Command('credatlas')
  .description('An open, federated catalogue of micro-credentials: harvest feeds, serve a GraphQL graph.')
  .version(packageJson.version)
  .showHelpAfterError('(credatlas --help shows how)')
  .exitOverride();

const json = new Option('--json', 'machine-readable output, one JSON value a line').default(false);

/** Runs a command with the settings of the environment; its answer is the exit code. */
const run =
  <A extends unknown[]>(command: (config: Config, ...args: A) => Promise<number>) =>
  async (...args: A) => {
    process.exitCode = await command(readConfig(process.env), ...args);
  };

cli
  .command('serve', { isDefault: false })
  .description('serve the catalogue on PORT, with a crawler in the same process')
  .option('--no-crawler', 'only serve: harvesting is done by "credatlas worker" processes')
  .addHelpText(
    'after',
    '\nExamples:\n  credatlas serve\n  DATABASE_URL=postgres://… REDIS_URL=redis://… MEILI_URL=http://… credatlas serve --no-crawler',
  )
  .action(async (options: { crawler: boolean }) => {
    const { serveCommand } = await import('./commands/serve.ts');
    await run(serveCommand)(options);
  });

cli
  .command('worker')
  .description('harvest what is scheduled; any number of workers share one DATABASE_URL and REDIS_URL')
  .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… REDIS_URL=redis://… credatlas worker')
  .action(async () => {
    const { workerCommand } = await import('./commands/worker.ts');
    await run(workerCommand)();
  });

cli
  .command('subgraph')
  .argument('<name>', 'search, credential, provider or source')
  .description('serve one subgraph as a service of its own on PORT')
  .addHelpText('after', '\nExample:\n  PORT=4001 DATABASE_URL=postgres://… credatlas subgraph credential')
  .action(async (name: string) => {
    const { subgraphCommand } = await import('./commands/subgraph.ts');
    await run(subgraphCommand)(name);
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
  .description('show runs, counters and problems')
  .addOption(json)
  .addHelpText('after', '\nExamples:\n  credatlas status\n  credatlas status example-nl-meuse')
  .action(async (source: string | undefined, options: { json: boolean }) => {
    const { statusCommand } = await import('./commands/status.ts');
    await run(statusCommand)({ source, ...options });
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
    process.stderr.write(`credatlas: ${formatError(error).replace(/\s+/g, ' ')}\n`);
    if (process.env.CREDATLAS_DEBUG) console.error(error);
    process.exitCode = 2;
  }
}
