/**
 * The cross-format table: `node test/contract/differences.ts` says how many of the statements that several formats can carry come out
 * differently, and prints those (`--all`: every row). What an exception explains by a clause of a specification is no difference.
 */
import { loadFormats } from '../../crawler/registry.ts';
import { factsOf } from './facts.ts';
import { suiteOf, suiteSource } from './format-suite.ts';
import { normalisedOf, readFeed } from './read-feed.ts';
import { STATEMENTS, type Statement, saidBy } from './statements.cases.ts';

const formats = [...(await loadFormats()).values()];
const SPECIAL = new Set(['says', 'told', 'noted', 'rejected']);

const factsWanted = ({ must }: Statement): string[] =>
  [...new Set([must].flat().flatMap((want) => Object.keys(want)))].filter((name) => !SPECIAL.has(name));

/** What each format makes of a statement: its facts as one text. */
async function outcomes(statement: Statement): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  for (const format of formats) {
    const suite = await suiteOf(format.name);
    const feed = statement.except?.[format.name] ? undefined : suite.say(saidBy(statement, suite.self));
    if (!feed) continue;
    const source = suiteSource(format.name, feed.url, statement.language);
    const { records } = await readFeed(format, feed, { source });
    const record = [...normalisedOf(format, source, records).values()].flatMap((result) =>
      'credential' in result && result.credential ? [result.credential] : [],
    )[0];
    const facts = record ? factsOf(record) : undefined;
    const said = factsWanted(statement).map((name) => `${name} ${JSON.stringify(facts?.[name] ?? null)}`);
    out.set(format.name, facts ? said.join(', ') : 'not taken in');
  }
  return out;
}

let several = 0;
let different = 0;
for (const statement of STATEMENTS) {
  if (factsWanted(statement).length === 0) continue;
  const found = await outcomes(statement);
  if (found.size < 2) continue;
  several++;
  const differs = new Set(found.values()).size > 1;
  if (differs) different++;
  if (!differs && !process.argv.includes('--all')) continue;
  console.log(`${differs ? '≠' : '='} ${statement.place} ${JSON.stringify(statement.words)} (${statement.language})`);
  const same = Map.groupBy(found, ([, said]) => said);
  for (const [said, names] of same) console.log(`    ${names.map(([name]) => name).join(', ')}: ${said}`);
}
console.log(`${several} statements are said in several formats; ${different} come out differently`);
