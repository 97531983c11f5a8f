/** What a concept is: of ESCO, of ISCED-F, or a subject of our own. */
export const CONCEPT_KINDS = ['skill', 'occupation', 'skill-group', 'isco-group', 'field', 'topic'] as const;
export type ConceptKind = (typeof CONCEPT_KINDS)[number];

/** A name of a concept in one language. */
export interface ConceptLabel {
  /** Two letters (ISO 639-1). */
  language: string;
  text: string;
  /** What it is called; the others are further names. */
  preferred: boolean;
}

/** A concept as a vocabulary publishes it. */
export interface ConceptSource {
  uri: string;
  kind: ConceptKind;
  /** ISCO-08 code of an occupation, ISCED-F code of a field or of the field in which a topic is taught. */
  code?: string;
  labels: ConceptLabel[];
  /** Concepts of other vocabularies that mean the same. */
  same?: string[];
  /** Broader concepts of the same vocabulary. */
  broader?: string[];
  /** Skills that an occupation needs. */
  essential?: string[];
  optional?: string[];
}

/** Where the concepts of one vocabulary come from: printed wherever they are used. */
export interface ConceptVocabulary {
  name: string;
  version: string;
  licence: string;
  attribution: string;
  concepts: number;
}
