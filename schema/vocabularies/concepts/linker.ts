import { gramsOf, type TextWord, wordsIn } from './concept-words.ts';
import type { Concepts } from './concepts.ts';

/** A concept that a text speaks of. */
export interface LinkedConcept {
  /** Number in the concepts that are loaded, and its address. */
  concept: number;
  uri: string;
  /** 0 to 1: how much of the text and of the label is the same, rare words counting more. */
  score: number;
  /** The label that fits best. */
  label: string;
  labelLanguage: string;
  /** The stretch of the text that fits it (UTF-16 units, end excluded). */
  readonly span: { from: number; to: number };
  match: 'exact' | 'near' | 'related';
}

export interface LinkOptions {
  /** At most so many concepts, best first. */
  most?: number;
  /** Those below are left out. */
  least?: number;
}

export interface Linker {
  link(text: string, options?: LinkOptions): LinkedConcept[];
}

/** How alike two words are at least to be taken for each other. */
const ALIKE = 0.35;
const MOST_ALIKE = 150;
/** Words of a text that are looked at. */
const MOST_WORDS = 40;
/** What a word that no label has anything like counts. */
const UNKNOWN = 12;
const MOST_REMEMBERED = 20_000;
/** What most labels have and says nothing (`de`, `and`) is not followed into all of them. */
const MOST_FOLLOWED = 60_000;
const EXACT = 0.95;
const NEAR = 0.6;

/** A word that labels have, and how alike it is to the one looked for (0 to 1). */
interface Alike {
  word: number;
  alike: number;
}

/**
 * Finds the concepts of a text by what its words have in common with those of labels in any language: pieces of four letters, so that
 * inflected and compound words need no stemmer and no dictionary. Words count by rarity (TF-IDF, cosine); of a concept the best label counts.
 */
