import { Redis } from 'ioredis';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { INDEXER } from '../catalogue/search/indexer.ts';
import type { Part, PartState } from '../gateway/readiness.ts';
import type { OpenCatalogue } from './open-catalogue.ts';

/** Changes that the search index may be behind while nothing is wrong: a few batches of a harvest. */
const USUAL_LAG = 2_000;

/** What `/ready` tells of beside what readers need: without these they are still served, from what is there. */
export function readyParts(
  { store, catalogue }: Pick<OpenCatalogue, 'store'> & { catalogue: Pick<Catalogue, 'concepts'> },
  redisUrl: string | undefined,
): Part[] {
  const index: Part = {
    name: 'search index',
    // Said when the store does not answer, which has a part of its own.
    down: 'how far the search index is cannot be found out',
    check: async (): Promise<PartState> => {
      const [last, done] = await Promise.all([store.changes.last(), store.changes.position.get(INDEXER)]);
      return last - done > USUAL_LAG ? `degraded: the search index is ${last - done} changes behind` : 'ok';
    },
  };
  const concepts: Part = {
    name: 'concepts',
    down: 'the concepts cannot be read',
    check: async (): Promise<PartState> =>
      catalogue.concepts?.().concepts.size ? 'ok' : 'degraded: there are no concepts, so search goes by words only',
  };
  return [index, concepts, ...(redisUrl ? [queuePart(redisUrl)] : [])];
}

const queuePart = (redisUrl: string): Part => ({
  name: 'queue',
  where: new URL(redisUrl).host,
  down: 'the queue does not answer',
  check: async (): Promise<PartState> => {
    const redis = new Redis(redisUrl, {
      lazyConnect: true,
      connectTimeout: 1_000,
      commandTimeout: 1_000,
      retryStrategy: () => null,
    });
    redis.on('error', () => {});
    try {
      await redis.connect();
      await redis.ping();
      return 'ok';
    } catch {
      // Readers are served from what is there; harvests wait.
      return 'degraded: the queue (REDIS_URL) does not answer, so nothing is harvested';
    } finally {
      redis.disconnect();
    }
  },
});
