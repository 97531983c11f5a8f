import { isStoreAway } from '../../catalogue/store-trouble.ts';

/** A subgraph is unreachable, late, or answers what is no answer: counts against it. The message is for the log. */
export class SubgraphDown extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SubgraphDown';
    // Expected, and told in one line: where in this program it was noticed says nothing.
    this.stack = undefined;
  }
}

/** A subgraph answers that it does not understand the question: it is of another version, say. Others it may answer well. */
export class SubgraphRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SubgraphRefused';
  }
}

/** Whether an error says that the store, or a subgraph, did not answer, rather than that it did not like the question. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && (error instanceof SubgraphDown || isStoreAway(error) || isUnreachable(error.cause));
