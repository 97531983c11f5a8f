import { Gauge, type Registry } from 'prom-client';
import type { SubgraphLink } from './transport/subgraph-link.ts';

/** One number a subgraph, read at each scrape. */
export function registerSubgraphMetrics(registry: Registry, subgraphs: readonly SubgraphLink[]): void {
  new Gauge({
    name: 'credatlas_subgraph_up',
    help: '1 while the subgraph is asked, 0 while it is taken out until it answers again',
    labelNames: ['subgraph'],
    registers: [registry],
    collect() {
      for (const { name, state } of subgraphs) this.set({ subgraph: name }, state().state === 'in' ? 1 : 0);
    },
  });
}
