// Builds the concept file that ships with Credatlas: ESCO and ISCED-F from ../shared/feeds where these are, else as they were shipped;
// our own subjects from topics.tsv.
//   node commands/ship-concepts.ts [--write]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  buildConcepts,
  type ConceptSource,
  type ConceptVocabulary,
  conceptSources,
  conceptsOf,
  SHIPPED_CONCEPTS,
} from '../schema/vocabularies/concepts/index.ts';
import { readEsco } from '../schema/vocabularies/concepts/read-esco.ts';
import { readIscedF } from '../schema/vocabularies/concepts/read-isced-f.ts';
import { readTopics } from '../schema/vocabularies/concepts/read-topics.ts';

const FEEDS = new URL('../../shared/feeds/', import.meta.url);
const TOPICS = new URL('../schema/vocabularies/concepts/topics.tsv', import.meta.url);
const feed = (path: string): Buffer => readFileSync(new URL(path, FEEDS));

function published(): ConceptSource[] {
  if (!existsSync(new URL('esco/concepts.tsv.gz', FEEDS)))
    return conceptSources(conceptsOf(SHIPPED_CONCEPTS)().concepts).filter(({ kind }) => kind !== 'topic');
  const esco = ['concepts', 'occupation-skills'].map((name) =>
    gunzipSync(feed(`esco/${name}.tsv.gz`)).toString('utf8'),
  );
  return [
    ...readEsco(esco[0] as string, esco[1] as string),
    ...readIscedF(feed('isced-f/isced-f-2013.multilingual.json').toString('utf8')),
  ];
}

const sources = [...published(), ...readTopics(readFileSync(TOPICS, 'utf8'))];
const count = (kinds: readonly string[]): number => sources.filter(({ kind }) => kinds.includes(kind)).length;
const vocabularies: ConceptVocabulary[] = [
  {
    name: 'ESCO',
    version: 'v1.1.1; labels of other languages than English partly of v1.0 to v1.2.1, under the same addresses',
    licence: 'Commission Decision 2011/833/EU',
    attribution: 'This service uses the ESCO classification of the European Commission.',
    concepts: count(['skill', 'occupation', 'skill-group', 'isco-group']),
  },
  {
    name: 'ISCED-F',
    version: '2013',
    licence: 'CC BY 4.0',
    attribution:
      'Fields of education and training: © UNESCO Institute for Statistics; labels © European Union, CC BY 4.0.',
    concepts: count(['field']),
  },
  {
    name: 'Credatlas topics',
    version: '1',
    licence: 'CC0 1.0',
    attribution: 'Subjects of short courses: Credatlas, CC0.',
    concepts: count(['topic']),
  },
];
/** Slow to pack, as quick to open, and a tenth smaller. */
const SMALLEST = 19;
const file = buildConcepts(sources, vocabularies, SMALLEST);
if (process.argv.includes('--write')) writeFileSync(SHIPPED_CONCEPTS, file);
console.log(`${sources.length} concepts, ${file.length} bytes${process.argv.includes('--write') ? ', written' : ''}`);
