import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Run } from './operator-commands.ts';

interface Options {
  check: boolean;
  country?: string;
  enable?: string;
  disable?: string;
  force: boolean;
  by?: string;
  json: boolean;
}

const countryCode = (text: string): string => {
  if (!/^[a-z]{2}$/i.test(text)) throw new InvalidArgumentError('give the code of a country, such as EE');
  return text.toUpperCase();
};

/** `credatlas sources`: listing, looking, switching. */
export function addSourcesCommand(cli: Command, { run, json }: { run: Run; json: Option }): void {
  cli
    .command('sources')
    .argument('[id...]', 'these sources only')
    .description('list the sources, their terms and freshness; look at them; switch them on and off')
    .option(
      '--check',
      'ask each source once, politely: format, first record, completeness, and what has changed',
      false,
    )
    .option('--country <code>', 'sources of this country only', countryCode)
    .addOption(
      new Option('--enable <id|country|all>', 'have sources of the files harvested by a schedule').conflicts([
        'check',
        'disable',
        'country',
      ]),
    )
    .addOption(
      new Option('--disable <id|country|all>', 'have them harvested no more; their records stay').conflicts([
        'check',
        'country',
      ]),
    )
    .option('--force', 'also one whose file says why it is not on', false)
    .option('--by <name>', 'who switches; the user of this machine when left out')
    .addOption(json)
    .addHelpText(
      'after',
      '\nExamples:\n  credatlas sources --country FR\n  credatlas sources --check fr-fun-mooc\n  credatlas sources --check --country EE --json\n  credatlas sources --enable fr-fun-mooc\n  credatlas sources --disable all\n\nExit codes of --check: 0 all answer as they should, 1 one failed, 2 wrong call.',
    )
    .action(async (ids: string[], { check, country, enable, disable, force, by, json }: Options) => {
      const what = enable ?? disable;
      if (what !== undefined) {
        const { switchCommand } = await import('./switch-sources.ts');
        await run(switchCommand)({ what, on: enable !== undefined, force, by, json });
      } else if (check) {
        const { checkCommand } = await import('./check-sources.ts');
        await run(checkCommand)({ ids, country, json });
      } else {
        const { sourcesCommand } = await import('./sources.ts');
        await run(sourcesCommand)({ ids, country, json });
      }
    });
}
