import { lockDirectory } from '../../catalogue/store/directory-lock.ts';
import { openPglite } from '../../catalogue/store/pglite.ts';

/**
 * A process that wants the folder: `lock` takes it and keeps it, `store` opens the store in it and writes; with `ask` it does so
 * whenever its parent says, and gives back when told. Every word is a line.
 */
const [how, directory = ''] = process.argv.slice(2);
const say = (word: string) => process.stdout.write(`${word}\n`);

if (how === 'store') {
  const db = await openPglite(directory);
  await db.query('create table if not exists beats (n integer)');
  say('held');
  for (let n = 0; ; n++) {
    await db.query('insert into beats values ($1)', [n]).then(
      () => say('wrote'),
      (error: Error) => say(error.name),
    );
    await new Promise((done) => setTimeout(done, 5));
  }
} else if (how === 'ask') {
  let release = () => {};
  process.on('message', async (word) => {
    if (word === 'release') {
      release();
      release = () => {};
      return process.send?.('released');
    }
    try {
      ({ release } = await lockDirectory(directory));
      process.send?.('held');
    } catch (error) {
      process.send?.((error as Error).name);
    }
  });
  process.send?.('ready');
} else {
  try {
    await lockDirectory(directory);
    say('held');
    setInterval(() => {}, 1000);
  } catch (error) {
    say(`${(error as Error).name}: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}
