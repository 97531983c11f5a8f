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

/** SQLSTATE classes 08 and 57P, too many connections, and what sockets say. */
const CODES = /^(08|57P|53300|ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_)/;
const WORDS = /connection terminated|PGlite is closed|timeout exceeded when trying to connect/i;

/** Whether an error says that the store, or a subgraph, did not answer, rather than that it did not like the question. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof SubgraphDown) return true;
  const { code, message, cause } = error as Error & { code?: unknown };
  return CODES.test(String(code ?? '')) || WORDS.test(message) || isUnreachable(cause);
}
