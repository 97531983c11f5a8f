/** `learningOutcomes` and `not-stated` as GraphQL writes enum values: `LEARNING_OUTCOMES`, `NOT_STATED`. */
export const constantCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toUpperCase();

/** Maps the names of a GraphQL enum to the catalogue's own words, so that resolvers see only the latter. */
export const enumValues = (words: readonly string[]): Record<string, string> =>
  Object.fromEntries(words.map((word) => [constantCase(word), word]));
