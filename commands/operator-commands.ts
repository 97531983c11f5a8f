import type { Command, Option } from 'commander';
import type { Config } from '../config.ts';

export type Run = <A extends unknown[]>(
  command: (config: Config, ...args: A) => Promise<number>,
) => (...args: A) => Promise<void>;

/** The commands by which an operator minds what is harvested. */
export function addOperatorCommands(cli: Command, { run, json }: { run: Run; json: Option }): void {
  cli
    .command('holds')
    .description('list the runs that wait for approval because too much would go')
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas holds')
    .action(async (options: { json: boolean }) => {
      const { holdsCommand } = await import('./holds.ts');
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
      const { approveCommand } = await import('./approve.ts');
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
      const { pauseCommand } = await import('./pause.ts');
      await run(pauseCommand)({ what, ...options });
    });

  cli
    .command('resume')
    .argument('<source|origin>', 'what is paused')
    .description('end a pause')
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas resume https://feeds.example.org')
    .action(async (what: string, options: { json: boolean }) => {
      const { resumeCommand } = await import('./pause.ts');
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
      const { replayCommand } = await import('./replay.ts');
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
      const { diffCommand } = await import('./diff.ts');
      await run(diffCommand)({ runs: other ? [one, other] : [one], ...options });
    });

  cli
    .command('reindex')
    .description('build the search index anew, check its count, swap it in')
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas reindex')
    .action(async (options: { json: boolean }) => {
      const { reindexCommand } = await import('./reindex.ts');
      await run(reindexCommand)(options);
    });

  cli
    .command('abandon')
    .argument('<run|source>', 'the run, or the source that has one under way')
    .description('end a run for good: what it has stored stays, nothing is swept; who and when is kept')
    .option('--by <name>', 'who abandons it; the user of this machine when left out')
    .option('--force', 'also when somebody is at work on it, who can then write nothing more for it', false)
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas abandon example-nl-meuse')
    .action(async (what: string, options: { by?: string; force: boolean; json: boolean }) => {
      const { abandonCommand } = await import('./abandon.ts');
      await run(abandonCommand)({ run: what, ...options });
    });

  cli
    .command('retire')
    .argument('<source>', 'id of a source')
    .description('take a source out: no harvest any more, its records are withdrawn; who and when is kept')
    .option('--undo', 'bring it back; its records come with its next harvest', false)
    .option('--reason <text>', 'why; readers of the graph see it')
    .option('--by <name>', 'who does it; the user of this machine when left out')
    .addOption(json)
    .addHelpText(
      'after',
      '\nExamples:\n  credatlas retire example-nl-meuse --reason "the university has closed it"\n  credatlas retire example-nl-meuse --undo',
    )
    .action(async (source: string, options: { undo: boolean; reason?: string; by?: string; json: boolean }) => {
      const { retireCommand } = await import('./retire.ts');
      await run(retireCommand)({ source, ...options });
    });

  cli
    .command('purge')
    .argument('<source|record>', 'id of a source, public id of a credential, or with --source an identifier')
    .description('erase for good: raw text, record, problems, index and words; it is not taken in again')
    .option('--source <id>', 'the record is the one with this identifier of this source')
    .option('--yes', 'do it; without it only what would go is told', false)
    .option('--allow', 'what was purged may be taken in again', false)
    .option('--by <name>', 'who does it; the user of this machine when left out')
    .addOption(json)
    .addHelpText(
      'after',
      '\nExamples:\n  credatlas purge crd_0123456789abcdefghjk --yes\n  credatlas purge "course 17" --source example-nl-meuse --yes\n\nOf backups, the log of a PostgreSQL server (WAL) and other copies nothing is erased: let them run out.',
    )
    .action(
      async (what: string, options: { source?: string; yes: boolean; allow: boolean; by?: string; json: boolean }) => {
        const { purgeCommand } = await import('./purge.ts');
        await run(purgeCommand)({ what, ...options });
      },
    );

  cli
    .command('audit')
    .description('who abandoned, approved, retired, purged or switched what, and when')
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas audit')
    .action(async (options: { json: boolean }) => {
      const { auditCommand } = await import('./audit.ts');
      await run(auditCommand)(options);
    });
}
