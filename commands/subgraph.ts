import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { createSubgraphService } from '../gateway/subgraph-service.ts';
import { createSubgraphs } from '../subgraphs/subgraphs.ts';
import { listen } from './listen.ts';
import { log, reportError } from './log.ts';
import { openCatalogue } from './open-catalogue.ts';
import type { Life } from './start/until-ended.ts';

/** `credatlas subgraph <name>`: one subgraph as an @apollo/server service on PORT. */
export async function serveSubgraph(config: Config, name: string, { ended, onEnd, started }: Life): Promise<void> {
  const subgraphs = createSubgraphs();
  const subgraph = subgraphs.find((one) => one.name === name);
  if (!subgraph) {
    throw new ConfigError(
      `there is no subgraph "${name}"`,
      `Use one of: ${subgraphs.map((one) => one.name).join(', ')}.`,
    );
  }
  if (!config.databaseUrl) {
    throw new ConfigError(
      'a subgraph of its own needs a PostgreSQL that others share',
      'Set DATABASE_URL; "credatlas serve" runs all subgraphs in process.',
    );
  }
  const open = await openCatalogue(config);
  onEnd(() => open.close());
  const service = await createSubgraphService(subgraph, { catalogue: open.catalogue, report: reportError });
  onEnd(() => service.stop());
  const http = await listen(service.app, config);
  onEnd(() => http.stop());
  started();
  log(`subgraph ${name}: ${http.url}/graphql`);
  await ended;
}
