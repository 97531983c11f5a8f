import type { StoredCredential } from '../../../catalogue/catalogue.ts';
import type { IndexerStore } from '../../../catalogue/search/indexer.ts';
import { completeCredential, stated } from '../../../schema/index.ts';

/** The indexer's input as plain arrays: records, a change log, positions. */
export function createMemoryStore() {
  const records = new Map<string, StoredCredential>();
  const log: { seq: number; id: string; kind: string; entity?: string }[] = [];
  const positions = new Map<string, number>();
  const asked = { byIds: [] as number[] };

  const store: IndexerStore = {
    changes: {
      after: async (seq, limit) => log.filter((change) => change.seq > seq).slice(0, limit),
      last: async () => log.at(-1)?.seq ?? 0,
    },
    credentials: {
      async byIds(ids) {
        asked.byIds.push(ids.length);
        return ids.map((id) => records.get(id));
      },
      page: async (after, limit) =>
        [...records.values()]
          .filter((stored) => after === undefined || stored.record.id > after)
          .sort((a, b) => (a.record.id < b.record.id ? -1 : 1))
          .slice(0, limit),
      countFindable: async () => [...records.values()].filter((stored) => stored.status !== 'withdrawn').length,
    },
    positions: {
      get: async (name) => positions.get(name) ?? 0,
      set: async (name, seq) => void positions.set(name, seq),
    },
  };

  const put = (identifier: string, title: string, status: StoredCredential['status'] = 'live'): string => {
    const record = completeCredential({
      source: 'memory',
      identifier,
      title: stated([{ language: 'en', value: title }], '/title'),
    });
    const known = records.get(record.id);
    records.set(record.id, {
      record,
      status,
      version: (known?.version ?? 0) + 1,
      retrievedAt: '2026-11-22T08:00:00Z',
      firstSeen: '2026-11-22T08:00:00Z',
      changedAt: '2026-11-22T08:00:00Z',
    });
    log.push({ seq: (log.at(-1)?.seq ?? 0) + 1, id: record.id, kind: known ? 'updated' : 'created' });
    return record.id;
  };

  return { store, records, log, positions, asked, put };
}
