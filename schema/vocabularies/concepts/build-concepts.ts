import { createHash } from 'node:crypto';
import { packLists, type Sections, writeConceptFile } from './concept-file.ts';
import { CONCEPT_KINDS, type ConceptSource, type ConceptVocabulary } from './concept-source.ts';
import { GRAM_SLOTS, gramsOf, wordsIn } from './concept-words.ts';

interface Label {
  owner: number;
  text: string;
  language: number;
  preferred: boolean;
  words: number[];
}

/**
 * The file of all concepts, with what linking needs and would take seconds to make: opening it only adds up. Concepts stand in
 * the order of their addresses, labels by concept, the preferred ones first.
 */
export function buildConcepts(
  sources: readonly ConceptSource[],
  vocabularies: readonly ConceptVocabulary[],
  level?: number,
): Buffer {
  const concepts = [...sources].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  const numbers = new Map(concepts.map(({ uri }, number) => [uri, number]));
  const languages = [...new Set(concepts.flatMap(({ labels }) => labels.map(({ language }) => language)))].sort();
  const words = new Map<string, number>();
  const labels: Label[] = [];
  const firstLabels = [0];
  for (const [owner, { labels: given }] of concepts.entries()) {
    for (const { language, text, preferred } of inOrder(given)) {
      const own = [...new Set(wordsIn(text).map(({ word }) => numberOf(words, word)))];
      if (own.length) labels.push({ owner, text, language: languages.indexOf(language), preferred, words: own });
    }
    firstLabels.push(labels.length);
  }
  const refer = (uris: readonly string[] | undefined): number[] =>
    [...new Set((uris ?? []).flatMap((uri) => numbers.get(uri) ?? []))].sort((a, b) => a - b);
  const sections = new Map<string, Uint8Array>([
    ['languages', Buffer.from(languages.join(' '))],
    ...texts(
      'uri',
      concepts.map(({ uri }) => uri),
    ),
    ...texts(
      'code',
      concepts.map(({ code }) => code ?? ''),
    ),
    ['kind', Uint8Array.from(concepts, ({ kind }) => CONCEPT_KINDS.indexOf(kind))],
    ['firstLabel', packLists([firstLabels])],
    ...texts(
      'label',
      labels.map(({ text }) => text),
    ),
    ['labelLanguage', Uint8Array.from(labels, ({ language, preferred }) => language | (preferred ? 128 : 0))],
    ...lists(
      'same',
      concepts.map(({ same }) => refer(same)),
    ),
    ...lists(
      'broader',
      concepts.map(({ broader }) => refer(broader)),
    ),
    ...lists(
      'essential',
      concepts.map(({ essential }) => refer(essential)),
    ),
    ...lists(
      'optional',
      concepts.map(({ optional }) => refer(optional)),
    ),
    ...wordSections([...words.keys()], labels),
  ]);
  const digest = createHash('sha256');
  for (const bytes of sections.values()) digest.update(bytes);
  return writeConceptFile({ vocabularies: [...vocabularies], digest: digest.digest('base64url') }, sections, level);
}

const inOrder = (labels: ConceptSource['labels']): ConceptSource['labels'] => {
  const seen = new Set<string>();
  return [...labels]
    .sort((a, b) => Number(b.preferred) - Number(a.preferred))
    .filter(({ language, text }) => !seen.has(`${language}:${text}`) && seen.add(`${language}:${text}`));
};

function numberOf(words: Map<string, number>, word: string): number {
  const known = words.get(word) ?? words.size;
  words.set(word, known);
  return known;
}

function wordSections(words: readonly string[], labels: readonly Label[]): Sections {
  const used: number[][] = words.map(() => []);
  for (const [number, label] of labels.entries()) for (const word of label.words) used[word]?.push(number);
  const drawers: number[][] = Array.from({ length: GRAM_SLOTS }, () => []);
  for (const [number, word] of words.entries()) for (const gram of gramsOf(word)) drawers[gram]?.push(number);
  return new Map<string, Uint8Array>([...texts('word', words), ...lists('used', used), ...lists('drawer', drawers)]);
}

/** The texts one after another, and where each begins. */
function texts(name: string, all: readonly string[]): [string, Uint8Array][] {
  const encoded = all.map((text) => Buffer.from(text));
  return [
    [`${name}Text`, Buffer.concat(encoded)],
    [`${name}Start`, starts(encoded)],
  ];
}

const lists = (name: string, all: readonly (readonly number[])[]): [string, Uint8Array][] => [
  [`${name}List`, packLists(all)],
  [`${name}Start`, starts(all)],
];

/** Where each of them begins, and the last one ends. */
function starts(all: readonly { length: number }[]): Uint8Array {
  let at = 0;
  return packLists([[0, ...all.map(({ length }) => (at += length))]]);
}
