import type { Command, Option } from 'commander';
import type { Run } from './operator-commands.ts';

/** `credatlas vocabulary`: the concepts by which search understands words of any language. */
export function addVocabularyCommand(cli: Command, { run, json }: { run: Run; json: Option }): void {
  const vocabulary = cli
    .command('vocabulary')
    .description('the concepts by which words of any language are understood');

  vocabulary
    .command('status')
    .description('which concepts are loaded, whose they are, and in which languages they have names')
    .addOption(json)
    .addHelpText('after', '\nExample:\n  credatlas vocabulary status')
    .action(async (options: { json: boolean }) => {
      const { vocabularyStatus } = await import('./vocabulary.ts');
      await run(vocabularyStatus)(options);
    });

  vocabulary
    .command('import')
    .argument('<csv, folder or zip>', 'tables of the ESCO portal, called as there: skills_de.csv, occupations_de.csv')
    .description('complete the languages of ESCO, or move to another edition of it')
    .option('--esco <version>', 'move to the edition of these tables, which is called so: v1.2.1')
    .addOption(json)
    .addHelpText(
      'after',
      '\nExamples:\n  credatlas vocabulary import "ESCO dataset - v1.1.1 - classification - et - csv.zip"\n  credatlas vocabulary import esco-csv/ --esco v1.2.1',
    )
    .action(async (path: string, options: { esco?: string; json: boolean }) => {
      const { vocabularyImport } = await import('./vocabulary.ts');
      await run(vocabularyImport)({ path, ...options });
    });
}
