import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const FOLDERS = ['schema/', 'catalogue/', 'crawler/', 'commands/'];

/**
 * Files whose tables are asked with names of ours only: labels and synonyms that a Map is made of, one sign of a text, a field
 * of our own request.
 */
const OWN_NAMES = new Map([
  ['schema/vocabularies/credential-kinds.ts', /SYNONYMS/],
  ['schema/vocabularies/index.ts', /vocabularies/],
  ['schema/vocabularies/modes-of-learning.ts', /SYNONYMS/],
  ['crawler/notify.ts', /headers/],
  ['catalogue/search/fold.ts', /LETTERS/],
  ['catalogue/search/highlight.ts', /ESCAPES/],
  ['catalogue/search/meilisearch-settings.ts', /LOCALES/],
  ['catalogue/search/postgres-query.ts', /key/],
  ['catalogue/search/postgres-row.ts', /out/],
]);

test('what is asked or filled by any name is no plain object: a table, a Map or a bare record', () => {
  const plain =
    /^\s*(?:export )?(?:const|let) (\w+): (?:Readonly<)?(?:Record<string,.*>|LinkedNode|JsonNode|Json|Row)>? = (?:\{|Object\.fromEntries)/gm;
  const wrong = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(new URL(folder + file, root), 'utf8').matchAll(plain)]
          .filter((found) => !OWN_NAMES.get(folder + file)?.test(found[1] ?? ''))
          .map((found) => `${folder}${file}: ${found[0].trim().slice(0, 100)}`),
      ),
  );
  expect(wrong, 'use table, bareRecord or own of schema/table.ts').toEqual([]);
});
