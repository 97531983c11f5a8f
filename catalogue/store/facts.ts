import { type Credential, STANDARD_ELEMENTS } from '../../schema/index.ts';

const MOST = 100;

/**
 * What a record counts for where all records are counted: `country NL`, `language nl` (of instruction, of the record or of any
 * run), `stated title`. Kept with the record; the database adds them up (`0008_tallies.sql`).
 */
export function factsOf(record: Credential): string[] {
  const facts = new Set<string>();
  const country = record.issuerCountry.value?.country;
  if (country) facts.add(`country ${country}`);
  const spoken = [record.languages.value ?? [], ...record.opportunities.map((run) => run.languages ?? [])].flat();
  for (const language of spoken) facts.add(`language ${language.split('-')[0]?.toLowerCase()}`);
  for (const name of STANDARD_ELEMENTS) if (record[name].state === 'stated') facts.add(`stated ${name}`);
  return [...facts].filter((fact) => fact.length <= MOST);
}
