import type { Members } from '../crawler/documentation.ts';
import type { Format } from '../crawler/format.ts';
import { completeCredential, ELEMENTS, type ElementName, own, stated } from '../schema/index.ts';

/** A format for programs: its facts, what it says of itself, and the elements that are left. */
export interface FormatData
  extends Pick<Format, 'name' | 'title' | 'specification' | 'mediaTypes' | 'documentation' | 'leads'> {
  /** Elements that it has no place for and derives from nothing. */
  notStated: ElementName[];
  /** Those of them that stand on the credential issued to a learner only. */
  atIssuance: ElementName[];
}

/** A record that says nothing but its title. */
const SILENT = completeCredential({ source: 'silent', identifier: 'silent', title: stated([], '') });
/** What the definition of a source can say of all its records (`SourceDefinition.defaults`). */
const DEFAULTS: readonly ElementName[] = ['issuerCountry', 'awardingBody'];

export function dataOf({ name, title, specification, mediaTypes, documentation, leads }: Format): FormatData {
  const carried = new Set([...documentation.elements, ...documentation.derived]);
  const left = leads ? [] : ELEMENTS.filter((element) => !carried.has(element));
  return {
    name,
    title,
    specification,
    mediaTypes,
    ...(leads ? { leads } : {}),
    documentation: { ...documentation },
    notStated: left.filter((element) => SILENT[element].state === 'not-stated'),
    atIssuance: left.filter((element) => SILENT[element].state === 'at-issuance'),
  };
}

interface Section {
  heading: string;
  paragraphs: string[];
  items: string[];
}

/** The page of a format, in Markdown. */
function sectionsOf(format: Format): Section[] {
  const { documentation, notStated, atIssuance } = dataOf(format);
  const { derived, elements, members, options, quirks } = documentation;
  const sentence = (names: readonly ElementName[], say: (names: string) => string): string[] =>
    names.length ? [say(code(names))] : [];
  const carried: Section[] = [
    {
      heading: 'What it can carry',
      paragraphs: [
        ...sentence(elements, (names) => `It has a place for ${names}.`),
        ...sentence(
          derived,
          (names) => `It has none for ${names}: derived from what else it says, by a rule that is named.`,
        ),
      ],
      items: [],
    },
    {
      heading: 'What it cannot carry',
      paragraphs: [
        ...sentence(notStated, (names) => `It has no place for ${names}: always \`not-stated\`.`),
        ...sentence(atIssuance, (names) => `Only a credential that was issued has ${names}: always \`at-issuance\`.`),
        `Where a feed says nothing of ${code(DEFAULTS)}, the \`defaults\` of its source file may.`,
      ],
      items: [],
    },
  ];
  const led = 'It has no records of its own: what its feeds can carry, the pages of their formats say.';
  const sections: Section[] = [
    ...(format.leads ? [{ heading: 'What it can carry', paragraphs: [led], items: [] }] : carried),
    { heading: 'Known quirks, and how they are read', paragraphs: [], items: [...quirks] },
    {
      heading: 'Options of a source',
      paragraphs: [],
      items: Object.entries(options).map(([name, meaning]) => `\`${name}\`: ${meaning}`),
    },
    {
      heading: 'What is read',
      paragraphs: ['Whatever else a record says is told as `not-mapped` and stays in the raw record.'],
      items: members.filter(({ meaning }) => !meaning).map(membersLine),
    },
    ...members.flatMap(({ of, read, meaning, kept }) =>
      meaning
        ? [
            {
              heading: `What is read: ${of.join(', ')}`,
              paragraphs: [],
              items: [...read.map((name) => `\`${name}\`: ${own(meaning, name)}`), ...known(kept)],
            },
          ]
        : [],
    ),
  ];
  return sections.filter(({ paragraphs, items }) => paragraphs.length || items.length);
}

const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const known = (kept: readonly string[]): string[] => (kept.length ? [`known and only kept: ${code(kept)}`] : []);

function membersLine({ of, read, kept }: Members): string {
  const lists = [...(read.length ? [code(read)] : []), ...known(kept)];
  return `${of.length ? `in ${code(of)}` : 'in the record'}: ${lists.join('; ')}`;
}

/** The page as a file of documentation. */
export const markdownOf = (format: Format): string =>
  [
    `# \`${format.name}\`: ${format.title}`,
    '<!-- Written by `node commands/format-docs.ts --write` from the table of the format. -->',
    `Reads ${format.documentation.reads}.`,
    `Specification: <${format.specification}>. Media types: ${code(format.mediaTypes)}. In a source file: \`"format": "${format.name}"\`.`,
    ...sectionsOf(format).flatMap(({ heading, paragraphs, items }) => [
      `## ${heading}`,
      ...paragraphs,
      ...(items.length ? [items.map((item) => `- ${item}`).join('\n')] : []),
    ]),
  ]
    .join('\n\n')
    .concat('\n');

/** The page for a terminal, a line each; what is too wide is for the writer to wrap. */
export const linesOf = (format: Format): string[] =>
  [
    `${format.name}: ${format.title}`,
    `what it reads: ${format.documentation.reads}`,
    `specification: ${format.specification}`,
    `media types: ${format.mediaTypes.join(', ')}`,
    ...sectionsOf(format).flatMap(({ heading, paragraphs, items }) => [
      '',
      `${heading}:`,
      ...[...paragraphs, ...items].map((line) => `  ${line}`),
    ]),
  ].map((line) => line.replaceAll('`', ''));

/** The README's table. */
export const readmeTable = (formats: Iterable<Format>): string =>
  [
    '| format | what it reads |',
    '|---|---|',
    ...[...formats].map(
      ({ name, documentation }) =>
        `| [\`${name}\`](docs/formats/${name}.md) | ${documentation.reads.replaceAll('|', '\\|')} |`,
    ),
  ].join('\n');
