import type { Problem } from '../../../schema/index.ts';
import type { JsonNode } from './node.ts';

/** A record with all it needs to be read alone: its node, and the nodes it refers to, by reference key. */
export interface JsonLdRaw {
  context?: unknown;
  main: JsonNode;
  nodes?: Record<string, JsonNode>;
  notes?: Problem[];
}

export interface JsonLdRecord {
  identifier?: string;
  part?: string;
  /** Place of the main node in the document. */
  path: string;
  raw: JsonLdRaw;
}

export interface PlacedNode {
  node: JsonNode;
  path: string;
}
