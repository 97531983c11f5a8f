import { vocabularies } from '../schema/vocabularies/index.ts';
import { nqfRows } from '../schema/vocabularies/nqf-to-eqf.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** The page of documentation of the vocabularies: each with its edition and terms, and by what a national level is an EQF level. */
export function vocabularyPage(): string {
  const lists = Object.values(vocabularies).map(
    ({ name, title, concepts, version, date, licence, source }) =>
      `| \`${name}\` | ${cell(title)} | ${concepts.length} | ${cell(version)} | ${date} | ${cell(licence)} | ${cell(source)} |`,
  );
  const frameworks = [...Map.groupBy(nqfRows, ({ country, framework }) => `${country} ${framework}`).values()].map(
    (rows) => {
      const [first] = rows;
      const levels = rows.map(({ level, eqf }) => (level === String(eqf) ? level : `${level} → ${eqf}`)).join(', ');
      return `| ${first?.country} | ${first?.framework.toUpperCase()} | ${levels} | ${cell(first?.basis ?? '')} |`;
    },
  );
  return `# Vocabularies

Written by \`node commands/format-docs.ts --write\` from \`schema/vocabularies\`.

What records, filters and facets carry are codes of these lists. Labels come in the languages that a list has.

| name | title | concepts | edition | published | terms | source |
|---|---|---|---|---|---|---|
${lists.join('\n')}

## From a national level to the EQF

A national level is kept as it is stated. The EQF level that its country has referenced it to is always derived, by the rule \`nqf-to-eqf\`, and only
where country or framework tells which one is meant. "Read": somebody who has it in hand says so; "inferred": nobody was asked.

| country | framework | level → EQF | known by |
|---|---|---|---|
${frameworks.join('\n')}
`;
}
