import type { WrittenDocumentation } from '../../documentation.ts';
import columns from './columns.json' with { type: 'json' };
import headers from './headers.json' with { type: 'json' };
import { PRESETS, type Preset } from './presets.ts';
import { MAKE_A_RUN } from './runs.ts';

const tongues = Object.keys(headers);

/** What a header of a template means, for its page. */
const meaningIn = ({ column, language, unit, words }: NonNullable<ReturnType<Preset['columns']['get']>>): string =>
  [
    `\`${column}\``,
    ...(language ? [`in ${language}`] : []),
    ...(unit ? [`unit: ${unit}`] : []),
    ...(words
      ? [
          Object.entries(words)
            .map(([word, is]) => `${word} = ${is || 'nothing'}`)
            .join(', '),
        ]
      : []),
  ].join('; ');

const presets = [...PRESETS.values()];

export const documentation: WrittenDocumentation = {
  reads: 'our template, and tables whose headers mean the same; UTF-8, UTF-16, Windows-1252; comma, semicolon, tab',
  elements: [
    'title',
    'issuerCountry',
    'awardingBody',
    'learningOutcomes',
    'workload',
    'level',
    'assessment',
    'participation',
    'qualityAssurance',
    'prerequisites',
    'supervision',
    'grade',
    'stackability',
    'furtherInformation',
    'description',
    'kind',
    'fields',
    'skills',
    'occupations',
    'targetGroup',
    'purpose',
    'offeredBy',
    'languages',
    'costs',
    'funding',
    'certificationFormat',
    'conditionsToEarn',
  ],
  quirks: [
    'Needed are a title and an identifier. Without a column for identifiers the `url` stands for it, with a warning in every ' +
      'record; rows that have neither are rejected. `examples/template.csv` has all columns of the template.',
    `Headers of tables of others are recognised in ${tongues.length} languages (${tongues.join(', ')}), with or without accents, ` +
      'case and punctuation. A word that means different things in different languages means what it does in that of its neighbours.',
    'Titles and notes may stand above the header; so may a row that names groups of columns.',
    'UTF-8 with or without byte order mark, UTF-16 or Windows-1252; comma, semicolon, tab or bar; `sep=;` and `="00123"` of Excel.',
    `Texts in further languages stand in columns with a suffix (\`title:de\`, \`description_fr\`), for ${columns.multilingual.join(', ')}.`,
    'Lists are separated by `|` or new lines; decimals may have a comma.',
    'Dates are `YYYY-MM-DD` or `D.M.YYYY`. With slashes the day comes first unless the option `dates` or other dates of the column say ' +
      'otherwise; a date that could be both is reported, and not stated in a column that has both. Two digits of a year after slashes or ' +
      'hyphens stay words; serial days of spreadsheets are reported.',
    'Units and currencies stand in the cell, in the header ("Preis (€)", "Laajuus (op)") or in a column beside it; a number ' +
      'without is reported.',
    'Credits are ECTS when header, cell or unit say so, or where a law makes them ECTS (CFU, EAP, op, hp, studiepoeng, …); under a bare ' +
      '"credits" they are credits of no named scheme, with a warning.',
    `Rows with the same identifier are one credential; each that fills a column of a run (${MAKE_A_RUN.join(', ')}) is one run of it. ` +
      'The first row speaks for the credential; what others say otherwise is reported.',
    'A row with more filled cells than there are columns is rejected: a separator in a text was not quoted, so that no cell can be ' +
      'trusted.',
    'Templates of others (presets) are known by their headers, or named by the option `preset`. Their headers mean what the template says, ' +
      'each of them; other columns beside them are read by their words.',
    ...presets.map(
      ({ name, title, publisher, specification, unproven }) =>
        `Preset \`${name}\`: ${title} (${publisher}), <${specification}>.${unproven ? ` Unproven: ${unproven}` : ''}`,
    ),
  ],
  options: {
    dates: '`mdy`: dates with slashes have the month first; `dmy`: the day',
    charset: 'the encoding that the table is said to have, in place of what the server says',
    preset: 'the template of others that the table is of (see below), where its headers do not show that',
    fallback: 'the encoding of a table that is not UTF-8 and does not say its own; `windows-1252` when left out',
  },
  members: [
    { of: ['the template'], read: Object.keys(columns.template), meaning: columns.template, kept: [] },
    { of: ['tables of others, besides'], read: Object.keys(columns.beside), meaning: columns.beside, kept: [] },
    ...presets.map(({ name, columns: said, carryNothing }) => ({
      of: [`the preset \`${name}\``],
      read: [...said.keys()],
      meaning: Object.fromEntries([...said].map(([header, meant]) => [header, meaningIn(meant)])),
      kept: carryNothing,
    })),
  ],
};
