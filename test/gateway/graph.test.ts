import { createGateway } from '../../gateway/gateway.ts';
import { storeKinds } from '../support/stores.ts';
import { serveSubgraphs } from '../support/subgraph-services.ts';
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
    const services = await serveSubgraphs(catalogue, report);
    const gateway = await createGateway({ subgraphUrls: services.urls, report });
    return {
      gateway,
      calls,
      statements,
      close: async () => {
        await gateway.close();
        await services.stop();
        await close();
      },
    };
  });
}
