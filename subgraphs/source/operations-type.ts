import type { HostWait, Operations } from '../../catalogue/catalogue.ts';
import type { Resolve } from '../shared/subgraph.ts';

export const operations: Resolve<unknown> = (_, __, { catalogue }) => catalogue.operations();

/** Resolvers of the type `Operations`. */
export const operationsType = {
  queuedHarvests: ({ queueDepth }: Operations) => queueDepth?.jobs,
  queuedHarvestsAt: ({ queueDepth }: Operations) => queueDepth?.at,
};

export const HOST_STATES: readonly HostWait['state'][] = ['closed', 'parked', 'paused'];
