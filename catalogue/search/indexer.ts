import type { OpenedConcepts } from '../../schema/vocabularies/concepts/index.ts';
import type { StoredCredential } from '../catalogue.ts';
import { recordConcepts } from './record-concepts.ts';
import { toSearchDocument } from './search-document.ts';
import type { SearchDocument, SearchEngine } from './search-engine.ts';

/** What the indexer reads of the store of record. Each method costs one statement. */
export interface IndexerStore {
  changes: {
    /** The next changes after `seq`, in order. Entities other than credentials are passed over. */
    after(seq: number, limit: number): Promise<{ seq: number; id: string; kind: string; entity?: string }[]>;
    /** The newest sequence number; 0 when nothing has happened yet. */
    last(): Promise<number>;
  };
  credentials: {
    /** In the order of the ids; `undefined` where there is none. */
    byIds(ids: readonly string[]): Promise<(StoredCredential | undefined)[]>;
    /** The next records after the id `after`, ordered by id; withdrawn ones may be among them. */
    page(after: string | undefined, limit: number): Promise<StoredCredential[]>;
    /** How many records can be found: all that are not withdrawn (nor merged into another). */
    countFindable(): Promise<number>;
  };
  positions: {
    get(name: string): Promise<number>;
    set(name: string, seq: number): Promise<void>;
  };
}

export interface ReindexOptions {
  /** Called as the new index fills. */
  progress?: (done: number) => void;
}

export interface ReconcileReport {
  store: number;
  engine: number;
  /** Records that the engine lacked and now has. */
  added: number;
  /** Withdrawn records that the engine still had. */
  removed: number;
  /** The index was beyond repair and was built anew. */
  rebuilt: boolean;
  /** Records kept coming: the two counts are not of one moment, and nothing was done. */
  moving?: true;
}

/** The new index holds another number of records than the store; the live one stays. */
export class IndexCountMismatch extends Error {
  constructor(built: number, expected: number, index: string) {
    super(
      `the new search index ${index} holds ${built} records, the store ${expected}; the live index stays as it was. ` +
        'Run `credatlas reindex` again when no harvest is running.',
    );
    this.name = 'IndexCountMismatch';
  }
}

/** Changes, and documents, a step. */
const BATCH = 500;
const ATTEMPTS = 10;
/** Name of the indexer's place in the change log. */
export const INDEXER = 'search-indexer';
/** Name under which the form of the documents in the index is kept. */
export const INDEX_FORM = 'search-index-form';
/**
 * Raised whenever a record becomes other words or values in the index: what was indexed in another form is built anew.
 * 1: names with signs, elisions, identifiers, places of runs. 2: concepts.
 */
export const CURRENT_FORM = 2;

/** Withdrawn and merged records are not found; those missing from the last run are, within their grace. */
export const isFindable = (stored: StoredCredential): boolean =>
  stored.status !== 'withdrawn' && stored.mergedInto === undefined;

export interface IndexerOptions {
  store: IndexerStore;
  engine: SearchEngine;
  concepts?: () => OpenedConcepts;
}

/**
 * Keeps a search engine in step with the store of record by following the change log. A batch counts as done only when
 * the engine has taken it; then the position is saved. A crash in between repeats the batch, which changes nothing.
 *
 * @param concepts opened when the first record is indexed; without them records are found by their words only
 */
