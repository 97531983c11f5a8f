import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Catalogue, Operations, SourceState } from '../catalogue/catalogue.ts';
import { inReach } from './in-reach.ts';
import { registerSubgraphMetrics } from './subgraph-metrics.ts';
import type { SubgraphLink } from './transport/subgraph-link.ts';

const SOURCE_STATES: readonly SourceState[] = ['new', 'ok', 'held', 'broken'];

const secondsSince = (at: string): number => (Date.now() - Date.parse(at)) / 1000;

/** Numbers about the service, in the text format of Prometheus. One registry per app: nothing global. */
export function createMetrics(catalogue: Catalogue, subgraphs: readonly SubgraphLink[] = []) {
  const registry = new Registry();
  registerSubgraphMetrics(registry, subgraphs);
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
  const sourceStates = new Gauge({
    name: 'credatlas_source_state',
    help: '1 for the state a source is in (new, ok, held, broken), 0 for the others',
    labelNames: ['source', 'state'],
    registers,
  });
  const sourcePaused = new Gauge({
    name: 'credatlas_source_paused',
    help: '1 when the operator has paused the source, else 0',
    labelNames: ['source'],
    registers,
  });
  const pagesQueued = new Gauge({
    name: 'credatlas_pages_queued',
    help: 'Pages found and not read yet, of all runs under way',
    registers,
  });
  const oldestPage = new Gauge({
    name: 'credatlas_oldest_queued_page_age_seconds',
    help: 'Age of the oldest page that waits to be read; 0 when none does',
    registers,
  });
  const queueDepth = new Gauge({
    name: 'credatlas_queue_jobs',
    help: 'Harvest jobs that wait or run, as a crawler last told; absent when none has',
    registers,
  });
  const hostWaits = new Gauge({
    name: 'credatlas_host_wait_seconds',
    help: 'Seconds until a host is asked again, by why (closed, parked, paused); +Inf for a pause without an end',
    labelNames: ['origin', 'state'],
    registers,
  });
  const heldRuns = new Gauge({
    name: 'credatlas_held_runs',
    help: 'Runs that wait for approval',
    registers,
  });
  const runs = new Gauge({
    name: 'credatlas_runs',
    help: 'Runs in the store, by state',
    labelNames: ['state'],
    registers,
  });
  const laneWaiting = new Gauge({
    name: 'credatlas_lane_waiting',
    help: 'Requests that wait for their turn, by lane',
    labelNames: ['lane'],
    registers,
  });
  const laneWaits = new Histogram({
    name: 'credatlas_lane_wait_seconds',
    help: 'Seconds until a request had its turn, by lane',
    labelNames: ['lane'],
    buckets: [0.001, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const laneShed = new Counter({
    name: 'credatlas_lane_shed_total',
    help: 'Requests that got no turn (503; in the lane "answer" answered without one), by lane',
    labelNames: ['lane'],
    registers,
  });
  const limited = new Counter({
    name: 'credatlas_budget_spent_total',
    help: 'Requests refused with 429, by what was spent (requests, cost)',
    labelNames: ['budget'],
    registers,
  });
  const up = new Gauge({
    name: 'credatlas_store_up',
    help: '1 when the store of record answered this scrape, else 0',
    registers,
  });

  const perScrape = [
    records,
    sourceRecords,
    sourceFresh,
    sourceStates,
    sourcePaused,
    pagesQueued,
    oldestPage,
    hostWaits,
    heldRuns,
    runs,
  ];

  const readOperations = (operations: Operations): void => {
    pagesQueued.set(operations.queuedPages);
    oldestPage.set(operations.oldestQueuedPage ? secondsSince(operations.oldestQueuedPage) : 0);
    if (operations.queueDepth) queueDepth.set(operations.queueDepth.jobs);
    for (const { origin, state, until } of operations.hosts) {
      hostWaits.set({ origin, state }, until ? Math.max(0, -secondsSince(until)) : Number.POSITIVE_INFINITY);
    }
    heldRuns.set(operations.heldRuns);
    for (const [state, n] of Object.entries(operations.runs)) runs.set({ state }, n);
  };

  /** The catalogue's own numbers, read at each scrape; without a store the others are still told. */
  const readCatalogue = async (): Promise<void> => {
    for (const gauge of perScrape) gauge.reset();
    // A gauge without labels says 0 after a reset; what is not known is not told.
    queueDepth.remove();
    try {
      const [statistics, sources, operations] = await inReach(
        Promise.all([catalogue.statistics(), catalogue.sources.list(), catalogue.operations()]),
      );
      records.set({ kind: 'credential' }, statistics.credentials);
      records.set({ kind: 'provider' }, statistics.providers);
      records.set({ kind: 'source' }, statistics.sources);
      readOperations(operations);
      for (const { definition, records: live, freshAt, state, paused } of sources) {
        for (const one of SOURCE_STATES) sourceStates.set({ source: definition.id, state: one }, one === state ? 1 : 0);
        sourcePaused.set({ source: definition.id }, paused ? 1 : 0);
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
    lane: (lane: string) => ({
      waited: (seconds: number) => laneWaits.observe({ lane }, seconds),
      shed: () => laneShed.inc({ lane }),
      waiting: (count: number) => laneWaiting.set({ lane }, count),
    }),
    limited: (budget: string) => limited.inc({ budget }),
    graphqlErrors: (codes: readonly string[]) => {
      for (const code of codes) graphqlErrors.inc({ code });
    },
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
