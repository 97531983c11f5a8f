import { type ConceptFileFacts, readConceptFile, type Sections, unpackList, unpackLists } from './concept-file.ts';
import { CONCEPT_KINDS, type ConceptKind, type ConceptLabel } from './concept-source.ts';
import { type PackedTexts, packedTexts } from './packed-texts.ts';

/** Lists of numbers that stand one after another: that of `n` is `all[start[n]]` to, without it, `all[start[n + 1]]`. */
export interface Lists {
  start: Uint32Array;
  all: Uint32Array;
}

/** All concepts by number, and what the linker needs of the words of their labels. */
export interface Concepts {
  facts: ConceptFileFacts;
  /** How many there are. */
  size: number;
  uriOf(concept: number): string;
  /** The number of a concept by its address; undefined for what this version does not have. */
  find(uri: string): number | undefined;
  kindOf(concept: number): ConceptKind;
  /** ISCO-08 or ISCED-F. */
  codeOf(concept: number): string | undefined;
  labelsOf(concept: number): ConceptLabel[];
  /** Concepts of another vocabulary that mean the same; broader ones; skills of an occupation. */
  relatedTo(concept: number, how: Relation): Uint32Array;
  /** Whose label it is, by the number of the label. */
  ownerOf: Uint32Array;
  label(number: number): ConceptLabel;
  /** The number of a word that some label has. */
  wordNumber(word: string): number | undefined;
  /** Of a word: the labels that have it. */
  used: Lists;
  /** Of a piece of words: the words that have it. */
  drawers: Lists;
}

const RELATIONS = ['same', 'broader', 'essential', 'optional'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Opens a concept file. @throws ConceptFileBroken */
export function openConcepts(packed: Uint8Array): Concepts {
  const { facts, sections } = readConceptFile(packed);
  const languages = Buffer.from(bytesIn(sections, 'languages')).toString().split(' ');
  const uris = textsIn(sections, 'uri');
  const codes = textsIn(sections, 'code');
  const labels = textsIn(sections, 'label');
  const words = textsIn(sections, 'word');
  const kinds = new Uint8Array(bytesIn(sections, 'kind'));
  const firstLabel = unpackList(bytesIn(sections, 'firstLabel'));
  const labelLanguage = new Uint8Array(bytesIn(sections, 'labelLanguage'));
  const relations = new Map(RELATIONS.map((name) => [name, listsIn(sections, name)]));
  const ownerOf = new Uint32Array(labels.length);
  for (let concept = 0; concept < kinds.length; concept++)
    ownerOf.fill(concept, firstLabel[concept], firstLabel[concept + 1]);

  const label = (number: number): ConceptLabel => ({
    language: languages[(labelLanguage[number] as number) & 127] ?? 'und',
    text: labels.at(number),
    preferred: (labelLanguage[number] as number) > 127,
  });

  return {
    facts,
    size: kinds.length,
    uriOf: uris.at,
    find: uris.find,
    kindOf: (concept) => CONCEPT_KINDS[kinds[concept] as number] as ConceptKind,
    codeOf: (concept) => codes.at(concept) || undefined,
    labelsOf(concept) {
      const out: ConceptLabel[] = [];
      for (let n = firstLabel[concept] as number; n < (firstLabel[concept + 1] as number); n++) out.push(label(n));
      return out;
    },
    relatedTo(concept, how) {
      const { start, all } = relations.get(how) as Lists;
      return all.subarray(start[concept], start[concept + 1]);
    },
    ownerOf,
    label,
    wordNumber: words.find,
    used: listsIn(sections, 'used'),
    drawers: listsIn(sections, 'drawer'),
  };
}

const bytesIn = (sections: Sections, name: string): Uint8Array => sections.get(name) ?? new Uint8Array();

const textsIn = (sections: Sections, name: string): PackedTexts =>
  packedTexts(bytesIn(sections, `${name}Text`), bytesIn(sections, `${name}Start`));

function listsIn(sections: Sections, name: string): Lists {
  const start = unpackList(bytesIn(sections, `${name}Start`));
  return { start, all: unpackLists(bytesIn(sections, `${name}List`), start) };
}
