import { argv } from 'node:process';
import { listen } from '../../../commands/listen.ts';
import { createSubgraphService } from '../../../gateway/subgraph-service.ts';
import { createSubgraphs } from '../../../subgraphs/subgraphs.ts';
import { createFixtureCatalogue } from '../fixture-catalogue.ts';

// The subgraphs as services in a process of their own, which may be stopped, killed and started again: `<name>=<port>` each.
const { catalogue } = await createFixtureCatalogue();
const subgraphs = new Map(createSubgraphs().map((subgraph) => [subgraph.name, subgraph]));
for (const [name = '', port] of argv.slice(2).map((given) => given.split('='))) {
  const subgraph = subgraphs.get(name);
  if (!subgraph) throw new Error(`no subgraph ${name}`);
  const { app } = await createSubgraphService(subgraph, { catalogue, report: () => {} });
  await listen(app, { host: '127.0.0.1', port: Number(port) });
}
console.log('all are served');
