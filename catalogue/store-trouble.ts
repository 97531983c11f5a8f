/**
 * The store could not do its work now: it is away, overloaded, out of room, shutting down, or two of its transactions got in
 * each other's way. It says nothing of what it was asked to store: wait and go on.
 */
export class StoreTrouble extends Error {
  readonly code: string;
  constructor(message: string, code = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreTrouble';
    this.code = code;
  }
}

/**
 * SQLSTATE classes (PostgreSQL, Appendix A): connection, rollback (deadlock), resources, object not in the state (locks),
 * intervention (statement timeout, shutdown), system, internal; a transaction that was ended for idling or lasting, or that
 * may only read (a standby). Then what sockets and disks say, the latter in the numbers of WASI too.
 */
const TROUBLE =
  /^(?:08|40|53|55|57|58|XX)[0-9A-Z]{3}$|^25(?:P03|P04|006)$|^(?:ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_|ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE)/;
const AWAY = /^(?:08|57P|53300|ECONN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_)/;
const AWAY_WORDS =
  /connection terminated|connection error and is not queryable|PGlite is closed|timeout exceeded when trying to connect|query read timeout/i;
/** What the embedded PostgreSQL throws when WebAssembly or its file system gives up. */
const WASM = new Set(['RuntimeError', 'ErrnoError']);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** Whether the store, or the way to it, does not answer at all. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof Error && (AWAY.test(codeOf(error)) || AWAY_WORDS.test(error.message));

/** What the database said, as `StoreTrouble` when it says nothing of the statement itself; else as it is. */
export function asStoreTrouble(error: unknown): unknown {
  if (error instanceof StoreTrouble) return error;
  const { name = '', message = '' } = (error ?? {}) as Partial<Error>;
  const code = codeOf(error);
  if (!TROUBLE.test(code) && !AWAY_WORDS.test(message) && !WASM.has(name)) return error;
  return new StoreTrouble(message || code || name, code, { cause: error });
}

/** Work on the database whose errors are told apart. */
export const tellingTrouble = async <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw asStoreTrouble(error);
  });
