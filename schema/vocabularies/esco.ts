import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { LangString } from '../lang-string.ts';
import type { Concept, Vocabulary } from '../vocabulary.ts';

const BASE = 'http://data.europa.eu/esco/';
const URI = /^https?:\/\/data\.europa\.eu\/esco\/((?:skill|occupation|isco)\/[\w.-]{1,60})\/?$/i;

/** A line of `esco.tsv.br` a concept: its address without `BASE`, its own code, then labels (`en:…`). By the first, lower case. */
let lines: ReadonlyMap<string, string> | undefined;

/** Read when it is first asked for: 6 MB of text that most processes never need. */
function load(): ReadonlyMap<string, string> {
  if (lines) return lines;
  const text = brotliDecompressSync(readFileSync(new URL('esco.tsv.br', import.meta.url))).toString('utf8');
  lines = new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('\t')).toLowerCase(), line]),
  );
  return lines;
}

function conceptIn(line: string): Concept {
  const [code = '', , ...labels] = line.split('\t');
  const label = labels.map((one): LangString => {
    const [language = '', ...value] = one.split(':');
    return { language, value: value.join(':') };
  });
  return { code, uri: BASE + code, label };
}

/**
 * ESCO: skills, occupations and their groups by their address, with the names that we may pass on. Its codes are the addresses without
 * `http://data.europa.eu/esco/`. Words are not looked up: many skills share them.
 */
export const esco: Vocabulary = {
  name: 'esco',
  title: 'ESCO skills and occupations',
  source: 'https://esco.ec.europa.eu',
  version: 'v1.1.1; names in other languages than English partly of v1.0.3 to v1.2.1, under the same addresses',
  date: '2022-09',
  licence:
    'This service uses the ESCO classification of the European Commission (Decision 2011/833/EU). Gathered through Tabiya (MIT), Mockly (CC BY 4.0) and MELO by Avature (MIT)',
  get concepts() {
    return [...load().values()].map(conceptIn);
  },
  get(code) {
    const line = load().get(code.toLowerCase());
    return line === undefined ? undefined : conceptIn(line);
  },
  parse(text) {
    const code = URI.exec(text.trim())?.[1] ?? (/^(?:skill|occupation|isco)\/[\w.-]{1,60}$/i.test(text) ? text : '');
    return code ? esco.get(code)?.code : undefined;
  },
};
