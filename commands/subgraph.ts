import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { createSubgraphService } from '../gateway/subgraph-service.ts';
import { createSubgraphs } from '../subgraphs/subgraphs.ts';
import { EXIT } from './exit-codes.ts';
import { listen } from './listen.ts';
import { log, reportError } from './log.ts';
import { openCatalogue } from './open-catalogue.ts';
import { checkEnvironment } from './start/check-environment.ts';
import { START_PATIENCE_MS } from './start/patiently.ts';
import { untilEnded } from './start/until-ended.ts';

/** `credatlas subgraph <name>`: one subgraph as an @apollo/server service on PORT. */
export async function subgraphCommand(config: Config, name: string): Promise<number> {
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
  await untilEnded(async ({ ended, onEnd, started }) => {
    await checkEnvironment(config, ['address', 'store', 'search'], START_PATIENCE_MS);
    const open = await openCatalogue(config);
    onEnd(() => open.close());
    const service = await createSubgraphService(subgraph, { catalogue: open.catalogue, report: reportError });
    onEnd(() => service.stop());
    const http = await listen(service.app, config);
    onEnd(() => http.stop());
    started();
    log(`subgraph ${name}: ${http.url}/graphql`);
    await ended;
  }, config);
  return EXIT.allIn;
}
