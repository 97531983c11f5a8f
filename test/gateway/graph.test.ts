import { listen } from '../../commands/listen.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { createSubgraphService } from '../../gateway/subgraph-service.ts';
import { createSubgraphs } from '../../subgraphs/subgraphs.ts';
import { storeKinds } from '../support/stores.ts';
import { createFixtureCatalogue } from './fixture-catalogue.ts';
import { graphCases } from './graph.cases.ts';

const report = ({ where, error }: { where: string; error: unknown }) => console.error(where, error);

for (const { kind, open } of storeKinds) {
  graphCases(`subgraphs in process, ${kind}`, async () => {
    const { catalogue, calls, statements, close } = await createFixtureCatalogue({ open });
    const gateway = await createGateway({ catalogue, report });
    return {
      gateway,
      calls,
      statements,
      close: async () => {
        await gateway.close();
        await close();
      },
    };
  });

  graphCases(`subgraphs over HTTP, ${kind}`, async () => {
    const { catalogue, calls, statements, close } = await createFixtureCatalogue({ open });
    const subgraphUrls: Record<string, string> = {};
    const stops: (() => Promise<unknown>)[] = [];
    for (const subgraph of createSubgraphs()) {
      const { app, stop } = await createSubgraphService(subgraph, { catalogue, report });
      const listening = await listen(app, { port: 0, host: '127.0.0.1' });
      subgraphUrls[subgraph.name] = `${listening.url}/graphql`;
      stops.push(() => listening.stop(), stop);
    }
    const gateway = await createGateway({ subgraphUrls, report });
    return {
      gateway,
      calls,
      statements,
      close: async () => {
        await gateway.close();
        for (const stop of stops) await stop();
        await close();
      },
    };
  });
}
