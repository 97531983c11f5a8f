import type { ConceptSource } from './concept-source.ts';

const BASE = 'urn:credatlas:topic:';

/**
 * Our own subjects of short courses, `topics.tsv`: `id`, ISCED-F code, ESCO concepts that mean the same (separated by blanks), then a column
 * a language with its names, separated by bars, the usual one first.
 *
 * @throws Error with the line and what is wrong with it
 */
export function readTopics(table: string): ConceptSource[] {
  const [head = '', ...lines] = table.replace(/\n+$/, '').split('\n');
  const languages = head.split('\t').slice(3);
  return lines.map((line, n) => {
    const cells = line.split('\t');
    const [id = '', field = '', same = '', ...names] = cells;
    const wrong = (what: string) => new Error(`topics.tsv, line ${n + 2} (${id}): ${what}`);
    if (!/^[a-z0-9-]+$/.test(id)) throw wrong('the id is not in lower case with hyphens');
    if (!/^\d{2,4}$/.test(field)) throw wrong(`"${field}" is no code of ISCED-F`);
    if (names.length !== languages.length) throw wrong(`${names.length} languages instead of ${languages.length}`);
    const labels = languages.flatMap((language, column) =>
      (names[column] ?? '').split('|').map((text, place) => ({ language, text: text.trim(), preferred: place === 0 })),
    );
    const empty = labels.find(({ text }) => text === '');
    if (empty) throw wrong(`no name in "${empty.language}"`);
    return {
      uri: BASE + id,
      kind: 'topic',
      code: field,
      labels,
      ...(same ? { same: same.split(' ') } : {}),
    };
  });
}
