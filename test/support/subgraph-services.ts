import type { Catalogue } from '../../catalogue/catalogue.ts';
import { listen } from '../../commands/listen.ts';
import { createSubgraphService } from '../../gateway/subgraph-service.ts';
import type { ReportError } from '../../subgraphs/shared/errors.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';

/** All subgraphs as services of this process, each on a port of its own; `urls` by name, as the gateway takes them. */
export async function serveSubgraphs(catalogue: Catalogue, report: ReportError) {
  const urls: Record<string, string> = {};
  const stops: (() => Promise<unknown>)[] = [];
  for (const subgraph of createSubgraphs()) {
    const { app, stop } = await createSubgraphService(subgraph, { catalogue, report });
    const listening = await listen(app, { port: 0, host: '127.0.0.1' });
    urls[subgraph.name] = `${listening.url}/graphql`;
    stops.push(() => listening.stop(), stop);
  }
  return {
    urls,
    async stop() {
      for (const stop of stops) await stop();
    },
  };
}