export function createIndexer({ store, engine, concepts }: IndexerOptions) {
  /** `seq`: the change that is followed; without one, where the store says the record stands. */
  const toDocument = (stored: StoredCredential, seq = stored.places?.[0] ?? 0): SearchDocument => {
    const document = toSearchDocument(stored.record, seq, stored.places);
    return concepts ? { ...document, concepts: recordConcepts(stored.record, concepts()) } : document;
  };
  let working: Promise<unknown> = Promise.resolve();
  /** One piece of work at a time in this process. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = working.then(work, work);
    working = turn.catch(() => {});
    return turn;
  };

  /** Follows the log from `seq` to its end into `target`; answers where it ended and how many records it touched. */
  async function follow(seq: number, target: string | undefined, done: (seq: number) => Promise<void>) {
    let position = seq;
    let records = 0;
    for (;;) {
      const changes = await store.changes.after(position, BATCH);
      const last = changes.at(-1);
      if (!last) return { position, records };
      // several changes of one record are one: what is indexed is how it stands now
      const latest = new Map<string, number>();
      for (const change of changes) {
        if (change.entity === undefined || change.entity === 'credential') latest.set(change.id, change.seq);
      }
      const ids = [...latest.keys()];
      const found = ids.length ? await store.credentials.byIds(ids) : [];
      const documents: SearchDocument[] = [];
      const gone: string[] = [];
      ids.forEach((id, i) => {
        const stored = found[i];
        // a merged id answers with the record it went to; that one has a change of its own
        if (stored && isFindable(stored) && stored.record.id === id) documents.push(toDocument(stored, latest.get(id)));
        else gone.push(id);
      });
      if (documents.length) await engine.upsert(documents, target);
      if (gone.length) await engine.remove(gone, target);
      position = last.seq;
      records += ids.length;
      await done(position);
    }
  }

  let formKept = false;
  async function savePosition(seq: number): Promise<void> {
    if (!formKept) await store.positions.set(INDEX_FORM, CURRENT_FORM);
    formKept = true;
    await store.positions.set(INDEXER, seq);
  }

  async function catchUp(): Promise<number> {
    const position = await store.positions.get(INDEXER);
    if (!formKept && position > 0) {
      // an earlier version of the catalogue filled it; readers have the old index until the new one takes its place
      if ((await store.positions.get(INDEX_FORM)) !== CURRENT_FORM) return reindex();
      formKept = true;
    }
    return (await follow(position, undefined, savePosition)).records;
  }

  async function reindex(options: ReindexOptions = {}): Promise<number> {
    await engine.configure();
    const start = await store.changes.last();
    const target = await engine.rebuild();
    let after: string | undefined;
    let done = 0;
    for (;;) {
      const page = await store.credentials.page(after, BATCH);
      const last = page.at(-1);
      if (!last) break;
      const documents = page.filter(isFindable).map((stored) => toDocument(stored));
      if (documents.length) await engine.upsert(documents, target);
      done += documents.length;
      options.progress?.(done);
      after = last.record.id;
    }
    const { position, built } = await completed(start, target);
    await engine.rebuild(target);
    await savePosition(position);
    await catchUp();
    return built;
  }

  /**
   * Takes what came in meanwhile into the new index and counts it. While records keep coming the two counts are never
   * of one moment, so it is tried a few times; a difference at rest is one.
   */
  async function completed(start: number, target: string): Promise<{ position: number; built: number }> {
    let position = start;
    for (let attempt = 1; ; attempt++) {
      position = (await follow(position, target, async () => {})).position;
      const [built, expected] = [await engine.count(target), await store.credentials.countFindable()];
      if (built === expected) return { position, built };
      if (attempt === ATTEMPTS || (await store.changes.last()) === position) {
        throw new IndexCountMismatch(built, expected, target);
      }
    }
  }

  async function reconcile(): Promise<ReconcileReport> {
    await catchUp();
    const report: ReconcileReport = {
      store: await store.credentials.countFindable(),
      engine: await engine.count(),
      added: 0,
      removed: 0,
      rebuilt: false,
    };
    if (report.store === report.engine) return report;
    // Going through the whole index, or building it anew, beside a harvest would end where it began.
    if ((await store.changes.last()) !== (await store.positions.get(INDEXER))) return { ...report, moving: true };
    let after: string | undefined;
    for (;;) {
      const page = await store.credentials.page(after, BATCH);
      const last = page.at(-1);
      if (!last) break;
      const missing = await missingFrom(engine, page.filter(isFindable));
      if (missing.length) await engine.upsert(missing.map((stored) => toDocument(stored)));
      report.added += missing.length;
      const withdrawn = page.filter((stored) => !isFindable(stored)).map((stored) => stored.record.id);
      const there = withdrawn.length ? await present(engine, withdrawn) : new Set<string>();
      if (there.size) await engine.remove([...there]);
      report.removed += there.size;
      after = last.record.id;
    }
    // what is too much now is in no way known to the store: only a new index gets rid of it
    if ((await engine.count()) !== (await store.credentials.countFindable())) {
      await reindex();
      report.rebuilt = true;
    }
    return report;
  }

  return {
    /** Takes in everything that changed since the last time; answers the number of records touched. */
    catchUp: () => inTurn(catchUp),
    /** Builds a new index from the store, checks its count, and lets it take the live one's place; answers the count. */
    reindex: (options?: ReindexOptions) => inTurn(() => reindex(options)),
    /** Compares counts, and mends what differs. */
    reconcile: () => inTurn(reconcile),
  };
}

export type Indexer = ReturnType<typeof createIndexer>;

async function missingFrom(engine: SearchEngine, records: readonly StoredCredential[]): Promise<StoredCredential[]> {
  const ids = records.map((stored) => stored.record.id);
  const { total } = await engine.query({ filter: { ids }, first: 0 });
  if (total === ids.length) return [];
  const there = await present(engine, ids);
  return records.filter((stored) => !there.has(stored.record.id));
}

/** Which of the ids the engine has. */
async function present(engine: SearchEngine, ids: readonly string[]): Promise<Set<string>> {
  const there = new Set<string>();
  for (let i = 0; i < ids.length; i += 100) {
    const { hits } = await engine.query({ filter: { ids: ids.slice(i, i + 100) }, first: 100 });
    for (const hit of hits) there.add(hit.id);
  }
  return there;
}
