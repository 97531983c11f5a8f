import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Catalogue } from '../catalogue/catalogue.ts';

/** Numbers about the service, in the text format of Prometheus. One registry per app: nothing global. */
export function createMetrics(catalogue: Catalogue) {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'credatlas_http_requests_total',
    help: 'HTTP requests answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'credatlas_http_request_seconds',
    help: 'Seconds until the answer was ready',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const graphqlErrors = new Counter({
    name: 'credatlas_graphql_errors_total',
    help: 'GraphQL errors answered, by code',
    labelNames: ['code'],
    registers,
  });
  const records = new Gauge({
    name: 'credatlas_catalogue_records',
    help: 'Live records in the catalogue',
    labelNames: ['kind'],
    registers,
  });
  const sourceRecords = new Gauge({
    name: 'credatlas_source_records',
    help: 'Live credentials of a source',
    labelNames: ['source'],
    registers,
  });
  const sourceFresh = new Gauge({
    name: 'credatlas_source_last_complete_harvest_timestamp_seconds',
    help: 'When the last complete harvest of a source ended; absent when none has',
    labelNames: ['source'],
    registers,
  });
  const up = new Gauge({
    name: 'credatlas_store_up',
    help: '1 when the store of record answered this scrape, else 0',
    registers,
  });

  /** The catalogue's own numbers, read at each scrape; without a store the others are still told. */
  const readCatalogue = async (): Promise<void> => {
    for (const gauge of [records, sourceRecords, sourceFresh]) gauge.reset();
    try {
      const [statistics, sources] = await Promise.all([catalogue.statistics(), catalogue.sources.list()]);
      records.set({ kind: 'credential' }, statistics.credentials);
      records.set({ kind: 'provider' }, statistics.providers);
      records.set({ kind: 'source' }, statistics.sources);
      for (const { definition, records: live, freshAt } of sources) {
        sourceRecords.set({ source: definition.id }, live);
        if (freshAt) sourceFresh.set({ source: definition.id }, Date.parse(freshAt) / 1000);
      }
      up.set(1);
    } catch {
      up.set(0);
    }
  };

  return {
    contentType: registry.contentType,
    text: async () => {
      await readCatalogue();
      return registry.metrics();
    },
    request: (route: string, method: string, status: number, seconds: number) => {
      requests.inc({ route, method, status });
      durations.observe({ route }, seconds);
    },
    graphqlErrors: (codes: readonly string[]) => {
      for (const code of codes) graphqlErrors.inc({ code });
    },
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
