import type { ExecutionResult, GraphQLError } from 'graphql';
import { GONE } from './transport/failed-places.ts';

/**
 * A reference to a record that its own subgraph no longer has is answered with null, not with a record of which only
 * the id is known. The transport marks such places with errors, which the runtime moves to where they stand.
 */
export function withoutGone({ data, errors }: ExecutionResult): ExecutionResult {
  const gone = errors?.filter(isGone) ?? [];
  if (!errors || gone.length === 0) return { data, errors };
  for (const { path } of gone) {
    let parent: unknown = data;
    for (const step of path?.slice(0, -1) ?? []) parent = (parent as Record<string | number, unknown> | null)?.[step];
    const last = path?.at(-1);
    if (typeof parent === 'object' && parent !== null && last !== undefined && Object.hasOwn(parent, last)) {
      (parent as Record<string | number, unknown>)[last] = null;
    }
  }
  const others = errors.filter((error) => !isGone(error));
  return others.length > 0 ? { data, errors: others } : { data };
}

const isGone = ({ extensions }: GraphQLError): boolean => extensions?.code === GONE;
