/** What reading linked data may cost. Honest pages and catalogues stay far below; beyond, what is left out is told. */
export const LIMITS = {
  /** Characters of one HTML page, and of one JSON-LD document. */
  html: 32 * 1024 * 1024,
  json: 64 * 1024 * 1024,
  /** Levels of one JSON-LD document. */
  depth: 60,
  /** Items inside items of microdata. */
  items: 40,
  /** Nodes that one course of a page may bring along, and how deep they are put into each other. */
  embedded: 3000,
  levels: 12,
  /** Nodes that one record of a document may refer to, and over how many others. */
  referred: 500,
  hops: 4,
  /** Longer texts are no references. */
  reference: 500,
  /** Steps that the microdata and RDFa of one page may take. */
  steps: 20_000_000,
  /** Courses of one name or address that are compared with each other. */
  alike: 20,
  /** Things of one kind that are told of one graph, and of one record. */
  told: 20,
  notes: 50,
} as const;
