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
  new Gauge({
    name: 'credatlas_catalogue_records',
    help: 'Live records in the catalogue',
    labelNames: ['kind'],
    registers,
    async collect() {
      const { credentials, providers, sources } = await catalogue.statistics();
      this.set({ kind: 'credential' }, credentials);
      this.set({ kind: 'provider' }, providers);
      this.set({ kind: 'source' }, sources);
    },
  });
  const sourceRecords = new Gauge({
    name: 'credatlas_source_records',
    help: 'Live credentials of a source',
    labelNames: ['source'],
    registers,
  });
  new Gauge({
    name: 'credatlas_source_last_complete_harvest_timestamp_seconds',
    help: 'When the last complete harvest of a source ended; absent when none has',
    labelNames: ['source'],
    registers,
    async collect() {
      this.reset();
      sourceRecords.reset();
      for (const { definition, records, freshAt } of await catalogue.sources.list()) {
        sourceRecords.set({ source: definition.id }, records);
        if (freshAt) this.set({ source: definition.id }, Date.parse(freshAt) / 1000);
      }
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
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
