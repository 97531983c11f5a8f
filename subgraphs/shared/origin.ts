import type { Origin } from '../../schema/index.ts';

/** The GraphQL type `Origin`: the compact origin with what the record says once for all of them. */
export const fullOrigin = (origin: Origin, source: string, retrievedAt: string) => ({
  path: origin.path,
  rule: origin.rule,
  retrievedAt,
  source: { id: source },
});