export function createLinker(concepts: Concepts): Linker {
  const { used, drawers, ownerOf } = concepts;
  const labelCount = ownerOf.length;
  const { rarity, pieces, labelNorm } = measured(concepts);
  // Kept from text to text and left empty after each: a fresh one would cost more than the work.
  const shared = new Uint16Array(rarity.length);
  const scores = new Float32Array(labelCount);
  const ofWord = new Float32Array(labelCount);
  const remembered = new Map<string, readonly Alike[]>();

  function alikeTo(word: string): readonly Alike[] {
    const known = remembered.get(word);
    if (known) return known;
    const own = concepts.wordNumber(word);
    const grams = gramsOf(word);
    const touched: number[] = [];
    for (const gram of grams)
      for (let at = drawers.start[gram] as number; at < (drawers.start[gram + 1] as number); at++) {
        const other = drawers.all[at] as number;
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] as number) + 1;
      }
    const found: Alike[] = [];
    for (const other of touched) {
      const alike = other === own ? 1 : likeness(shared[other] as number, grams.length, pieces[other] as number);
      shared[other] = 0;
      if (alike >= ALIKE) found.push({ word: other, alike });
    }
    found.sort((a, b) => b.alike - a.alike || a.word - b.word);
    if (found.length > MOST_ALIKE) found.length = MOST_ALIKE;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(word, found);
    return found;
  }

  /** How much a word tells: as much as the label words that it stands for. */
  function weightOf(word: string, alike: readonly Alike[]): number {
    const own = concepts.wordNumber(word);
    if (own !== undefined) return rarity[own] as number;
    return alike.length ? Math.max(...alike.slice(0, 3).map((one) => rarity[one.word] as number)) : UNKNOWN;
  }

  function link(text: string, { most = 60, least = 0.14 }: LinkOptions = {}): LinkedConcept[] {
    const words = [...new Map(wordsIn(text, MOST_WORDS).map((one) => [one.word, one])).values()].filter(tells);
    const touched: number[] = [];
    let squares = 0;
    for (const { word } of words) {
      const alike = alikeTo(word);
      const weight = weightOf(word, alike);
      squares += weight * weight;
      const here: number[] = [];
      for (const one of alike) {
        const gain = one.alike * weight * (rarity[one.word] as number);
        for (let at = used.start[one.word] as number; at < (used.start[one.word + 1] as number); at++) {
          const label = used.all[at] as number;
          const before = ofWord[label] as number;
          if (before === 0) here.push(label);
          if (gain > before) ofWord[label] = gain;
        }
        if (here.length > MOST_FOLLOWED) break;
      }
      for (const label of here) {
        if (scores[label] === 0) touched.push(label);
        scores[label] = (scores[label] as number) + (ofWord[label] as number);
        ofWord[label] = 0;
      }
    }
    const length = Math.sqrt(squares) || 1;
    const best = new Map<number, { label: number; score: number }>();
    for (const label of touched) {
      const score = (scores[label] as number) / ((labelNorm[label] as number) * length);
      scores[label] = 0;
      if (score < least) continue;
      const concept = ownerOf[label] as number;
      const before = best.get(concept);
      if (!before || score > before.score) best.set(concept, { label, score: Math.min(score, 1) });
    }
    return [...best]
      .sort(([a, one], [b, other]) => other.score - one.score || a - b)
      .slice(0, most)
      .map(([concept, { label, score }]) => linked(words, concept, label, score));
  }

  function linked(words: readonly TextWord[], concept: number, number: number, score: number): LinkedConcept {
    const { text: label, language } = concepts.label(number);
    return {
      concept,
      uri: concepts.uriOf(concept),
      score: Math.round(score * 1000) / 1000,
      label,
      labelLanguage: language,
      // Asked for by few, and as dear as the rest.
      get span() {
        return spanOf(words, label);
      },
      match: score >= EXACT ? 'exact' : score >= NEAR ? 'near' : 'related',
    };
  }

  /** From the first to the last word that the label has something like. */
  function spanOf(words: readonly TextWord[], label: string): LinkedConcept['span'] {
    const own = new Set(wordsIn(label).flatMap(({ word }) => concepts.wordNumber(word) ?? []));
    const fitting = words.filter(({ word }) => alikeTo(word).some((one) => own.has(one.word)));
    return { from: Math.min(...fitting.map(({ from }) => from)), to: Math.max(...fitting.map(({ to }) => to)) };
  }

  return { link };
}

/** How much each word tells (the fewer labels have it, the more), how many pieces it has, and how long each label is. */
function measured({ used, drawers, ownerOf }: Concepts) {
  const rarity = new Float32Array(used.start.length - 1);
  const labelNorm = new Float32Array(ownerOf.length);
  for (let word = 0; word < rarity.length; word++) {
    const [from, to] = [used.start[word] as number, used.start[word + 1] as number];
    const tells = Math.log(1 + ownerOf.length / (to - from));
    rarity[word] = tells;
    for (let at = from; at < to; at++) {
      const label = used.all[at] as number;
      labelNorm[label] = (labelNorm[label] as number) + tells * tells;
    }
  }
  for (let label = 0; label < labelNorm.length; label++) labelNorm[label] = Math.sqrt(labelNorm[label] as number);
  const pieces = new Uint8Array(rarity.length);
  for (const word of drawers.all) pieces[word] = (pieces[word] as number) + 1;
  return { rarity, pieces, labelNorm };
}

/** One letter says nothing, unless it has a sign of its own (`C#`). */
const tells = ({ word }: TextWord): boolean => word.length > 1;

/** Of the pieces of two words, how many they share (Dice); what is most of the other (a part of a compound) counts as well. */
function likeness(both: number, own: number, other: number): number {
  const dice = (2 * both) / (own + other);
  const [less, more] = own < other ? [own, other] : [other, own];
  const contained = both / less;
  if (less < 4 || contained < 0.75) return dice;
  return Math.max(dice, 0.8 * contained * Math.sqrt(less / more) + 0.1);
}
